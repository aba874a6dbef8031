use amatelier_journal::{CallKey, Intent, NewCall, NewTurn, Options, Outcome, RequestKey, TurnId};
use amatelier_types::{MemberName, Sha256, Timestamp, Tokens};

use super::*;

/// Notes down what it is told.
#[derive(Default)]
struct Listener {
    notes: Mutex<Vec<String>>,
    spent: Mutex<Vec<(u64, u64)>>,
}

impl Watcher for Listener {
    fn event(&self, _: &amatelier_debate::Debate, _: &amatelier_debate::Event) {}
    fn text(&self, _: &MemberName, _: &str) {}
    fn note(&self, text: &str) {
        self.notes.lock().unwrap().push(text.to_owned());
    }
    fn spent(&self, spent: MicroUsd, held: MicroUsd, _: Option<MicroUsd>) {
        self.spent.lock().unwrap().push((spent.0, held.0));
    }
}

/// A journal with a turn in it.
struct House {
    journal: Journal,
    turn: TurnId,
    listener: Arc<Listener>,
    _folder: tempfile::TempDir,
}

impl House {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let journal = crate::views::open(folder.path(), Options::default()).unwrap();
        let stream = crate::stream::name(&debate());
        let turn = NewTurn { stream, action: "r1/speak/ada".into(), component: None, at: Timestamp(1) };
        let begun = journal.write(Unit::new().begin_turn(turn), Commit::NoFsync).await.unwrap();
        House { turn: begun.turns[0].id, journal, listener: Arc::default(), _folder: folder }
    }

    fn meter(&self, caps: Caps) -> Meter {
        let allowance = Allowance { caps, patience: Duration::from_secs(1), ..Allowance::default() };
        self.allowed(allowance)
    }

    fn allowed(&self, allowance: Allowance) -> Meter {
        Meter::open(self.journal.clone(), debate(), allowance, self.listener.clone()).unwrap()
    }

    /// Begin a request of a call.
    async fn ask<'a>(&self, meter: &'a Meter, call: u32, worst: Worst) -> Result<UnderWay<'a>, Stopped> {
        let member = MemberName::try_from("ada".to_owned()).unwrap();
        let asker = Asker { debate: &debate(), member: &member, action: "r1/speak/ada", call };
        let cover = meter.cover(asker, worst);
        meter
            .begin(cover, &amatelier_runtime::Patience::new(Duration::from_secs(3600)), |holds| {
                self.unit(call, holds)
            })
            .await
    }

    fn unit(&self, ordinal: u32, holds: Vec<Hold>) -> Unit {
        let call = CallKey { turn: self.turn, ordinal };
        let new = NewCall {
            key: call,
            function: "llm.complete".into(),
            request_hash: Sha256::of(b""),
            occurrence: ordinal,
            request: vec![],
        };
        let intent = Intent {
            key: RequestKey { call, n: 1 },
            at: Timestamp(1),
            provider: "fake".into(),
            model: "m".into(),
            reserved: None,
        };
        Unit::new().call(new).intent(intent, holds)
    }

    async fn settle(&self, call: u32, under_way: UnderWay<'_>, took: Took) {
        let outcome = Outcome {
            at: Timestamp(2),
            name: "done".into(),
            input_tokens: Tokens(0),
            output_tokens: Tokens(0),
            cached_tokens: Tokens(0),
            cost: None,
        };
        let key = RequestKey { call: CallKey { turn: self.turn, ordinal: call }, n: 1 };
        let unit = Unit::new().outcome(key, outcome, under_way.charges(took));
        self.journal.write(unit, Commit::NoFsync).await.unwrap();
        under_way.settle(took);
    }
}

fn debate() -> RoundtableId {
    RoundtableId::from_random([7; 6])
}

fn tokens(tokens: u64) -> Worst {
    Worst { tokens, cost: None }
}

fn money(cost: u64) -> Worst {
    Worst { tokens: 1, cost: Some(MicroUsd(cost)) }
}

fn took(cost: u64) -> Took {
    Took::Known { tokens: 1, cost: MicroUsd(cost) }
}

fn cost_cap(cap: u64) -> Caps {
    Caps { max_cost: Some(MicroUsd(cap)), ..Caps::default() }
}

#[tokio::test]
async fn requests_side_by_side_cannot_exceed_a_cap_together() {
    let house = House::new().await;
    let meter = house.meter(Caps { max_tokens: Some(100), ..Caps::default() });
    let first = house.ask(&meter, 1, tokens(60)).await.unwrap();
    // There is room for the second only when the first took less than it might.
    let settle = house.settle(1, first, Took::Known { tokens: 10, cost: MicroUsd(0) });
    let (second, ()) = tokio::join!(house.ask(&meter, 2, tokens(50)), settle);
    drop(second.unwrap());
    assert_eq!(meter.halted(), None);
    // The second was not settled: it counts with its worst case, and nobody waits for it.
    let refused = house.ask(&meter, 3, tokens(41)).await.err().unwrap();
    let why = "max-tokens 100: 10 spent, 50 held by r1/speak/ada, and the next request may take 41";
    assert_eq!(refused.0, why);
    assert_eq!(meter.halted(), Some(PauseReason::Cap(why.into())));
    drop(house.ask(&meter, 4, tokens(40)).await.unwrap());
}

#[tokio::test]
async fn what_a_process_that_died_left_open_counts_for_the_next() {
    let house = House::new().await;
    let before = house.meter(cost_cap(100));
    drop(house.ask(&before, 1, money(70)).await.unwrap());
    let after = house.meter(cost_cap(100));
    let refused = house.ask(&after, 2, money(31)).await.err().unwrap();
    assert_eq!(
        refused.0,
        "max-cost $0.0001: $0.00 spent, $0.00007 held by r1/speak/ada, and the next request may take $0.000031"
    );
    assert!(house.ask(&after, 3, money(30)).await.is_ok());
}

#[tokio::test]
async fn whoever_waits_is_refused_when_nobody_is_left_to_wait_for() {
    let house = House::new().await;
    let meter = house.meter(cost_cap(100));
    let first = house.ask(&meter, 1, money(60)).await.unwrap();
    let settle = house.settle(1, first, took(60));
    let (second, third, ()) =
        tokio::join!(house.ask(&meter, 2, money(50)), house.ask(&meter, 3, money(55)), settle);
    assert!(second.is_err() && third.is_err());
    // One that is given up while it waits is no reason for others to wait.
    let first = house.ask(&meter, 4, money(30)).await.unwrap();
    let mut waiting = Box::pin(house.ask(&meter, 5, money(20)));
    tokio::select! { biased; _ = &mut waiting => panic!("it fits"), () = tokio::task::yield_now() => {} }
    drop(waiting);
    drop(first);
    assert!(house.ask(&meter, 6, money(11)).await.is_err());
}

#[tokio::test]
async fn each_cap_is_held_and_named() {
    let day = |limit| TimeLimits { day: Some(MicroUsd(limit)), ..TimeLimits::default() };
    let month = |limit| TimeLimits { month: Some(MicroUsd(limit)), ..TimeLimits::default() };
    let member = Caps { max_cost_per_member: Some(MicroUsd(10)), ..Caps::default() };
    let call = Caps { max_cost_per_call: Some(MicroUsd(10)), ..Caps::default() };
    let none = (Caps::default(), TimeLimits::default());
    for (caps, limits, named) in [
        (cost_cap(10), none.1, "max-cost $0.00001: "),
        (member, none.1, "max-cost-per-member $0.00001: "),
        (call, none.1, "max-cost-per-call $0.00001: "),
        (none.0, day(10), "max-cost-per-day $0.00001: "),
        (none.0, month(10), "max-cost-per-month $0.00001: "),
    ] {
        let house = House::new().await;
        let meter = house.allowed(Allowance { caps, limits, ..Allowance::default() });
        let first = house.ask(&meter, 1, money(10)).await.unwrap();
        house.settle(1, first, took(1)).await;
        let refused = house.ask(&meter, 2, money(11)).await.err().unwrap();
        assert!(refused.0.starts_with(named), "{refused}");
    }
}

#[tokio::test]
async fn a_debate_on_another_day_is_not_charged_for_this_one() {
    let house = House::new().await;
    let limits = TimeLimits { day: Some(MicroUsd(10)), ..TimeLimits::default() };
    let meter = house.allowed(Allowance { limits, ..Allowance::default() });
    let yesterday = "day/2001-01-01/usd";
    let key = RequestKey { call: CallKey { turn: house.turn, ordinal: 9 }, n: 1 };
    let unit = house.unit(9, vec![Hold { account: yesterday.into(), amount: 10, limit: None }]);
    house.journal.write(unit, Commit::NoFsync).await.unwrap();
    assert_eq!(house.journal.holds_of(key).unwrap(), [(yesterday.to_owned(), 10)]);
    assert!(house.ask(&meter, 1, money(10)).await.is_ok());
}

#[tokio::test]
async fn half_and_four_fifths_are_told_once_over_resumes() {
    let house = House::new().await;
    let mut call = 0;
    for cost in [40, 9, 1, 20, 9, 1, 15] {
        call += 1;
        // Another process each time.
        let meter = house.meter(cost_cap(100));
        let request = house.ask(&meter, call, money(cost)).await.unwrap();
        house.settle(call, request, took(cost)).await;
    }
    assert_eq!(
        *house.listener.notes.lock().unwrap(),
        [
            "$0.00005 of the $0.0001 that this debate may cost is spent: more than 50 %",
            "$0.00008 of the $0.0001 that this debate may cost is spent: more than 80 %",
        ]
    );
    assert_eq!(house.listener.spent.lock().unwrap()[..4], [(0, 40), (40, 0), (40, 9), (49, 0)]);
    assert_eq!(
        warning(MicroUsd(0), MicroUsd(90), MicroUsd(100)).map(|text| text.contains("80 %")),
        Some(true)
    );
}

#[tokio::test]
async fn a_request_that_may_end_too_late_is_not_made() {
    let house = House::new().await;
    let caps = Caps { max_minutes: Some(2), ..Caps::default() };
    let meter = |ran, patience| {
        let (ran, patience) = (Duration::from_secs(ran), Duration::from_secs(patience));
        house.allowed(Allowance { caps, ran, patience, ..Allowance::default() })
    };
    assert!(house.ask(&meter(10, 60), 1, tokens(1)).await.is_ok());
    assert!(house.ask(&meter(70, 60), 2, tokens(1)).await.is_err());
    assert!(house.ask(&meter(0, 200), 3, tokens(1)).await.is_err());
}

#[tokio::test]
async fn without_caps_there_is_no_end_but_that_of_numbers() {
    let house = House::new().await;
    let meter = house.meter(Caps::default());
    assert!(house.ask(&meter, 1, tokens(1 << 60)).await.is_ok());
    assert!(house.ask(&meter, 2, tokens(u64::MAX)).await.is_err(), "what cannot be counted is not sent");
    assert_eq!(meter.halted(), None);
}

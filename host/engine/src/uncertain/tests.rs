use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use amatelier_debate::Caps;
use amatelier_journal::{Hold, Intent, Journal, NewCall, NewTurn, Options, TurnId};
use amatelier_llm::{Billing, Error, Finish, Price, PromptTurn, Provider, Rate, Speaker, Wire};
use amatelier_types::{MemberName, RoundtableId, Timestamp};

use super::*;
use crate::{
    Watcher,
    cover::{TimeLimits, money_of, tokens_of},
    inquiry::{Inquire as _, Inquiry},
    meter::{Allowance, Meter},
    models::{Source, TurnModels},
    recorded::RecordedRequest,
    steward_alone::facts,
};

/// A provider that may still have an answer, and counts what it is asked.
#[derive(Debug)]
struct Keeper {
    kept: LookedUp,
    asked: AtomicU32,
    looked_up: Mutex<Vec<String>>,
}

#[async_trait::async_trait]
impl Provider for Keeper {
    fn name(&self) -> &str {
        "keeper"
    }

    fn context_tokens(&self, _: &str) -> u32 {
        100_000
    }

    fn billing(&self) -> Billing {
        Billing::Metered
    }

    async fn complete(&self, _: &Request, wire: &dyn Wire) -> Result<Reply, Error> {
        wire.before_request(1).await?;
        self.asked.fetch_add(1, Ordering::Relaxed);
        Ok(reply("again"))
    }

    async fn look_up(&self, id: &str, _: &Request) -> LookedUp {
        self.looked_up.lock().unwrap().push(id.to_owned());
        self.kept.clone()
    }
}

fn reply(text: &str) -> Reply {
    Reply {
        text: text.into(),
        calls: vec![],
        model: "m".into(),
        finish: Finish::Done,
        usage: Usage { calls: 1, input_tokens: 10, output_tokens: 5, ..Usage::default() },
        response_id: None,
        billed: None,
    }
}

struct Nobody;

impl Watcher for Nobody {
    fn event(&self, _: &amatelier_debate::Debate, _: &amatelier_debate::Event) {}
    fn text(&self, _: &MemberName, _: &str) {}
    fn note(&self, _: &str) {}
}

fn debate() -> RoundtableId {
    RoundtableId::from_random([7; 6])
}

fn inquiry() -> Inquiry {
    Inquiry {
        model: None,
        system: String::new(),
        messages: vec![PromptTurn::said(Speaker::User, "Bridge or tunnel?")],
        max_tokens: 100,
        temperature: None,
        effort: None,
        stop: vec![],
        schema: None,
        tools: vec![],
        left_out: vec![],
        visible: false,
    }
}

/// A journal in which one request of a debate was in flight when the program died.
struct House {
    journal: Journal,
    keeper: Arc<Keeper>,
    _folder: tempfile::TempDir,
}

const HELD: u64 = 900;

impl House {
    async fn new(kept: LookedUp) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let journal = crate::views::open(folder.path(), Options::default()).unwrap();
        let keeper = Keeper { kept, asked: AtomicU32::new(0), looked_up: Mutex::default() };
        let house = House { journal, keeper: Arc::new(keeper), _folder: folder };
        house.crash().await;
        house
    }

    async fn turn(&self) -> TurnId {
        let stream = crate::stream::name(&debate());
        let turn = NewTurn { stream, action: "r1/speak/ada".into(), component: None, at: Timestamp(1) };
        self.journal.write(Unit::new().begin_turn(turn), Commit::NoFsync).await.unwrap().turns[0].id
    }

    /// An attempt is cut off while its request is in flight.
    async fn crash(&self) {
        let (request, request_hash) = RecordedRequest::of(&inquiry()).bytes().unwrap();
        let call = CallKey { turn: self.turn().await, ordinal: 1 };
        let new = NewCall { key: call, function: COMPLETE.into(), request_hash, occurrence: 1, request };
        let key = RequestKey { call, n: 1 };
        let intent = Intent {
            key,
            at: Timestamp(1),
            provider: "keeper".into(),
            model: "m".into(),
            reserved: Some(MicroUsd(HELD)),
        };
        let hold = |account: String, amount| Hold { account, amount, limit: None };
        let holds = vec![
            hold(tokens_of(&debate()), 70),
            hold(money_of(&debate()), HELD),
            hold("day/2001-01-01/usd".into(), HELD),
        ];
        let unit = Unit::new().call(new).intent(intent, holds).response_id(key, "resp-1");
        self.journal.write(unit, Commit::NoFsync).await.unwrap();
    }

    /// The next attempt asks the same, under this policy.
    async fn resume(&self, on_uncertain: OnUncertain) -> Resumed {
        let calls =
            Calls::of(self.journal.calls_of_action(&crate::stream::name(&debate()), "r1/speak/ada").unwrap());
        let calls = Arc::new(calls);
        let allowance = Allowance {
            caps: Caps::default(),
            limits: TimeLimits::default(),
            ran: Duration::ZERO,
            patience: Duration::ZERO,
        };
        let meter =
            Arc::new(Meter::open(self.journal.clone(), debate(), allowance, Arc::new(Nobody)).unwrap());
        let price = Price { input: 1_000_000, output: 2_000_000, ..Price::FREE };
        let own = Answering { rate: Rate::Known(price), ..Answering::plain(self.keeper.clone(), "m".into()) };
        let named = own.clone();
        let live = Live {
            journal: self.journal.clone(),
            turn: self.turn().await,
            action: "r1/speak/ada".into(),
            calls: calls.clone(),
            own,
            labels: Arc::new(move |_| named.clone()),
            rates: Arc::new(move |_, _, _, _| Rate::Known(price)),
            facts: facts(),
            member: MemberName::try_from("ada".to_owned()).unwrap(),
            watcher: Arc::new(Nobody),
            meter: meter.clone(),
            on_uncertain,
            patience: amatelier_runtime::Patience::new(Duration::from_secs(60)),
        };
        let models =
            TurnModels { source: Source::Provider(Box::new(live)), calls: calls.clone(), labels: None };
        let answer = models.put(inquiry()).await.map(|answer| answer.unwrap());
        Resumed { answer, calls, meter }
    }

    fn accounts(&self) -> Vec<(u64, u64)> {
        let names = [tokens_of(&debate()), money_of(&debate()), "day/2001-01-01/usd".into()];
        let account = |name: &String| self.journal.account(name).unwrap();
        names.iter().map(account).map(|account| (account.spent, account.held)).collect()
    }

    fn asked(&self) -> u32 {
        self.keeper.asked.load(Ordering::Relaxed)
    }
}

struct Resumed {
    answer: Result<RecordedAnswer, Suspended>,
    calls: Arc<Calls>,
    meter: Arc<Meter>,
}

impl Resumed {
    fn text(self) -> String {
        match self.answer {
            Ok(RecordedAnswer::Reply { text, .. }) => text,
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn an_answer_that_is_still_to_be_had_is_not_bought_again() {
    for policy in [OnUncertain::ResendOnce, OnUncertain::Ask, OnUncertain::Skip] {
        let house = House::new(LookedUp::Reply(Box::new(reply("kept")))).await;
        let resumed = house.resume(policy).await;
        let spent = resumed.calls.spent();
        assert_eq!((spent.usage.cost, spent.resent, spent.uncertain), (MicroUsd(20), 0, 0));
        assert_eq!(resumed.text(), "kept");
        assert_eq!(house.accounts(), [(15, 0), (20, 0), (20, 0)], "charged to the accounts that were held");
        assert_eq!(house.resume(policy).await.text(), "kept", "and it is found again");
        assert_eq!((house.asked(), house.keeper.looked_up.lock().unwrap().len()), (0, 1));
    }
}

#[tokio::test]
async fn what_was_charged_is_settled_and_then_the_policy_says_what_is_done() {
    let house = House::new(LookedUp::Charged(MicroUsd(33))).await;
    let resumed = house.resume(OnUncertain::Ask).await;
    assert!(resumed.answer.is_err());
    assert!(matches!(resumed.meter.halted(), Some(PauseReason::Uncertain(_))));
    assert_eq!(house.accounts(), [(70, 0), (33, 0), (33, 0)], "nobody says how many tokens: the worst");
    // It is known now that it is lost: it still waits for the operator, and counts as lost once.
    assert!(house.resume(OnUncertain::Ask).await.answer.is_err());
    assert_eq!(house.keeper.looked_up.lock().unwrap()[..], ["resp-1"]);
    assert_eq!(house.resume(OnUncertain::ResendOnce).await.text(), "again");
    assert_eq!(house.accounts()[..2], [(85, 0), (53, 0)]);
}

#[tokio::test]
async fn without_a_trace_it_is_asked_once_more_and_its_worst_case_stays_held() {
    let house = House::new(LookedUp::Unknown).await;
    let resumed = house.resume(OnUncertain::ResendOnce).await;
    let spent = resumed.calls.spent();
    assert_eq!((spent.resent, spent.uncertain, house.asked()), (1, 1, 1));
    assert_eq!(resumed.text(), "again");
    assert_eq!(house.accounts()[..2], [(15, 70), (20, HELD)]);
}

#[tokio::test]
async fn a_second_crash_is_the_operators_to_decide() {
    let house = House::new(LookedUp::Unknown).await;
    house.crash().await;
    let resumed = house.resume(OnUncertain::ResendOnce).await;
    let Some(PauseReason::Uncertain(why)) = resumed.meter.halted() else { panic!("it goes on") };
    assert!(why.contains("2 times now") && why.contains("up to $0.0018"), "{why}");
    assert_eq!(house.asked(), 0);
    assert_eq!(house.resume(OnUncertain::Resend).await.text(), "again");
    assert_eq!(house.asked(), 1);
}

#[tokio::test]
async fn what_is_skipped_is_never_asked_again() {
    let house = House::new(LookedUp::Unknown).await;
    let resumed = house.resume(OnUncertain::Skip).await;
    assert!(matches!(resumed.answer, Ok(RecordedAnswer::Unavailable(_))));
    assert_eq!(resumed.calls.spent().uncertain, 1);
    // Whatever the policy of a later attempt.
    let again = house.resume(OnUncertain::Resend).await;
    assert!(matches!(again.answer, Ok(RecordedAnswer::Unavailable(_))));
    assert_eq!(house.asked(), 0);
    assert_eq!(house.accounts()[1], (0, HELD), "nobody knows what it took");
}

#[tokio::test]
async fn what_the_operator_has_to_decide_is_told_with_its_worst_case() {
    let house = House::new(LookedUp::Unknown).await;
    let told = |policy| {
        let calls = house.journal.calls(&crate::stream::name(&debate())).unwrap();
        undecided(calls, policy, |action| action == "r1/speak/ada")
    };
    let ask = told(OnUncertain::Ask);
    assert_eq!(ask.len(), 1);
    assert_eq!(
        (ask[0].action.as_str(), ask[0].times, ask[0].reserved),
        ("r1/speak/ada", 1, Some(MicroUsd(HELD)))
    );
    assert_eq!(told(OnUncertain::ResendOnce), []);
    house.crash().await;
    assert_eq!(told(OnUncertain::ResendOnce)[0].reserved, Some(MicroUsd(2 * HELD)));
    assert_eq!(told(OnUncertain::Resend), []);
    house.resume(OnUncertain::Resend).await;
    assert_eq!(told(OnUncertain::Ask), [], "it was answered");
}

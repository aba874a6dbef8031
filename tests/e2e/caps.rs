//! Caps, with everybody asking at once.

use amatelier_test_support::{Amatelier, Asked, FakeProvider, Reaction};
use serde_json::Value;

use crate::{all, empty, pair};

/// Twenty workers with names of the same length, so that what they ask costs the same.
fn team() -> String {
    let members: String =
        (1..=20).map(|n| format!("w{n:02} = {{ role = \"worker\", tagline = \"one of many\" }}\n")).collect();
    format!("[members]\n{members}judge = {{ role = \"judge\" }}\n")
}

/// What is capped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    Tokens,
    Money,
}

impl Of {
    fn flag(self) -> &'static str {
        match self {
            Of::Tokens => "--max-tokens",
            Of::Money => "--max-cost",
        }
    }

    fn show(self, amount: u64) -> String {
        match self {
            Of::Tokens => amount.to_string(),
            Of::Money => format!("{}.{:06}", amount / 1_000_000, amount % 1_000_000),
        }
    }

    /// The number that a text begins with.
    fn read(self, text: &str) -> u64 {
        let text = text.trim_start_matches('$');
        let number: String = text.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
        let (whole, part) = number.split_once('.').unwrap_or((&number, ""));
        match self {
            Of::Tokens => whole.parse().unwrap(),
            Of::Money => format!("{whole}{part:0<6}").parse().unwrap(),
        }
    }
}

/// A debate that begins with a research phase, in which all workers ask at once, of a model that is paid for.
fn house(provider: &FakeProvider) -> Amatelier {
    let briefing =
        "# The old bridge\n\nDecide whether to close it.\n\n## Steward-Registered Files\n\n- costs.json\n";
    let house = empty().team(&team()).provider(provider).briefing(briefing);
    let house = house.variable("AMATELIER_OPENAI_COMPAT_BILLING", "metered");
    std::fs::write(house.briefing_path().parent().unwrap().join("costs.json"), "{\"closure\": 310000}\n")
        .unwrap();
    house
}

const ARGUMENTS: [&str; 6] = ["--max-rounds", "1", "--budget", "0", "--seed", "5"];

fn tokens(asked: &Asked) -> usize {
    asked.input_tokens() + asked.output_tokens()
}

/// A cap that seven requests fit into and no eighth, and what one may take.
fn cap_for_seven(of: Of) -> (u64, u64) {
    let provider = FakeProvider::start();
    let house = house(&provider);
    let call = house.roundtable().args(ARGUMENTS).args(many(of)).args([of.flag(), &of.show(1)]);
    let refused = call.run().exits(6);
    assert_eq!(provider.asked(), 0);
    let (_, worst) = refused.stderr.split_once("the next request may take ").unwrap();
    let worst = of.read(worst);
    (7 * worst + worst / 2, worst)
}

/// As much as one likes of what is not capped.
fn many(of: Of) -> Vec<&'static str> {
    match of {
        Of::Tokens => vec!["--max-cost", "none"],
        Of::Money => vec![],
    }
}

/// What the debate has spent, and what is held.
fn account(house: &Amatelier, of: Of) -> (u64, u64) {
    let journal = rusqlite::Connection::open(house.path("roundtable.db")).unwrap();
    let name = if of == Of::Tokens { "debate/%/tokens" } else { "debate/%/usd" };
    let sql = "SELECT spent, held FROM accounts WHERE name LIKE ?1";
    let row = journal.query_row(sql, [name], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)));
    row.map(|(spent, held)| (spent as u64, held as u64)).unwrap()
}

fn is_paused(house: &Amatelier) {
    let listed = house.args(["list", "--json"]).run().ok().digest();
    assert_eq!(all(&listed["roundtables"], "status"), ["paused"]);
}

/// It goes on to its end, and nothing that was answered is asked again.
fn goes_on(house: &Amatelier, provider: &FakeProvider, of: Of, answered: &[Asked]) -> Value {
    let most = match of {
        Of::Tokens => "900000000",
        Of::Money => "none",
    };
    let digest = house.args(["resume", of.flag(), most]).run().ok().digest();
    assert_eq!(digest["stop"]["reason"], "max-rounds");
    for asked in answered {
        let times = provider.requests().into_iter().filter(|other| other.key == asked.key).count();
        assert_eq!(times, 1, "what was answered was asked again");
    }
    digest
}

fn seven_are_let_through(of: Of) {
    let (cap, _) = cap_for_seven(of);
    let provider = FakeProvider::start();
    let house = house(&provider);
    let hold = provider.hold_when(|_| true);
    let running = house.roundtable().args(ARGUMENTS).args(many(of)).args([of.flag(), &of.show(cap)]).spawn();
    provider.wait_for("seven requests", |asked| asked.len() >= 7);
    assert_eq!(provider.asked(), 7);
    hold.release();
    provider.behave();
    // They take less than they might, so others follow, as long as the worst of theirs fits beside what was taken.
    let waits = running.wait().exits(6);
    let answered = provider.requests();
    let (spent, held) = account(&house, of);
    assert!(0 < spent && spent <= cap && held == 0, "{spent} and {held} of {cap}: {waits}");
    if of == Of::Tokens {
        let used: usize = answered.iter().map(tokens).sum();
        assert_eq!(used as u64, spent, "what was charged is what was taken");
    }
    is_paused(&house);
    house.args(["resume"]).run().exits(6);
    assert_eq!(provider.asked(), answered.len(), "nothing is asked while the cap is not raised");
    goes_on(&house, &provider, of, &answered);
}

#[test]
fn of_twenty_who_ask_at_once_under_a_cap_on_tokens_for_seven_seven_are_let_through() {
    seven_are_let_through(Of::Tokens);
}

#[test]
fn of_twenty_who_ask_at_once_under_a_cap_on_money_for_seven_seven_are_let_through() {
    seven_are_let_through(Of::Money);
}

fn there_is_no_eighth(of: Of) {
    let (cap, worst) = cap_for_seven(of);
    let provider = FakeProvider::start();
    // Whoever stands behind a gateway that gave up may have worked all the same: the worst is counted.
    provider.whenever(|_| true, Reaction::Status(502));
    let house = house(&provider);
    let call = house.roundtable().args(ARGUMENTS).args(many(of)).args([of.flag(), &of.show(cap)]);
    let waits = call.run().exits(6).stderr_has(of.flag());
    assert_eq!(provider.asked(), 7, "{waits}");
    assert_eq!(account(&house, of), (7 * worst, 0), "of {cap}");
    is_paused(&house);
    provider.behave();
    let digest = goes_on(&house, &provider, of, &[]);
    // Who was refused by an endpoint that is left alone after five failures failed where everybody sees it; nobody else did.
    let endings = all(&digest["turns"], "ending");
    let allowed = ["done", "passed", "host-fault"];
    assert!(endings.iter().all(|ending| allowed.iter().any(|known| *ending == known)), "{digest:#}");
}

#[test]
fn where_seven_requests_take_all_the_tokens_they_may_there_is_no_eighth() {
    there_is_no_eighth(Of::Tokens);
}

#[test]
fn where_seven_requests_take_all_the_money_they_may_there_is_no_eighth() {
    there_is_no_eighth(Of::Money);
}

#[test]
fn a_debate_that_is_paid_for_has_a_cap_and_says_so() {
    let provider = FakeProvider::start();
    let house = pair(&provider).variable("AMATELIER_OPENAI_COMPAT_BILLING", "metered");
    let short = ["--max-rounds", "1", "--budget", "0"];
    house.roundtable().args(short).run().ok().stderr_has("it may cost at most $2.00 (--max-cost)");
    let waits = house.roundtable().args(short).args(["--max-cost", "0.30"]).run().exits(6);
    waits.stderr_has("it may cost at most $0.30").stderr_has("max-cost $0.30: ").stderr_has("--max-cost N");
    let asked = provider.asked();
    house.args(["resume", "--max-cost", "2,50"]).run().exits(2).stderr_has("an amount in dollars");
    let ran = house.args(["resume", "--max-cost", "1000"]).run().ok().stderr_has("at most $1000.00");
    assert!(provider.asked() > asked);
    let usage = &ran.digest()["usage"];
    assert!(usage["unpriced"].as_u64().unwrap() > 0 && usage.get("cost").is_none(), "{usage}");
    // On this machine nothing is paid, and nothing is said of money.
    let house = pair(&provider);
    let free = house.roundtable().args(short).run().ok();
    assert!(!free.stderr.contains('$'), "{free}");
}

#[test]
fn what_a_day_may_cost_holds_for_all_debates_of_the_workspace() {
    let provider = FakeProvider::start();
    let house = pair(&provider).variable("AMATELIER_OPENAI_COMPAT_BILLING", "metered");
    let short = ["--max-rounds", "1", "--budget", "0", "--max-cost", "none"];
    house.roundtable().args(short).run().ok();
    let asked = provider.asked();
    let waits =
        house.roundtable().args(short).variable("AMATELIER_MONEY_MAX_COST_PER_DAY", "0.01").run().exits(6);
    waits.stderr_has("max-cost-per-day $0.01: ").stderr_has("money.max-cost-per-day");
    assert_eq!(provider.asked(), asked, "what the first one spent counts");
}

//! A crash at every place between the intent to ask and the end of the turn, under every policy.
//!
//! The process dies by itself at a named place, as hard as by a kill, so each case is exact where `kill` draws lots. The provider counts.

use std::{collections::BTreeMap, sync::LazyLock};

use amatelier_test_support::{Amatelier, FakeProvider, normalised};
use serde_json::Value;

use crate::{find, pair};

const ARGUMENTS: [&str; 6] = ["--max-rounds", "1", "--budget", "0", "--seed", "11"];

/// Where the process dies, and whether somebody may have been asked by then.
const PLACES: [(&str, Known); 6] = [
    ("before-intent", Known::NotAsked),
    ("after-intent", Known::Unknown),
    ("response-id", Known::Unknown),
    ("mid-stream", Known::Unknown),
    ("before-answer", Known::Unknown),
    ("after-answer", Known::Answered),
];

/// What the journal knows of the request when the process dies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Known {
    NotAsked,
    Unknown,
    Answered,
}

/// Which hit of a place is the last: of the first call, and of one in the middle.
const HITS: [usize; 2] = [0, 3];

/// The debate that nobody interrupts, and how many requests it takes.
static UNDISTURBED: LazyLock<(Value, usize)> = LazyLock::new(|| {
    let provider = FakeProvider::start();
    let digest = pair(&provider).roundtable().args(ARGUMENTS).run().ok().digest();
    (normalised(digest), provider.asked())
});

struct Crashed {
    provider: FakeProvider,
    house: Amatelier,
    /// Requests that had arrived.
    asked: usize,
    case: String,
}

impl Crashed {
    /// A debate whose process died at the hit after so many.
    fn at(place: &str, hits: usize) -> Self {
        let provider = FakeProvider::start();
        let house = pair(&provider);
        let case = format!("{place}={hits}*off->return");
        let crashed = house.roundtable().args(ARGUMENTS).variable("FAILPOINTS", &case).run();
        assert_eq!(crashed.code, None, "{case}: it ended by itself: {crashed}");
        let asked = provider.asked();
        Crashed { provider, house, asked, case }
    }

    fn resume(&self, policy: &[&str]) -> Value {
        self.house.args(["resume"]).args(policy).run().ok().digest()
    }

    /// How often the request that was asked most often was.
    fn most(&self) -> usize {
        let mut times: BTreeMap<_, usize> = BTreeMap::new();
        for asked in self.provider.requests() {
            *times.entry(asked.key).or_default() += 1;
        }
        times.into_values().max().unwrap_or_default()
    }

    /// What was held when the process died is held still, and nothing else.
    fn held(&self) -> i64 {
        let journal = rusqlite::Connection::open(self.house.path("roundtable.db")).unwrap();
        let sql = "SELECT count(*) FROM holds";
        journal.query_row(sql, [], |row| row.get(0)).unwrap()
    }
}

fn each(check: impl Fn(Crashed, Known) + Sync) {
    std::thread::scope(|scope| {
        for hits in HITS {
            let check = &check;
            scope.spawn(move || {
                PLACES.iter().for_each(|(place, known)| check(Crashed::at(place, hits), *known))
            });
        }
    });
}

#[test]
fn resend_asks_once_more_what_may_not_have_been_answered_and_nothing_else() {
    let (expected, planned) = &*UNDISTURBED;
    each(|crashed, known| {
        let case = &crashed.case;
        let uncertain = known == Known::Unknown;
        assert_eq!(crashed.held(), i64::from(uncertain), "{case}");
        let digest = crashed.resume(&[]);
        assert_eq!(normalised(digest.clone()), *expected, "{case}");
        assert_eq!(digest["resent"].as_array().unwrap().len(), usize::from(uncertain), "{case}");
        assert_eq!(digest["uncertain"], digest["resent"], "{case}");
        assert!(crashed.provider.asked() <= planned + usize::from(uncertain), "{case}");
        assert!(crashed.most() <= 1 + usize::from(uncertain), "{case}");
        assert_eq!(crashed.held(), i64::from(uncertain), "{case}: what nobody settled counts for ever");
    });
}

#[test]
fn ask_waits_and_asks_nobody_until_somebody_decides() {
    let (expected, planned) = &*UNDISTURBED;
    each(|crashed, known| {
        let case = &crashed.case;
        if known == Known::Unknown {
            for _ in 0..2 {
                let waits = crashed.house.args(["resume", "--on-uncertain", "ask"]).run().exits(8);
                waits.stderr_has("--on-uncertain resend").stderr_has("--on-uncertain skip");
                assert_eq!(crashed.provider.asked(), crashed.asked, "{case}: nobody was asked meanwhile");
            }
            let digest = crashed.resume(&["--on-uncertain", "resend"]);
            assert_eq!(normalised(digest), *expected, "{case}");
            assert!(crashed.provider.asked() <= planned + 1, "{case}");
        } else {
            assert_eq!(normalised(crashed.resume(&["--on-uncertain", "ask"])), *expected, "{case}");
            assert_eq!(crashed.provider.asked(), *planned, "{case}");
        }
    });
}

#[test]
fn skip_never_asks_again_and_the_turn_shows_it() {
    let (expected, planned) = &*UNDISTURBED;
    each(|crashed, known| {
        let case = &crashed.case;
        let digest = crashed.resume(&["--on-uncertain", "skip"]);
        assert_eq!(crashed.most(), 1, "{case}: it was asked again");
        if known == Known::Unknown {
            let [action] = &digest["uncertain"].as_array().unwrap()[..] else { panic!("{case}: {digest:#}") };
            assert_eq!(digest["resent"].as_array().unwrap().len(), 0, "{case}");
            let turn = find(&digest["turns"], "id", action.as_str().unwrap());
            assert_ne!(turn["ending"], "done", "{case}: {turn:#}");
        } else {
            assert_eq!(normalised(digest), *expected, "{case}");
            assert_eq!(crashed.provider.asked(), *planned, "{case}");
        }
    });
}

#[test]
fn the_operator_may_configure_what_is_done_and_a_project_may_not() {
    let crashed = Crashed::at("mid-stream", 2);
    let variable = "AMATELIER_ROUNDTABLE_ON_UNCERTAIN";
    let resume = || crashed.house.args(["resume"]);
    resume().variable(variable, "ask").run().exits(8);
    assert_eq!(crashed.provider.asked(), crashed.asked);
    resume().variable(variable, "maybe").run().exits(3).stderr_has("one of resend, ask, skip");
    resume().variable(variable, "skip").run().ok();
    assert_eq!(crashed.most(), 1);
}

#[test]
fn text_that_had_arrived_when_the_process_died_is_kept_and_marked() {
    let provider = FakeProvider::start();
    // A quarter of a second after the first piece is the second's chance to be kept.
    provider
        .whenever(|_| true, amatelier_test_support::Reaction::Slowly(std::time::Duration::from_millis(300)));
    let house = pair(&provider);
    let crashed = house.roundtable().args(ARGUMENTS).variable("FAILPOINTS", "mid-stream=2*off->return").run();
    assert_eq!(crashed.code, None, "{crashed}");
    let listed = house.args(["list", "--json"]).run().ok().digest();
    let id = listed["roundtables"][0]["id"].as_str().unwrap();
    let calls = house.args(["calls", id, "--json"]).run().ok().digest();
    let request = &calls["calls"][0]["requests"][0];
    assert_eq!(request["outcome"], Value::Null, "{calls:#}");
    let partial = request["partial"].as_str().unwrap();
    assert!(!partial.is_empty());
    let shown = house.args(["calls", id]).run().ok().stdout;
    assert!(shown.contains("unknown, broke off after"), "{shown}");
    let turn = calls["calls"][0]["turn"].as_str().unwrap();
    let prompt = house.args(["prompt", id, turn]).run().ok().stdout;
    assert!(prompt.contains("--- no answer") && prompt.contains("--- what had arrived"), "{prompt}");
    provider.behave();
    house.args(["resume"]).run().ok();
}

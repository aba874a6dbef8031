use amatelier_economy::{Opening, Seated, StewardPresence};
use amatelier_types::{MemberName, RoundtableId, Sparks, Timestamp};

use super::*;

fn journal(folder: &tempfile::TempDir) -> Journal {
    views::open(folder.path(), Options::default()).unwrap()
}

fn name(name: &str) -> MemberName {
    name.parse().unwrap()
}

fn opening(id: u8, members: &[&str]) -> Opening {
    let seated = |member: &&str| Seated { member: name(member), label: "haiku".into() };
    Opening {
        roundtable: RoundtableId::from_random([id; 6]),
        workers: members.iter().map(seated).collect(),
        steward: StewardPresence::Absent,
        at: Timestamp(i64::from(id)),
    }
}

#[tokio::test]
async fn what_is_decided_is_read_again_by_whoever_opens_the_ledger_next() {
    let folder = tempfile::tempdir().unwrap();
    let treasury = Treasury::open(journal(&folder), Rules::default()).unwrap();
    let entered = treasury
        .decide("user", |ledger, rules| ledger.enter(rules, &opening(1, &["ada", "bob"])))
        .await
        .unwrap();
    assert_eq!(entered.len(), 3, "two accounts, one debate");
    treasury
        .decide("user", |ledger, rules| {
            ledger.grant(rules, &name("ada"), Sparks(7), "well done", Timestamp(2))
        })
        .await
        .unwrap();
    let again = Treasury::open(journal(&folder), Rules::default()).unwrap();
    let books = again.books().unwrap();
    assert_eq!((books.seq, books.ledger.balance(&name("ada"))), (4, Sparks(37)));
    assert_eq!(books.ledger, treasury.books().unwrap().ledger);
    let recent: Vec<i64> = books.recent(&name("ada")).map(|posting| posting.amount.0).collect();
    assert_eq!(recent, [7, 30], "newest first");
    assert_eq!(again.books_at(3).unwrap().ledger.balance(&name("ada")), Sparks(30), "as it was before");
}

#[tokio::test]
async fn a_refusal_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let treasury = Treasury::open(journal(&folder), Rules::default()).unwrap();
    let refused = treasury
        .decide("user", |ledger, rules| {
            ledger.grant(rules, &name("ada"), Sparks(7), "well done", Timestamp(2))
        })
        .await;
    assert!(matches!(refused, Err(Error::Refused(Refusal::UnknownMember(_)))), "{refused:?}");
    assert_eq!(treasury.events().unwrap(), []);
}

#[tokio::test]
async fn who_was_overtaken_decides_again_on_what_the_other_wrote() {
    let folder = tempfile::tempdir().unwrap();
    let treasury = Treasury::open(journal(&folder), Rules::default()).unwrap();
    let enter = |ledger: &Ledger, rules: &Rules| ledger.enter(rules, &opening(1, &["ada"]));
    treasury.decide("user", enter).await.unwrap();
    // Another process, which writes between the decision and its commit, twice.
    let other = Treasury::open(journal(&folder), Rules::default()).unwrap();
    let mut seen = Vec::new();
    let decide = |ledger: &Ledger| {
        seen.push(ledger.balance(&name("ada")));
        if seen.len() < 3 {
            let takes = |ledger: &Ledger, rules: &Rules| {
                ledger.penalise(rules, &name("ada"), Sparks(10), "for noise", Timestamp(3))
            };
            std::thread::scope(|scope| {
                scope.spawn(|| {
                    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
                    runtime.block_on(other.decide("user", takes)).unwrap();
                });
            });
        }
        let rules = Rules::default();
        Ok(ledger.grant(&rules, &name("ada"), ledger.balance(&name("ada")), "as much again", Timestamp(4))?)
    };
    let unit = Unit::new();
    let written = treasury.write("user", Commit::NoFsync, unit, decide).await.unwrap();
    assert_eq!(seen, [Sparks(30), Sparks(20), Sparks(10)], "asked anew on what is there now");
    assert_eq!(written.events.len(), 1, "and kept once");
    assert_eq!(treasury.books().unwrap().ledger.balance(&name("ada")), Sparks(20));
    assert!(treasury.prove().unwrap().holds());
}

#[tokio::test]
async fn a_cause_that_was_posted_before_fails_its_unit_whatever_the_rules_think() {
    let folder = tempfile::tempdir().unwrap();
    let treasury = Treasury::open(journal(&folder), Rules::default()).unwrap();
    let enter = |ledger: &Ledger, rules: &Rules| ledger.enter(rules, &opening(1, &["ada"]));
    let entered = treasury.decide("user", enter).await.unwrap();
    let again = treasury.write("user", Commit::NoFsync, Unit::new(), |_| Ok(entered.clone())).await;
    assert!(
        matches!(again, Err(Error::Journal(JournalError::Projection { name: "spark_ledger", .. }))),
        "{again:?}"
    );
    assert_eq!(treasury.books().unwrap().ledger.balance(&name("ada")), Sparks(30));
}

//! What a member buys: once in a debate, before its first speech, as personas are offered the store.
//!
//! It is careful: it spends what it earned and keeps what it began with, so that nobody buys in its first debate and nobody is ruined.

use amatelier_types::Phase;

use super::draw::Draw;
use crate::{CallFacts, Good};

/// What it keeps, in sparks: the opening balance (rules §4).
const KEPT: i64 = 30;
/// In how many of a hundred debates it buys something where it can.
const EAGER: usize = 35;

/// The line that buys something, if anything is bought.
pub(super) fn wish(facts: &CallFacts) -> Option<String> {
    let purse = facts.purse.as_ref()?;
    if facts.phase != Phase::Speak || facts.round != 1 {
        return None;
    }
    let spare = purse.sparks.saturating_sub(KEPT);
    let fits = |good: &&Good| good.price > 0 && i64::from(good.price) <= spare;
    let goods: Vec<&Good> = purse.goods.iter().filter(fits).collect();
    let mut draw = Draw::from(facts.debate_seed.derive(&format!("rehearsal/wish/{}", facts.member)));
    let is_eager = draw.chance(EAGER);
    let good = draw.pick(&goods).filter(|_| is_eager)?;
    Some(format!("[[buy: {}]]", good.id))
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, sync::Arc};

    use amatelier_types::Seed;

    use super::*;
    use crate::{Purse, testing::request};

    fn facts(sparks: i64, round: u32, seed: u64) -> CallFacts {
        let goods = [("boost", 8), ("skill", 12), ("wish", 0)];
        let goods = goods.map(|(id, price)| Good { id: id.into(), price }).into();
        let facts = Arc::unwrap_or_clone(request("Why?").facts);
        CallFacts { round, debate_seed: Seed(seed), purse: Some(Purse { sparks, goods }), ..facts }
    }

    fn bought(sparks: i64, round: u32) -> BTreeSet<String> {
        (0..100).filter_map(|seed| wish(&facts(sparks, round, seed))).collect()
    }

    #[test]
    fn a_careful_member_buys_what_leaves_it_enough_for_its_next_debates() {
        for (sparks, round, expected) in [
            (30, 1, &[][..]),
            (37, 1, &[]),
            (38, 1, &["[[buy: boost]]"]),
            (42, 1, &["[[buy: boost]]", "[[buy: skill]]"]),
            (42, 2, &[]),
            (-4, 1, &[]),
        ] {
            let expected: BTreeSet<String> = expected.iter().map(ToString::to_string).collect();
            assert_eq!(bought(sparks, round), expected, "{sparks} in round {round}");
        }
        assert_eq!(wish(&CallFacts { purse: None, ..facts(99, 1, 1) }), None);
        let times = (0..100).filter(|seed| wish(&facts(99, 1, *seed)).is_some()).count();
        assert!((20..50).contains(&times), "{times}");
    }
}

//! A season, for people.

use std::fmt::Write as _;

use super::{line, team::table, width};
use crate::commands::{Closing, Debated, Stood};

/// One debate, on a line.
pub(crate) fn debated(debated: &Debated) -> String {
    let Debated { debate, of, roundtable_id, stop_reason, rounds, .. } = debated;
    let rounds = if *rounds == 1 { "1 round".to_owned() } else { format!("{rounds} rounds") };
    let mut text = format!("debate {debate} of {of}, {roundtable_id}: {stop_reason} after {rounds}");
    // Writing to a String cannot fail, so the results below are dropped.
    if debated.members.is_empty() {
        let _ = write!(text, "; {}, no spark moved", debated.scoring_status);
    }
    let members = debated.members.iter();
    let members: Vec<String> =
        members.map(|one| format!("{} {:+} = {}", one.member, one.net, one.balance)).collect();
    if !members.is_empty() {
        let _ = write!(text, "; {}", members.join(", "));
    }
    for bought in &debated.purchases {
        let _ = write!(text, "; {} bought {} for {}", bought.member, line(&bought.item, 64), bought.price);
    }
    text
}

/// What a season was to each member.
pub(crate) fn season(closing: &Closing) -> String {
    let many = match closing.debates.len() {
        1 => "1 debate".to_owned(),
        many => format!("{many} debates"),
    };
    let mut text = format!("season {}: {many}\n\n", closing.season_id);
    let head = ["rank", "member", "sparks", "debates", "marks", "bought"];
    let mut rows = vec![head.map(str::to_owned)];
    rows.extend(closing.members.iter().map(|one| {
        [
            change(one.rank_before.map(i64::from), one.rank_after.map(i64::from)),
            one.member.clone(),
            change(one.balance_before, one.balance_after),
            format!("{:>7}", one.debates),
            format!("{:>5}", one.marks),
            purchases(one),
        ]
    }));
    text.push_str(&table(&rows, width()));
    text
}

/// From what to what.
fn change(before: Option<i64>, after: Option<i64>) -> String {
    let shown = |value: Option<i64>| value.map_or("-".to_owned(), |value| value.to_string());
    format!("{} → {}", shown(before), shown(after))
}

fn purchases(one: &Stood) -> String {
    let each = one.purchases.iter().map(|bought| format!("{} ({})", line(&bought.item, 64), bought.price));
    each.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::{Bought, Brought};

    fn bought(item: &str) -> Bought {
        Bought { member: "elena".into(), item: item.into(), name: "Two more".into(), price: 8 }
    }

    #[test]
    fn a_season_is_a_line_for_each_debate_and_a_table_at_the_end() {
        let brought = |member: &str, net, balance| Brought { member: member.into(), marks: 5, net, balance };
        let one = || Debated {
            schema: "",
            season_id: "s-010203040506".into(),
            roundtable_id: "0123456789ab".into(),
            debate: 2,
            of: 3,
            topic: "Bridge?".into(),
            seed: 8,
            rounds: 1,
            stop_reason: "converged".into(),
            scoring_status: "complete".into(),
            members: vec![brought("elena", 3, 25), brought("marcus", -4, -1)],
            purchases: vec![bought("extra\u{1b}-budget")],
        };
        let aborted = Debated {
            stop_reason: "aborted".into(),
            scoring_status: "unscored".into(),
            rounds: 2,
            members: Vec::new(),
            purchases: Vec::new(),
            ..one()
        };
        let stood = |member: &str, balances, ranks: (Option<u32>, Option<u32>), purchases| {
            let (balance_before, balance_after): (Option<i64>, Option<i64>) = balances;
            Stood {
                member: member.into(),
                balance_before,
                balance_after,
                rank_before: ranks.0,
                rank_after: ranks.1,
                debates: 3,
                marks: 17,
                purchases,
            }
        };
        let closing = Closing {
            schema: "",
            season_id: "s-010203040506".into(),
            realm: "real",
            debates: vec!["0123456789ab".into()],
            members: vec![
                stood(
                    "elena",
                    (Some(30), Some(25)),
                    (Some(2), Some(1)),
                    vec![bought("extra-budget"), bought("x")],
                ),
                stood("vera", (None, Some(30)), (None, Some(2)), Vec::new()),
                stood("marcus", (Some(-4), None), (Some(1), None), Vec::new()),
            ],
        };
        insta::assert_snapshot!(format!("{}\n{}\n{}", debated(&one()), debated(&aborted), season(&closing)));
    }
}

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
    let many = closing.debates.len();
    let mut text = format!("season {}: {many} debates\n\n", closing.season_id);
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

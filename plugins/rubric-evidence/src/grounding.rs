//! Places in registered files that a member cited.

use std::collections::BTreeSet;

use amatelier_sdk::{Mark, minutes::Citation};

use crate::{
    axes::GROUNDING,
    mark::{listed, mark as marked},
};

/// The mark of one member. A place counts once, however often it is cited.
pub(crate) fn mark(member: &str, citations: &[Citation]) -> Mark {
    let (checked, unchecked) = (places(member, citations, true), places(member, citations, false));
    let mut because = match checked.len() {
        0 => "cited no place that a finding had shown".to_owned(),
        1 => format!("cited one checked place: {}", listed(&checked)),
        many => format!("cited {many} checked places: {}", listed(&checked)),
    };
    if !unchecked.is_empty() {
        because.push_str(&format!("; unchecked: {}", listed(&unchecked)));
    }
    let own = citations.iter().filter(|cited| cited.member == member);
    marked(GROUNDING, value(checked.len(), unchecked.len()), because, own.map(|cited| cited.seq))
}

fn value(checked: usize, unchecked: usize) -> u32 {
    let earned: u32 = match checked {
        0 => 0,
        1 => 1,
        2 | 3 => 2,
        _ => 3,
    };
    if unchecked > checked { earned.saturating_sub(1) } else { earned }
}

fn places(member: &str, citations: &[Citation], verified: bool) -> Vec<String> {
    let mut seen = BTreeSet::new();
    citations
        .iter()
        .filter(|cited| cited.member == member && cited.verified == verified)
        .filter(|cited| seen.insert((&cited.file, cited.first_line, cited.last_line)))
        .map(|cited| {
            let Citation { seq, file, first_line, last_line, .. } = cited;
            let lines = if first_line == last_line {
                first_line.to_string()
            } else {
                format!("{first_line}-{last_line}")
            };
            format!("{file}:{lines} in message {seq}")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cited(seq: u32, line: u32, verified: bool) -> Citation {
        Citation {
            seq,
            member: "ada".into(),
            file: "a.csv".into(),
            first_line: line,
            last_line: line,
            verified,
        }
    }

    #[test]
    fn checked_places_count_once_and_unchecked_ones_weigh() {
        for (citations, expected) in [
            (vec![], 0),
            (vec![cited(1, 3, true)], 1),
            (vec![cited(1, 3, true), cited(4, 3, true)], 1),
            (vec![cited(1, 3, true), cited(4, 5, true)], 2),
            ((1..=4).map(|line| cited(1, line, true)).collect(), 3),
            (vec![cited(1, 3, true), cited(1, 4, false)], 1),
            (vec![cited(1, 3, true), cited(1, 4, false), cited(1, 5, false)], 0),
            (vec![cited(1, 4, false)], 0),
        ] {
            assert_eq!(mark("ada", &citations).value, expected, "{citations:?}");
            assert_eq!(mark("grace", &citations).value, 0);
        }
    }

    #[test]
    fn the_reason_names_the_places() {
        let mark = mark("ada", &[cited(7, 3, true), cited(8, 9, false)]);
        let told = "cited one checked place: a.csv:3 in message 7; unchecked: a.csv:9 in message 8";
        assert_eq!((mark.because.as_str(), mark.evidence.as_slice()), (told, &[7, 8][..]));
    }
}

//! The settings that were typed with a season, as they are written down and as they hold again when it is gone on with.

use std::collections::BTreeMap;

use amatelier_workspace::{Flag, SETTINGS};

/// What is decided anew each time somebody goes on.
const OF_THE_MOMENT: &str = "roundtable.on-uncertain";
/// Where a setting comes from that the season brought along.
const SEASON: &str = "the season";

/// The flags that are kept.
pub(super) fn kept(flags: &[Flag]) -> BTreeMap<String, String> {
    let named = flags.iter().map(|flag| (name(flag.key), flag.text.clone()));
    named.filter(|(name, _)| name != OF_THE_MOMENT).collect()
}

/// What was kept, as flags, and what was typed in its place.
pub(super) fn flags(kept: &BTreeMap<String, String>, typed: Vec<Flag>) -> Vec<Flag> {
    let known = SETTINGS.iter().map(|setting| (setting.section, setting.name));
    let again = known.filter_map(|key| {
        let text = kept.get(&name(key))?.clone();
        Some(Flag { flag: SEASON, key, text })
    });
    let mut flags: Vec<Flag> =
        again.filter(|flag| !typed.iter().any(|typed| typed.key == flag.key)).collect();
    flags.extend(typed);
    flags
}

fn name((section, name): (&str, &str)) -> String {
    if section.is_empty() { name.to_owned() } else { format!("{section}.{name}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_holds_again_unless_something_else_is_typed() {
        let flag = |key, text: &str| Flag { flag: "--x", key, text: text.into() };
        let first = kept(&[
            flag(("", "mode"), "rehearsal"),
            flag(("money", "max-cost"), "2"),
            flag(("roundtable", "on-uncertain"), "skip"),
        ]);
        assert_eq!(first.keys().collect::<Vec<_>>(), ["mode", "money.max-cost"]);
        let again = flags(&first, vec![flag(("money", "max-cost"), "5")]);
        let texts: BTreeMap<String, &str> =
            again.iter().map(|flag| (name(flag.key), flag.text.as_str())).collect();
        assert_eq!(texts, [("mode".to_owned(), "rehearsal"), ("money.max-cost".to_owned(), "5")].into());
    }

    #[test]
    fn every_flag_of_a_season_is_a_setting_that_is_found_again() {
        use clap::Parser as _;
        let typed = "amatelier season --debates 1 --topic t --briefing b --mode rehearsal --max-rounds 1 --budget 0 --speaker-timeout 9 \
                     --moderation gate-only --max-tokens 1 --max-minutes 1 --max-cost 1 --steward-public --yes --record r";
        let typed = crate::args::Arguments::try_parse_from(typed.split_whitespace()).unwrap().flags();
        assert_eq!(flags(&kept(&typed), Vec::new()).len(), typed.len());
    }
}

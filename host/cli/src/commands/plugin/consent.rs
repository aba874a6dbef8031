//! Who grants a plugin something: the person who types the command, by its flags or by answering, and nobody else.
//!
//! In this order: what the flags say; where they say nothing, one question for each group of capabilities, on a terminal only; where
//! nobody can be asked, no decision, which is not the same as a no.

use amatelier_plugins::{Change, Manifest, Right, Rights, UpdateDiff};
use amatelier_types::Capability;

use crate::args::{GrantArgument, Granting};

/// Asks a yes-or-no question; nothing when nobody can answer.
pub(super) type Asker<'a> = &'a mut dyn FnMut(&str) -> Option<bool>;

/// What was typed, if anything was.
pub(super) fn typed(granting: &Granting, manifest: &Manifest) -> Option<Rights> {
    if granting.grant_none {
        Some(Rights::none())
    } else if granting.grant_all {
        Some(Rights::asked_by(manifest))
    } else {
        (!granting.grant.is_empty()).then(|| arguments(&granting.grant))
    }
}

/// Capabilities as they were typed; one that was typed twice is granted for the models of both.
pub(super) fn arguments(arguments: &[GrantArgument]) -> Rights {
    arguments.iter().fold(Rights::none(), |rights, argument| {
        rights.or(&Rights::from_iter([(argument.capability, argument.right.clone())]))
    })
}

/// What the operator says, group by group, of these capabilities; nothing when nobody answers.
pub(super) fn asked(wanted: &Rights, ask: Asker<'_>) -> Option<Rights> {
    let wanted: Vec<(Capability, &Right)> = wanted.iter().collect();
    let mut granted = Rights::none();
    for group in wanted.chunk_by(|(one, _), (other, _)| group(*one) == group(*other)) {
        let words: Vec<String> =
            group.iter().map(|(capability, right)| described(*capability, right)).collect();
        if ask(&format!("grant {}?", words.join(" and ")))? {
            granted = granted
                .or(&group.iter().map(|(capability, right)| (*capability, (*right).clone())).collect());
        }
    }
    Some(granted)
}

/// What an update asks for beyond what its predecessor asked for and has.
pub(super) fn more(diff: &UpdateDiff, manifest: &Manifest) -> Rights {
    let asked = Rights::asked_by(manifest);
    let more = diff.changes.iter().filter_map(|change| match change {
        Change::More { capability, .. } | Change::MoreModels { capability, .. } => {
            Some((*capability, asked.get(*capability)?.clone()))
        }
        Change::MoreWorlds { .. } | Change::StillRefused { .. } | Change::Less { .. } => None,
    });
    more.collect()
}

/// What is granted together: the part of the name before the dot.
fn group(capability: Capability) -> &'static str {
    capability.name().split('.').next().unwrap_or_default()
}

/// A capability and its models as they are typed, which is safe in a shell as far as labels are plain words.
pub(super) fn described(capability: Capability, right: &Right) -> String {
    match &right.labels {
        None => capability.to_string(),
        Some(labels) => {
            format!("{capability}={}", labels.iter().map(String::as_str).collect::<Vec<_>>().join(","))
        }
    }
}

#[cfg(test)]
mod tests {
    use amatelier_types::Capability::{LlmComplete, LlmEmbed, Notebook, StewardRead};

    use super::*;

    fn wanted() -> Rights {
        let haiku = Right { labels: Some(["haiku".to_owned()].into()) };
        Rights::from_iter([
            (LlmComplete, haiku),
            (LlmEmbed, Right::default()),
            (StewardRead, Right::default()),
            (Notebook, Right::default()),
        ])
    }

    #[test]
    fn each_group_is_asked_about_once_and_what_is_not_said_is_not_granted() {
        let mut questions = Vec::new();
        let granted = asked(&wanted(), &mut |question| {
            questions.push(question.to_owned());
            Some(question.contains("llm"))
        });
        assert_eq!(
            questions,
            ["grant llm.complete=haiku and llm.embed?", "grant steward.read?", "grant notebook?"]
        );
        let granted = granted.unwrap();
        assert_eq!(granted.capabilities(), [LlmComplete, LlmEmbed].into());
        assert_eq!(granted.get(LlmComplete), wanted().get(LlmComplete));
    }

    #[test]
    fn where_nobody_answers_nobody_decided() {
        assert_eq!(asked(&wanted(), &mut |_| None), None);
        assert_eq!(asked(&Rights::none(), &mut |_| None), Some(Rights::none()));
        assert_eq!(asked(&wanted(), &mut |_| Some(false)), Some(Rights::none()));
    }
}

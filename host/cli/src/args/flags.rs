//! Flags that are settings: the topmost layer of the configuration.

use std::path::PathBuf;

use amatelier_workspace::Flag;

use super::{Arguments, Command, Held, Key, KeyCommand, Steward, StewardCommand};

const MODE: (&str, &str) = ("", "mode");
const CASSETTE: (&str, &str) = ("cassette", "file");
const RECORD: (&str, &str) = ("cassette", "record");
const MAX_ROUNDS: (&str, &str) = ("roundtable", "max-rounds");
const FLOOR_TURNS: (&str, &str) = ("roundtable", "floor-turns");
const MODERATION: (&str, &str) = ("roundtable", "moderation");
const DOUBLE_SCORE: (&str, &str) = ("roundtable", "double-score");
const MAX_TOKENS: (&str, &str) = ("roundtable", "max-tokens");
const MAX_MINUTES: (&str, &str) = ("roundtable", "max-minutes");
const MAX_COST: (&str, &str) = ("money", "max-cost");
const ON_UNCERTAIN: (&str, &str) = ("roundtable", "on-uncertain");
const FINDINGS: (&str, &str) = ("steward", "findings");
const CONSENT: (&str, &str) = ("steward", "consent");
const SPEAKER_TIMEOUT: (&str, &str) = ("roundtable", "speaker-timeout");

/// A flag, what it sets, and what was typed.
type Typed = (&'static str, (&'static str, &'static str), Option<String>);

fn number(number: Option<u32>) -> Option<String> {
    number.map(|number| number.to_string())
}

fn path(path: Option<&PathBuf>) -> Option<String> {
    path.map(|path| path.display().to_string())
}

/// A debate, or a season, may be gone on with from any folder.
fn absolute(path: Option<&PathBuf>) -> Option<String> {
    let whole = path.map(|path| std::path::absolute(path).unwrap_or_else(|_| path.clone()));
    whole.map(|path| path.display().to_string())
}

impl Held {
    fn flags(&self) -> Vec<Typed> {
        vec![
            ("--mode", MODE, self.mode.clone()),
            ("--cassette", CASSETTE, absolute(self.cassette.as_ref())),
            ("--record", RECORD, absolute(self.record.as_ref())),
            ("--max-rounds", MAX_ROUNDS, number(self.max_rounds)),
            ("--budget", FLOOR_TURNS, number(self.budget)),
            ("--speaker-timeout", SPEAKER_TIMEOUT, number(self.speaker_timeout)),
            ("--moderation", MODERATION, self.moderation.clone()),
            ("--double-score", DOUBLE_SCORE, self.double_score.then(|| "yes".into())),
            ("--max-tokens", MAX_TOKENS, number(self.capped.max_tokens)),
            ("--max-minutes", MAX_MINUTES, number(self.capped.max_minutes)),
            ("--max-cost", MAX_COST, self.capped.max_cost.map(|cap| cap.to_string())),
            ("--steward-public", FINDINGS, self.steward_public.then(|| "public".into())),
            ("--yes", CONSENT, self.yes.then(|| "yes".into())),
        ]
    }
}

impl Arguments {
    /// The settings that were typed.
    pub(crate) fn flags(&self) -> Vec<Flag> {
        let typed = match &self.command {
            Command::Roundtable(typed) => typed.held.flags(),
            Command::Season(typed) => {
                let mut flags = typed.held.flags();
                flags.push(("--on-uncertain", ON_UNCERTAIN, typed.on_uncertain.map(|how| how.name().into())));
                flags
            }
            Command::Resume(typed) => {
                vec![
                    ("--cassette", CASSETTE, path(typed.cassette.as_ref())),
                    ("--record", RECORD, path(typed.record.as_ref())),
                    ("--speaker-timeout", SPEAKER_TIMEOUT, number(typed.speaker_timeout)),
                    ("--yes", CONSENT, typed.yes.then(|| "yes".into())),
                    ("--on-uncertain", ON_UNCERTAIN, typed.on_uncertain.map(|how| how.name().into())),
                ]
            }
            Command::Score(typed) => vec![
                ("--cassette", CASSETTE, path(typed.cassette.as_ref())),
                ("--record", RECORD, path(typed.record.as_ref())),
                ("--speaker-timeout", SPEAKER_TIMEOUT, number(typed.speaker_timeout)),
                ("--double-score", DOUBLE_SCORE, typed.double_score.then(|| "yes".into())),
                ("--on-uncertain", ON_UNCERTAIN, typed.on_uncertain.map(|how| how.name().into())),
            ],
            Command::Steward(Steward { command: StewardCommand::Ask(typed) }) => vec![
                ("--mode", MODE, typed.mode.clone()),
                ("--yes", CONSENT, typed.yes.then(|| "yes".into())),
            ],
            Command::Config(typed) => vec![("--mode", MODE, typed.mode.clone())],
            _ => Vec::new(),
        };
        typed.into_iter().filter_map(|(flag, key, text)| Some(Flag { flag, key, text: text? })).collect()
    }

    /// Whether the command does anything that the configuration decides. What only reads stored debates, or mends the workspace, works
    /// beside a broken file.
    pub(crate) fn is_configured(&self) -> bool {
        matches!(
            self.command,
            Command::Roundtable(_)
                | Command::Resume(_)
                | Command::Score(_)
                | Command::Season(_)
                | Command::Steward(Steward { command: StewardCommand::Ask(_) })
                | Command::Config(_)
                | Command::Init(_)
                | Command::Models(_)
                | Command::Key(Key { command: KeyCommand::List(_) })
        )
    }
}

//! Flags that are settings: the topmost layer of the configuration.

use std::path::PathBuf;

use amatelier_workspace::Flag;

use super::{Arguments, Command, Key, KeyCommand, Steward, StewardCommand};

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

impl Arguments {
    /// The settings that were typed.
    pub(crate) fn flags(&self) -> Vec<Flag> {
        let number = |number: Option<u32>| number.map(|number| number.to_string());
        let path = |path: &Option<PathBuf>| path.as_ref().map(|path| path.display().to_string());
        // A season is gone on with from any folder.
        let absolute = |path: &Option<PathBuf>| {
            let whole = path.as_ref().map(|path| std::path::absolute(path).unwrap_or_else(|_| path.clone()));
            whole.map(|path| path.display().to_string())
        };
        let typed = match &self.command {
            Command::Roundtable(typed) => vec![
                ("--mode", MODE, typed.mode.clone()),
                ("--cassette", CASSETTE, path(&typed.cassette)),
                ("--record", RECORD, path(&typed.record)),
                ("--max-rounds", MAX_ROUNDS, number(typed.max_rounds)),
                ("--budget", FLOOR_TURNS, number(typed.budget)),
                ("--speaker-timeout", SPEAKER_TIMEOUT, number(typed.speaker_timeout)),
                ("--moderation", MODERATION, typed.moderation.clone()),
                ("--double-score", DOUBLE_SCORE, typed.double_score.then(|| "yes".into())),
                ("--max-tokens", MAX_TOKENS, number(typed.capped.max_tokens)),
                ("--max-minutes", MAX_MINUTES, number(typed.capped.max_minutes)),
                ("--max-cost", MAX_COST, typed.capped.max_cost.map(|cap| cap.to_string())),
                ("--steward-public", FINDINGS, typed.steward_public.then(|| "public".into())),
                ("--yes", CONSENT, typed.yes.then(|| "yes".into())),
            ],
            Command::Season(typed) => vec![
                ("--mode", MODE, typed.mode.clone()),
                ("--cassette", CASSETTE, absolute(&typed.cassette)),
                ("--record", RECORD, absolute(&typed.record)),
                ("--max-rounds", MAX_ROUNDS, number(typed.max_rounds)),
                ("--budget", FLOOR_TURNS, number(typed.budget)),
                ("--speaker-timeout", SPEAKER_TIMEOUT, number(typed.speaker_timeout)),
                ("--moderation", MODERATION, typed.moderation.clone()),
                ("--max-tokens", MAX_TOKENS, number(typed.capped.max_tokens)),
                ("--max-minutes", MAX_MINUTES, number(typed.capped.max_minutes)),
                ("--max-cost", MAX_COST, typed.capped.max_cost.map(|cap| cap.to_string())),
                ("--steward-public", FINDINGS, typed.steward_public.then(|| "public".into())),
                ("--yes", CONSENT, typed.yes.then(|| "yes".into())),
                ("--double-score", DOUBLE_SCORE, typed.double_score.then(|| "yes".into())),
                ("--on-uncertain", ON_UNCERTAIN, typed.on_uncertain.map(|how| how.name().into())),
            ],
            Command::Resume(typed) => {
                vec![
                    ("--cassette", CASSETTE, path(&typed.cassette)),
                    ("--record", RECORD, path(&typed.record)),
                    ("--speaker-timeout", SPEAKER_TIMEOUT, number(typed.speaker_timeout)),
                    ("--yes", CONSENT, typed.yes.then(|| "yes".into())),
                    ("--on-uncertain", ON_UNCERTAIN, typed.on_uncertain.map(|how| how.name().into())),
                ]
            }
            Command::Score(typed) => vec![
                ("--cassette", CASSETTE, path(&typed.cassette)),
                ("--record", RECORD, path(&typed.record)),
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

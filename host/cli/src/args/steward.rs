//! What the Steward can be asked without a debate.

use std::path::PathBuf;

use amatelier_workspace::Mode;
use clap::{Args, Subcommand, builder::PossibleValuesParser};

#[derive(Args, Debug)]
#[command(arg_required_else_help = true)]
pub(crate) struct Steward {
    #[command(subcommand)]
    pub command: StewardCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum StewardCommand {
    /// List what a briefing registers, and what it cannot have, by line
    Files(StewardFiles),
    /// Answer a question as a member would be answered
    Ask(StewardAsk),
    /// Print lines of a registered file
    Read(StewardRead),
    /// Find lines in registered files
    Grep(StewardGrep),
}

/// Which files are meant.
#[derive(Args, Debug)]
pub(crate) struct Registering {
    /// The Markdown file that registers them
    #[arg(long, value_name = "FILE")]
    pub briefing: PathBuf,
    /// The folder that they are in [default: the briefing's]
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct StewardFiles {
    #[command(flatten)]
    pub registering: Registering,
    /// End with exit code 2 if anything cannot be registered
    #[arg(long)]
    pub strict: bool,
}

#[derive(Args, Debug)]
pub(crate) struct StewardAsk {
    /// The question: one of the forms of `amatelier docs steward`, or any other for a model
    pub question: String,
    #[command(flatten)]
    pub registering: Registering,
    /// Where answers come from that need a model
    #[arg(long, value_name = "MODE", value_parser = PossibleValuesParser::new(Mode::WORDS))]
    pub mode: Option<String>,
    /// Let a model at another machine see what is looked up, without being asked
    #[arg(long)]
    pub yes: bool,
}

#[derive(Args, Debug)]
pub(crate) struct StewardRead {
    /// The file, as it is registered
    pub file: String,
    #[command(flatten)]
    pub registering: Registering,
    /// Only these lines, such as 12 or 10-20
    #[arg(long, value_name = "A-B", value_parser = lines)]
    pub lines: Option<Lines>,
}

#[derive(Args, Debug)]
pub(crate) struct StewardGrep {
    /// A regular expression
    pub pattern: String,
    /// A registered file, or a pattern of names such as `data/*.csv`; all files without one
    #[arg(value_name = "FILE|GLOB")]
    pub files: Option<String>,
    #[command(flatten)]
    pub registering: Registering,
    /// Let case make no difference
    #[arg(long)]
    pub ignore_case: bool,
}

/// Some lines of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lines {
    /// From 1.
    pub first: u32,
    /// How many.
    pub count: u32,
}

fn lines(text: &str) -> Result<Lines, String> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let wanted = || "a line such as 12, or lines such as 10-20".to_owned();
    let number = |text: &str| text.trim().parse::<u32>().map_err(|_| wanted());
    let (first, last) = (number(first)?, number(last)?);
    let count = last.checked_sub(first).and_then(|more| more.checked_add(1));
    count.filter(|_| first > 0).map(|count| Lines { first, count }).ok_or_else(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_a_number_or_two() {
        for (text, expected) in [
            ("12", Some((12, 1))),
            ("10-20", Some((10, 11))),
            ("1 - 2", Some((1, 2))),
            ("0", None),
            ("3-2", None),
            ("0-4294967295", None),
            ("x", None),
            ("1-", None),
            ("", None),
        ] {
            assert_eq!(lines(text).ok().map(|lines| (lines.first, lines.count)), expected, "{text}");
        }
    }
}

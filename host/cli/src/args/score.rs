//! Scoring a debate again.

use std::path::PathBuf;

use amatelier_types::{Capability, RoundtableId};
use amatelier_workspace::OnUncertain;
use clap::{
    Args,
    builder::{PossibleValuesParser, TypedValueParser as _},
};

use super::{Capped, Printed, Watched, on_uncertain};

#[derive(Args, Debug)]
pub(crate) struct Score {
    /// The debate
    pub id: RoundtableId,
    /// Who marks: the id of a bundled rubric, such as evidence, or the path of a component as the team file has it [default: the debate's own]
    #[arg(long, value_name = "NAME")]
    pub rubric: Option<String>,
    /// The label or the name of the rubric's model [default: as in the team file, or as when the debate was opened]
    #[arg(long, value_name = "MODEL")]
    pub model: Option<String>,
    /// Let the rubric's component do this, such as llm.complete, and nothing that is not named (repeatable) [default: as in the team file,
    /// or what is built in]
    #[arg(long, value_name = "CAPABILITY")]
    pub allow: Vec<Capability>,
    /// Let these marks settle the debate, in the place of another rubric's
    #[arg(long)]
    pub official: bool,
    /// Score in opposite orders, and a third time where the two differ
    #[arg(long)]
    pub double_score: bool,
    /// The longest a turn may take, model included, in seconds [default: 200]
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(1..=86_400))]
    pub speaker_timeout: Option<u32>,
    /// Play back answers that were recorded: for a debate that was opened so
    #[arg(long, value_name = "FILE", conflicts_with = "record")]
    pub cassette: Option<PathBuf>,
    /// Record every answer from here on to this file, prompts included
    #[arg(long, value_name = "FILE")]
    pub record: Option<PathBuf>,
    /// What to do about requests that were in flight when the program died: resend asks them again, however often that was done
    /// [default: resend, once]
    #[arg(long, value_name = "HOW", value_parser = PossibleValuesParser::new(["resend", "ask", "skip"]).map(|how| on_uncertain(&how)))]
    pub on_uncertain: Option<OnUncertain>,
    #[command(flatten)]
    pub capped: Capped,
    #[command(flatten)]
    pub printed: Printed,
    #[command(flatten)]
    pub watched: Watched,
}

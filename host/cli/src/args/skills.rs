//! What can be learnt.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Ledgered;

#[derive(Args, Debug)]
#[command(arg_required_else_help = true)]
pub(crate) struct Skills {
    #[command(subcommand)]
    pub command: SkillsCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum SkillsCommand {
    /// List what can be learnt, and who teaches it
    List(SkillsList),
    /// Say what a skill is good for, and what it reminds its owner of
    Show(SkillsShow),
    /// Print the lesson of a skill as a beginner gets it, or as a member would now
    Teach(SkillsTeach),
    /// Take over a skill from a folder with a SKILL.md: its text, and nothing else
    Import(SkillsImport),
}

#[derive(Args, Debug)]
pub(crate) struct SkillsList {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct SkillsShow {
    /// The skill
    pub id: String,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct SkillsTeach {
    /// The skill
    pub id: String,
    /// Who learns it
    #[arg(long, value_name = "NAME")]
    pub member: Option<String>,
    #[command(flatten)]
    pub of: Ledgered,
}

#[derive(Args, Debug)]
pub(crate) struct SkillsImport {
    /// The folder
    pub folder: PathBuf,
    /// Replace another text that is there under the same name
    #[arg(long)]
    pub replace: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

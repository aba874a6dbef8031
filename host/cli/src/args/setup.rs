//! What sets a workspace up and explains it.

use clap::{Args, Subcommand, ValueEnum};
use clap_complete::Shell;

#[derive(Args, Debug)]
pub(crate) struct Init {
    /// The team to start with: curated-five, minimal or empty [default: curated-five]
    #[arg(long, value_name = "NAME")]
    pub template: Option<String>,
    /// Make the team anew, even if there is one; a copy of the old team file is kept
    #[arg(long)]
    pub force: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct RefreshSeeds {
    /// Only this persona's documents, whether it is in the team or not
    #[arg(long, value_name = "NAME")]
    pub agent: Option<String>,
    /// Replace documents that were edited, too; a copy of each is kept
    #[arg(long)]
    pub force: bool,
    /// Only say what would be done
    #[arg(long)]
    pub dry_run: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Docs {
    /// The page, such as first-debate or reference/configuration; all are listed without one
    #[arg(conflicts_with = "search")]
    pub topic: Option<String>,
    /// Find the pages that have all these words
    #[arg(long, value_name = "WORDS", num_args = 1..)]
    pub search: Vec<String>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Completions {
    /// The shell to complete in
    #[arg(value_enum)]
    pub shell: Shell,
}

#[derive(Args, Debug)]
pub(crate) struct Man {
    /// The command to print the page of; the whole program's without one
    pub command: Option<String>,
}

#[derive(Args, Debug)]
#[command(arg_required_else_help = true)]
pub(crate) struct Team {
    #[command(subcommand)]
    pub command: TeamCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum TeamCommand {
    /// Say who is in the team
    List(TeamPrinted),
    /// Add a member and its documents
    New(TeamNew),
    /// Take a member out; its folder stays unless it is told to go
    Remove(TeamRemove),
    /// Add the members of a template that are not there yet, with its models
    Import(TeamImport),
    /// List the templates and who is in them
    Templates(TeamPrinted),
    /// Look for everything that is wrong with the team
    Validate(TeamPrinted),
}

#[derive(Args, Debug)]
pub(crate) struct TeamPrinted {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// The roles a member can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum MemberRole {
    Worker,
    Judge,
    #[value(alias = "therapist")]
    Coach,
}

#[derive(Args, Debug)]
pub(crate) struct TeamNew {
    /// Its name: letters, digits and dashes
    pub name: String,
    /// A label of the model map, or a model [default: sonnet, or that of the copied persona]
    #[arg(long, value_name = "LABEL")]
    pub model: Option<String>,
    /// The provider it is meant to run on, where that is not the default one
    #[arg(long, value_name = "PROVIDER")]
    pub provider: Option<String>,
    /// What it does
    #[arg(long, value_enum, default_value = "worker")]
    pub role: MemberRole,
    /// One line of what it stands for
    #[arg(long, value_name = "TEXT")]
    pub tagline: Option<String>,
    /// What speaks for it: an id, or the path of a .wasm file [default: classic]
    #[arg(long, value_name = "COMPONENT")]
    pub component: Option<String>,
    /// Copy the documents of this persona, bundled or of the workspace
    #[arg(long, value_name = "PERSONA")]
    pub from_template: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct TeamRemove {
    /// Who leaves
    pub name: String,
    /// Delete its folder, with every document in it
    #[arg(long)]
    pub delete_folder: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct TeamImport {
    /// The template: curated-five, minimal or empty
    pub template: String,
    /// Put its members in the place of all there are; a copy of the team file is kept
    #[arg(long)]
    pub replace: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

//! An error as the user sees it: what, why, and what to do next.

mod authoring;
mod plugin;
mod refused;

use std::{error::Error, fmt};

use amatelier_engine::{
    BadSteer, ComponentError, Error as EngineError, OpeningError, ProviderError, RescoringError,
};
use amatelier_workspace::{BadConfiguration, BadFile, BadKeys, BriefingError, TeamError, nearest};
use miette::Diagnostic;

use crate::{exit::Exit, output::program, render::plain, watch::ShowError};

/// What ends a command.
#[derive(Debug)]
pub(crate) struct Failure {
    error: Box<dyn Error + Send + Sync>,
    help: Option<String>,
    pub exit: Exit,
}

impl Failure {
    pub(crate) fn new(
        exit: Exit,
        error: impl Into<Box<dyn Error + Send + Sync>>,
        help: impl Into<Option<String>>,
    ) -> Self {
        Failure { error: error.into(), help: help.into(), exit }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // It may repeat what stands in a project's file, which may be anybody's.
        f.write_str(&plain(&self.error.to_string()))
    }
}

impl Error for Failure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.error.source()
    }
}

impl Diagnostic for Failure {
    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }
}

impl From<BadFile> for Failure {
    fn from(bad: BadFile) -> Self {
        Failure::new(Exit::Configuration, bad, "mend the file; nothing was changed".to_owned())
    }
}

impl From<BriefingError> for Failure {
    fn from(error: BriefingError) -> Self {
        let (exit, help) = match &error {
            BriefingError::Missing(_) => (Exit::NotFound, "name an existing Markdown file with --briefing"),
            BriefingError::Empty(_) => {
                (Exit::Usage, "write into it what the debate is about, and what it should decide")
            }
            BriefingError::Unusable(_) => (Exit::Usage, "a briefing is a Markdown file in UTF-8"),
        };
        Failure::new(exit, error, help.to_owned())
    }
}

impl From<BadConfiguration> for Failure {
    fn from(error: BadConfiguration) -> Self {
        let help = format!("`{} docs configuration` has every setting; nothing was changed", program());
        Failure::new(Exit::Configuration, error, help)
    }
}

impl From<BadKeys> for Failure {
    fn from(error: BadKeys) -> Self {
        let (exit, help) = match &error {
            BadKeys::Open { path, .. } => (Exit::Configuration, format!("chmod 600 {}", path.display())),
            BadKeys::NotAFile(path) | BadKeys::NotYours(path) => (
                Exit::Configuration,
                format!(
                    "take {} away, then store your keys with `{} key set NAME`",
                    path.display(),
                    program()
                ),
            ),
            BadKeys::Line { .. } => (
                Exit::Configuration,
                format!("a line is NAME = \"key\"; `{} key set NAME` writes them", program()),
            ),
            BadKeys::Io { .. } => (Exit::Configuration, "mend the file; nothing was changed".to_owned()),
            BadKeys::Key(_) => {
                (Exit::Usage, "nothing was stored; paste the key alone, on one line".to_owned())
            }
            BadKeys::Name => (Exit::Usage, "nothing was stored".to_owned()),
        };
        Failure::new(exit, error, help)
    }
}

impl From<TeamError> for Failure {
    fn from(error: TeamError) -> Self {
        let program = program();
        let suggest = |meant: &Option<String>| meant.as_ref().map(|meant| format!("did you mean `{meant}`?"));
        let (exit, help) = match &error {
            TeamError::File(_) => (Exit::Configuration, Some("mend the file; nothing was changed".into())),
            TeamError::AlreadyThere(name) => (
                Exit::Failure,
                Some(format!(
                    "choose another name, or change its line in team.toml; `{program} team remove {name}` takes it out"
                )),
            ),
            TeamError::NotThere { meant, .. } | TeamError::NoPersona { meant, .. } => {
                (Exit::NotFound, suggest(meant))
            }
            TeamError::Reserved(_) => (Exit::Usage, Some("choose another name".into())),
            TeamError::SecondJudge(judge) => {
                (Exit::Failure, Some(format!("a team has one; `{program} team remove {judge}` first")))
            }
        };
        Failure::new(exit, error, help)
    }
}

impl From<EngineError> for Failure {
    fn from(error: EngineError) -> Self {
        let program = program();
        let (exit, help) = match &error {
            EngineError::Opening(opening) => opening_help(opening),
            EngineError::File(_) => (Exit::Configuration, Some("mend the file; nothing was changed".into())),
            EngineError::Provider(error) => (Exit::Configuration, Some(provider_help(error))),
            EngineError::Component(component) => component_help(component),
            EngineError::Open(_) => (Exit::Configuration, None),
            EngineError::Root { id, .. } => {
                (Exit::NotFound, Some(format!("nothing is lost: `{program} resume {id}` goes on then")))
            }
            EngineError::NoSuchRoundtable(_) => {
                (Exit::NotFound, Some(format!("`{program} list` lists them")))
            }
            EngineError::BadEvents { .. } | EngineError::BadLedger(_) => (Exit::Integrity, None),
            EngineError::Refused(refusal) => refused::help(refusal),
            EngineError::BadSeason { .. } => (Exit::Integrity, None),
            EngineError::NoSuchSeason(_) => (
                Exit::NotFound,
                Some(format!("`{program} season --resume` goes on with the newest that waits")),
            ),
            EngineError::SeasonHeld { .. } => {
                (Exit::Refused, Some("wait for it, or stop that process".into()))
            }
            EngineError::Driven { .. } => (Exit::Refused, Some("wait for it, or stop that process".into())),
            EngineError::NotDriven(id) => (
                Exit::NotFound,
                Some(format!(
                    "`{program} list` lists the debates; `{program} resume {id}` goes on with this one, with --stop to close and score it as it is"
                )),
            ),
            EngineError::BadSteer(BadSteer::Empty) => (Exit::Usage, Some("say something".into())),
            EngineError::BadSteer(BadSteer::TooLong) => {
                (Exit::Usage, Some("say it shorter, or in several parts".into()))
            }
            EngineError::Senseless { id, .. } => {
                (Exit::Refused, Some(format!("`{program} watch {id}` shows where it is")))
            }
            EngineError::Unreachable { .. } => {
                (Exit::Failure, Some("press Ctrl-C in the terminal where it runs".into()))
            }
            EngineError::Rescoring(error) => rescoring_help(error),
            EngineError::Stuck { id, .. } => {
                (Exit::Failure, Some(format!("nothing is lost: `{program} resume {id}` goes on")))
            }
            EngineError::Scratch(_) => {
                (Exit::Failure, Some("TMPDIR names the folder they are made in".into()))
            }
            EngineError::Runtime(_) | EngineError::Journal(_) | EngineError::Lock { .. } => {
                (Exit::Failure, None)
            }
        };
        Failure::new(exit, error, help)
    }
}

impl From<ShowError> for Failure {
    fn from(error: ShowError) -> Self {
        match error {
            ShowError::Debate(error) => error.into(),
            ShowError::Terminal(_) => {
                Failure::new(Exit::Failure, error, "`--plain` prints lines instead".to_owned())
            }
        }
    }
}

fn rescoring_help(error: &RescoringError) -> (Exit, Option<String>) {
    let program = program();
    match error {
        RescoringError::Unfinished(id) => (
            Exit::Refused,
            Some(format!(
                "`{program} resume {id}` goes on with it, with --stop to close and score it as it is"
            )),
        ),
        RescoringError::Aborted(_) => (Exit::Refused, None),
        RescoringError::NoRubric(id) => (
            Exit::Configuration,
            Some(format!("name one: `{program} score {id} --rubric evidence` asks no model")),
        ),
        RescoringError::BadName(_) => (Exit::Usage, None),
    }
}

fn opening_help(error: &OpeningError) -> (Exit, Option<String>) {
    match error {
        OpeningError::UnknownWorker { name, known } => (
            Exit::NotFound,
            Some(match nearest(name, known.iter().map(String::as_str)) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("name a worker of the team, or add it: `{} team new {name}`", program()),
            }),
        ),
        OpeningError::Benched { .. } => (
            Exit::Refused,
            Some("leave it out of --workers; it comes back by itself, or when another is benched".into()),
        ),
        OpeningError::NoWorkers => (Exit::Usage, Some(format!("leave fewer of them out, or add a worker: `{} team new NAME`", program()))),
        OpeningError::NoJudge => (Exit::Configuration, Some(format!("add one: `{} team new judge --role judge --from-template judge`", program()))),
        OpeningError::NoTopic => (Exit::Usage, Some("say with --topic what the question is".into())),
        OpeningError::NoRounds => (Exit::Configuration, Some("set roundtable.max-rounds in amatelier.toml to 1 or more".into())),
        OpeningError::TooLong { .. } => (
            Exit::Configuration,
            Some("shorten the briefing, or choose a model that takes more (context-tokens in amatelier.toml says how much yours takes)".into()),
        ),
    }
}

fn provider_help(error: &ProviderError) -> String {
    let explain = format!("`{} config` says what is used and why", program());
    let Some(remedy) = error.remedy() else { return explain };
    match error {
        // Nobody stands in for a member that names a provider; to leave it to the default one is a choice.
        ProviderError::Unset(several) if several.iter().any(|unset| unset.who.is_some()) => format!(
            "{remedy}; or leave those members out (--skip-agent NAME); or take `provider` out of their lines in team.toml. {explain}"
        ),
        _ => format!("{remedy}. {explain}"),
    }
}

fn component_help(error: &ComponentError) -> (Exit, Option<String>) {
    match error {
        ComponentError::Store(_) => {
            (Exit::Integrity, Some("put the component back into the workspace's components folder".into()))
        }
        ComponentError::UnknownId { .. } => (
            Exit::Configuration,
            Some(format!(
                "correct `component` in team.toml, or `{program} plugin install` it",
                program = program()
            )),
        ),
        ComponentError::OtherWorld { .. } => {
            (Exit::Configuration, Some("correct `component` in team.toml".into()))
        }
        ComponentError::NeedsGrant { id, .. } => {
            (Exit::Refused, Some(format!("`{program} plugin grant {id} --all`", program = program())))
        }
        ComponentError::Disabled(id) => {
            (Exit::Refused, Some(format!("`{program} plugin enable {id}`", program = program())))
        }
        ComponentError::Changed { .. } | ComponentError::GrantChanged(_) => (
            Exit::Integrity,
            Some(format!(
                "`{program} plugin verify` holds everything that is installed against the lock",
                program = program()
            )),
        ),
        ComponentError::Unreadable { .. } => {
            (Exit::Configuration, Some("paths in team.toml are relative to the workspace folder".into()))
        }
        ComponentError::Unloadable { .. } | ComponentError::NotA { .. } | ComponentError::Compiler(_) => {
            (Exit::Configuration, Some("build it anew, or name another component in team.toml".into()))
        }
    }
}

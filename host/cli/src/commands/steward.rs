//! `steward`: what a briefing registers, and what the Steward says about it, without a debate.
//!
//! It opens no workspace and keeps nothing: `ask` reads the configuration only for a question that needs a model.

use amatelier_engine::{Grounded, StewardAlone};
use amatelier_steward::{FORMS, Halted, Hits, Observation, Operation, Outcome, Refusal, RefusalKind};
use amatelier_workspace::{Briefing, Mode, nearest};
use serde::Serialize;

use super::registered;
use crate::{
    args::{Registering, Steward, StewardAsk, StewardCommand, StewardFiles, StewardGrep, StewardRead},
    context::Context,
    exit::Exit,
    failure::Failure,
    output, render,
};

/// A result with the name of its shape.
#[derive(Serialize)]
struct Named<T> {
    schema: &'static str,
    #[serde(flatten)]
    result: T,
}

#[derive(Serialize)]
struct Listing<'a> {
    root: String,
    files: Vec<File<'a>>,
    warnings: Vec<Warning<'a>>,
}

#[derive(Serialize)]
struct File<'a> {
    name: &'a str,
    bytes: u64,
    sha256: String,
}

#[derive(Serialize)]
struct Warning<'a> {
    line: u32,
    entry: &'a str,
    file: Option<&'a str>,
    why: String,
}

#[derive(Serialize)]
struct Answered<'a> {
    question: &'a str,
    #[serde(flatten)]
    finding: &'a amatelier_steward::Finding,
}

pub(crate) async fn run(context: &Context, arguments: Steward) -> Result<Exit, Failure> {
    match arguments.command {
        StewardCommand::Files(arguments) => files(&arguments),
        StewardCommand::Ask(arguments) => ask(context, &arguments).await,
        StewardCommand::Read(arguments) => read(arguments).await,
        StewardCommand::Grep(arguments) => grep(arguments).await,
    }
}

fn files(arguments: &StewardFiles) -> Result<Exit, Failure> {
    let registering = &arguments.registering;
    let grounded = grounded(registering)?;
    if registering.json {
        let files = grounded.files.iter().map(|file| File {
            name: &file.name,
            bytes: file.bytes,
            sha256: file.sha256.to_string(),
        });
        let warnings = grounded.warnings.iter().map(|warning| Warning {
            line: warning.line,
            entry: &warning.entry,
            file: warning.file.as_deref(),
            why: warning.why.to_string(),
        });
        let root = grounded.root.display().to_string();
        let result = Listing { root, files: files.collect(), warnings: warnings.collect() };
        output::print_json(&Named { schema: "amatelier/steward-files/v1", result })?;
    } else {
        output::print(&render::registered(&grounded))?;
    }
    let is_fatal = arguments.strict && !grounded.warnings.is_empty();
    Ok(if is_fatal { Exit::Usage } else { Exit::Ok })
}

async fn ask(context: &Context, arguments: &StewardAsk) -> Result<Exit, Failure> {
    let grounded = some_files(&arguments.registering)?;
    let mut steward = open(&grounded)?;
    if steward.needs_model(&arguments.question) {
        steward = helped(context, steward, grounded.files.len()).await?;
    }
    let finding = steward.ask(&arguments.question).await.map_err(halted)?;
    if arguments.registering.json {
        let result = Answered { question: &arguments.question, finding: &finding };
        output::print_json(&Named { schema: "amatelier/steward-answer/v1", result })?;
    } else {
        output::print(&render::finding(&finding))?;
    }
    Ok(match finding.outcome {
        Outcome::Found => Exit::Ok,
        Outcome::NotFound => Exit::NotFound,
        Outcome::Failed { .. } => Exit::Failure,
    })
}

/// The Steward with the model of the mode in force, if there is one and it may see the files.
async fn helped(context: &Context, steward: StewardAlone, files: usize) -> Result<StewardAlone, Failure> {
    let choice = context.choose().await;
    let refused = |why: String| {
        let what =
            format!("the question is in none of the Steward's forms, and no model may answer it: {why}");
        Err(Failure::new(Exit::Usage, what, format!("the forms are: {}", FORMS.join("; "))))
    };
    if choice.mode == Mode::Rehearsal {
        return refused(format!("the mode is {} ({})", choice.mode.name(), choice.because));
    }
    let providers = context.providers(&choice, None).await?;
    let (own, labels) = (&context.configuration.config.steward.model, providers.labels());
    let money = &context.configuration.config.money;
    let is_capped = money.max_cost_per_day.0.is_some() || money.max_cost_per_month.0.is_some();
    if is_capped && labels.iter().chain([own]).any(|label| providers.costs(label)) {
        // Outside of a debate nothing is written down, so there is nothing that a cap could count.
        return refused(
            "what a day or a month may cost is capped, and a question outside of a debate counts nowhere"
                .into(),
        );
    }
    let beyond = registered::beyond(&providers, labels.iter().chain([own]).map(String::as_str));
    if !registered::consented(context, files, &beyond) {
        return refused("nobody allowed it to see the files".into());
    }
    Ok(steward.helped(&providers, own))
}

async fn read(arguments: StewardRead) -> Result<Exit, Failure> {
    let grounded = some_files(&arguments.registering)?;
    let (first_line, lines) = arguments.lines.map_or((1, 0), |lines| (lines.first, lines.count));
    let operation = Operation::Read { file: arguments.file, first_line, lines };
    let Observation::Excerpt(excerpt) = perform(&grounded, operation).await? else { return Err(strange()) };
    if arguments.registering.json {
        output::print_json(&Named { schema: "amatelier/steward-lines/v1", result: excerpt })?;
        return Ok(Exit::Ok);
    }
    output::print(&render::excerpt(&excerpt))?;
    if excerpt.truncated {
        let next = excerpt.last_line.saturating_add(1);
        eprintln!(
            "these are lines {} to {} of {}; --lines {next}-{} goes on",
            excerpt.first_line, excerpt.last_line, excerpt.lines, excerpt.lines
        );
    }
    Ok(Exit::Ok)
}

async fn grep(arguments: StewardGrep) -> Result<Exit, Failure> {
    let grounded = some_files(&arguments.registering)?;
    let StewardGrep { pattern, files, ignore_case, .. } = arguments;
    let operation = Operation::Grep { pattern, files, ignore_case, limit: 0 };
    let Observation::Hits(hits) = perform(&grounded, operation).await? else { return Err(strange()) };
    let Hits { unread, truncated, .. } = &hits;
    for unread in unread {
        eprintln!("not searched: {}", render::line(&unread.why, 400));
    }
    if hits.hits.is_empty() {
        eprintln!("no line of {} files matches", hits.files.len());
    }
    if *truncated {
        eprintln!("there are more hits than are shown; name a file, or a narrower pattern");
    }
    let exit = if hits.hits.is_empty() { Exit::NotFound } else { Exit::Ok };
    if arguments.registering.json {
        output::print_json(&Named { schema: "amatelier/steward-hits/v1", result: hits })?;
    } else {
        output::print(&render::hits(&hits))?;
    }
    Ok(exit)
}

async fn perform(grounded: &Grounded, operation: Operation) -> Result<Observation, Failure> {
    let answer = open(grounded)?.perform(operation).await.map_err(halted)?;
    answer.map_err(|refusal| refused(grounded, refusal))
}

/// What a briefing registers, and what it cannot have.
fn grounded(registering: &Registering) -> Result<Grounded, Failure> {
    let path = &registering.briefing;
    let briefing = Briefing::read(path)?;
    registered::register(path, registering.root.as_deref(), &briefing)?.ok_or_else(|| {
        Failure::new(
            Exit::Usage,
            format!("{} registers no files", path.display()),
            "add a section to it: a line `## Steward-Registered Files`, and below it a line such as `- data/usage.csv` for each file"
                .to_owned(),
        )
    })
}

/// The same for whoever wants to look into the files; what is missing is talk.
fn some_files(registering: &Registering) -> Result<Grounded, Failure> {
    let grounded = grounded(registering)?;
    if grounded.files.is_empty() {
        for warning in &grounded.warnings {
            eprintln!("{}", render::lines::note(&warning.to_string()));
        }
        let what = format!("nothing that {} names can be registered", registering.briefing.display());
        let help = "mend these lines, or name the folder that the files are in with --root".to_owned();
        return Err(Failure::new(Exit::Usage, what, help));
    }
    if !grounded.warnings.is_empty() {
        // Only `files` is about them: named each time, they would bury the answer.
        let (program, many) = (output::program(), grounded.warnings.len());
        let note =
            format!("what is not registered of the briefing ({many}) is told by `{program} steward files`");
        eprintln!("{}", render::lines::note(&note));
    }
    Ok(grounded)
}

fn open(grounded: &Grounded) -> Result<StewardAlone, Failure> {
    StewardAlone::open(grounded).map_err(|error| Failure::new(Exit::Failure, error, None))
}

fn halted(Halted(why): Halted) -> Failure {
    Failure::new(Exit::Failure, why, None)
}

fn strange() -> Failure {
    Failure::new(Exit::Failure, "the Steward answered something else than it was asked", None)
}

/// Why there is no answer, with what to do about it.
fn refused(grounded: &Grounded, refusal: Refusal) -> Failure {
    let (exit, help) = match (refusal.kind(), &refusal) {
        (RefusalKind::NotRegistered, Refusal::NotRegistered { name }) => {
            let known = || grounded.files.iter().map(|file| file.name.as_str());
            let help = match nearest(name, known()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("registered are {}", known().collect::<Vec<_>>().join(", ")),
            };
            (Exit::NotFound, Some(help))
        }
        (RefusalKind::NotRegistered | RefusalKind::NotFound, _) => (Exit::NotFound, None),
        (RefusalKind::BadPattern, _) => (
            Exit::Usage,
            Some("write it as a regular expression; `\\` before a sign means the sign itself".into()),
        ),
        (RefusalKind::LooksSecret, _) => (Exit::Refused, None),
        (RefusalKind::TooLarge(_) | RefusalKind::Other, _) => (Exit::Failure, None),
    };
    Failure::new(exit, refusal, help)
}

//! `score`: have a debate that is over scored once more, and show all its marks.

use std::time::Duration;

use amatelier_debate::{Digest, OtherScores, ScoringSection};
use amatelier_engine::{Rescoring, Wish};
use amatelier_workspace::{Choice, YesNo};
use serde::Serialize;

use super::{archives, drive, resume, uncertain};
use crate::{args::Score, context::Context, exit::Exit, failure::Failure, output, render};

pub(crate) async fn run(context: &Context, arguments: Score) -> Result<Exit, Failure> {
    let (mode, id) = resume::named(&archives(context)?, &arguments.id)?;
    let choice = Choice { mode, because: "the debate was opened with it".into() };
    let providers = context.providers(&choice, arguments.speaker_timeout).await?;
    let engine = context.engine(&choice, providers)?;
    let wanted = Rescoring {
        rubric: arguments.rubric,
        model: arguments.model,
        allow: (!arguments.allow.is_empty()).then(|| arguments.allow.iter().copied().collect()),
        official: arguments.official,
        double: context.configuration.config.roundtable.double_score == YesNo::Yes,
    };
    let roundtable = engine.score_again(engine.load(&id)?, &wanted).await?;
    let roundtable = resume::raised(context, &engine, roundtable, &arguments.capped);
    let policy = uncertain::policy(context, &engine, &roundtable, arguments.on_uncertain)?;
    let roundtable = roundtable.on_uncertain(policy);
    let timeout = arguments.speaker_timeout.map(|seconds| Duration::from_secs(u64::from(seconds)));
    let print = |digest: &Digest| match output::is_readable(&arguments.printed) {
        true => output::print(&render::marks(digest)),
        false => output::print_json(&Marks::of(digest)),
    };
    drive::run_and(context, &engine, roundtable, timeout, Wish::GoOn, &arguments.watched, print).await
}

/// All marks of a debate.
#[derive(Serialize)]
struct Marks<'a> {
    schema: &'static str,
    roundtable_id: &'a str,
    scoring: &'a ScoringSection,
    other_scores: &'a [OtherScores],
}

impl<'a> Marks<'a> {
    fn of(digest: &'a Digest) -> Self {
        Marks {
            schema: "amatelier/scores/v1",
            roundtable_id: &digest.roundtable_id,
            scoring: &digest.scoring,
            other_scores: &digest.other_scores,
        }
    }
}

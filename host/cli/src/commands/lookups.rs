//! `lookups`: what the Steward was asked in a debate, what it read, and what speeches cited of it.

use amatelier_debate::{CitationLine, Digest, LookupLine};
use amatelier_workspace::nearest;
use serde::Serialize;

use super::found;
use crate::{args::Lookups, context::Context, exit::Exit, failure::Failure, output, render};

#[derive(Serialize)]
struct Listing {
    schema: &'static str,
    roundtable_id: String,
    lookups: Vec<LookupLine>,
    citations: Vec<CitationLine>,
}

pub(crate) fn run(context: &Context, arguments: &Lookups) -> Result<Exit, Failure> {
    let mut digest = found(context, &arguments.id, |archive| archive.digest(&arguments.id))?;
    if let Some(member) = &arguments.member {
        must_sit_at_the_table(&digest, member)?;
        digest.lookups.retain(|lookup| lookup.agent.as_str() == member);
        digest.citations.retain(|citation| citation.agent.as_str() == member);
    }
    let Digest { roundtable_id, lookups, citations, .. } = digest;
    if arguments.json {
        let schema = "amatelier/lookups/v1";
        output::print_json(&Listing { schema, roundtable_id, lookups, citations })?;
    } else {
        output::print(&render::lookups(&lookups, &citations))?;
    }
    Ok(Exit::Ok)
}

fn must_sit_at_the_table(digest: &Digest, member: &str) -> Result<(), Failure> {
    let known: Vec<&str> = digest.members.iter().map(|member| member.name.as_str()).collect();
    if known.contains(&member) {
        return Ok(());
    }
    let help = match nearest(member, known.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("at the table sat {}", known.join(", ")),
    };
    Err(Failure::new(Exit::NotFound, format!("nobody called `{member}` was in this debate"), help))
}

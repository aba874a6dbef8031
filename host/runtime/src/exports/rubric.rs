//! `amatelier:rubric`: scoring once a debate is over, in both versions that this host speaks.
//!
//! Whoever calls sees one rubric: cards of the first version become cards whose marks name no evidence.

mod first;
mod second;

use amatelier_types::{Axis, MemberName, Scorecard};

use super::not_exported;
use crate::{Call, Component, Ended, LoadError, Runtime, component::Shape};

const INTERFACE: &str = "amatelier:rubric/rubric";

/// Where the functions of a rubric are.
#[derive(Clone)]
pub(crate) enum RubricIndices {
    /// 0.1: marks with reasons.
    First(first::GuestIndices),
    /// 0.2: marks with reasons and evidence.
    Second(second::GuestIndices),
}

pub(crate) fn find(shape: &Shape<'_>) -> Result<Option<RubricIndices>, LoadError> {
    let Some(exported) = shape.exported(INTERFACE) else { return Ok(None) };
    match (exported.version.major, exported.version.minor) {
        (0, 1) => first::find(shape, &exported).map(RubricIndices::First).map(Some),
        _ => second::find(shape, &exported).map(RubricIndices::Second).map(Some),
    }
}

impl Runtime {
    /// Ask a rubric for its dimensions.
    pub async fn axes(&self, component: &Component, call: Call) -> Ended<Vec<Axis>> {
        match component.0.rubric.clone() {
            Some(RubricIndices::First(indices)) => first::axes(self, component, call, indices).await,
            Some(RubricIndices::Second(indices)) => second::axes(self, component, call, indices).await,
            None => not_exported("rubric"),
        }
    }

    /// Let a rubric score some members; the note says what was wrong with its last attempt.
    pub async fn score(
        &self,
        component: &Component,
        call: Call,
        members: &[MemberName],
        retry_note: Option<&str>,
    ) -> Ended<Vec<Scorecard>> {
        let members: Vec<String> = members.iter().map(ToString::to_string).collect();
        let asked = Asked { members, retry_note: retry_note.map(str::to_owned) };
        match component.0.rubric.clone() {
            Some(RubricIndices::First(indices)) => first::score(self, component, call, indices, asked).await,
            Some(RubricIndices::Second(indices)) => {
                second::score(self, component, call, indices, asked).await
            }
            None => not_exported("rubric"),
        }
    }
}

/// What a rubric is asked.
struct Asked {
    members: Vec<String>,
    retry_note: Option<String>,
}

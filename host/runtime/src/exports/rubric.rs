//! `amatelier:rubric`: scoring once a debate is over.

use amatelier_types::{Axis, Insight, Mark, MemberName, Scorecard};

use super::{Returned, not_exported};
use crate::{
    Call, Component, Ended, LoadError, Runtime,
    bindings::exports::amatelier::rubric::rubric::{self, GuestIndices},
    component::Shape,
};

const INTERFACE: &str = "amatelier:rubric/rubric";

pub(crate) fn find(shape: &Shape<'_>) -> Result<Option<GuestIndices>, LoadError> {
    if !shape.has(INTERFACE)? {
        return Ok(None);
    }
    shape.check::<(), (Vec<rubric::Axis>,)>(INTERFACE, "axes")?;
    shape
        .check::<(&[String], Option<&str>), (Result<Vec<rubric::Scorecard>, String>,)>(INTERFACE, "score")?;
    shape.indices(INTERFACE, GuestIndices::new).map(Some)
}

impl Runtime {
    /// Ask a rubric for its dimensions.
    pub async fn axes(&self, component: &Component, call: Call) -> Ended<Vec<Axis>> {
        let Some(indices) = component.0.rubric.clone() else { return not_exported("rubric") };
        self.run(component, call, "axes", |store, instance| {
            Box::pin(async move {
                let guest = indices.load(&mut *store, instance)?;
                Ok(Ok(guest.call_axes(store).await?))
            })
        })
        .await
    }

    /// Let a rubric score some members; the note says what was wrong with its last attempt.
    pub async fn score(
        &self,
        component: &Component,
        call: Call,
        members: &[MemberName],
        retry_note: Option<&str>,
    ) -> Ended<Vec<Scorecard>> {
        let Some(indices) = component.0.rubric.clone() else { return not_exported("rubric") };
        let members: Vec<String> = members.iter().map(ToString::to_string).collect();
        let retry_note = retry_note.map(str::to_owned);
        self.run(component, call, "score", |store, instance| {
            Box::pin(async move {
                let guest = indices.load(&mut *store, instance)?;
                guest.call_score(store, &members, retry_note.as_deref()).await
            })
        })
        .await
    }
}

impl Returned for rubric::Axis {
    type Plain = Axis;

    fn bytes(&self) -> usize {
        self.id.len() + self.name.len() + self.description.len() + size_of_val(self.scale.as_slice())
    }

    fn into_plain(self) -> Axis {
        Axis { id: self.id, name: self.name, description: self.description, scale: self.scale }
    }
}

impl Returned for rubric::Scorecard {
    type Plain = Scorecard;

    fn bytes(&self) -> usize {
        let marks = self.marks.iter().map(|mark| size_of_val(mark) + mark.axis.len() + mark.because.len());
        let insights = self.insights.iter().map(|insight| {
            size_of_val(insight) + insight.axis.len() + insight.before.len() + insight.after.len()
        });
        self.member.len() + marks.sum::<usize>() + insights.sum::<usize>()
    }

    fn into_plain(self) -> Scorecard {
        let mark = |mark: rubric::Mark| Mark { axis: mark.axis, value: mark.value, because: mark.because };
        let insight = |insight: rubric::Insight| Insight {
            axis: insight.axis,
            quoted_seq: insight.quoted_seq,
            before: insight.before,
            after: insight.after,
        };
        Scorecard {
            member: self.member,
            marks: self.marks.into_iter().map(mark).collect(),
            insights: self.insights.into_iter().map(insight).collect(),
        }
    }
}

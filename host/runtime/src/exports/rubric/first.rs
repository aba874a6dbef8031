//! `amatelier:rubric@0.1.0`: marks say in words what they rest on.

use amatelier_types::{Axis, Insight, Mark, Scorecard};

use super::Asked;
pub(crate) use crate::bindings::exports::amatelier::rubric0_1_0::rubric::GuestIndices;
use crate::{
    Call, Component, Ended, LoadError, Runtime,
    bindings::exports::amatelier::rubric0_1_0::rubric,
    component::{Exported, Shape},
    exports::Returned,
};

pub(super) fn find(shape: &Shape<'_>, exported: &Exported) -> Result<GuestIndices, LoadError> {
    shape.check::<(), (Vec<rubric::Axis>,)>(exported, "axes")?;
    shape.check::<(&[String], Option<&str>), (Result<Vec<rubric::Scorecard>, String>,)>(exported, "score")?;
    shape.indices(exported, GuestIndices::new)
}

pub(super) async fn axes(
    runtime: &Runtime,
    component: &Component,
    call: Call,
    indices: GuestIndices,
) -> Ended<Vec<Axis>> {
    runtime
        .run(component, call, "axes", |store, instance| {
            Box::pin(async move {
                let guest = indices.load(&mut *store, instance)?;
                Ok(Ok(guest.call_axes(store).await?))
            })
        })
        .await
}

pub(super) async fn score(
    runtime: &Runtime,
    component: &Component,
    call: Call,
    indices: GuestIndices,
    asked: Asked,
) -> Ended<Vec<Scorecard>> {
    runtime
        .run(component, call, "score", |store, instance| {
            Box::pin(async move {
                let guest = indices.load(&mut *store, instance)?;
                guest.call_score(store, &asked.members, asked.retry_note.as_deref()).await
            })
        })
        .await
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
        let mark = |mark: rubric::Mark| Mark {
            axis: mark.axis,
            value: mark.value,
            because: mark.because,
            evidence: Vec::new(),
        };
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

//! `amatelier:judge`: moderating, ruling at the gate, summing up.

use amatelier_types::{Intervention, Phase, Verdict};

use super::{Returned, not_exported};
use crate::{
    Call, Component, Ended, LoadError, Runtime,
    bindings::exports::amatelier::judge::judge::{self, GuestIndices},
    component::Shape,
};

const INTERFACE: &str = "amatelier:judge/judge";

pub(crate) fn find(shape: &Shape<'_>) -> Result<Option<GuestIndices>, LoadError> {
    let Some(exported) = shape.exported(INTERFACE) else { return Ok(None) };
    shape.check::<(&str, u32), (Result<Vec<judge::Intervention>, String>,)>(&exported, "moderate")?;
    shape.check::<(u32, u32), (Result<judge::Verdict, String>,)>(&exported, "rule")?;
    shape.check::<(u32,), (Result<String, String>,)>(&exported, "summarise")?;
    shape.indices(&exported, GuestIndices::new).map(Some)
}

impl Runtime {
    /// Let a judge comment on the messages with a `seq` greater than `after`.
    pub async fn moderate(
        &self,
        component: &Component,
        call: Call,
        phase: Phase,
        after: u32,
    ) -> Ended<Vec<Intervention>> {
        let Some(indices) = component.0.judge.clone() else { return not_exported("judge") };
        let phase = phase.name().to_owned();
        self.run(component, call, "moderate", |store, instance| {
            Box::pin(async move {
                let guest = indices.load(&mut *store, instance)?;
                guest.call_moderate(store, &phase, after).await
            })
        })
        .await
    }

    /// Let a judge rule at the gate of a round.
    pub async fn rule(
        &self,
        component: &Component,
        call: Call,
        round: u32,
        max_rounds: u32,
    ) -> Ended<Verdict> {
        let Some(indices) = component.0.judge.clone() else { return not_exported("judge") };
        self.run(component, call, "rule", |store, instance| {
            Box::pin(async move {
                let guest = indices.load(&mut *store, instance)?;
                guest.call_rule(store, round, max_rounds).await
            })
        })
        .await
    }

    /// Let a judge write the state of the debate after a round.
    pub async fn summarise(&self, component: &Component, call: Call, round: u32) -> Ended<String> {
        let Some(indices) = component.0.judge.clone() else { return not_exported("judge") };
        self.run(component, call, "summarise", |store, instance| {
            Box::pin(async move {
                let guest = indices.load(&mut *store, instance)?;
                guest.call_summarise(store, round).await
            })
        })
        .await
    }
}

impl Returned for judge::Intervention {
    type Plain = Intervention;

    fn bytes(&self) -> usize {
        match self {
            judge::Intervention::Redirect(note)
            | judge::Intervention::Gate(note)
            | judge::Intervention::Halt(note) => note.member.len() + note.reason.len(),
            judge::Intervention::Sanction(sanction) => {
                sanction.member.len() + sanction.offence.len() + sanction.reason.len()
            }
            judge::Intervention::Remark(text) => text.len(),
            judge::Intervention::Other((kind, text)) => kind.len() + text.len(),
        }
    }

    fn into_plain(self) -> Intervention {
        match self {
            judge::Intervention::Redirect(judge::Note { member, reason }) => {
                Intervention::Redirect { member, reason }
            }
            judge::Intervention::Gate(judge::Note { member, reason }) => {
                Intervention::Gate { member, reason }
            }
            judge::Intervention::Halt(judge::Note { member, reason }) => {
                Intervention::Halt { member, reason }
            }
            judge::Intervention::Sanction(judge::Sanction { member, offence, reason }) => {
                Intervention::Sanction { member, offence, reason }
            }
            // The contract: kinds that the host does not know are posted as a remark.
            judge::Intervention::Remark(text) | judge::Intervention::Other((_, text)) => {
                Intervention::Remark { text }
            }
        }
    }
}

impl Returned for judge::Verdict {
    type Plain = Verdict;

    fn bytes(&self) -> usize {
        match self {
            judge::Verdict::Proceed(text) | judge::Verdict::Converged(text) => text.len(),
        }
    }

    fn into_plain(self) -> Verdict {
        match self {
            judge::Verdict::Proceed(text) => Verdict::Proceed(text),
            judge::Verdict::Converged(text) => Verdict::Converged(text),
        }
    }
}

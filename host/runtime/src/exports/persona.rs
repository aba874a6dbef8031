//! `amatelier:persona`: taking a turn, and answering outside a debate.

use amatelier_types::{Exchange, Move, Turn};

use super::{Returned, not_exported};
use crate::{
    Call, Component, Ended, LoadError, Runtime,
    bindings::exports::amatelier::persona::persona::{self, GuestIndices},
    component::Shape,
};

const INTERFACE: &str = "amatelier:persona/persona";

pub(crate) fn find(shape: &Shape<'_>) -> Result<Option<GuestIndices>, LoadError> {
    let Some(exported) = shape.exported(INTERFACE) else { return Ok(None) };
    shape.check::<(&persona::Turn,), (Result<persona::Move, String>,)>(&exported, "take-turn")?;
    shape.check::<(&[persona::Exchange], &str), (Result<String, String>,)>(&exported, "answer")?;
    shape.indices(&exported, GuestIndices::new).map(Some)
}

impl Runtime {
    /// Let a persona take its turn.
    pub async fn take_turn(&self, component: &Component, call: Call, turn: Turn) -> Ended<Move> {
        let Some(indices) = component.0.persona.clone() else { return not_exported("persona") };
        let turn = persona::Turn {
            phase: turn.phase.name().into(),
            round: turn.round,
            max_rounds: turn.max_rounds,
            position: turn.position,
            of: turn.of,
            floor_turns_left: turn.floor_turns_left,
            extra: Vec::new(),
        };
        self.run(component, call, "take-turn", |store, instance| {
            Box::pin(async move {
                let guest = indices.load(&mut *store, instance)?;
                guest.call_take_turn(store, &turn).await
            })
        })
        .await
    }

    /// Put a question to a persona, after those that it has answered in the same conversation.
    pub async fn answer(
        &self,
        component: &Component,
        call: Call,
        so_far: &[Exchange],
        question: &str,
    ) -> Ended<String> {
        let Some(indices) = component.0.persona.clone() else { return not_exported("persona") };
        let exchange = |said: &Exchange| persona::Exchange {
            question: said.question.clone(),
            answer: said.answer.clone(),
        };
        let (so_far, question) = (so_far.iter().map(exchange).collect::<Vec<_>>(), question.to_owned());
        self.run(component, call, "answer", |store, instance| {
            Box::pin(async move {
                let guest = indices.load(&mut *store, instance)?;
                guest.call_answer(store, &so_far, &question).await
            })
        })
        .await
    }
}

impl Returned for persona::Move {
    type Plain = Move;

    fn bytes(&self) -> usize {
        match self {
            persona::Move::Say(text) => text.len(),
            persona::Move::Pass => 0,
        }
    }

    fn into_plain(self) -> Move {
        match self {
            persona::Move::Say(text) => Move::Say(text),
            persona::Move::Pass => Move::Pass,
        }
    }
}

//! What members bring from the school to a debate: lessons and reminders, fixed when it opens.

use std::{collections::BTreeMap, future::Future, sync::Arc, time::Duration};

use amatelier_debate::{Lesson, Reminder, Setup};
use amatelier_types::{Learner, MemberName, Phase};

use super::{School, SchoolError, blackboard::Blackboard, hearing::Hearing};

/// The last round whose reminders are asked for; in later ones those of this round are said again. Nobody needs a new line in round 11,
/// and a debate may have a thousand.
pub(crate) const REMINDED_ROUNDS: u32 = 10;

/// The phases in which a worker speaks, from round 1.
const PHASES: [Phase; 3] = [Phase::Speak, Phase::Rebuttal, Phase::Floor];

/// The time in which all lessons and reminders of an opening are asked for. A teacher has no model to wait for and answers in
/// milliseconds; whoever opens a debate should not wait longer than that for one that does not.
const PATIENCE: Duration = Duration::from_secs(10);

/// What was taught while a debate is being opened. If the ledger moves meanwhile, it is taught again only to other pupils, and whoever
/// failed is not asked again.
pub(crate) struct Class {
    hearing: Hearing,
    taught: Option<Taught>,
}

/// To whom, and what, seat by seat.
struct Taught {
    pupils: Vec<Pupil>,
    seats: Vec<(Vec<Lesson>, Vec<Reminder>)>,
    notices: Vec<String>,
}

impl Class {
    pub(crate) fn new() -> Self {
        Class { hearing: Hearing::new(PATIENCE), taught: None }
    }

    /// Whether exactly these were taught.
    pub(crate) fn has_taught(&self, pupils: &[Pupil]) -> bool {
        self.taught.as_ref().is_some_and(|taught| taught.pupils == pupils)
    }

    /// Teach these pupils.
    pub(crate) async fn teach(&mut self, school: &School, setup: &Setup, pupils: Vec<Pupil>) {
        let mut setup = setup.clone();
        for seat in &mut setup.workers {
            seat.pinned.skills.clear();
            seat.pinned.advice.clear();
        }
        let before = setup.notices.len();
        school.pin(&mut setup, &pupils, &mut self.hearing).await;
        let pinned = setup.workers.into_iter().map(|seat| (seat.pinned.skills, seat.pinned.advice));
        let notices = setup.notices.split_off(before);
        self.taught = Some(Taught { pupils, seats: pinned.collect(), notices });
    }

    /// Give a setup what was taught.
    pub(crate) fn give(&self, setup: &mut Setup) {
        let Some(Taught { seats, notices, .. }) = &self.taught else { return };
        for (seat, (skills, advice)) in setup.workers.iter_mut().zip(seats) {
            (seat.pinned.skills, seat.pinned.advice) = (skills.clone(), advice.clone());
        }
        setup.notices.extend(notices.iter().cloned());
    }
}

/// A member and the skills in its slots, in their order, with the debates in which it had each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pupil {
    pub name: MemberName,
    pub tier: u32,
    /// The axis on which its official marks are lowest.
    pub weakest_axis: Option<String>,
    pub equipped: Vec<(String, u32)>,
}

impl School {
    /// Pin lessons and reminders of the pupils in a setup. Whoever cannot be taught comes without, and the setup says why.
    async fn pin(&self, setup: &mut Setup, pupils: &[Pupil], hearing: &mut Hearing) {
        let chat = Arc::new(Blackboard { topic: setup.topic.clone(), briefing: setup.briefing.clone() });
        let mut reminders: BTreeMap<&str, Vec<Reminder>> = BTreeMap::new();
        for pupil in pupils {
            for (id, uses) in &pupil.equipped {
                let learner = Learner {
                    name: pupil.name.clone(),
                    tier: pupil.tier,
                    weakest_axis: pupil.weakest_axis.clone(),
                    uses: *uses,
                };
                match self.heard(hearing, id, self.teach_for(id, &learner, chat.clone())).await {
                    Ok(lesson) => {
                        if !reminders.contains_key(id.as_str()) {
                            let rounds = setup.rules.max_rounds;
                            let reminded =
                                self.reminders(hearing, id, rounds, &chat).await.unwrap_or_else(|why| {
                                    setup.notices.push(format!("{id} gives no reminders: {why}"));
                                    Vec::new()
                                });
                            reminders.insert(id, reminded);
                        }
                        let advice = reminders.get(id.as_str()).cloned().unwrap_or_default();
                        let seat = setup.workers.iter_mut().find(|seat| seat.name == pupil.name);
                        if let Some(seat) = seat {
                            seat.pinned.skills.push(lesson);
                            seat.pinned.advice.extend(advice);
                        }
                    }
                    Err(why) => setup.notices.push(format!("{} comes without a skill: {why}", pupil.name)),
                }
            }
        }
    }

    /// What a teacher says, within the time of all.
    async fn heard<T>(
        &self,
        hearing: &mut Hearing,
        id: &str,
        question: impl Future<Output = Result<T, SchoolError>>,
    ) -> Result<T, SchoolError> {
        let Some(component) = self.component_of(id).map(str::to_owned) else { return question.await };
        let failure = |error: &SchoolError| match error {
            SchoolError::Failed { source, .. } => Some(source.clone()),
            SchoolError::Unknown { .. } => None,
        };
        let heard = hearing.ask(&component, question, failure).await;
        heard.unwrap_or_else(|source| Err(SchoolError::Failed { id: id.to_owned(), component, source }))
    }

    /// What a skill says in every phase of every round.
    async fn reminders(
        &self,
        hearing: &mut Hearing,
        id: &str,
        rounds: u32,
        chat: &Arc<Blackboard>,
    ) -> Result<Vec<Reminder>, SchoolError> {
        let mut reminders = Vec::new();
        let phases = (1..=rounds.min(REMINDED_ROUNDS)).flat_map(|round| PHASES.map(|phase| (phase, round)));
        for (phase, round) in [(Phase::Research, 0)].into_iter().chain(phases) {
            if let Some(text) =
                self.heard(hearing, id, self.advise_for(id, phase, round, chat.clone())).await?
            {
                reminders.push(Reminder { skill: id.to_owned(), phase, round, text });
            }
        }
        Ok(reminders)
    }
}

/// What is said to a member in a phase of a round.
pub(crate) fn said(advice: &[Reminder], phase: Phase, round: u32) -> Vec<String> {
    let round = round.min(REMINDED_ROUNDS);
    let now = advice.iter().filter(|reminder| reminder.phase == phase && reminder.round == round);
    now.map(|reminder| reminder.text.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reminder_is_said_in_its_phase_and_round_and_the_last_ones_go_on() {
        let reminder =
            |phase, round, text: &str| Reminder { skill: "a".into(), phase, round, text: text.into() };
        let advice = [
            reminder(Phase::Research, 0, "look"),
            reminder(Phase::Speak, 1, "first"),
            reminder(Phase::Speak, 10, "last"),
        ];
        for (phase, round, expected) in [
            (Phase::Research, 0, vec!["look"]),
            (Phase::Speak, 1, vec!["first"]),
            (Phase::Speak, 2, vec![]),
            (Phase::Rebuttal, 1, vec![]),
            (Phase::Speak, 10, vec!["last"]),
            (Phase::Speak, 11, vec!["last"]),
        ] {
            assert_eq!(said(&advice, phase, round), expected, "{phase} {round}");
        }
    }
}

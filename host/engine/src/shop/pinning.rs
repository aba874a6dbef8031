//! What members bring from the school to a debate: lessons and reminders, fixed when it opens.

use std::{collections::BTreeMap, sync::Arc};

use amatelier_debate::{Reminder, Setup};
use amatelier_types::{Learner, MemberName, Phase};

use super::{School, SchoolError, blackboard::Blackboard};

/// The last round whose reminders are asked for; in later ones those of this round are said again. Nobody needs a new line in round 11,
/// and a debate may have a thousand.
pub(crate) const REMINDED_ROUNDS: u32 = 10;

/// The phases in which a worker speaks, from round 1.
const PHASES: [Phase; 3] = [Phase::Speak, Phase::Rebuttal, Phase::Floor];

/// A member and the skills in its slots, in their order, with the debates in which it had each.
pub(crate) struct Pupil {
    pub name: MemberName,
    pub tier: u32,
    /// The axis on which its official marks are lowest.
    pub weakest_axis: Option<String>,
    pub equipped: Vec<(String, u32)>,
}

impl School {
    /// Pin lessons and reminders of the pupils in a setup. Whoever cannot be taught comes without, and the setup says why.
    pub(crate) async fn pin(&self, setup: &mut Setup, pupils: &[Pupil]) {
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
                match self.teach_for(id, &learner, chat.clone()).await {
                    Ok(lesson) => {
                        if !reminders.contains_key(id.as_str()) {
                            let rounds = setup.rules.max_rounds;
                            let reminded = self.reminders(id, rounds, &chat).await.unwrap_or_else(|why| {
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

    /// What a skill says in every phase of every round.
    async fn reminders(
        &self,
        id: &str,
        rounds: u32,
        chat: &Arc<Blackboard>,
    ) -> Result<Vec<Reminder>, SchoolError> {
        let mut reminders = Vec::new();
        let phases = (1..=rounds.min(REMINDED_ROUNDS)).flat_map(|round| PHASES.map(|phase| (phase, round)));
        for (phase, round) in [(Phase::Research, 0)].into_iter().chain(phases) {
            if let Some(text) = self.advise_for(id, phase, round, chat.clone()).await? {
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

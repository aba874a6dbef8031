//! The task of a phase: the last thing the model reads.

use amatelier_sdk::{
    Phase, Turn,
    prompt::{self, Sections},
};

/// The task of a conversation outside a debate.
pub(crate) const PRIVATE: &str = "There is no debate now: somebody talks with you in private, about your debates or about anything else. \
    Answer as yourself, honestly and in a few sentences. No turn is counted and nothing is scored, so PASS is no answer here.";

/// Everything that a task depends on.
pub(crate) struct Occasion {
    pub(crate) turn: Turn,
    /// The length wished for, such as `200-400`.
    pub(crate) words: Option<String>,
    pub(crate) files: Vec<String>,
    pub(crate) requests_left: u32,
    pub(crate) advice: Vec<String>,
}

impl Occasion {
    /// What the model is asked to do now.
    pub(crate) fn instruction(&self) -> String {
        let task = match &self.turn.phase {
            Phase::Research => self.research(),
            Phase::Rebuttal => self.rebuttal(),
            Phase::Floor => self.floor(),
            _ => self.speak(),
        };
        Sections::new()
            .with("Reminders from your skills", &prompt::bullets(self.advice.iter().map(String::as_str)))
            .with("Your turn", &task)
            .plain(&self.lookups())
            .finish()
    }

    fn research(&self) -> String {
        let files = if self.files.is_empty() {
            String::new()
        } else {
            format!("\n\nRegistered files:\n{}", prompt::bullets(self.files.iter().map(String::as_str)))
        };
        format!(
            "The debate has not begun, and this is no speech. You may look up facts first: at most three questions to the Steward, who \
             reads the registered files and nothing else. Ask for what your first speech would otherwise have to guess. Write each \
             question on a line of its own as [[request: your question]], and write nothing else, neither opinions nor greetings. If \
             no fact in those files would change what you are going to say, answer PASS.{files}"
        )
    }

    fn speak(&self) -> String {
        let Turn { round, max_rounds, position, of, .. } = self.turn;
        let company = if position > 1 {
            "Colleagues have spoken before you in this round. Name at least one of them and say what in the argument you take over, and \
             what you reject and why."
        } else if round > 1 {
            "You open this round. Start from what is still disputed, name who holds it, and move it on; what is established needs no \
             defence."
        } else {
            "You open the debate. Give the others something definite to test: your answer, and the assumption on which it would fall."
        };
        format!(
            "Round {round} of at most {max_rounds}, speaker {position} of {of}: speak, in {} words. Answer the question of the briefing \
             with a position that a sensible colleague could deny, and give your reasons. {company}",
            self.words_or("200-400")
        )
    }

    fn rebuttal(&self) -> String {
        let Turn { round, max_rounds, .. } = self.turn;
        format!(
            "Round {round} of at most {max_rounds}: answer the others, in {} words. Choose the arguments on which the decision hangs most. \
             For each, name whose it is, give it in its strongest form, and say exactly where it breaks, or what it made you change. \
             Answer what was put to you by name. Concede what you have lost in one clear sentence. Your own speech stands; do not give \
             it again.",
            self.words_or("150-300")
        )
    }

    fn floor(&self) -> String {
        let Turn { round, max_rounds, floor_turns_left, .. } = self.turn;
        format!(
            "The floor is open in round {round} of at most {max_rounds}. You have {floor_turns_left} contribution(s) left for the whole \
             debate, and speaking now uses one; PASS uses none. Speak only with something that the table has not heard: an answer still \
             owed, a fact, a case that decides between two positions, a proposal that both could accept, or a change of mind. Then {} \
             words, straight to the point. Otherwise answer PASS.",
            self.words_or("100-200")
        )
    }

    /// How to look something up, where that is still possible.
    fn lookups(&self) -> String {
        if self.files.is_empty() || self.requests_left == 0 || self.turn.phase == Phase::Research {
            return String::new();
        }
        let after = match self.turn.phase {
            Phase::Speak => {
                "You then speak last in this phase, with the finding before you, so in that case write only the request."
            }
            _ => "The finding is there before your next turn.",
        };
        format!(
            "You have {} question(s) to the Steward left. If a fact in the registered files ({}) decides what you say, ask for it with \
             [[request: your question]]. {after}",
            self.requests_left,
            self.files.join(", ")
        )
    }

    fn words_or(&self, usual: &'static str) -> &str {
        self.words.as_deref().unwrap_or(usual)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn occasion(phase: Phase) -> Occasion {
        let turn = Turn {
            phase,
            round: 2,
            max_rounds: 3,
            position: 2,
            of: 4,
            floor_turns_left: 1,
            extra: Vec::new(),
        };
        Occasion { turn, words: None, files: Vec::new(), requests_left: 0, advice: Vec::new() }
    }

    #[test]
    fn research_asks_for_requests_and_not_for_a_speech() {
        let text = Occasion { files: vec!["a.csv".into()], ..occasion(Phase::Research) }.instruction();
        assert!(
            text.contains("[[request: ") && text.contains("no speech") && text.contains("- a.csv"),
            "{text}"
        );
    }

    #[test]
    fn the_floor_says_what_speaking_costs() {
        let text = occasion(Phase::Floor).instruction();
        assert!(text.contains("1 contribution(s) left") && text.contains("PASS"), "{text}");
    }

    #[test]
    fn a_length_in_the_settings_replaces_the_usual_one() {
        let mut occasion = occasion(Phase::Rebuttal);
        assert!(occasion.instruction().contains("150-300 words"));
        occasion.words = Some("20".into());
        assert!(occasion.instruction().contains("in 20 words"));
    }

    #[test]
    fn who_speaks_first_is_not_asked_to_answer_earlier_speakers() {
        let mut occasion = occasion(Phase::Speak);
        assert!(occasion.instruction().contains("before you in this round"));
        occasion.turn.position = 1;
        assert!(occasion.instruction().contains("You open this round"));
        occasion.turn.round = 1;
        assert!(occasion.instruction().contains("You open the debate"));
    }

    #[test]
    fn lookups_are_offered_only_while_there_are_any() {
        let mut occasion = occasion(Phase::Speak);
        occasion.files = vec!["a.csv".into()];
        assert!(!occasion.instruction().contains("Steward"));
        occasion.requests_left = 2;
        assert!(occasion.instruction().contains("2 question(s) to the Steward"));
    }
}

//! Whether the lessons that a worker brings fit into its model, beside everything else that it is told.

use amatelier_debate::Seat;
use amatelier_llm::estimate_tokens;

/// Leave out the last lessons of a seat, with their reminders, until it takes no more than its model; why, in words. `needed` is what the
/// seat takes without lessons.
pub(crate) fn fit(seat: &mut Seat, needed: u32, limit: u32) -> Vec<String> {
    let mut left_out = Vec::new();
    loop {
        let sizes = seat.pinned.skills.iter().map(|lesson| estimate_tokens(&lesson.text));
        if sizes.fold(needed, u32::saturating_add) <= limit {
            return left_out;
        }
        let Some(lesson) = seat.pinned.skills.pop() else { return left_out };
        seat.pinned.advice.retain(|reminder| reminder.skill != lesson.id);
        left_out.push(format!(
            "{}: the lesson {} ({} tokens) does not fit into {}'s {limit}",
            seat.name,
            lesson.id,
            estimate_tokens(&lesson.text),
            seat.model
        ));
    }
}

#[cfg(test)]
mod tests {
    use amatelier_debate::{Lesson, Pinned, Reminder};
    use amatelier_types::{Phase, Role};

    use super::*;

    fn seat() -> Seat {
        let lesson = |id: &str| Lesson { id: id.into(), title: id.into(), text: "word ".repeat(1_000) };
        let reminder = |skill: &str| Reminder {
            skill: skill.into(),
            phase: Phase::Speak,
            round: 1,
            text: "Mind it.".into(),
        };
        Seat {
            name: "ada".parse().unwrap(),
            role: Role::Worker,
            tagline: String::new(),
            component: "classic".into(),
            provider: "ollama".into(),
            label: "haiku".into(),
            model: "small".into(),
            pinned: Pinned {
                skills: vec![lesson("first"), lesson("second")],
                advice: vec![reminder("first"), reminder("second")],
                ..Pinned::default()
            },
        }
    }

    #[test]
    fn the_last_lessons_go_with_their_reminders_until_the_rest_fits() {
        let size = estimate_tokens(&"word ".repeat(1_000));
        for (room, kept) in [(2 * size, 2), (2 * size - 1, 1), (size, 1), (size - 1, 0), (0, 0)] {
            let mut seat = seat();
            let left_out = fit(&mut seat, 500, 500 + room);
            assert_eq!(
                (seat.pinned.skills.len(), seat.pinned.advice.len(), left_out.len()),
                (kept, kept, 2 - kept)
            );
            assert!(left_out.iter().all(|why| why.starts_with("ada: the lesson ")), "{left_out:?}");
        }
    }
}

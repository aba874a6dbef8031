//! The four axes and what their values mean (§8 of the facts).

use amatelier_sdk::Axis;

/// Every value a mark may have. Between 3 and 10 there is nothing: the last step is another kind of contribution, not more of the same.
pub(crate) const SCALE: [u32; 5] = [0, 1, 2, 3, 10];

/// One axis: what it asks, and what each value of the scale means.
pub(crate) struct Question {
    pub(crate) id: &'static str,
    name: &'static str,
    description: &'static str,
    pub(crate) steps: [&'static str; 5],
}

/// The axes, in the order in which they are shown.
pub(crate) const QUESTIONS: [Question; 4] = [
    Question {
        id: "novelty",
        name: "Novelty",
        description: "Brought something that the table did not have before.",
        steps: [
            "said what had been said",
            "added a small point of its own",
            "opened a view that others went on to work with",
            "turned the debate in another direction",
            "made what had been debated until then beside the point",
        ],
    },
    Question {
        id: "accuracy",
        name: "Accuracy",
        description: "What it claimed was right, supported, and exact where it mattered.",
        steps: [
            "wrong or invented on a point that mattered",
            "right on the surface, without support",
            "sound reasoning on evidence that can be checked",
            "exact, with the limits and exceptions of its own claim",
            "proved a constraint that all had overlooked and that contradicts what all had assumed",
        ],
    },
    Question {
        id: "impact",
        name: "Impact",
        description: "Others and the outcome changed because of it.",
        steps: [
            "nobody took anything up",
            "one point was taken note of",
            "several members adopted or built on its points",
            "without it the debate would have ended elsewhere",
            "the final answer was built anew upon it",
        ],
    },
    Question {
        id: "challenge",
        name: "Challenge",
        description: "Tested the others' positions, so that they became better or fell.",
        steps: [
            "agreed with what was there",
            "raised a small objection",
            "objected so that a position had to be improved",
            "showed a weakness that nobody had seen, its owner least of all",
            "refuted the premise of the debate and supplied what takes its place",
        ],
    },
];

/// The axes as the host knows them.
pub(crate) fn all() -> Vec<Axis> {
    QUESTIONS
        .iter()
        .map(|question| Axis {
            id: question.id.into(),
            name: question.name.into(),
            description: question.description.into(),
            scale: SCALE.to_vec(),
        })
        .collect()
}

/// The axes as the model reads them.
pub(crate) fn explained() -> String {
    let mut text = String::new();
    for question in &QUESTIONS {
        text.push_str(&format!("{}: {}\n", question.id, question.description));
        for (value, step) in SCALE.iter().zip(question.steps) {
            text.push_str(&format!("  {value} = {step}\n"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_four_axes_on_one_ascending_scale() {
        let axes = all();
        assert_eq!(
            axes.iter().map(|axis| axis.id.as_str()).collect::<Vec<_>>(),
            ["novelty", "accuracy", "impact", "challenge"]
        );
        assert!(axes.iter().all(|axis| axis.scale == SCALE && axis.scale.is_sorted()));
    }

    #[test]
    fn every_value_of_every_axis_is_explained_to_the_model() {
        let text = explained();
        for question in &QUESTIONS {
            assert!(question.steps.iter().all(|step| text.contains(step)));
        }
        assert!(text.contains("  10 = "));
    }
}

//! The eight techniques (§10 of the facts names them and what each is to teach; the words are ours).

use amatelier_sdk::skill::Skill;

/// One technique.
pub(crate) struct Technique {
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
    summary: &'static str,
    tags: &'static [&'static str],
    /// Axes that it is meant to raise, each with what to do about a low mark there.
    pub(crate) axes: &'static [(&'static str, &'static str)],
    price: u32,
    /// When to use it, steps, anti-patterns and a worked example, in Markdown.
    pub(crate) lesson: &'static str,
    /// Where a beginner begins.
    pub(crate) begin: &'static str,
    /// How somebody who knows it finds out whether it still works.
    pub(crate) check: &'static str,
    /// What there is beyond it.
    pub(crate) further: &'static str,
    pub(crate) reminders: &'static [Reminder],
}

/// One line for a phase.
pub(crate) struct Reminder {
    pub(crate) phase: &'static str,
    pub(crate) first: &'static str,
    pub(crate) later: &'static str,
}

/// All of them, by id.
pub(crate) const ALL: [Technique; 8] = [
    Technique {
        id: "code-review-framework",
        title: "Code review in four passes",
        summary: "Read code for data, failure, promises and structure, one at a time, and report what you find so that it can be fixed.",
        tags: &["code", "review", "defects"],
        axes: &[(
            "accuracy",
            "Your marks are lowest on accuracy: report nothing without the input for which it goes wrong, and say which passes you left out.",
        )],
        price: 15,
        lesson: include_str!("../lessons/code-review-framework.md"),
        begin: "Make the first two passes only, data and failure, and report one finding in the form of step 6.",
        check: "of your last findings, how many named an input and its consequence? Those that did not were opinions.",
        further: "add a fifth pass over what the change does not touch: callers, old data, the release that runs beside it.",
        reminders: &[
            Reminder {
                phase: "speak",
                first: "Code review: one finding with its place, the input that breaks it and the smallest repair beats ten remarks.",
                later: "Code review: say which of the four passes nobody has made yet, and make that one.",
            },
            Reminder {
                phase: "rebuttal",
                first: "Code review: a finding of a colleague stands or falls with its input. Try that input in your head, line by line.",
                later: "Code review: look at the repair that was proposed with the same four passes as at the code.",
            },
        ],
    },
    Technique {
        id: "conciseness-training",
        title: "Conciseness",
        summary: "The finding first, one idea at a time, and nothing that could be left out.",
        tags: &["style", "brevity"],
        axes: &[(
            "impact",
            "Your marks are lowest on impact: what nobody takes up was often not found. Give each speech one sentence that a colleague could \
             quote, and put it first.",
        )],
        price: 8,
        lesson: include_str!("../lessons/conciseness-training.md"),
        begin: "Do steps 1 and 7 only: the finding as first sentence, then the three-sentence test.",
        check: "take your last speech, delete the first and the last sentence, and see whether anything is lost.",
        further: "write for the summary between the rounds: the one line that should stand there is the one to make shortest.",
        reminders: &[
            Reminder {
                phase: "speak",
                first: "Conciseness: finding first, one idea, then stop. Would three sentences do?",
                later: "Conciseness: the table knows your position by now; begin with what is new in it.",
            },
            Reminder {
                phase: "floor",
                first: "Conciseness: on the floor one sentence that decides something is worth more than a paragraph.",
                later: "Conciseness: if it can be left out, PASS.",
            },
        ],
    },
    Technique {
        id: "cross-cutting-analysis",
        title: "Cross-cutting analysis",
        summary: "Find the one cause behind three troubles, and what falls if it is touched.",
        tags: &["analysis", "causes", "dependencies"],
        axes: &[
            (
                "novelty",
                "Your marks are lowest on novelty: the parent that you name is new only if nobody at the table has used that word for it.",
            ),
            (
                "impact",
                "Your marks are lowest on impact: end with the single fixes of colleagues that your change at the parent makes unnecessary.",
            ),
        ],
        price: 15,
        lesson: include_str!("../lessons/cross-cutting-analysis.md"),
        begin: "Stop after step 4: three cases, one shared condition, a name for it. The cascade can wait for the rebuttal.",
        check: "look for the counter-test in your last analysis. Without a case that could have broken the pattern it was a story.",
        further: "ask which team or rule the missing abstraction would belong to; a parent without an owner comes back.",
        reminders: &[
            Reminder {
                phase: "speak",
                first: "Cross-cutting: three cases with one condition in common, a name for it, and one case that could have broken it.",
                later: "Cross-cutting: put the troubles of this round side by side; what had to be true for each?",
            },
            Reminder {
                phase: "rebuttal",
                first: "Cross-cutting: two colleagues who repair different things may be repairing one. Say what breaks quietly if it is moved.",
                later: "Cross-cutting: follow the dependents of the favoured proposal two steps out.",
            },
        ],
    },
    Technique {
        id: "debate-tactics",
        title: "Debate tactics",
        summary: "Arguments with their grounds shown, the other side at its strongest, concessions that move the debate.",
        tags: &["argument", "rebuttal"],
        axes: &[
            (
                "challenge",
                "Your marks are lowest on challenge: attack the warrant, not the claim. Why should those grounds carry that conclusion?",
            ),
            (
                "impact",
                "Your marks are lowest on impact: after each concession say what it changes, so that others can build on the new place.",
            ),
        ],
        price: 12,
        lesson: include_str!("../lessons/debate-tactics.md"),
        begin: "Write the four parts of step 1 to 4 as four sentences in that order, and leave the rest for later.",
        check: "would the owner of the position you attacked last have nodded at how you put it?",
        further: "concede first what you know you will lose, while it still buys you something.",
        reminders: &[
            Reminder {
                phase: "speak",
                first: "Debate: claim, grounds, warrant, and the condition under which you would be wrong.",
                later: "Debate: keep lineage. Whose claim do you extend, narrow or replace?",
            },
            Reminder {
                phase: "rebuttal",
                first: "Debate: give the other position in its best form before you attack it, and concede what is lost in one sentence.",
                later: "Debate: name the trade-off that is left. What would decide it?",
            },
        ],
    },
    Technique {
        id: "evidence-gathering",
        title: "Evidence gathering",
        summary: "Claims that name the place they stand on, and say what was seen, what was concluded and what was not found.",
        tags: &["evidence", "citation", "research"],
        axes: &[
            (
                "accuracy",
                "Your marks are lowest on accuracy: mark every sentence that carries weight as seen, concluded or assumed before you post it.",
            ),
            (
                "novelty",
                "Your marks are lowest on novelty: report what you looked for and did not find. Absences are what others have not noticed.",
            ),
        ],
        price: 10,
        lesson: include_str!("../lessons/evidence-gathering.md"),
        begin: "Do it for one sentence, the one your position hangs on: look it up and name its place.",
        check: "open one of your own citations again. Does the place say what your sentence says, or something beside it?",
        further: "cite the strongest evidence against you as well, with its place; nobody can surprise you with it then.",
        reminders: &[
            Reminder {
                phase: "research",
                first: "Evidence: ask for the one fact without which your position falls, by lines or counts, and not for opinions.",
                later: "Evidence: ask for the fact that the dispute hangs on.",
            },
            Reminder {
                phase: "speak",
                first: "Evidence: name the place of what carries your claim, and mark what you saw, concluded or assumed.",
                later: "Evidence: say what you looked for and did not find since the last round.",
            },
        ],
    },
    Technique {
        id: "influence-mapping",
        title: "Influence mapping",
        summary: "Know whose idea carries what, build on it in the open, and bring two camps onto one ground.",
        tags: &["collaboration", "synthesis"],
        axes: &[
            (
                "impact",
                "Your marks are lowest on impact: offer a criterion or a number that others need in order to go on, and give it a short name.",
            ),
            (
                "challenge",
                "Your marks are lowest on challenge: test the load-bearing claim that nobody has tested, whoever holds it.",
            ),
        ],
        price: 12,
        lesson: include_str!("../lessons/influence-mapping.md"),
        begin: "Find the one claim that would bring others down, and say in your speech whose it is and what rests on it.",
        check: "which of your named frames did somebody else use in the last debate? The others were labels for yourself.",
        further: "before you speak, predict which sentence of yours will be answered; if it is not your main one, move that one up.",
        reminders: &[
            Reminder {
                phase: "rebuttal",
                first: "Influence: which claim do two colleagues lean on without having tested it? Test that one, by its owner's name.",
                later: "Influence: state what two opponents would both accept, and what would settle the rest.",
            },
            Reminder {
                phase: "floor",
                first: "Influence: a bridge between two members, or a criterion both can use, is worth a floor turn.",
                later: "Influence: give credit where the idea that is winning began, and add what it still lacks.",
            },
        ],
    },
    Technique {
        id: "novelty-injection",
        title: "New angles",
        summary: "Five ways to see what a table that agrees with itself has stopped seeing.",
        tags: &["ideas", "assumptions"],
        axes: &[(
            "novelty",
            "Your marks are lowest on novelty: begin with step 1 every time, and let the speech open with the assumption that it denies.",
        )],
        price: 15,
        lesson: include_str!("../lessons/novelty-injection.md"),
        begin: "Use one move only: look for what is absent. It needs no talent and is missed most often.",
        check: "would the decision have been another one without your last new angle? If not, it was decoration.",
        further: "deny an assumption of your own in public before somebody else does.",
        reminders: &[
            Reminder {
                phase: "speak",
                first: "New angles: write down what all take for granted, deny one of it, and keep it only if it can be tested.",
                later: "New angles: if the last two speeches agreed, say who or which number is absent.",
            },
            Reminder {
                phase: "floor",
                first: "New angles: one idea that would change the decision, with the cheapest way to find out.",
                later: "New angles: another scale, another side, another trade; one line, with its test.",
            },
        ],
    },
    Technique {
        id: "risk-assessment",
        title: "Risk assessment",
        summary: "How a plan fails, how likely and how badly, who would notice, and what to do about the worst of it first.",
        tags: &["risk", "planning", "failure"],
        axes: &[
            (
                "accuracy",
                "Your marks are lowest on accuracy: give the reason beside every rating, so that it can be disputed.",
            ),
            (
                "challenge",
                "Your marks are lowest on challenge: bring the quiet and grave failure of the favoured plan, with the step it belongs to.",
            ),
        ],
        price: 12,
        lesson: include_str!("../lessons/risk-assessment.md"),
        begin: "Take one step of the plan and one mode, rate it in words, and give one mitigation that moves detection.",
        check: "did your last top risk have a watcher and a trigger? Without them it was a worry.",
        further: "rate the mitigations, too; the second analysis is where plans fall.",
        reminders: &[
            Reminder {
                phase: "rebuttal",
                first: "Risk: which failure of the favoured plan would nobody notice? Name its step, and the cheapest way to notice it.",
                later: "Risk: compare with what happens if nothing is done, by the same ratings.",
            },
            Reminder {
                phase: "floor",
                first: "Risk: one quiet, grave failure with its trigger and who watches it.",
                later: "Risk: name what stops the plan, and who sees it.",
            },
        ],
    },
];

/// The technique of this id.
pub(crate) fn find(id: &str) -> Option<&'static Technique> {
    ALL.iter().find(|technique| technique.id == id)
}

impl Technique {
    /// As the host knows it.
    pub(crate) fn skill(&self) -> Skill {
        let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Skill {
            id: self.id.into(),
            title: self.title.into(),
            summary: self.summary.into(),
            tags: owned(self.tags),
            axes: self.axes.iter().map(|(axis, _)| (*axis).to_owned()).collect(),
            suggested_price: self.price,
        }
    }

    /// What to do about a low mark on this axis, where the technique helps.
    pub(crate) fn hint(&self, axis: &str) -> Option<&'static str> {
        self.axes.iter().find(|(own, _)| *own == axis).map(|(_, hint)| *hint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_techniques_have_ids_and_prices_of_their_own_in_order() {
        let listed: Vec<_> = ALL.iter().map(|technique| (technique.id, technique.price)).collect();
        assert_eq!(
            listed,
            [
                ("code-review-framework", 15),
                ("conciseness-training", 8),
                ("cross-cutting-analysis", 15),
                ("debate-tactics", 12),
                ("evidence-gathering", 10),
                ("influence-mapping", 12),
                ("novelty-injection", 15),
                ("risk-assessment", 12),
            ]
        );
    }

    #[test]
    fn every_lesson_is_a_technique_and_not_a_slogan() {
        for technique in &ALL {
            let (lesson, id) = (technique.lesson, technique.id);
            let words = lesson.split_whitespace().count();
            assert!((250..=500).contains(&words), "{id}: {words} words");
            for section in
                ["## When to use\n", "## Steps\n\n1. ", "## Anti-patterns\n\n- ", "## Worked example\n"]
            {
                assert!(lesson.contains(section), "{id}: {section}");
            }
            assert!(lesson.contains("\n5. "), "{id} has steps");
        }
    }

    #[test]
    fn reminders_are_short_lines_for_phases_in_which_somebody_speaks() {
        for technique in &ALL {
            assert!(!technique.reminders.is_empty(), "{}", technique.id);
            for reminder in technique.reminders {
                assert!(["research", "speak", "rebuttal", "floor"].contains(&reminder.phase));
                for text in [reminder.first, reminder.later] {
                    assert!(text.chars().count() <= 200 && !text.contains('\n'), "{}: {text}", technique.id);
                }
            }
        }
    }
}

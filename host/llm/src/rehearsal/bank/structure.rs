//! Looks for the outline: short sentences, criteria, lists in prose. A table.

use super::Stance;

pub(super) const STANCE: Stance = Stance {
    name: "structure",
    signs: &["concise", "structure", "clarity", "brief", "outline", "order"],
    open: &[
        "Three criteria, then a verdict: effort, reversibility, effect on {np}. Anything else is decoration.",
        "Short version first. The question is {np}; the constraint is {fact}; the rest follows.",
        "Let me number it. One, what hurts: {np}. Two, what limits us: {np2}. Three, what we may choose.",
        "“{topic}” is one decision and two follow-ups. The decision concerns {np}; the follow-ups can wait.",
    ],
    later: &[
        "Where we stand, in two lines: settled, the need to act on {np}; open, the order.",
        "I count one new argument since last time, and it concerns {np}. The others were repeats.",
        "Same criteria, new readings. Effort unchanged, reversibility better, effect on {np} still unproven.",
        "Cut to the difference. Some of us optimise {np}, some protect {np2}. Name your side.",
        "Half of the last round can be crossed out. What survives: {np}, its price, its deadline.",
    ],
    weigh: &[
        "{opt}: more effort now, easy to undo. {rival}: less effort now, hard to undo. I take the first.",
        "Two out of three criteria favour {opt}; {rival} wins only on speed.",
        "{rival} needs a footnote to work. {opt} does not. Footnotes get lost.",
        "Score them honestly and {opt} leads by a nose, because {rival} says nothing on {np}.",
        "Strike {rival} if reversibility counts double, keep it if it does not; I say double, hence {opt}.",
    ],
    principle: &[
        "If a rule takes two paragraphs, people will follow the first one.",
        "One owner, one date, one number; everything else is hope.",
        "A decision nobody can repeat from memory has not been made.",
        "Fewer moving parts, fewer meetings about moving parts.",
        "Say what you will stop doing, or the plan is only longer.",
        "Order beats brilliance when several people have to act on it.",
    ],
    propose: &[
        "Therefore: {opt}; first step {np}; a check after two weeks; stop if nothing moved.",
        "Next step, one line: write the acceptance test for {np}, then start {opt}.",
        "Decide {opt} today, park {np2}, and put a single question on the next agenda.",
        "I want it on half a page: {opt}, owner, date, the condition under which we reverse it.",
        "Split it. Monday {np}, the week after {np2}, nothing in parallel, and {opt} as the frame.",
    ],
    rebut: &[
        "Two claims were mixed. On {np}: accepted. On {np2}: not shown. Please keep them apart.",
        "Shorter: that objection changes the date, not the choice. {opt} stands.",
        "Count the conditions in that argument. I get three, and {np} already breaks the first.",
        "Criterion by criterion it gains speed, loses reversibility and leaves {np} as before. Net: minus.",
        "Right diagnosis, wrong step. Fix {np} first; everything else in it can queue.",
    ],
    floor: &[
        "Tally so far: one question answered, two postponed, {np} untouched. I would rather close one more than open another.",
        "Checklist for whoever writes this up: what we chose, why not {rival}, who looks after {np}, when we look again.",
        "A wording to vote on: we choose {opt}, provided that {np} gets an owner by the end of the week. Yes or no.",
        "Delete test: remove {np2} from the discussion and nothing changes. Then let us remove it, and talk about {np}.",
        "Two terms are being used for one thing here. I suggest we say {np} and mean only that, at least until the vote.",
        "Time check. We have spent most of our words on {rival}, which nobody defends; the remaining ones belong to {np}.",
    ],
};

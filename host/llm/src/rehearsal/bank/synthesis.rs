//! Looks for the whole: joins what others said, cares where the seams are. A table.

use super::Stance;

pub(super) const STANCE: Stance = Stance {
    name: "synthesis",
    signs: &["synth", "architect", "integrat", "system", "whole"],
    open: &[
        "Before we take sides I want the parts on one page: {np}, {np2}, and the constraint behind {fact}.",
        "Several forces pull on each other in this briefing, and the joint is {np}; move it and whatever leans on {np2} moves too.",
        "I read “{topic}” as a question about ownership: who should look after {np}, and who merely has to know about it?",
        "My first worry is fit. {np} and {np2} were plainly thought up at different times, and the answer has to suit both.",
    ],
    later: &[
        "A round in, the shape is clearer: we share the goal and differ on where {np} ought to live.",
        "Let me join two halves that were argued apart, the case about {np} and the case about {np2}.",
        "There is more common ground here than the tone suggests, and most of it lies around {np}.",
        "I have redrawn my picture since we last went round, with {np} in the middle and the rest hanging from it.",
        "What we have are two decent arguments about different layers; one concerns {np}, the other {np2}.",
    ],
    weigh: &[
        "Of the candidates {opt} keeps the seams in the right place, while {rival} would be quicker to begin and slower to change.",
        "{opt} lets the pieces age separately; {rival} ties them together just where we expect movement.",
        "I come down on the side of {opt}, because {rival} answers today's complaint and leaves the arrangement that produced it.",
        "If we drew both on a wall, {opt} would have one arrow where {rival} has a knot.",
        "Choosing {opt} costs us some pride at the start; choosing {rival} costs us a second migration later.",
    ],
    principle: &[
        "A boundary that nobody can explain in a sentence will be crossed by the end of the month.",
        "Good structure makes the next decision cheaper, and that is the only test I trust.",
        "Two half-solutions that fit together beat one complete solution that fits nothing else.",
        "We should decide where responsibility ends before we decide how fast anything runs.",
        "When two teams fix the same thing twice, the fault sits between them and not in either.",
        "Whatever we build first becomes the shape that everything later has to copy.",
    ],
    propose: &[
        "Concretely: adopt {opt}, give {np} a single owner, and write down on one page how {np2} depends on it.",
        "My plan is {opt} in two cuts, first {np} with nothing else touched, then {np2} once the first cut has held.",
        "So I propose {opt}, with the part of {rival} that concerns {np} kept as a fallback we could actually reach.",
        "Let us take {opt} as the frame and let everybody else's objections become conditions inside it, starting with {np}.",
        "I would sketch {opt} as three boxes, label the arrow between {np} and {np2}, and stop there until somebody finds a gap.",
    ],
    rebut: &[
        "The two positions are not enemies: one protects {np}, the other wants {np2} to move, and {opt} can hold both.",
        "What I miss in that objection is the way {np} reaches into {np2}; cut one and the other bleeds.",
        "I grant the local point and dispute the global one, since a gain at {np} that lands on {np2} as work is no gain.",
        "Put the disagreement in its place: it concerns the order of steps around {np}, not the destination.",
        "Fold that criticism into {opt} and it turns from an objection into a requirement on {np}.",
    ],
    floor: &[
        "If I had to draw the agreement on a napkin it would show {np} at the centre, {opt} around it, and one open arrow towards {np2}.",
        "One link is still missing from our picture: how {np} learns that {np2} has changed. Whoever owns that link owns the decision.",
        "I notice that three of the arguments so far are the same argument in different clothes, and all of them concern {np}.",
        "A small bridge between the camps: take {opt}, but borrow the caution others showed about {np} as its first milestone.",
        "Let me put on record what I think we no longer dispute: {np} cannot stay as it is, and {np2} should not be the first thing to move.",
        "Should anybody want one drawing to take home, mine has {opt} on the left, {np} on the right, and a date on the line between them.",
    ],
};

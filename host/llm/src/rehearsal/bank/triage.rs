//! Looks for the order: what first, what later, what never. A table.

use super::Stance;

pub(super) const STANCE: Stance = Stance {
    name: "triage",
    signs: &["triage", "sequenc", "priorit", "plan", "deliver", "operat", "pragmat"],
    open: &[
        "What bleeds first? Not {np2}, I think; from what we were given it is {np}, and that sets the order.",
        "Everything in this briefing is important and only one thing is urgent: {np}. I would sort before I solve.",
        "Take “{topic}” as a queue. At its head stands {np}; behind it, quite far behind, comes {np2}.",
        "Give me the sequence and I hardly care about the slogan: {np} before {np2}, and a pause to look in between.",
    ],
    later: &[
        "The queue has moved since the last round: {np} is still in front, but {np2} has jumped a few places.",
        "Yesterday's urgent item has become today's scenery, so I re-sorted, and {np} came out on top again.",
        "We keep debating the final state; I would like to settle the first fortnight, which is all about {np}.",
        "Some of what was said can wait and some cannot. {np} cannot; {np2} can, and should say thank you.",
        "Nothing in the last round changed what happens on day one, namely {np}. It did change day ten.",
    ],
    weigh: &[
        "{opt} pays something back early, whereas {rival} pays everything back late, if it pays at all.",
        "Start with {opt}: if it disappoints, {rival} is still open afterwards, and the reverse is not true.",
        "{rival} blocks the queue until it is finished; {opt} lets small things pass while it is under way.",
        "With the people we have, {opt} fits between two other jobs and {rival} does not fit anywhere.",
        "I rank {opt} ahead of {rival} for a dull reason, which is that its first useful result arrives sooner.",
    ],
    principle: &[
        "Do the step that makes the next step smaller.",
        "An order that survives bad news is worth more than an estimate that needs good news.",
        "Whoever starts five things this week will explain five delays next month.",
        "First stop the loss, then mend the cause, and only then polish.",
        "The first delivery should be small enough to be embarrassing and useful enough to be kept.",
        "Waiting is also a step, and it needs an end date like every other.",
    ],
    propose: &[
        "My sequence: this week contain {np}; next week try {opt} on the smallest case; after that talk about {np2}.",
        "Put {opt} on a two-week clock, with {np} as the only thing that may interrupt it.",
        "Let us do {opt} up to the first point of no return, stop there, and decide again with what {np} has taught us.",
        "I would book one day for {np} at once, whatever we choose, and begin {opt} the morning after.",
        "Write three columns, now, next and never; {np} goes left, {np2} goes right, and {opt} fills the middle.",
    ],
    rebut: &[
        "Even if that is true it is true in month three, and {np} will not wait that long.",
        "Fine as a destination; as a first step it is too big, so let us cut it down to {np}.",
        "You are solving the second problem first. Deal with {np}, and half of your concern disappears on its own.",
        "I would not drop the point, I would move it behind {np}, where it costs nobody any sleep.",
        "The order matters more than the merit here: {opt} before anything that touches {np2}.",
    ],
    floor: &[
        "If we do only one thing before we meet again, let it be {np}. Everything else on the list survives another week without complaint.",
        "Quick sort of the open points: {np} now, {np2} once there is data, the rest when somebody asks for it twice.",
        "I would like a stop rule as much as a start date: if {np} looks no better after two weeks, we leave {opt} without ceremony.",
        "Nobody has said who is woken up at night. Until {np} has a name beside it, the sequence is a wish.",
        "There is a cheap step that fits under every option, {rival} included: look at {np} for one ordinary day and write down what happens.",
        "My last word on order: it is easier to speed {opt} up later than to slow {rival} down, so let us begin on the slow side.",
    ],
};

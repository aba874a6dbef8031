//! Looks for the measurement: what is known, how well, and what would settle it. A table.

use super::Stance;

pub(super) const STANCE: Stance = Stance {
    name: "evidence",
    signs: &["evidence", "data", "measur", "empiric", "research", "analy", "scien", "fact"],
    open: &[
        "I sorted the briefing into what was measured and what was felt; {np} ended up in the second pile.",
        "There is exactly one thing here I would call evidence, and it is {fact}. Let us not build a cathedral on it.",
        "Before “{topic}” can be answered I need a baseline for {np}, and as far as I can see there is none.",
        "My habit is to ask what would change my mind. In this case: a week of honest records about {np}.",
    ],
    later: &[
        "Since the last round I looked for anything that would contradict me on {np}, and came back with half a reason.",
        "We have more opinions about {np} than observations; the ratio has got worse.",
        "Let me separate what got stronger from what got louder: {np} got louder.",
        "The claim about {np} has now been repeated often enough to feel known. It still is not.",
        "Two predictions were made at this table, both about {np}, and they cannot both come true. That helps.",
    ],
    weigh: &[
        "{opt} tells us within weeks whether we were right; {rival} would leave us guessing for a year.",
        "On what we know {opt} and {rival} are close, and then I take the one that produces records.",
        "The evidence for {rival} is one anecdote; the evidence for {opt} is thin as well, but it points one way.",
        "{opt} makes a claim that can be checked, and {rival} makes a promise.",
        "I would put sixty to forty on {opt} against {rival}, and I would change that for one good measurement.",
    ],
    principle: &[
        "If both outcomes would be called a success, nothing is being tested.",
        "A small honest sample beats a large convenient one.",
        "What is not counted before the change cannot be compared after it.",
        "Averages hide the bad day, and the bad day is what people remember.",
        "Say the expected result aloud before looking at the data.",
        "One observation that hurts is worth ten that please.",
    ],
    propose: &[
        "Record {np} for two weeks, publish it, start {opt} only then, and compare like with like.",
        "I would run {opt} on a part we draw by lot, leave the remainder alone, and look at {np} in both.",
        "Write down today what {opt} should do to {np}; whoever is furthest off buys the coffee.",
        "Adopt {opt} with one measure attached, taken from {np}, and a date on which we read it together.",
        "Let the first deliverable of {opt} be a table about {np} that any of us could fill in.",
    ],
    rebut: &[
        "That may be so, yet nothing we were given about {np} allows us to tell it from its opposite.",
        "The inference jumps: from one remark on {np} to a rule about {np2} without a stop in between.",
        "I would accept it as a hypothesis, with {np} as the test and an end date.",
        "Show me a record of {np} that would look different if you were wrong, and I will withdraw.",
        "Plausible, unmeasured and in our favour, which is the kind of statement about {np} I trust least.",
    ],
    floor: &[
        "Three of us have now used {np} as proof and none has said where it comes from. I would like a source before a vote.",
        "A prediction, so that I can be held to it: under {opt} we shall see a difference in {np} sooner than anybody expects.",
        "It would take one person one afternoon to find out how things stand with {np}. We have spent longer on guessing.",
        "Let me withdraw something: I treated {np} as settled a while ago, and on second reading it is not.",
        "If {np} were random, what we heard so far would sound exactly the same. That should bother us a little.",
        "I offer a bet: whichever of {opt} and {rival} we choose, the first record of {np} will surprise us.",
    ],
};

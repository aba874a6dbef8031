//! Looks for what is not there: absent people, other trades, unstated frames. A table.

use super::Stance;

pub(super) const STANCE: Stance = Stance {
    name: "blind-spots",
    signs: &["blind", "cross", "outside", "lateral", "perspective", "missing", "unseen"],
    open: &[
        "Let me begin with an absence: the briefing speaks of {np} and never of those who have to put up with it.",
        "Seen from another trade, {np} would be a stock problem and not a planning problem. What changes if we look at it so?",
        "Everyone will look at {np}, since the light is good there. I would like to spend my turn in the shade, near {np2}.",
        "“{topic}” already contains an answer; it takes for granted that {np} is ours to decide.",
    ],
    later: &[
        "One voice has been missing from both rounds of argument, the one that meets {np} without ever having heard of us.",
        "We have begun to share a vocabulary, which is pleasant and a little dangerous: {np} now means whatever suits the speaker.",
        "Turn the question over. Not what we gain by changing {np}, but what has been quietly depending on it.",
        "I tried to argue the opposite case at home, and it was stronger than I hoped; the hinge was {np}.",
        "Looking back at what was said, I find four arguments about cost and none about {np} in a year's time.",
    ],
    weigh: &[
        "{rival} is what we would pick if nobody were watching; {opt} is what we could explain to somebody who pays for it.",
        "Under {opt} the surprises happen to us, under {rival} they happen to others, and that difference should count.",
        "I lean towards {opt}, less for what it does than for what it lets us notice; {rival} is blind by design.",
        "A librarian or a nurse would choose {opt} without much debate, since {rival} only works if no one is ever absent.",
        "Between the two, {opt} leaves a trail that a stranger could follow, and {rival} leaves a habit.",
    ],
    principle: &[
        "The cost that lands on somebody outside the room is still a cost.",
        "What everyone at the table believes is what no one at the table has checked.",
        "A number that is easy to get will crowd out the one that matters.",
        "People route around a bad rule long before they complain about it.",
        "Absence of complaints often means that the complaining was given up.",
        "Every default is a decision that somebody made while thinking of something else.",
    ],
    propose: &[
        "I suggest {opt}, preceded by two conversations with people who live with {np} and were not asked for this briefing.",
        "Let us adopt {opt} and keep a diary of exceptions for {np}; the exceptions will tell us what we failed to ask.",
        "Take {opt}, but have somebody from elsewhere read the reasons first; if {np} puzzles them, it will puzzle us later.",
        "My step is small: write down what we would expect to see if we were wrong about {np}, then begin {opt} and look for it.",
        "Begin with {opt} in the place where {np} is least convenient, because a trial in the easy place teaches nothing.",
    ],
    rebut: &[
        "That conclusion is sound inside its frame, and the frame leaves out what {np} does to people further down the line.",
        "Read it again with {np2} as the main character, and the moral of the story changes.",
        "I suspect that we call {np} a detail because none of us would have to deal with it.",
        "The opposite would have sounded just as plausible, which tells me that {np} has not really been looked at.",
        "What would make that argument wrong? I can think of one thing, a change in {np}, and nobody is watching for it.",
    ],
    floor: &[
        "A question from the side: which of our arguments about {np} would still convince us if the roles at this table were swapped?",
        "Somewhere there is a person for whom {np} is the whole working day. I have not heard a sentence that this person could use.",
        "We talk as though {np} were the start of the story. Something happened before it, and I would look there before spending anything.",
        "May I point at a word? Each of us has used {np} and I doubt that two of us meant the same thing by it.",
        "If {opt} goes well nobody will remember why, and then {np} will be undone by some well-meaning successor. Write the reason down.",
        "Our silence about {np2} is beginning to look like agreement, and I am fairly sure that it is only tiredness.",
    ],
};

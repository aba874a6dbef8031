//! Looks for the price: who pays, when, and what else the money could do. A table.

use super::Stance;

pub(super) const STANCE: Stance = Stance {
    name: "cost",
    signs: &["cost", "budget", "financ", "econom", "price", "money", "business", "value"],
    open: &[
        "Everything here has a price, including doing nothing, and the price of {np} is the one I can see least.",
        "I would like “{topic}” restated as a purchase: what do we buy, from whom, and what do we give up for {np}?",
        "Follow the effort: it goes into {np}, comes out near {np2}, and somewhere on the way most of it gets lost.",
        "The cheapest line in this briefing might be the most expensive one; I mean whatever stands behind {np}.",
    ],
    later: &[
        "The bill has grown since the last round: every safeguard proposed for {np} is somebody's afternoon.",
        "So far we have spent the budget three times, twice of it on {np}.",
        "I have been adding up what we promised each other around {np}, and it no longer fits.",
        "Good ideas all round; I come with the invoice, and the first item on it is {np}.",
        "Nobody disputes the benefit any more. What remains is who pays for {np}, and for how long.",
    ],
    weigh: &[
        "{opt} costs more in the first month and less in every month after it; {rival} is the other way round.",
        "With {rival} we would pay in attention, which never shows up in a budget and always runs out first. Hence {opt}.",
        "{opt} is the smaller cheque, and it can be stopped; {rival} comes with a subscription in disguise.",
        "Per unit of relief {opt} is cheaper, as long as nobody pretends that {rival} is free.",
        "I could sell {opt} to the person who signs. For {rival} I would have to leave out a page.",
    ],
    principle: &[
        "Upkeep is the part of the price that nobody quotes.",
        "Cheap to start and cheap to stop beats cheap to own.",
        "An hour saved for one person and spent by another is a transfer and not a saving.",
        "Whoever carries the running cost should have the last word on the design.",
        "What we stop doing pays for what we begin.",
        "Free work is the most expensive kind, because no one dares to cancel it.",
    ],
    propose: &[
        "Give {opt} a fixed purse, let {np} be the first thing bought from it, and close the purse after a quarter.",
        "I would fund {opt} by dropping something near {np2}; name it today, or the sum does not close.",
        "Approve {opt} up to the first invoice, then compare what {np} really took with what we say now.",
        "Two prices on one sheet: {opt} with upkeep, {rival} with upkeep, and {np} counted in both.",
        "Start {opt} with what we already own around {np}, and ask for money only when that has run dry.",
    ],
    rebut: &[
        "A fine benefit, and I look in vain for the line that pays for {np}.",
        "That saves effort at {np} by asking for more of it at {np2}; the total has not moved.",
        "You count the purchase and skip the upkeep, which for {np} will be the larger half.",
        "I would sign that with someone else's pen. With ours I would choose {opt} and keep the change.",
        "The benefit arrives once and the duty around {np} arrives every week.",
    ],
    floor: &[
        "A small audit: of everything promised here, only what concerns {np} has a price on it, and that price has no owner.",
        "What would we cancel for this? If the answer is nothing, then {np} is a hobby and should be budgeted like one.",
        "Let me offer a trade: I drop my reserve about {opt} if somebody takes over the upkeep of {np} in writing.",
        "The exit has a price, too. Leaving {rival} after a year costs more than never entering it, and {np} is why.",
        "Before we vote: the person who does the work around {np} should see the number we are about to agree on.",
        "I can find room for {opt} this quarter or for polishing {np2}, and I know which of them I would miss.",
    ],
};

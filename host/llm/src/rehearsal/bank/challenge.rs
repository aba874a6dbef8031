//! Looks for the hole: attacks assumptions, asks who would exploit them. A table.

use super::Stance;

pub(super) const STANCE: Stance = Stance {
    name: "challenge",
    signs: &[
        "challeng", "exploit", "critic", "advers", "skeptic", "sceptic", "risk", "attack", "devil",
        "red team",
    ],
    open: &[
        "I will start with what nobody has shown: that {np} behaves the way the briefing assumes when things go wrong.",
        "Somebody wrote {fact} and everybody will now treat it as weather. Who measured it, and on which day?",
        "The comfortable reading of “{topic}” hides a bet on {np}, and I would like to see the odds before we place it.",
        "Give me an hour with {np} and a bad mood, and I will find the case this plan forgets; let us do it now instead.",
    ],
    later: &[
        "Nobody has laid a finger on my objection about {np}, so it gets sharper this time.",
        "We spent a round being reasonable. I want to know who gets hurt when {np} turns out differently.",
        "I went looking for the weakest plank in what we said so far, and I am standing on it: {np}.",
        "Agreement came cheaply in the last round, which is why I distrust it, above all where it touches {np}.",
        "Suppose I wanted this to fail. I would lean on {np} and wait for {np2} to give way.",
    ],
    weigh: &[
        "{rival} fails loudly and {opt} fails quietly at first, yet I still take {opt}, because its failures can be undone.",
        "My case for {opt} is negative: I know how {rival} breaks, and it breaks on somebody who never agreed to it.",
        "Try to cheat {opt} and you get caught within days; try to cheat {rival} and you get a bonus.",
        "I would rather defend {opt} in front of an angry customer than {rival} in front of a friendly auditor.",
        "{rival} looks safe because its risk has no line in the table; {opt} at least shows us where it hurts.",
    ],
    principle: &[
        "An assumption that no one would bet money on should not carry a decision.",
        "Whatever can be gamed will be gamed by the person with the tightest deadline.",
        "A plan without a way to fail visibly is a plan to fail for a long time.",
        "If the evidence came from the people who want the result, it counts half.",
        "The dangerous risks are the ones that look like routine until the bill arrives.",
        "Hope is not a control, and neither is a meeting.",
    ],
    propose: &[
        "Before anyone signs, let one of us try to break {opt} at {np} for a day; if it holds, I will argue for it myself.",
        "My condition for {opt} is a kill switch around {np} and a named person who may pull it without asking.",
        "I would take {opt}, and write the sentence we would have to publish if {np} went wrong; if we cannot write it, we wait.",
        "Let us run {opt} against the worst week on record instead of the average one, with {np} switched off halfway.",
        "Choose {opt} if you must choose today, and put a bounty on the first person who finds {np} lying to us.",
    ],
    rebut: &[
        "That holds on a sunny day; take {np} away for an hour and tell me what is left of it.",
        "You have answered a kinder question than the one I asked, which was about {np} under pressure.",
        "The argument needs {np} to be honest, complete and on time, and the briefing promises none of the three.",
        "I can grant every step and still lose money at the end, because {np2} was never part of the sum.",
        "Swap in {opt} and the weakness shrinks; pretend that {np} is fine and it merely moves out of sight.",
    ],
    floor: &[
        "One attack nobody has defended against: somebody follows every rule about {np} to the letter and still leaves us with the damage.",
        "I keep hearing that {np} is under control. Then it should be easy to name the alarm that rings first, and so far no one has.",
        "For the record, I could live with {opt}. What I cannot live with is deciding it while {np} remains a rumour.",
        "Ask yourselves who gains if {np} is counted wrongly, and in which direction; I doubt that the answer is nobody.",
        "My cheapest test so far: hand {np} to a newcomer without explanations and watch what they break before lunch.",
        "If {rival} wins, I want my dissent noted with a date, because the failure around {np} will look like bad luck and it will not be.",
    ],
};

//! Looks for those who live with it: users, newcomers, the tired colleague. A table.

use super::Stance;

pub(super) const STANCE: Stance = Stance {
    name: "people",
    signs: &["people", "user", "human", "customer", "ethic", "advocate", "experience", "team"],
    open: &[
        "I try to picture an ordinary Tuesday with {np}, and the person in my picture is not smiling.",
        "Who has to explain {np} to somebody else? That person should have written the briefing.",
        "“{topic}” sounds technical, and yet what is at stake is whether people can rely on {np}.",
        "My yardstick is a newcomer in the second week: would {np} help them or trip them up?",
    ],
    later: &[
        "I listened to the last round with the ears of somebody who only wants {np} to work. Much of it was about us.",
        "We have become quite clever about {np}; I would like to become kind about it as well.",
        "One thing has shifted for me since we began, namely how tired {np} must make the people around it.",
        "The arguments are better now and the person in the story is still missing; put them next to {np}.",
        "Let me translate what we have so far into one sentence for the people concerned with {np}, and see if it survives.",
    ],
    weigh: &[
        "{opt} asks patience of us, {rival} asks patience of others, and we are the ones who are paid for it.",
        "People forgive {opt} when it stumbles, since they can see why; {rival} they would simply stop using.",
        "If I had to announce one of them on Monday it would be {opt}, because {rival} needs an apology in its first line.",
        "With {opt} a person can make a mistake and recover before lunch; with {rival} they would need a ticket.",
        "{rival} suits the experienced hands in this room. {opt} suits whoever comes next.",
    ],
    principle: &[
        "Trust is lost in one bad morning and earned over a season.",
        "A tool that needs a hero is a schedule for exhaustion.",
        "If people need a reminder, the design has forgotten something.",
        "Those who cope quietly are the first to leave.",
        "Kindness to the reader is a property of the system and not of the manual.",
        "Nobody reads the instructions at three in the morning.",
    ],
    propose: &[
        "Show {opt} to three people who deal with {np}, say nothing, and write down where they hesitate.",
        "I would begin {opt} with volunteers around {np}, and let them decide whether the others should follow.",
        "Take {opt}, and promise in one plain sentence what will get better about {np} and by when.",
        "Pair {opt} with an easy way back; people try things with {np} when retreat is allowed.",
        "Let the person who suffers most from {np} set the first milestone of {opt}.",
    ],
    rebut: &[
        "It works on paper, where nobody who handles {np} has slept badly or is new.",
        "You describe the process; I hear somebody asking {np} for help and getting a form.",
        "The saving is real, and it comes out of the goodwill of whoever minds {np}.",
        "I would believe it at once if the people near {np} had said so themselves.",
        "That trade is ours to propose and theirs to accept, as long as {np} stays in their hands.",
    ],
    floor: &[
        "Could we finish one sentence together? Because of {opt}, somebody who deals with {np} will no longer have to… and then a verb.",
        "I asked myself which option I would want if I were new here and nervous. It was {opt}, on account of {np}.",
        "There is a kind of work around {np} that nobody sees until the person doing it goes on holiday.",
        "Before this closes I would thank whoever has kept {np} going so far, and then ask them what they would change.",
        "What we call resistance around {np} may simply be experience that was never asked.",
        "If {rival} is chosen after all, let somebody tell the people around {np} face to face, and not by a changed label.",
    ],
};

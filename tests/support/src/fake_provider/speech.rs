//! Something to say about a prompt: sentences without much sense, drawn by its hash, around a few of its own words.
//!
//! Long enough to pass for a speech, different enough from every other one not to count as a repetition, and free of everything that
//! means something to the host: no tags, no judge's words at the start of a line, and never PASS.

use super::{asked::Asked, dice::Dice};

const THINGS: &[&str] = &[
    "archive",
    "bakery",
    "bridge",
    "budget",
    "calendar",
    "cellar",
    "chart",
    "clause",
    "clinic",
    "committee",
    "contract",
    "corridor",
    "counter",
    "crane",
    "deadline",
    "depot",
    "dispatch",
    "draft",
    "engine",
    "estimate",
    "ferry",
    "filter",
    "footnote",
    "foundry",
    "garage",
    "gauge",
    "granary",
    "greenhouse",
    "harbour",
    "hedge",
    "inspector",
    "invoice",
    "junction",
    "kiln",
    "ladder",
    "ledger",
    "lighthouse",
    "lintel",
    "locksmith",
    "manifest",
    "mill",
    "mortar",
    "notary",
    "orchard",
    "outpost",
    "parcel",
    "pavement",
    "permit",
    "pipeline",
    "plumber",
    "pontoon",
    "quarry",
    "queue",
    "railing",
    "receipt",
    "reservoir",
    "rota",
    "sample",
    "scaffold",
    "schedule",
    "shipment",
    "signal",
    "silo",
    "sluice",
    "stairwell",
    "station",
    "subsidy",
    "surveyor",
    "tariff",
    "tenant",
    "threshold",
    "timetable",
    "toolbox",
    "tower",
    "tram",
    "turbine",
    "valve",
    "vault",
    "viaduct",
    "voucher",
    "warehouse",
    "warrant",
    "weir",
    "workshop",
];

const DOINGS: &[&str] = &[
    "outlasts",
    "delays",
    "explains",
    "hides",
    "measures",
    "repairs",
    "replaces",
    "supports",
    "threatens",
    "undercuts",
    "outweighs",
    "precedes",
    "pays for",
    "depends on",
    "contradicts",
    "confirms",
    "protects",
    "wears out",
    "limits",
    "opens",
    "closes",
    "feeds",
    "follows",
    "needs",
    "reveals",
    "shortens",
    "spares",
    "tests",
    "uses up",
    "weakens",
];

const QUALITIES: &[&str] = &[
    "early", "narrow", "quiet", "costly", "shared", "second", "missing", "northern", "sturdy", "disputed",
    "hasty", "plain", "rented", "seasonal", "spare", "steep", "tested", "unused", "urgent", "weekly",
];

/// A speech about this request.
pub(super) fn about(asked: &Asked, dice: &mut Dice) -> String {
    let heard = words_of(asked.last_message());
    let mut sentences = Vec::new();
    if !heard.is_empty() {
        let [one, two] = [(); 2].map(|()| dice.pick(&heard).clone());
        sentences.push(format!("What was said about {one} and {two} is where I begin."));
    }
    for _ in 0..7 + dice.below(5) {
        sentences.push(sentence(dice));
    }
    sentences.join(" ")
}

/// One sentence.
pub(super) fn sentence(dice: &mut Dice) -> String {
    let [one, two, three] = [(); 3].map(|()| *dice.pick(THINGS));
    let [doing, other] = [(); 2].map(|()| *dice.pick(DOINGS));
    let quality = dice.pick(QUALITIES);
    let number = 2 + dice.below(97);
    match dice.below(5) {
        0 => format!("The {quality} {one} {doing} the {two}, and the {three} {other} both."),
        1 => format!("If a {one} {doing} {number} of the {two}s, then no {three} {other} it."),
        2 => format!("Count the {one}s: {number}, each of which {doing} a {quality} {two}."),
        3 => format!("My objection is the {quality} {one}, which {doing} the {two} and {other} the {three}."),
        _ => format!(
            "Every {one} {doing} its {two} for {number} days, whereas a {quality} {three} {other} it."
        ),
    }
}

/// The longer words of a text in lower case, so that what is a sign in capitals or brackets is a word here.
fn words_of(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_ascii_alphabetic())
        .filter(|word| word.len() > 4)
        .map(str::to_ascii_lowercase)
        .collect()
}

//! The sentences. Tables, arranged by stance and by what a sentence does.
//!
//! A template is a whole sentence (sometimes two) with names in braces that `fill.rs` replaces. The rules of writing one: `{np}`, `{fact}`,
//! `{opt}` and `{rival}` are noun phrases of unknown number, so their verbs are modal or past; `{quote}` and `{line}` bring their own
//! quotation marks; a stance's `principle` has neither quotes nor figures, so that others can quote it in turn.

mod blind_spots;
mod challenge;
mod cost;
mod evidence;
mod judge;
mod people;
mod shared;
mod structure;
mod synthesis;
mod triage;

pub(super) use self::{judge::*, shared::*};

/// A list of templates.
pub(super) type Bank = &'static [&'static str];

/// What one stance says.
#[derive(Debug)]
pub(super) struct Stance {
    /// Its name; also the name of its decks.
    pub(super) name: &'static str,
    /// Words of a tagline that point to it.
    pub(super) signs: Bank,
    /// First words of a debate.
    pub(super) open: Bank,
    /// First words of a later round.
    pub(super) later: Bank,
    /// Its option against another one.
    pub(super) weigh: Bank,
    /// What it believes in general.
    pub(super) principle: Bank,
    /// What to do next.
    pub(super) propose: Bank,
    /// The heart of a rebuttal.
    pub(super) rebut: Bank,
    /// A floor contribution.
    pub(super) floor: Bank,
}

/// Every stance. The first five are those of the team that comes with the product.
pub(super) const STANCES: &[&Stance] = &[
    &synthesis::STANCE,
    &challenge::STANCE,
    &structure::STANCE,
    &triage::STANCE,
    &blind_spots::STANCE,
    &evidence::STANCE,
    &cost::STANCE,
    &people::STANCE,
];

/// The stance of whoever has none.
pub(super) const PLAIN: &Stance = &structure::STANCE;

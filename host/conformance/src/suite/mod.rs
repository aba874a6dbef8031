//! The conformance suite: what every plugin of a world has to stand, whoever wrote it.
//!
//! Each world has checks of its own, and all share some (`common`). A check asks one thing, says why it is asked, and what to do where it
//! does not hold. The bundled components pass the same checks in this repository's tests. What the suite does not ask is whether an
//! opinion is a good one.

mod bench;
mod checked;
mod common;
mod judge;
mod persona;
mod rubric;
mod skill;
mod store;
mod tables;

use amatelier_runtime::Runtime;
use amatelier_types::World;

use self::bench::Bench;
pub use self::{
    bench::Terms,
    checked::{Checked, Fault, Verdict},
};
use crate::Subject;

/// Every check of every world that a plugin exports, in a fixed order.
pub async fn conform(runtime: &Runtime, subject: &Subject, terms: &Terms) -> Vec<Checked> {
    let mut checked = Vec::new();
    for world in subject.worlds() {
        checked.extend(conform_in(world, runtime, subject, terms).await);
    }
    checked
}

/// The checks of one world, which the plugin must export.
pub async fn conform_in(world: World, runtime: &Runtime, subject: &Subject, terms: &Terms) -> Vec<Checked> {
    let bench = Bench { runtime, subject, terms, world };
    match world {
        World::Persona => persona::run(&bench).await,
        World::Judge => judge::run(&bench).await,
        World::Rubric => rubric::run(&bench).await,
        World::Store => store::run(&bench).await,
        World::Skill => skill::run(&bench).await,
    }
}

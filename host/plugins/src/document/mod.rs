//! Texts with keys and values, TOML or JSON, that remember their places.
//!
//! Manifests, grants and locks are all read through here, and whatever else is written by hand beside a plugin: into one tree ([`Node`]), by rules ([`Fields`], [`Problems`]) that go on after
//! the first mistake, so that everything that is wrong with a text is said at once.

mod fields;
mod json;
mod node;
mod place;
mod problem;
mod problems;
mod toml;

pub(crate) use self::json::{canonical, read_json};
pub use self::{
    fields::Fields,
    node::{Entry, Node, Value},
    place::Place,
    problem::Problem,
    problems::Problems,
    toml::read_toml,
};

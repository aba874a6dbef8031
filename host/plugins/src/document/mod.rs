//! Texts with keys and values, TOML or JSON, that remember their places.
//!
//! Manifests, grants and locks are all read through here: into one tree ([`Node`]), by rules ([`Fields`], [`Problems`]) that go on after
//! the first mistake, so that everything that is wrong with a text is said at once.

mod fields;
mod json;
mod node;
mod place;
mod problem;
mod problems;
mod toml;

pub(crate) use self::{
    fields::Fields,
    json::{canonical, read_json},
    node::{Node, Value},
    problems::Problems,
    toml::read_toml,
};
pub use self::{place::Place, problem::Problem};

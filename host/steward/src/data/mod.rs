//! Data files as values with their lines.

mod csv;
mod format;
mod json;
mod node;
mod rows;
mod toml;
mod trouble;
mod yaml;

pub(crate) use format::Format;
pub(crate) use node::{Node, Tree};
pub(crate) use rows::{DataRow, each_row};
pub(crate) use trouble::Trouble;

use crate::look::Deadline;

/// A data file that is looked at, and what that may cost.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source<'a> {
    pub(crate) format: Format,
    pub(crate) text: &'a str,
    /// How large a tree may be.
    pub(crate) tree_bytes: u64,
    /// How many values it may have.
    pub(crate) tree_values: usize,
    pub(crate) deadline: &'a Deadline,
}

/// The whole of a file as one value; files that are rows line by line are not one.
pub(crate) fn tree(source: &Source<'_>) -> Result<Node, Trouble> {
    if source.text.len() as u64 > source.tree_bytes {
        return Err(Trouble::TooLarge { limit: source.tree_bytes });
    }
    match source.format {
        Format::Json | Format::Jsonl => json::tree(source.text, 1, source.tree_values),
        Format::Toml => toml::tree(source.text, source.tree_values),
        Format::Yaml => yaml::tree(source.text, source.tree_values),
        Format::Csv => Err(Trouble::NoTree),
    }
}

/// A row for tests.
#[cfg(test)]
pub(crate) fn json_row(text: &str) -> Node {
    json::tree(text, 1, 1_000).unwrap()
}

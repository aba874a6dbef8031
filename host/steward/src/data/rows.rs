//! The rows of a data file.
//!
//! A line each (JSONL, CSV); else a list: the top level, or its only list, or the one that is named.

use super::{Format, Node, Source, Tree, Trouble, csv, json, tree};

/// How often the clock is looked at, in rows.
const ROWS_BETWEEN: u32 = 1_024;

/// A row.
#[derive(Debug)]
pub(crate) struct DataRow<'a> {
    /// Its place, counted from 1.
    pub(crate) number: u32,
    pub(crate) node: &'a Node,
}

/// Hand over every row, in order.
pub(crate) fn each_row(
    source: &Source<'_>,
    part: Option<&str>,
    hand_over: impl FnMut(&DataRow<'_>) -> Result<(), Trouble>,
) -> Result<(), Trouble> {
    match (source.format, part) {
        (Format::Csv, None) => csv::each_row(source, hand_over),
        (Format::Jsonl, None) => each_line(source, hand_over),
        (Format::Csv | Format::Jsonl, Some(part)) => {
            Err(Trouble::NoPart { part: part.to_owned(), known: Vec::new() })
        }
        (_, part) => each_item(source, list(&tree(source)?, part)?, hand_over),
    }
}

fn each_line(
    source: &Source<'_>,
    mut hand_over: impl FnMut(&DataRow<'_>) -> Result<(), Trouble>,
) -> Result<(), Trouble> {
    let mut number = 0;
    for (place, line) in source.text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        number += 1;
        if number % ROWS_BETWEEN == 0 {
            source.deadline.check()?;
        }
        let at = u32::try_from(place).unwrap_or(u32::MAX).saturating_add(1);
        hand_over(&DataRow { number, node: &json::tree(line, at, source.tree_values)? })?;
    }
    Ok(())
}

fn each_item(
    source: &Source<'_>,
    items: &[Node],
    mut hand_over: impl FnMut(&DataRow<'_>) -> Result<(), Trouble>,
) -> Result<(), Trouble> {
    for (number, node) in (1..).zip(items) {
        if number % ROWS_BETWEEN == 0 {
            source.deadline.check()?;
        }
        hand_over(&DataRow { number, node })?;
    }
    Ok(())
}

/// The list that has the rows.
fn list<'a>(root: &'a Node, part: Option<&str>) -> Result<&'a [Node], Trouble> {
    if let Some(part) = part {
        let Some(node) = root.at(part) else {
            return Err(Trouble::NoPart { part: part.to_owned(), known: root.known_at(part) });
        };
        return match &node.tree {
            Tree::List(items) => Ok(items),
            _ => Err(Trouble::NoRows {
                lists: lists(node).into_iter().map(|key| format!("{part}.{key}")).collect(),
            }),
        };
    }
    match (&root.tree, lists(root).as_slice()) {
        (Tree::List(items), _) => Ok(items),
        (_, [only]) => list(root, Some(only)),
        (_, several) => Err(Trouble::NoRows { lists: several.to_vec() }),
    }
}

/// The keys of a table whose values are lists.
fn lists(node: &Node) -> Vec<String> {
    match &node.tree {
        Tree::Table(members) => members
            .iter()
            .filter(|(_, value)| matches!(value.tree, Tree::List(_)))
            .map(|(key, _)| key.clone())
            .collect(),
        _ => Vec::new(),
    }
}

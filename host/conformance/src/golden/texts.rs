//! Values of a case: texts with lines, names, numbers, tables of texts.

use std::{collections::BTreeMap, fmt::Display, str::FromStr};

use amatelier_plugins::{
    Quoted,
    document::{Fields, Node, Problems, Value},
};
use amatelier_types::nearest;

/// A text of any form: cases have to be able to say what is ugly.
pub(super) fn text(node: &Node, name: &str, problems: &Problems) -> Option<String> {
    let text = node.text();
    if text.is_none() {
        let what = format!("`{name}` must be a text, not {}", node.kind());
        problems.add(&node.place, what, "write it in quotes, or in three of them where it has lines");
    }
    text.map(str::to_owned)
}

/// The text of a key that may be missing.
pub(super) fn perhaps_text(fields: &Fields<'_>, key: &str, problems: &Problems) -> Option<String> {
    text(fields.perhaps(key)?, key, problems)
}

/// The text of a key that must be there.
pub(super) fn needed_text(
    fields: &Fields<'_>,
    key: &str,
    example: &str,
    problems: &Problems,
) -> Option<String> {
    text(fields.needed(key, example)?, key, problems)
}

/// A whole number from 0 on, or what it is without one.
pub(super) fn whole(fields: &Fields<'_>, key: &str, otherwise: u32) -> u32 {
    fields.perhaps_whole(key, 0..=1_000_000).unwrap_or(otherwise)
}

/// What a word stands for, of a key that may be missing.
pub(super) fn perhaps_word<T: Copy>(
    fields: &Fields<'_>,
    key: &str,
    known: &[(&str, T)],
    problems: &Problems,
) -> Option<T> {
    let node = fields.perhaps(key)?;
    let word = text(node, key, problems)?;
    let found = known.iter().find(|(name, _)| *name == word).map(|(_, value)| *value);
    if found.is_none() {
        let names = || known.iter().map(|(name, _)| *name);
        let remedy = match nearest(word.get(..100).unwrap_or(&word), names()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known are {}", names().collect::<Vec<_>>().join(", ")),
        };
        problems.add(&node.place, format!("`{key}` is {}", Quoted(&word)), remedy);
    }
    found
}

/// A list of texts of any form; nothing where the key is missing.
pub(super) fn texts(fields: &Fields<'_>, key: &str, problems: &Problems) -> Vec<String> {
    let items = fields.perhaps_list(key, 64).unwrap_or_default();
    items.iter().filter_map(|item| text(item, key, problems)).collect()
}

/// A list of texts that something else understands.
pub(super) fn parsed_list<T: FromStr<Err: Display>>(
    fields: &Fields<'_>,
    key: &str,
    remedy: &str,
    problems: &Problems,
) -> Option<Vec<T>> {
    let items = fields.perhaps_list(key, 64)?;
    let parse = |item: &Node| match text(item, key, problems)?.parse() {
        Ok(value) => Some(value),
        Err(error) => {
            let error: T::Err = error;
            problems.add(&item.place, format!("`{key}`: {}", Quoted(&error.to_string())), remedy);
            None
        }
    };
    Some(items.iter().filter_map(parse).collect())
}

/// A table of texts; numbers and truths are taken as a plugin reads them.
pub(super) fn table(fields: &Fields<'_>, key: &str, problems: &Problems) -> BTreeMap<String, String> {
    let Some(node) = fields.perhaps(key) else { return BTreeMap::new() };
    let Some(entries) = node.entries() else {
        problems.add(
            &node.place,
            format!("`{key}` must be a table, not {}", node.kind()),
            format!("write `[{key}]`"),
        );
        return BTreeMap::new();
    };
    let value = |node: &Node| match &node.value {
        Value::Whole(whole) => Some(whole.to_string()),
        Value::Truth(truth) => Some(truth.to_string()),
        _ => text(node, key, problems),
    };
    entries.iter().filter_map(|entry| Some((entry.key.clone(), value(&entry.node)?))).collect()
}

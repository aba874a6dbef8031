//! Instances of JSON Schemas.
//!
//! Any schema gets an instance that meets it, filled with what the answer had to say wherever the schema has room for it: a property takes
//! the hint of its name if that fits, and is made up otherwise. The maker works on a *node*, the list of all schemas that a value has to
//! meet at once, so that `allOf` and `$ref` need no merging. What it cannot construct (`not`, a `oneOf` whose branches overlap) it tries:
//! every attempt is checked by the `jsonschema` crate, and nothing unchecked is returned.

mod array;
mod node;
mod number;
mod object;
mod pattern;
mod scalar;
mod text;

use std::{cell::RefCell, collections::HashMap};

use jsonschema::Validator;
use serde_json::{Map, Value};

use self::node::Node;
use super::draw::Draw;

/// How often the whole is tried.
const ATTEMPTS: usize = 32;
/// How often one value is tried, where its schema can be checked on the spot.
const TRIES: usize = 8;
/// Below this depth nothing optional is made; recursive schemas end here.
const SHALLOW: usize = 6;
/// Below this depth nothing is made.
const DEEPEST: usize = 24;
/// How many values one attempt may make, dead ends included.
const FUEL: usize = 4_000;

/// What the answer would like to say.
#[derive(Debug)]
pub(super) struct Hints {
    /// The answer as a document; its top-level names also serve as hints for properties of that name further down.
    pub(super) document: Value,
    /// Sentences for strings that nothing else is known of.
    pub(super) sentences: Vec<String>,
}

/// An instance of `schema`, or why there is none.
pub(super) fn instance(schema: &Value, hints: &Hints, seed: [u8; 32]) -> Result<Value, String> {
    let strict = jsonschema::options().should_validate_formats(true).build(schema);
    let validator =
        strict.map_err(|error| format!("the schema cannot be used: {}", line(&error.to_string())))?;
    let mut draw = Draw::from(seed);
    let mut made = HashMap::new();
    for attempt in 0..ATTEMPTS {
        let mut maker = Maker {
            root: schema,
            hints,
            draw: &mut draw,
            attempt,
            fuel: FUEL,
            made: 0,
            checks: RefCell::new(made),
        };
        let value = maker.make(vec![schema], Some(&hints.document), 0);
        made = maker.checks.into_inner();
        if let Some(value) = value.filter(|value| validator.is_valid(value)) {
            return Ok(value);
        }
    }
    Err(format!("no answer meets the schema; {ATTEMPTS} were tried"))
}

fn line(text: &str) -> String {
    text.lines().next().unwrap_or_default().chars().take(200).collect()
}

/// Checks that were compiled, by what they check; none where it cannot be compiled alone.
type Checks = HashMap<String, Option<Validator>>;

/// One attempt.
struct Maker<'a, 'd> {
    root: &'a Value,
    hints: &'a Hints,
    draw: &'d mut Draw,
    /// 0 is the plain way; later attempts take other branches.
    attempt: usize,
    fuel: usize,
    /// How many scalars were made: neighbours differ by it.
    made: usize,
    checks: RefCell<Checks>,
}

impl<'a> Maker<'a, '_> {
    /// A value that meets all `schemas`, near `hint`; none in a dead end.
    fn make(&mut self, schemas: Vec<&'a Value>, hint: Option<&Value>, depth: usize) -> Option<Value> {
        for attempt in 0..TRIES {
            self.fuel = self.fuel.checked_sub(1)?;
            if depth > DEEPEST {
                return None;
            }
            let Some(node) = Node::expand(self, &schemas, hint, depth, self.attempt + attempt) else {
                continue;
            };
            if let Some(value) = self.make_node(&node, hint, depth)
                && self.is_locally_valid(&schemas, &value)
            {
                return Some(value);
            }
        }
        None
    }

    fn make_node(&mut self, node: &Node<'a>, hint: Option<&Value>, depth: usize) -> Option<Value> {
        if let Some(fixed) = node.fixed() {
            let fits: Vec<&Value> =
                fixed.into_iter().filter(|value| self.is_scalar_valid(node, value)).collect();
            if let Some(hint) = hint.filter(|hint| fits.contains(hint)) {
                return Some(hint.clone());
            }
            self.made += 1;
            return fits
                .get((self.made - 1 + self.attempt) % fits.len().max(1))
                .map(|value| (*value).clone());
        }
        match node.kind(hint, depth)? {
            "null" => Some(Value::Null),
            "boolean" => Some(
                hint.filter(|hint| hint.is_boolean())
                    .cloned()
                    .unwrap_or_else(|| (self.draw.below(2) == 0).into()),
            ),
            "integer" => self.number(node, hint, number::Whole::Yes),
            "number" => self.number(node, hint, number::Whole::No),
            "array" => self.array(node, hint, depth),
            "object" => self.object(node, hint, depth),
            _ => self.string(node, hint),
        }
    }

    /// The hint for a property: the parent's own, else the document's of that name, if it is a scalar or a list of scalars.
    fn hint_for<'h>(&self, parent: Option<&'h Value>, name: &str) -> Option<&'h Value>
    where
        'a: 'h,
    {
        let flat = |value: &&Value| {
            !value.is_object() && value.as_array().is_none_or(|list| list.iter().all(|one| !one.is_object()))
        };
        parent.and_then(|parent| parent.get(name)).or_else(|| self.hints.document.get(name).filter(flat))
    }

    /// Runs a schema that stands alone; true where it cannot be compiled, the whole is checked in the end.
    fn passes(&self, key: String, schema: impl FnOnce() -> Value, value: &Value) -> bool {
        let mut checks = self.checks.borrow_mut();
        let check = checks
            .entry(key)
            .or_insert_with(|| jsonschema::options().should_validate_formats(true).build(&schema()).ok());
        check.as_ref().is_none_or(|check| check.is_valid(value))
    }

    /// Checks a value against schemas whose truth the maker cannot guarantee by construction.
    fn is_locally_valid(&self, schemas: &[&Value], value: &Value) -> bool {
        const UNSURE: &[&str] = &[
            "not",
            "oneOf",
            "anyOf",
            "if",
            "contains",
            "dependentSchemas",
            "dependentRequired",
            "dependencies",
            "uniqueItems",
            "propertyNames",
        ];
        schemas.iter().filter_map(|schema| schema.as_object()).all(|schema| {
            if !UNSURE.iter().any(|keyword| schema.contains_key(*keyword)) {
                return true;
            }
            let key = format!("local {:p}", std::ptr::from_ref(schema));
            self.passes(key, || self.standing_alone(schema), value)
        })
    }

    /// A part of the root as a schema of its own: it takes the definitions along.
    fn standing_alone(&self, schema: &Map<String, Value>) -> Value {
        let mut alone = schema.clone();
        for home in ["$schema", "$defs", "definitions"] {
            if let Some(value) = self.root.get(home) {
                alone.entry(home).or_insert_with(|| value.clone());
            }
        }
        Value::Object(alone)
    }
}

#[cfg(test)]
mod tests;

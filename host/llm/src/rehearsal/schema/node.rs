//! All schemas that one value has to meet.
//!
//! Expanding follows references and `allOf`, and chooses among `anyOf`, `oneOf` and the ways of an `if`; which way is chosen changes from
//! try to try. A reference that leads back to itself is followed once.

use serde_json::{Map, Value};

use super::{Maker, SHALLOW};

/// The schemas, boolean ones resolved.
pub(super) struct Node<'a> {
    pub(super) parts: Vec<&'a Map<String, Value>>,
}

/// The kinds of values, in the order in which they are preferred when nothing says more.
const KINDS: [&str; 7] = ["string", "object", "array", "integer", "number", "boolean", "null"];

impl<'a> Node<'a> {
    /// Every schema reached from `schemas`; none if one of them allows nothing.
    pub(super) fn expand(
        maker: &mut Maker<'a, '_>,
        schemas: &[&'a Value],
        hint: Option<&Value>,
        depth: usize,
        attempt: usize,
    ) -> Option<Self> {
        let mut parts: Vec<&'a Map<String, Value>> = Vec::new();
        let mut queue: Vec<&'a Value> = schemas.to_vec();
        while let Some(schema) = queue.pop() {
            let part = match schema {
                Value::Bool(true) => continue,
                Value::Object(part) => part,
                _ => return None,
            };
            if parts.iter().any(|known| std::ptr::eq(*known, part)) {
                continue;
            }
            parts.push(part);
            for keyword in ["$ref", "$dynamicRef", "$recursiveRef"] {
                if let Some(target) = part.get(keyword).and_then(Value::as_str) {
                    queue.push(resolve(maker.root, target)?);
                }
            }
            queue.extend(list(part, "allOf"));
            for keyword in ["anyOf", "oneOf"] {
                let branches: Vec<&'a Value> = list(part, keyword).collect();
                if !branches.is_empty() {
                    queue.push(choose(maker, &branches, hint, depth, attempt)?);
                }
            }
            if let Some(condition) = part.get("if") {
                let take = attempt == 0 || maker.draw.chance(50);
                if take {
                    queue.push(condition);
                    queue.extend(part.get("then"));
                } else {
                    queue.extend(part.get("else"));
                }
            }
            if attempt > 0 && maker.draw.chance(50) {
                // Only on some tries: these bind only values that have the property.
                queue.extend(
                    part.get("dependentSchemas").and_then(Value::as_object).into_iter().flat_map(Map::values),
                );
            }
        }
        Some(Node { parts })
    }

    /// Every value of a keyword.
    pub(super) fn all(&self, keyword: &'static str) -> impl Iterator<Item = &'a Value> {
        self.parts.iter().filter_map(move |part| part.get(keyword))
    }

    /// The greatest of a keyword's counts.
    pub(super) fn at_least(&self, keyword: &'static str) -> usize {
        self.counts(keyword).max().unwrap_or(0)
    }

    /// The smallest of a keyword's counts.
    pub(super) fn at_most(&self, keyword: &'static str) -> usize {
        self.counts(keyword).min().unwrap_or(usize::MAX)
    }

    fn counts(&self, keyword: &'static str) -> impl Iterator<Item = usize> {
        self.all(keyword).filter_map(Value::as_f64).map(|count| count.clamp(0.0, 1e9) as usize)
    }

    /// The values to choose from, where the schema lists them.
    pub(super) fn fixed(&self) -> Option<Vec<&'a Value>> {
        if let Some(only) = self.all("const").next() {
            return Some(vec![only]);
        }
        let listed = self.all("enum").filter_map(Value::as_array).next()?;
        Some(listed.iter().collect())
    }

    /// What kind of value to make. Deep down the kinds that can end come first.
    pub(super) fn kind(&self, hint: Option<&Value>, depth: usize) -> Option<&'static str> {
        let allowed: Vec<&'static str> = KINDS
            .into_iter()
            .filter(|kind| {
                self.all("type").all(|told| match told {
                    Value::String(told) => covers(told, kind),
                    Value::Array(told) => {
                        told.iter().filter_map(Value::as_str).any(|told| covers(told, kind))
                    }
                    _ => true,
                })
            })
            .collect();
        let can = |kind: &&'static str| allowed.contains(kind);
        let told = self
            .all("type")
            .flat_map(|told| told.as_array().map_or_else(|| vec![told], |list| list.iter().collect()));
        let told_first = told
            .filter_map(Value::as_str)
            .find_map(|told| allowed.iter().copied().find(|kind| *kind == told && *kind != "null"));
        let ends = ["null", "string", "integer", "number", "boolean"]
            .into_iter()
            .find(|kind| depth > SHALLOW && can(kind) && self.all("type").any(Value::is_array));
        ends.or_else(|| hint.map(|hint| self.widened(kind_of(hint))).filter(can))
            .or_else(|| if self.all("type").next().is_some() { None } else { self.implied().filter(can) })
            .or(told_first)
            .or_else(|| allowed.first().copied())
    }

    /// A whole number stands for any number where the schema speaks of numbers and not of whole ones.
    fn widened(&self, kind: &'static str) -> &'static str {
        let says = |kind: &str| {
            self.all("type").any(|told| {
                told == kind || told.as_array().is_some_and(|list| list.iter().any(|told| told == kind))
            })
        };
        if kind == "integer" && says("number") && !says("integer") { "number" } else { kind }
    }

    /// The kind that a schema without a type speaks about.
    fn implied(&self) -> Option<&'static str> {
        const SIGNS: &[(&str, &str)] = &[
            ("properties", "object"),
            ("required", "object"),
            ("minProperties", "object"),
            ("patternProperties", "object"),
            ("additionalProperties", "object"),
            ("propertyNames", "object"),
            ("items", "array"),
            ("prefixItems", "array"),
            ("contains", "array"),
            ("minItems", "array"),
            ("pattern", "string"),
            ("format", "string"),
            ("minLength", "string"),
            ("maxLength", "string"),
            ("minimum", "number"),
            ("maximum", "number"),
            ("exclusiveMinimum", "number"),
            ("exclusiveMaximum", "number"),
            ("multipleOf", "number"),
        ];
        SIGNS.iter().find(|(sign, _)| self.all(sign).next().is_some()).map(|(_, kind)| *kind)
    }
}

fn covers(told: &str, kind: &str) -> bool {
    told == kind || (told == "number" && kind == "integer")
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

fn list<'a>(part: &'a Map<String, Value>, keyword: &str) -> impl Iterator<Item = &'a Value> {
    part.get(keyword).and_then(Value::as_array).into_iter().flatten()
}

/// A branch: at first the one the hint looks like, later any; deep down one that does not lead further down.
fn choose<'a>(
    maker: &mut Maker<'a, '_>,
    branches: &[&'a Value],
    hint: Option<&Value>,
    depth: usize,
    attempt: usize,
) -> Option<&'a Value> {
    let leads_on =
        |branch: &Value| branch.to_string().contains("Ref\":") || branch.to_string().contains("$ref\":");
    if depth > SHALLOW {
        let ends: Vec<&'a Value> = branches.iter().copied().filter(|branch| !leads_on(branch)).collect();
        if let Some(end) = maker.draw.pick(&ends) {
            return Some(end);
        }
    }
    let likes = |branch: &&&'a Value| {
        let kind = branch.get("type").and_then(Value::as_str);
        let shares = hint.and_then(Value::as_object).is_none_or(|hint| {
            branch.get("required").and_then(Value::as_array).is_none_or(|names| {
                names.iter().filter_map(Value::as_str).all(|name| hint.contains_key(name))
            })
        });
        hint.is_some_and(|hint| kind.is_some_and(|kind| covers(kind, kind_of(hint)))) && shares
    };
    match (attempt, branches.iter().find(likes)) {
        (0, Some(branch)) => Some(branch),
        (0, None) => branches.first().copied(),
        _ => maker.draw.pick(branches).copied(),
    }
}

/// Follows a reference within the document: a pointer, an anchor or an identifier.
fn resolve<'a>(root: &'a Value, target: &str) -> Option<&'a Value> {
    let (home, fragment) = target.split_once('#').unwrap_or((target, ""));
    let base = if home.is_empty() || root.get("$id").and_then(Value::as_str) == Some(home) {
        root
    } else {
        find(root, &|map| {
            map.get("$id")
                .and_then(Value::as_str)
                .is_some_and(|id| id == home || id.ends_with(&format!("/{home}")))
        })?
    };
    if fragment.is_empty() {
        Some(base)
    } else if fragment.starts_with('/') {
        let decoded = fragment
            .replace("%25", "%")
            .replace("%22", "\"")
            .replace("%5E", "^")
            .replace("%7C", "|")
            .replace("%20", " ");
        base.pointer(&decoded)
    } else {
        find(base, &|map| {
            ["$anchor", "$dynamicAnchor"]
                .iter()
                .any(|key| map.get(*key).and_then(Value::as_str) == Some(fragment))
        })
    }
}

fn find<'a>(value: &'a Value, is_it: &dyn Fn(&Map<String, Value>) -> bool) -> Option<&'a Value> {
    match value {
        Value::Object(map) if is_it(map) => Some(value),
        Value::Object(map) => map.values().find_map(|inner| find(inner, is_it)),
        Value::Array(list) => list.iter().find_map(|inner| find(inner, is_it)),
        _ => None,
    }
}

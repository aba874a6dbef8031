//! Lists: leading items of their own kind, the rest alike, members that have to be among them, no member twice.

use serde_json::Value;

use super::{Maker, Node, SHALLOW};

impl<'a> Maker<'a, '_> {
    /// A list that meets the node.
    pub(super) fn array(&mut self, node: &Node<'a>, hint: Option<&Value>, depth: usize) -> Option<Value> {
        let hints = hint.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let wanted_among: Vec<(&'a Value, usize)> = node
            .parts
            .iter()
            .filter_map(|part| {
                Some((part.get("contains")?, part.get("minContains").and_then(Value::as_u64).unwrap_or(1)))
            })
            .map(|(schema, times)| (schema, usize::try_from(times).unwrap_or(0)))
            .collect();
        let among = wanted_among.iter().map(|(_, times)| *times).sum::<usize>();
        let least = node.at_least("minItems").max(among);
        let most = node.at_most("maxItems");
        let usual = match hint.and_then(Value::as_array) {
            Some(given) => given.len(),
            None if depth > SHALLOW => 0,
            None => lead(node).max(1 + (self.attempt + self.made) % 2),
        };
        let length = usual.clamp(least.min(most), most);
        let unique = node.all("uniqueItems").any(|unique| unique == &Value::Bool(true));

        let mut list: Vec<Value> = Vec::new();
        let mut spare = length * 2 + 8;
        while list.len() < length {
            let at = list.len();
            let mut schemas = Vec::new();
            let mut closed = false;
            for part in &node.parts {
                match item_schema(part, at) {
                    Some(Value::Bool(false)) => closed = true,
                    Some(schema) => schemas.push(schema),
                    None => {}
                }
            }
            // What has to be among the items is put at the end, where no item has a place of its own.
            let mut from_end = length - at;
            for (schema, times) in &wanted_among {
                if from_end <= *times && from_end > 0 {
                    schemas.push(schema);
                    break;
                }
                from_end = from_end.saturating_sub(*times);
            }
            let made = if closed { None } else { self.make(schemas, hints.get(at), depth + 1) };
            let made = match made {
                Some(made) => made,
                None if at >= least => break,
                None => return None,
            };
            if unique && list.contains(&made) {
                spare -= 1;
                if spare == 0 {
                    break;
                }
                // The next one is made without the hint that repeats itself.
                let schemas = node.parts.iter().filter_map(|part| item_schema(part, at)).collect();
                let other = self.make(schemas, None, depth + 1)?;
                if !list.contains(&other) {
                    list.push(other);
                }
                continue;
            }
            list.push(made);
        }
        (list.len() >= least).then_some(Value::Array(list))
    }
}

/// How many items have a schema of their own.
fn lead(node: &Node<'_>) -> usize {
    let lengths = node.parts.iter().map(|part| prefix(part).map_or(0, Vec::len));
    lengths.max().unwrap_or(0)
}

/// The items in front: `prefixItems`, or `items` as a list in older drafts.
fn prefix(part: &serde_json::Map<String, Value>) -> Option<&Vec<Value>> {
    part.get("prefixItems").or_else(|| part.get("items")).and_then(Value::as_array)
}

fn item_schema(part: &serde_json::Map<String, Value>, at: usize) -> Option<&Value> {
    if let Some(own) = prefix(part).and_then(|prefix| prefix.get(at)) {
        return Some(own);
    }
    let rest = if part.get("items").is_some_and(Value::is_array) {
        part.get("additionalItems")
    } else {
        part.get("items")
    };
    rest.or_else(|| part.get("unevaluatedItems"))
}

//! Objects: required properties, hinted ones, optional ones while it is shallow, and as many more as are wanted.

use serde_json::{Map, Value};

use super::{Maker, Node, SHALLOW};

impl<'a> Maker<'a, '_> {
    /// An object that meets the node.
    pub(super) fn object(&mut self, node: &Node<'a>, hint: Option<&Value>, depth: usize) -> Option<Value> {
        let least = node.at_least("minProperties");
        let most = node.at_most("maxProperties");
        let required = self.required(node);
        let mut made = Map::new();
        for name in &required {
            let value = self.property(node, name, hint, depth)?;
            made.insert(name.clone(), value);
        }
        let mut optional: Vec<String> = Vec::new();
        for name in node.all("properties").filter_map(Value::as_object).flat_map(Map::keys) {
            let hinted = self.hint_for(hint, name).is_some();
            let wanted = match self.attempt {
                0 => depth <= SHALLOW / 2 || hinted,
                1 => hinted,
                _ => self.draw.chance(50),
            };
            if depth <= SHALLOW && wanted && !optional.contains(name) {
                optional.push(name.clone());
            }
        }
        // A hint is taken whole where the schema leaves the names to us.
        if node.all("properties").next().is_none()
            && let Some(hint) = hint.and_then(Value::as_object).filter(|_| depth <= SHALLOW)
        {
            optional.extend(hint.keys().filter(|name| self.may_be_named(node, name)).cloned());
        }
        for name in optional {
            if made.len() >= most || made.contains_key(&name) {
                continue;
            }
            if let Some(value) = self.property(node, &name, hint, depth) {
                made.insert(name, value);
            }
        }
        self.add_dependants(node, &mut made, hint, depth);
        self.fill_up(node, &mut made, least, hint, depth);
        (made.len() >= least).then_some(Value::Object(made))
    }

    /// The required names, each once, with what these in turn require.
    fn required(&self, node: &Node<'a>) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for name in node.all("required").filter_map(Value::as_array).flatten().filter_map(Value::as_str) {
            if !found.iter().any(|known| known == name) {
                found.push(name.to_owned());
            }
        }
        let mut at = 0;
        while let Some(name) = found.get(at).cloned() {
            for also in dependants(node, &name) {
                if !found.contains(&also) {
                    found.push(also);
                }
            }
            at += 1;
        }
        found
    }

    fn add_dependants(
        &mut self,
        node: &Node<'a>,
        made: &mut Map<String, Value>,
        hint: Option<&Value>,
        depth: usize,
    ) {
        let mut queue: Vec<String> = made.keys().flat_map(|name| dependants(node, name)).collect();
        while let Some(name) = queue.pop() {
            if made.contains_key(&name) {
                continue;
            }
            let Some(value) = self.property(node, &name, hint, depth) else { continue };
            queue.extend(dependants(node, &name));
            made.insert(name, value);
        }
    }

    /// Adds properties until there are enough: named ones first, then such as a pattern or the rest allows.
    fn fill_up(
        &mut self,
        node: &Node<'a>,
        made: &mut Map<String, Value>,
        least: usize,
        hint: Option<&Value>,
        depth: usize,
    ) {
        let mut names: Vec<String> =
            node.all("properties").filter_map(Value::as_object).flat_map(Map::keys).cloned().collect();
        for pattern in node.all("patternProperties").filter_map(Value::as_object).flat_map(Map::keys) {
            let matching = super::pattern::matches(pattern, 0, 0);
            let first = matching.first().cloned().unwrap_or_default();
            names.extend(matching);
            // What follows a match is free where the pattern has no end.
            names.extend((1..=least.min(64)).map(|nth| format!("{first}{nth}")));
            names.extend((1..=least.min(64)).flat_map(|nth| super::pattern::matches(pattern, nth, 0)));
        }
        for _ in 0..least.min(64) {
            let rules: Vec<&'a Value> = node.all("propertyNames").collect();
            match self.make(rules, None, depth + 1) {
                Some(Value::String(name)) if node.all("propertyNames").next().is_some() => names.push(name),
                _ => names.push(format!("extra_{}", names.len() + 1)),
            }
        }
        for name in names {
            if made.len() >= least {
                break;
            }
            if made.contains_key(&name) || !self.may_be_named(node, &name) {
                continue;
            }
            if let Some(value) = self.property(node, &name, hint, depth) {
                made.insert(name, value);
            }
        }
    }

    /// The value of one property.
    fn property(&mut self, node: &Node<'a>, name: &str, hint: Option<&Value>, depth: usize) -> Option<Value> {
        let mut schemas: Vec<&'a Value> = Vec::new();
        let mut known = false;
        for part in &node.parts {
            let before = schemas.len();
            schemas.extend(part.get("properties").and_then(|properties| properties.get(name)));
            for (pattern, schema) in
                part.get("patternProperties").and_then(Value::as_object).into_iter().flatten()
            {
                if self.matches(pattern, name) {
                    schemas.push(schema);
                }
            }
            known |= schemas.len() > before;
            if schemas.len() == before {
                schemas.extend(part.get("additionalProperties"));
            }
        }
        if !known {
            schemas.extend(node.all("unevaluatedProperties"));
        }
        let hint = self.hint_for(hint, name).cloned();
        self.make(schemas, hint.as_ref(), depth + 1)
    }

    /// Whether the names of the node allow one more name. Its value is another matter.
    fn may_be_named(&mut self, node: &Node<'a>, name: &str) -> bool {
        let rules: Vec<&'a Value> = node.all("propertyNames").collect();
        let named = Value::String(name.to_owned());
        rules.into_iter().all(|rule| {
            let key = format!("name {:p}", std::ptr::from_ref(rule));
            self.passes(
                key,
                || rule.as_object().map_or_else(|| rule.clone(), |rule| self.standing_alone(rule)),
                &named,
            )
        })
    }
}

/// What a property's presence requires besides it.
fn dependants(node: &Node<'_>, name: &str) -> Vec<String> {
    let rules = node.all("dependentRequired").chain(node.all("dependencies"));
    let named = rules.filter_map(|rule| rule.get(name)?.as_array()).flatten();
    named.filter_map(Value::as_str).map(str::to_owned).collect()
}

//! JSON as a tree, each value with its pointer; and the one way to write it.

use serde_json::Value as Json;

use super::{Node, Place, Problem, Value, node::Entry};
use crate::plain_text::Quoted;

/// The tree, or why it is no JSON. Of a key that is there twice the last one counts; who cares compares with [`canonical`].
pub(crate) fn read_json(bytes: &[u8]) -> Result<Node, Problem> {
    match serde_json::from_slice::<Json>(bytes) {
        Ok(json) => Ok(node(&json, String::new())),
        Err(error) => Err(Problem {
            place: Place::Pointer(String::new()),
            what: format!("this is no JSON: {}", Quoted(&error.to_string())),
            remedy: "embed the manifest anew with `amatelier plugin build`".into(),
        }),
    }
}

fn node(json: &Json, pointer: String) -> Node {
    let below = |key: &str| match Place::below(&pointer, key) {
        Place::Pointer(pointer) => pointer,
        Place::Line(_) => String::new(),
    };
    let value = match json {
        Json::String(text) => Value::Text(text.clone()),
        Json::Bool(truth) => Value::Truth(*truth),
        Json::Number(number) => match number.as_i64() {
            Some(whole) => Value::Whole(whole),
            None if number.is_u64() => Value::Other("a number beyond all bounds"),
            None => Value::Fraction(number.to_string()),
        },
        Json::Null => Value::Other("nothing"),
        Json::Array(list) => Value::List(
            list.iter().enumerate().map(|(at, item)| node(item, below(&at.to_string()))).collect(),
        ),
        Json::Object(map) => Value::Table(
            map.iter()
                .map(|(key, item)| {
                    let pointer = below(key);
                    Entry {
                        key: key.clone(),
                        place: Place::Pointer(pointer.clone()),
                        node: node(item, pointer),
                    }
                })
                .collect(),
        ),
    };
    Node { place: Place::Pointer(pointer), value }
}

/// The one encoding of a value: keys sorted by their bytes, no blanks between anything, no escapes that need not be.
pub(crate) fn canonical(json: &Json) -> String {
    let mut text = String::new();
    write(json, &mut text);
    text
}

fn write(json: &Json, text: &mut String) {
    match json {
        Json::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_by_key(|(key, _)| *key);
            text.push('{');
            for (at, (key, value)) in entries.into_iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                text.push_str(&Json::String(key.clone()).to_string());
                text.push(':');
                write(value, text);
            }
            text.push('}');
        }
        Json::Array(list) => {
            text.push('[');
            for (at, value) in list.iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                write(value, text);
            }
            text.push(']');
        }
        other => text.push_str(&other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn one_value_has_one_encoding() {
        let json = json!({"b": [1, {"z": "é\n", "a": true}], "a": null});
        assert_eq!(canonical(&json), r#"{"a":null,"b":[1,{"a":true,"z":"é\n"}]}"#);
    }

    #[test]
    fn every_value_knows_its_pointer() {
        let node = read_json(br#"{"a":{"b/c":[1,"x"]}}"#).unwrap();
        let list = node.get("a").unwrap().get("b/c").unwrap();
        let Value::List(items) = &list.value else { panic!() };
        assert_eq!(items[1].place, Place::Pointer("/a/b~1c/1".into()));
        for bad in [&b"{"[..], b"\xff", b"{} x", b"nan", "[".repeat(100_000).as_bytes()] {
            assert!(read_json(bad).is_err());
        }
    }
}

//! What can be asked besides an answer.

use serde_json::{Value, json};

use super::{
    super::{asked::Asked, protocol::Protocol},
    whole,
    write::usage,
};

/// The models.
pub(in super::super) fn models() -> Value {
    json!({"object": "list", "data": [{"id": "fake", "object": "model", "owned_by": "tests"}]})
}

/// A completion that the server was told to store, once it was worked out.
pub(in super::super) fn stored(requests: &[Asked], id: &str) -> Option<Value> {
    let dialect = Protocol::OpenAi.dialect();
    let kept = |asked: &&Asked| {
        asked.protocol == Protocol::OpenAi && asked.body["store"] == true && asked.answer.is_some()
    };
    let asked = requests.iter().filter(kept).find(|asked| dialect.id(asked) == id)?;
    let answer = asked.worked_out.as_ref()?;
    Some(whole(asked, id, answer, usage(asked, answer)))
}

//! Our own count of a prompt, for servers that do not count and for what a request may take before it is sent.

use serde_json::Value;

use crate::{Request, estimate_tokens};

/// The prompt's tokens, schema and tools included; errs on the high side.
pub(crate) fn estimate_prompt(request: &Request) -> u64 {
    let schema = request.schema.as_ref().map(Value::to_string).unwrap_or_default();
    let tools = serde_json::to_string(&request.tools).unwrap_or_default();
    let texts = request
        .messages
        .iter()
        .flat_map(|turn| turn.calls.iter().map(|call| call.arguments.as_str()).chain([turn.text.as_str()]));
    let tools = if request.tools.is_empty() { "" } else { tools.as_str() };
    texts.chain([request.system.as_str(), &schema, tools]).map(|text| u64::from(estimate_tokens(text))).sum()
}

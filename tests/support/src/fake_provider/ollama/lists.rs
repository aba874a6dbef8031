//! What can be asked besides an answer.

use serde_json::{Value, json};

/// The models that are there.
pub(in super::super) fn tags() -> Value {
    let details = json!({
        "format": "gguf",
        "family": "qwen3",
        "families": ["qwen3"],
        "parameter_size": "8.2B",
        "quantization_level": "Q4_K_M",
    });
    json!({"models": [{
        "name": "qwen3:8b",
        "model": "qwen3:8b",
        "modified_at": "2026-01-01T00:00:00Z",
        "size": 5_225_388_164_u64,
        "digest": "500a1f067a9f782620b40bee6f7b0c89e17ae61f686b92c24933e4ca4b2b8b41",
        "details": details,
    }]})
}

/// What is known of a model.
pub(in super::super) fn show() -> Value {
    json!({
        "details": {"format": "gguf", "family": "qwen3", "parameter_size": "8.2B"},
        "model_info": {
            "general.architecture": "qwen3",
            "general.parameter_count": 8_190_735_360_u64,
            "qwen3.context_length": 40_960,
            "qwen3.embedding_length": 4_096,
        },
        "capabilities": ["completion", "tools", "thinking"],
        "modified_at": "2026-01-01T00:00:00Z",
    })
}

/// The version.
pub(in super::super) fn version() -> Value {
    json!({"version": "0.13.5"})
}

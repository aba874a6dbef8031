//! A way into the readers of answers for fuzz targets and for tests of recorded bodies. No part of the interface: it changes with what is
//! behind it.

mod bodies;

use amatelier_types::MicroUsd;

pub use self::bodies::{answer, command, ndjson, prices, sse};
use crate::{
    Finish, ToolCall,
    anthropic::listener::EventListener,
    gemini,
    http::{Counts, Ended, Heard, Hearing, Listener, Trouble},
    ollama::listener::LineListener,
    openai::{Flavour, listener::ChunkListener},
};

/// A protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spoken {
    /// Chat completions, as OpenRouter has them: with what they cost.
    OpenAi,
    /// Anthropic's messages.
    Anthropic,
    /// Gemini's contents.
    Gemini,
    /// Ollama's lines.
    Ollama,
}

impl Spoken {
    /// All of them.
    pub const ALL: [Spoken; 4] = [Spoken::OpenAi, Spoken::Anthropic, Spoken::Gemini, Spoken::Ollama];

    /// The name of the folder with its recorded bodies.
    pub fn name(self) -> &'static str {
        match self {
            Spoken::OpenAi => "openai",
            Spoken::Anthropic => "anthropic",
            Spoken::Gemini => "gemini",
            Spoken::Ollama => "ollama",
        }
    }
}

/// What was understood of the body of a successful answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are those of a reply")]
pub struct Overheard {
    /// What the caller's ear was told, in order: ids and pieces of text.
    pub told: Vec<String>,
    pub text: String,
    pub thinking: String,
    pub calls: Vec<ToolCall>,
    pub id: Option<String>,
    pub model: Option<String>,
    pub finish: Option<Finish>,
    pub input: Option<u64>,
    pub output: Option<u64>,
    pub cached: Option<u64>,
    pub cache_write: Option<u64>,
    pub billed: Option<MicroUsd>,
    /// Why listening ended, where it was not with the body or its mark.
    pub trouble: Option<String>,
}

/// Listen to a body that arrives in these pieces.
pub fn hear<'a>(spoken: Spoken, pieces: impl IntoIterator<Item = &'a [u8]>) -> Overheard {
    match spoken {
        Spoken::OpenAi => listen(ChunkListener::new(Flavour::OpenRouter), pieces),
        Spoken::Anthropic => listen(EventListener::new(false), pieces),
        Spoken::Gemini => listen(gemini::listener::ChunkListener, pieces),
        Spoken::Ollama => listen(LineListener, pieces),
    }
}

fn listen<'a, L: Listener>(listener: L, pieces: impl IntoIterator<Item = &'a [u8]>) -> Overheard {
    let (mut hearing, mut heard) = (Hearing::new(listener, None), Vec::new());
    let mut ended = Ok(None);
    for piece in pieces {
        ended = hearing.hear(piece, &mut heard);
        if !matches!(ended, Ok(None)) {
            break;
        }
    }
    if ended == Ok(None) {
        ended = hearing.end(&mut heard).map(Some);
    }
    let answer = hearing.answer;
    let told = heard.into_iter().map(|heard| match heard {
        Heard::Id(id) => format!("id {id}"),
        Heard::Text(text) => format!("text {text}"),
    });
    let Counts { input, output, cached, cache_write } = answer.counts;
    Overheard {
        told: told.collect(),
        finish: match &ended {
            Ok(ended) => ended.and_then(|ended| answer.finish(ended)),
            // What came before the damage stands.
            Err(Trouble::Damaged) => answer.finish(Ended::Early),
            Err(_) => None,
        },
        calls: answer.calls().to_vec(),
        trouble: ended.err().map(|trouble| format!("{trouble:?}")),
        text: answer.text,
        thinking: answer.thinking,
        id: answer.id,
        model: answer.model,
        input,
        output,
        cached,
        cache_write,
        billed: answer.billed,
    }
}

//! What every provider over HTTP must do with servers of every temper: one table of cases, played in every protocol.
//!
//! A case says what a server does; a [`Scribe`] says how its protocol writes that down. A new protocol is a scribe and one test here.

mod anthropic;
mod cases;
mod gemini;
mod ollama;
mod openai;
mod play;
mod said;
mod scribe;

pub(crate) use self::{
    play::{Play, Want},
    said::{COUNTED, Counted, End, Part, Said},
    scribe::{KEY, Scribe, Setting, Wrong},
};

/// Play the whole table; every case that goes wrong is named.
async fn conforms(scribe: &dyn Scribe) {
    let mut wrong = Vec::new();
    for (name, plays) in cases::CASES {
        for (nth, play) in plays(scribe).into_iter().enumerate() {
            if let Err(what) = play.run(scribe).await {
                wrong.push(format!("{name} ({nth}): {what}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} cases go wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[tokio::test]
async fn openai_conforms() {
    conforms(&openai::OpenAiScribe).await;
}

#[tokio::test]
async fn gemini_conforms() {
    conforms(&gemini::GeminiScribe).await;
}

#[tokio::test]
async fn ollama_conforms() {
    conforms(&ollama::OllamaScribe).await;
}

#[tokio::test]
async fn anthropic_conforms() {
    conforms(&anthropic::AnthropicScribe).await;
}

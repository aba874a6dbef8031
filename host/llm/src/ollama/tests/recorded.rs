//! Bodies as servers send them, and what they mean, however they arrive.

use proptest::prelude::*;

use crate::{
    Finish, Reply,
    http::{Hearing, Trouble},
    ollama::listener::LineListener,
    testing::request,
};

const BODIES: [(&str, &str); 5] = [
    ("thinking.ndjson", include_str!("../../../tests/recorded/ollama/thinking.ndjson")),
    ("call.ndjson", include_str!("../../../tests/recorded/ollama/call.ndjson")),
    ("length.ndjson", include_str!("../../../tests/recorded/ollama/length.ndjson")),
    ("error.ndjson", include_str!("../../../tests/recorded/ollama/error.ndjson")),
    ("torn.ndjson", include_str!("../../../tests/recorded/ollama/torn.ndjson")),
];

fn hear<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Result<Option<Reply>, Trouble> {
    let (mut hearing, mut heard) = (Hearing::new(LineListener, None), Vec::new());
    let mut ended = None;
    for piece in pieces {
        ended = hearing.hear(piece, &mut heard)?;
        if ended.is_some() {
            break;
        }
    }
    let ended = match ended {
        Some(ended) => ended,
        None => hearing.end(&mut heard)?,
    };
    let finish = hearing.answer.finish(ended);
    Ok(finish.map(|finish| hearing.answer.into_reply(finish, &request("Why?"))))
}

#[test]
fn recorded_bodies_mean_what_they_meant() {
    let body = |name| BODIES.iter().find(|(known, _)| *known == name).unwrap().1;
    let reply = |name| hear([body(name).as_bytes()]).unwrap().unwrap();
    let thinking = reply("thinking.ndjson");
    assert_eq!((thinking.text.as_str(), thinking.finish), ("Mehl, Wasser, Salz – und Zeit.", Finish::Done));
    assert_eq!((thinking.usage.input_tokens, thinking.usage.output_tokens), (318, 97));
    assert_eq!(thinking.usage.cached_tokens, 256);
    assert_eq!(thinking.model, "qwen3:4b");

    let call = reply("call.ndjson");
    assert_eq!(
        (call.calls[0].name.as_str(), call.calls[1].name.as_str(), call.finish),
        ("grep", "glob", Finish::Done)
    );
    assert_eq!(reply("length.ndjson").finish, Finish::Length);
    // The caller keeps what was said until then.
    assert_eq!(hear([body("torn.ndjson").as_bytes()]), Err(Trouble::Damaged));
    assert!(matches!(hear([body("error.ndjson").as_bytes()]), Err(Trouble::Error(_))));
}

proptest! {
    #[test]
    fn however_they_arrive_they_mean_the_same(
        which in 0..BODIES.len(),
        cuts in proptest::collection::vec(any::<prop::sample::Index>(), 0..40),
    ) {
        let bytes = BODIES[which].1.as_bytes();
        let mut at: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
        at.extend([0, bytes.len()]);
        at.sort_unstable();
        let pieces: Vec<&[u8]> = at.windows(2).map(|pair| &bytes[pair[0]..pair[1]]).collect();
        prop_assert_eq!(hear(pieces), hear([bytes]));
        prop_assert_eq!(hear(bytes.chunks(1)), hear([bytes]));
    }
}

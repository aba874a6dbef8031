//! Bodies as the service sends them, and what they mean, however they arrive.

use proptest::prelude::*;

use crate::{
    Finish, Reply,
    gemini::listener::ChunkListener,
    http::{Hearing, Trouble},
    testing::request,
};

const BODIES: [(&str, &str); 6] = [
    ("thinking.sse", include_str!("../../../tests/recorded/gemini/thinking.sse")),
    ("call.sse", include_str!("../../../tests/recorded/gemini/call.sse")),
    ("blocked.sse", include_str!("../../../tests/recorded/gemini/blocked.sse")),
    ("no-end.sse", include_str!("../../../tests/recorded/gemini/no-end.sse")),
    ("list.json", include_str!("../../../tests/recorded/gemini/list.json")),
    ("error-in-list.json", include_str!("../../../tests/recorded/gemini/error-in-list.json")),
];

fn hear<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Result<Option<Reply>, Trouble> {
    let (mut hearing, mut heard) = (Hearing::new(ChunkListener, None), Vec::new());
    for piece in pieces {
        hearing.hear(piece, &mut heard)?;
    }
    let ended = hearing.end(&mut heard)?;
    let finish = hearing.answer.finish(ended);
    Ok(finish.map(|finish| hearing.answer.into_reply(finish, &request("Why?"))))
}

fn body(name: &str) -> &'static str {
    BODIES.iter().find(|(known, _)| *known == name).unwrap().1
}

#[test]
fn recorded_bodies_mean_what_they_meant() {
    let reply = |name| hear([body(name).as_bytes()]).unwrap().unwrap();
    let thinking = reply("thinking.sse");
    assert_eq!((thinking.text.as_str(), thinking.finish), ("Flour, water, salt and time.", Finish::Done));
    assert_eq!((thinking.usage.input_tokens, thinking.usage.output_tokens), (11, 8 + 164));
    assert_eq!(thinking.response_id.as_deref(), Some("3Kp5aMn0JqqX7dcP"));

    let call = reply("call.sse");
    assert_eq!((call.calls[0].name.as_str(), call.finish), ("grep", Finish::Done));
    let arguments: serde_json::Value = serde_json::from_str(&call.calls[0].arguments).unwrap();
    assert_eq!(arguments, serde_json::json!({"glob": "*.md", "pattern": "yeast"}));

    let blocked = reply("blocked.sse");
    assert_eq!((blocked.text.as_str(), blocked.finish), ("", Finish::Refused));
    assert_eq!(reply("no-end.sse").finish, Finish::Broken);
    assert_eq!(reply("list.json").text, "Flour, water, salt and time.");
    assert!(matches!(hear([body("error-in-list.json").as_bytes()]), Err(Trouble::Error(_))));
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

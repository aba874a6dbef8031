//! What the objects of an answer add up to.
//!
//! Nothing marks the end of a stream: it is whole when a reason for its end was given, and broken when none was. A reason nobody knows is
//! not taken for a good one: those that the service added over time were all about answers that are worth nothing.

use serde_json::Value;

use super::{chunk::Chunk, signature};
use crate::http::{Answer, Ended, Ending, Framing, Listener, Trouble, said_error};

/// The reader; each object says everything it has to say by itself.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ChunkListener;

impl Listener for ChunkListener {
    const FRAMING: Framing = Framing::EventsOrList;

    fn piece(&mut self, _name: &str, value: &Value, answer: &mut Answer) -> Result<Option<Ended>, Trouble> {
        add(Chunk::read(value), answer);
        said_error(value).map_or(Ok(None), |error| Err(Trouble::Error(error)))
    }

    fn whole(&mut self, value: &Value, answer: &mut Answer) -> Result<(), Trouble> {
        if let Some(error) = said_error(value) {
            return Err(Trouble::Error(error));
        }
        let chunk = Chunk::read(value);
        if !chunk.is_answer {
            return Err(Trouble::Foreign);
        }
        add(chunk, answer);
        // The end of an object is no reason for the end of an answer.
        answer.ending = answer.ending.or(Some(Ending::Interrupted));
        Ok(())
    }
}

fn add(chunk: Chunk, answer: &mut Answer) {
    answer.name(chunk.id);
    answer.model = answer.model.take().or(chunk.model);
    answer.text.push_str(&chunk.text);
    answer.thinking.push_str(&chunk.thinking);
    answer.counts.update(chunk.counts);
    for mut call in chunk.calls {
        let place = answer.calls().len();
        let signed = call.id.take().unwrap_or_default();
        let id = match signature::split(&signed) {
            ("", Some(signature)) => signature::put(&format!("call-{place}"), signature),
            _ => signed,
        };
        call.id = Some(id);
        call.index = place;
        answer.add_call(call);
    }
    if chunk.blocked.is_some() {
        answer.ending = Some(Ending::Refused);
    } else {
        answer.ending = chunk.finish_reason.as_deref().map(ending_of).or(answer.ending);
    }
}

/// What the service's word for the end means.
fn ending_of(reason: &str) -> Ending {
    match reason {
        "STOP" => Ending::Done,
        "MAX_TOKENS" => Ending::Length,
        "SAFETY"
        | "RECITATION"
        | "LANGUAGE"
        | "BLOCKLIST"
        | "PROHIBITED_CONTENT"
        | "SPII"
        | "MODEL_ARMOR"
        | "IMAGE_SAFETY"
        | "IMAGE_PROHIBITED_CONTENT"
        | "IMAGE_RECITATION" => Ending::Refused,
        // `MALFORMED_FUNCTION_CALL`, `UNEXPECTED_TOOL_CALL`, `MALFORMED_RESPONSE`, `OTHER`: the model stumbled.
        _ => Ending::Interrupted,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::{
        Finish, Reply,
        http::{Heard, Hearing},
        testing::request,
    };

    /// The reply to these bytes in these pieces; none where there is no answer.
    fn reply<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Result<Option<Reply>, Trouble> {
        let (mut hearing, mut heard) = (Hearing::new(ChunkListener, None), Vec::new());
        for piece in pieces {
            hearing.hear(piece, &mut heard)?;
        }
        let ended = hearing.end(&mut heard)?;
        let finish = hearing.answer.finish(ended);
        let told: String = heard
            .iter()
            .filter_map(|heard| if let Heard::Text(text) = heard { Some(text.as_str()) } else { None })
            .collect();
        assert_eq!(told, hearing.answer.text, "everything said is told");
        Ok(finish.map(|finish| hearing.answer.into_reply(finish, &request("Why?"))))
    }

    fn said(text: &str) -> Value {
        json!({"candidates": [{"content": {"parts": [{"text": text}]}}]})
    }

    fn ended(reason: &str) -> Value {
        json!({"candidates": [{"finishReason": reason}]})
    }

    fn events(chunks: &[Value]) -> String {
        chunks.iter().map(|chunk| format!("data: {chunk}\r\n\r\n")).collect()
    }

    fn list(chunks: &[Value]) -> String {
        format!("[{}]\n", chunks.iter().map(Value::to_string).collect::<Vec<_>>().join("\n,\r\n"))
    }

    #[test]
    fn an_answer_is_whole_with_a_reason_and_broken_without_in_either_form() {
        for (chunks, expected) in [
            (vec![said("Hel"), said("lo"), ended("STOP")], Some(("Hello", Finish::Done))),
            (vec![said("Hel"), ended("MAX_TOKENS")], Some(("Hel", Finish::Length))),
            (vec![ended("MAX_TOKENS")], Some(("", Finish::Length))),
            (vec![said("Hel"), ended("SAFETY")], Some(("Hel", Finish::Refused))),
            (vec![ended("RECITATION")], Some(("", Finish::Refused))),
            (vec![ended("PROHIBITED_CONTENT")], Some(("", Finish::Refused))),
            (vec![json!({"promptFeedback": {"blockReason": "OTHER"}})], Some(("", Finish::Refused))),
            (vec![said("Hel"), ended("MALFORMED_FUNCTION_CALL")], Some(("Hel", Finish::Broken))),
            (vec![ended("MALFORMED_FUNCTION_CALL")], None),
            (vec![said("Hel"), ended("A_REASON_OF_THE_FUTURE")], Some(("Hel", Finish::Broken))),
            (vec![said("Hel")], Some(("Hel", Finish::Broken))),
            (vec![json!({"usageMetadata": {"promptTokenCount": 3}})], None),
        ] {
            for body in [events(&chunks), list(&chunks)] {
                let reply = reply([body.as_bytes()]).unwrap();
                let got = reply.as_ref().map(|reply| (reply.text.as_str(), reply.finish));
                assert_eq!(got, expected, "{body}");
            }
        }
    }

    #[test]
    fn a_list_that_breaks_off_keeps_what_it_said() {
        let whole = list(&[said("Hel"), said("lo"), ended("STOP")]);
        let cut = whole.find(",\r\n").unwrap();
        let reply = reply([&whole.as_bytes()[..cut]]).unwrap().unwrap();
        assert_eq!((reply.text.as_str(), reply.finish), ("Hel", Finish::Broken));
    }

    #[test]
    fn errors_are_found_in_every_form() {
        let error = json!({"error": {"code": 503, "message": "overloaded", "status": "UNAVAILABLE"}});
        for body in
            [events(&[said("a"), error.clone()]), list(&[said("a"), error.clone()]), error.to_string()]
        {
            assert_eq!(reply([body.as_bytes()]), Err(Trouble::Error(error["error"].clone())), "{body}");
        }
        assert_eq!(reply([b"{\"models\":[]}".as_slice()]), Err(Trouble::Foreign));
    }

    #[test]
    fn a_whole_object_needs_its_reason_too() {
        let mut whole = said("Hello");
        assert_eq!(reply([whole.to_string().as_bytes()]).unwrap().unwrap().finish, Finish::Broken);
        whole["candidates"][0]["finishReason"] = json!("STOP");
        assert_eq!(reply([whole.to_string().as_bytes()]).unwrap().unwrap().finish, Finish::Done);
    }

    #[test]
    fn calls_are_numbered_through_the_answer_and_keep_their_signatures() {
        let call = |name: &str, fields: Value| {
            let mut part = json!({"functionCall": {"name": name, "args": {}}});
            part.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
            json!({"candidates": [{"content": {"parts": [part]}}]})
        };
        let chunks =
            [call("grep", json!({"thoughtSignature": "c2ln"})), call("glob", json!({})), ended("STOP")];
        let reply = reply([events(&chunks).as_bytes()]).unwrap().unwrap();
        let calls: Vec<_> = reply.calls.iter().map(|call| (call.id.as_str(), call.name.as_str())).collect();
        assert_eq!(calls, [("call-0~c2ln", "grep"), ("call-1", "glob")]);
        assert_eq!(reply.finish, Finish::Done);
    }

    proptest! {
        #[test]
        fn the_answer_does_not_depend_on_where_the_bytes_are_split(
            as_list in any::<bool>(),
            words in proptest::collection::vec("\\PC{0,12}", 0..5),
            size in 1_usize..9,
        ) {
            let chunks: Vec<Value> = words.iter().map(|word| said(word)).chain([ended("STOP")]).collect();
            let body = if as_list { list(&chunks) } else { events(&chunks) };
            let whole = reply([body.as_bytes()]);
            prop_assert_eq!(whole.clone().unwrap().unwrap().text, words.concat());
            prop_assert_eq!(reply(body.as_bytes().chunks(size)), whole);
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..500)) {
            let _ = reply([b"[".as_slice(), &bytes]);
        }
    }
}

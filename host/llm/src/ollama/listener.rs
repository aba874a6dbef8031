//! What the lines of an answer add up to.
//!
//! The last line says `done`; an answer without it is broken, and an `error` may come instead of any line, though the status was 200.

use serde_json::Value;

use crate::http::{
    Answer, CallPiece, Counts, Ended, Ending, Framing, Listener, Trouble,
    json::{arguments_of, count, name, present, text_of, word},
    said_error,
};

/// The reader; each line says everything it has to say by itself.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct LineListener;

impl Listener for LineListener {
    const FRAMING: Framing = Framing::Lines;

    fn piece(&mut self, _name: &str, value: &Value, answer: &mut Answer) -> Result<Option<Ended>, Trouble> {
        if let Some(message) = present(value, "message") {
            let said = |field: &str| present(message, field).map(text_of).unwrap_or_default();
            answer.text.push_str(&said("content"));
            answer.thinking.push_str(&said("thinking"));
            let calls = message.get("tool_calls").and_then(Value::as_array).into_iter().flatten();
            calls.filter_map(|call| call.get("function")).for_each(|function| add_call(function, answer));
        }
        answer.model = answer.model.take().or_else(|| name(value, "model"));
        answer.counts.update(Counts {
            input: count(value, "prompt_eval_count"),
            output: count(value, "eval_count"),
            cached: count(value, "prompt_eval_cached_count"),
            cache_write: None,
        });
        if let Some(error) = said_error(value) {
            return Err(Trouble::Error(error));
        }
        if value.get("done").and_then(Value::as_bool) != Some(true) {
            return Ok(None);
        }
        match word(value, "done_reason") {
            // The model was loaded or unloaded; that is no answer.
            Some("load" | "unload") => return Ok(Some(Ended::Early)),
            Some("length") => answer.ending = Some(Ending::Length),
            // The words of services that answer through a local server.
            Some("content_filter" | "refusal" | "safety") => answer.ending = Some(Ending::Refused),
            _ => answer.ending = Some(Ending::Done),
        }
        Ok(Some(Ended::Marked))
    }
}

/// A call, which comes whole. Its `index` starts over in every line, so its place in the answer counts.
fn add_call(function: &Value, answer: &mut Answer) {
    let arguments = arguments_of(function.get("arguments"));
    answer.add_call(CallPiece {
        index: answer.calls().len(),
        id: None,
        name: name(function, "name"),
        arguments: if arguments.is_empty() { "{}".to_owned() } else { arguments },
    });
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

    fn reply<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Result<Option<Reply>, Trouble> {
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
        let told: String = heard
            .iter()
            .filter_map(|heard| if let Heard::Text(text) = heard { Some(text.as_str()) } else { None })
            .collect();
        assert_eq!(told, hearing.answer.text, "everything said is told");
        Ok(finish.map(|finish| hearing.answer.into_reply(finish, &request("Why?"))))
    }

    fn lines(values: &[Value]) -> String {
        values.iter().map(|value| format!("{value}\n")).collect()
    }

    fn said(text: &str) -> Value {
        json!({"model": "m", "message": {"role": "assistant", "content": text}, "done": false})
    }

    fn done(reason: Value) -> Value {
        json!({"model": "m", "message": {"role": "assistant", "content": ""}, "done": true, "done_reason": reason,
               "prompt_eval_count": 20, "eval_count": 5})
    }

    #[test]
    fn endings_are_told_apart() {
        for (values, expected) in [
            (vec![said("Hel"), said("lo"), done(json!("stop"))], Some(("Hello", Finish::Done))),
            (vec![said("Hel"), done(json!("length"))], Some(("Hel", Finish::Length))),
            (vec![said("No."), done(json!("content_filter"))], Some(("No.", Finish::Refused))),
            (vec![said("Hello"), done(json!(null))], Some(("Hello", Finish::Done))),
            (vec![done(json!("stop"))], Some(("", Finish::Done))),
            (vec![said("Hel")], Some(("Hel", Finish::Broken))),
            (vec![done(json!("load"))], None),
            (vec![done(json!("unload"))], None),
            (vec![], None),
        ] {
            let reply = reply([lines(&values).as_bytes()]).unwrap();
            assert_eq!(
                reply.as_ref().map(|reply| (reply.text.as_str(), reply.finish)),
                expected,
                "{values:?}"
            );
        }
        let one_line =
            json!({"message": {"content": "Hello"}, "done": true, "done_reason": "stop"}).to_string();
        assert_eq!(reply([one_line.as_bytes()]).unwrap().unwrap().finish, Finish::Done);
    }

    #[test]
    fn thinking_is_not_text_and_calls_are_numbered_through_the_answer() {
        let call = |name: &str, arguments: Value| json!({"message": {"tool_calls": [{"function": {"index": 0, "name": name, "arguments": arguments}}, 7, {}]}});
        let thought = json!({"message": {"content": "", "thinking": "Hm."}});
        let text = lines(&[
            thought,
            call("grep", json!({"pattern": "x"})),
            call("glob", json!("{\"a\":1}")),
            call("list", json!(null)),
            done(json!("stop")),
        ]);
        let reply = reply([text.as_bytes()]).unwrap().unwrap();
        assert_eq!((reply.text.as_str(), reply.finish), ("", Finish::Done));
        let calls: Vec<_> = reply
            .calls
            .iter()
            .map(|call| (call.id.as_str(), call.name.as_str(), call.arguments.as_str()))
            .collect();
        let expected = [
            ("call-0", "grep", r#"{"pattern":"x"}"#),
            ("call-1", "glob", r#"{"a":1}"#),
            ("call-2", "list", "{}"),
        ];
        assert_eq!(calls, expected);
        assert_eq!((reply.usage.input_tokens, reply.usage.output_tokens), (20, 5));
    }

    #[test]
    fn an_error_may_come_at_any_time_and_strange_lines_are_passed_over() {
        let error = json!({"error": "an error was encountered while running the model"});
        let text = lines(&[said("Hel"), error]);
        assert!(matches!(reply([text.as_bytes()]), Err(Trouble::Error(_))));
        assert_eq!(reply([b"{\"object\":\"list\"}\n".as_slice()]), Ok(None));
        assert_eq!(reply([b"[]".as_slice()]), Err(Trouble::Foreign));
        assert_eq!(reply([b"<html>".as_slice()]), Err(Trouble::WebPage));
        assert_eq!(reply([lines(&[said("a")]).as_bytes(), b"{\"mess"]), Err(Trouble::Damaged));
    }

    proptest! {
        #[test]
        fn the_answer_does_not_depend_on_where_the_bytes_are_split(
            words in proptest::collection::vec("\\PC{0,12}", 0..5),
            crlf in any::<bool>(),
            size in 1_usize..9,
        ) {
            let values: Vec<Value> = words.iter().map(|word| said(word)).chain([done(json!("stop"))]).collect();
            let text = lines(&values);
            let text = if crlf { text.replace('\n', "\r\n") } else { text };
            let whole = reply([text.as_bytes()]);
            prop_assert_eq!(whole.clone().unwrap().unwrap().text, words.concat());
            prop_assert_eq!(reply(text.as_bytes().chunks(size)), whole);
        }
    }
}

//! The table. It grows with every quirk that is met.

use std::time::Duration;

use amatelier_types::Usage;
use serde_json::{Value, json};

use super::{COUNTED, End, Part, Play, Said, Scribe, Want, Wrong};
use crate::{
    Finish, Request, Timers, Tool,
    http::Framing,
    testing::{
        request,
        server::{Answer, ok, raw, status},
    },
};

/// Name and plays of a case.
type Case = (&'static str, fn(&dyn Scribe) -> Vec<Play>);

/// All cases.
pub(super) const CASES: &[Case] = &[
    ("a stream becomes a reply", |s| vec![Play::new([hello(s)], Want::hello().taking(s.usage(COUNTED)))]),
    ("bytes split anywhere", |s| {
        [1, 2, 3, 7, 64]
            .map(|size| Play::new([hello(s).in_pieces(size)], Want::hello().taking(s.usage(COUNTED))))
            .into()
    }),
    ("lines end with CRLF", |s| both(&body(s).replace('\n', "\r\n"), Want::hello)),
    ("lines end with CR", |s| both(&body(s).replace('\n', "\r"), Want::hello)),
    ("a byte order mark", |s| both(&format!("\u{FEFF}{}", body(s)), Want::hello)),
    ("blank lines between frames", |s| {
        both(&format!("\n\n{}", body(s).replace("}\n", "}\n\n\n")), Want::hello)
    }),
    ("comments between events", |s| {
        of_events(s, |body| format!(": PROCESSING\n\n{}", body.replace("data: {", ": x\ndata: {")))
    }),
    ("no space after the colon", |s| {
        of_events(s, |body| body.replace("data: ", "data:").replace("event: ", "event:"))
    }),
    ("several data lines in an event", |s| of_events(s, |body| body.replace(",\"", ",\ndata: \""))),
    ("an end mark without its closing line", |s| both(body(s).trim_end(), Want::hello)),
    ("a kind of frame that nobody knows", |s| {
        let body: String = s.frames(&Said::hello()).iter().map(|frame| s.stray() + frame).collect();
        both(&body, || Want::hello().taking(s.usage(COUNTED)))
    }),
    ("a missing end mark after a reason is a whole answer", |s| {
        both(&written(s, &Said { marked: false, ..Said::hello() }), Want::hello)
    }),
    ("no reason and no mark is a broken answer", |s| {
        let said = Said { end: None, marked: false, counts: None, ..Said::hello() };
        both(&written(s, &said), || Want::reply("Hello 木!", Finish::Broken))
    }),
    ("a frame that is cut in half", |s| {
        let half = half_of(s);
        vec![
            Play::new([raw(200, half.clone())], Want::reply("Hel", Finish::Broken)),
            Play::new([raw(200, half.clone()).then_breaks()], Want::reply("Hel", Finish::Broken)),
            Play::new([raw(200, half).then_stalls()], Want::reply("Hel", Finish::Broken)).with_timers(tiny()),
        ]
    }),
    ("a stall after the reason costs nothing", |s| {
        let said = written(s, &Said { marked: false, ..Said::hello() });
        vec![Play::new([ok(said).then_stalls()], Want::hello()).with_timers(tiny())]
    }),
    ("a stall before the first byte is not paid for twice", |_| {
        let want = Want::error("TimedOut", "no first byte within 30ms");
        let timers = Timers { first_byte: Duration::from_millis(30), ..Timers::default() };
        vec![Play::new([ok("").then_stalls()], want).with_timers(timers)]
    }),
    ("an end before the first word is asked for again", |s| {
        let start = Said { end: None, marked: false, counts: None, parts: Vec::new(), ..Said::hello() };
        [ok(""), ok("").then_breaks(), ok(written(s, &start)), ok(written(s, &start)).then_breaks()]
            .map(|answer| Play::new([answer, hello(s)], Want::hello().after(2)))
            .into()
    }),
    ("a web page under HTTP 200", |_| {
        ["<!DOCTYPE html><title>Log in</title>", "\u{FEFF}\n <html>"]
            .map(|page| Play::new([ok(page)], Want::error("Unavailable", "answered with a web page")))
            .into()
    }),
    ("a proxy's web page is asked again", |s| {
        vec![Play::new([status(502, "<html>nginx</html>"), hello(s)], Want::hello().after(2))]
    }),
    ("JSON that is no answer", |s| match s.framing() {
        Framing::Events | Framing::EventsOrList => ["{\"object\":\"list\"}", "[]", "[1,2"]
            .map(|body| Play::new([ok(body)], Want::error("Invalid", "no answer")))
            .into(),
        // One more line of a kind that nobody knows; without an answer the stream is asked for again.
        Framing::Lines => vec![Play::new([ok("{\"object\":\"list\"}\n"), hello(s)], Want::hello().after(2))],
    }),
    ("an error inside an answer that began", |s| {
        let begun = Said { end: None, marked: false, counts: None, ..Said::words(&["Hel"]) };
        [Wrong::Internal, Wrong::Overloaded, Wrong::RateLimited]
            .map(|wrong| {
                let broken = written(s, &begun) + &s.error_frame(wrong);
                Play::new([ok(broken), hello(s)], Want::hello().after(2))
            })
            .into()
    }),
    ("an error is all of a stream", |s| {
        vec![Play::new([ok(s.error_frame(Wrong::Internal)), hello(s)], Want::hello().after(2))]
    }),
    ("an error's body under HTTP 200", |s| {
        let (_, body) = s.error_body(Wrong::Internal);
        vec![Play::new([ok(body), hello(s)], Want::hello().after(2))]
    }),
    ("the money is gone", |s| {
        let want = || Want::error("Unavailable", "no money left");
        let (code, body) = s.error_body(Wrong::MoneyGone);
        vec![
            Play::new([status(code, body.clone()).header("x-should-retry", "true")], want()),
            Play::new([status(402, "pay")], want()),
            Play::new([ok(s.error_frame(Wrong::MoneyGone))], want()),
        ]
    }),
    ("a rate limit is waited out", |s| {
        let limited = || refusal(s, Wrong::RateLimited);
        [
            limited(),
            limited().header("retry-after-ms", "3"),
            limited().header("retry-after", "0.003"),
            limited().header("retry-after", "Sat, 01 Aug 2020 12:00:07 GMT"),
        ]
        .map(|limited| Play::new([limited, hello(s)], Want::hello().after(2)))
        .into()
    }),
    ("a wait beyond all patience is not waited", |s| {
        let limited = refusal(s, Wrong::RateLimited).header("retry-after", "3600");
        vec![Play::new([limited], Want::error("Unavailable", "it asks for a wait of 3600s"))]
    }),
    ("an overloaded server is asked again, and not for ever", |s| {
        let overloaded = || refusal(s, Wrong::Overloaded);
        let up = Play::new([overloaded(), overloaded(), hello(s)], Want::hello().after(3));
        let down = Want::error("Unavailable", "gave up after 3 requests").after(3);
        vec![up, Play::new((0..9).map(|_| overloaded()), down)]
    }),
    ("a server may say that a retry is useless", |s| {
        let closed = refusal(s, Wrong::Overloaded).header("x-should-retry", "false");
        vec![Play::new([closed], Want::error("Unavailable", ""))]
    }),
    ("a key that is refused is not shown", |s| {
        let inside = ok(s.error_frame(Wrong::BadKey));
        [refusal(s, Wrong::BadKey), inside]
            .map(|answer| Play::new([answer], Want::error("Unavailable", "[key]")))
            .into()
    }),
    ("a prompt that is too long", |s| {
        vec![Play::new([refusal(s, Wrong::TooLong)], Want::error("TooLong { limit: 8192 }", "8192"))]
    }),
    ("a redirect is not followed", |_| {
        let target = "https://elsewhere.example/v1?token=x";
        let answer = status(307, "").header("location", target);
        vec![Play::new([answer], Want::error("Unavailable", "307 redirects to https://elsewhere.example:"))]
    }),
    ("an answer cut by its length", |s| {
        let said = Said { end: Some(End::Length), ..Said::hello() };
        both(&written(s, &said), || Want::reply("Hello 木!", Finish::Length))
    }),
    ("a refusal, with and without words", |s| {
        let said = |words: &[&'static str]| Said { end: Some(End::Refused), ..Said::words(words) };
        vec![
            Play::new([ok(written(s, &said(&["No."])))], Want::reply("No.", Finish::Refused)),
            Play::new([ok(written(s, &said(&[])))], Want::reply("", Finish::Refused)),
        ]
    }),
    ("thinking is not shown", |s| {
        let parts = vec![Part::Thinking("let me see"), Part::Text("Hello 木!")];
        both(&written(s, &Said { parts, ..Said::hello() }), || Want::hello().taking(s.usage(COUNTED)))
    }),
    ("usage that is missing is estimated, thinking included", |s| {
        let usage = Usage { calls: 1, input_tokens: 2, output_tokens: 4 + 3, ..Usage::default() };
        let parts = vec![Part::Thinking("thinking"), Part::Text("Hello 木!")];
        both(&written(s, &Said { parts, counts: None, ..Said::hello() }), || Want::hello().taking(usage))
    }),
    ("usage that is told twice counts once", |s| {
        let said = Said { counted_twice: true, ..Said::hello() };
        both(&written(s, &said), || Want::hello().taking(s.usage(COUNTED)))
    }),
    ("calls of tools", |s| {
        let parts = vec![
            Part::Text("Let me see."),
            Part::Call { id: "call_a", name: "grep", arguments: &["{\"pattern\":", "\"木\"}"] },
            Part::Call { id: "call_b", name: "glob", arguments: &["{}"] },
        ];
        let said = Said { parts, end: Some(End::Calls), ..Said::hello() };
        let want = || Want {
            calls: Some(vec![("grep", "{\"pattern\":\"木\"}"), ("glob", "{}")]),
            ..Want::reply("Let me see.", Finish::Done)
        };
        let plays = both(&written(s, &said), want).into_iter();
        plays
            .map(|play| play.asking(with_tools()).sending(|s, sent| s.tools_in(&sent[0]) == ["grep", "glob"]))
            .collect()
    }),
    ("an answer that meets a schema", |s| {
        let said = Said::words(&["{\"verdict\":", "\"go on\"}"]);
        let want = || Want::reply("{\"verdict\":\"go on\"}", Finish::Done);
        let schema = |s: &dyn Scribe, sent: &[Value]| s.schema_in(&sent[0]) == with_schema().schema;
        let plays = both(&written(s, &said), want).into_iter();
        plays.map(|play| play.asking(with_schema()).sending(schema)).collect()
    }),
    ("a schema that is refused is asked for in every other way and then not", |s| {
        let refusals = || (0..9).map(|_| refusal(s, Wrong::Schema));
        let said = ok(written(s, &Said::words(&["{}"])));
        let forms = s.schema_forms();
        let last =
            Play::new(refusals().take(forms).chain([said]), Want::reply("{}", Finish::Done).after(forms + 1));
        let never = Play::new(refusals(), Want { requests: forms + 1, ..Want::error("Invalid", "") });
        vec![last.asking(with_schema()), never.asking(with_schema())]
    }),
    ("a line that does not end", |_| {
        vec![Play::new([ok("x".repeat(2 << 20))], Want::error("Invalid", "does not end"))]
    }),
    ("a stream that does not end", |s| {
        let line = match s.framing() {
            Framing::Events | Framing::EventsOrList => format!("{}\n", ": waiting".repeat(1000)),
            Framing::Lines => format!("{{}}{}\n", " ".repeat(9000)),
        };
        vec![Play::new([ok(line.repeat(2000))], Want::error("Invalid", "does not end"))]
    }),
    ("an answer in one piece", |s| match s.whole(&Said::hello()) {
        Some(whole) => both(&whole, || Want::hello().taking(s.usage(COUNTED))),
        None => Vec::new(),
    }),
];

/// The whole good answer.
fn hello(scribe: &dyn Scribe) -> Answer {
    ok(body(scribe))
}

fn body(scribe: &dyn Scribe) -> String {
    written(scribe, &Said::hello())
}

fn written(scribe: &dyn Scribe, said: &Said) -> String {
    scribe.frames(said).concat()
}

/// In one piece and in single bytes.
fn both(body: &str, want: impl Fn() -> Want) -> Vec<Play> {
    vec![Play::new([ok(body)], want()), Play::new([ok(body).in_single_bytes()], want())]
}

/// Ways of writing that only event streams have.
fn of_events(scribe: &dyn Scribe, change: impl Fn(String) -> String) -> Vec<Play> {
    match scribe.framing() {
        Framing::Events | Framing::EventsOrList => {
            both(&change(body(scribe)), || Want::hello().taking(scribe.usage(COUNTED)))
        }
        Framing::Lines => Vec::new(),
    }
}

fn refusal(scribe: &dyn Scribe, wrong: Wrong) -> Answer {
    let (code, body) = scribe.error_body(wrong);
    status(code, body)
}

/// The good answer up to the middle of the character in its second word.
fn half_of(scribe: &dyn Scribe) -> Vec<u8> {
    let body = body(scribe);
    let at = body.find('木').unwrap();
    body.as_bytes()[..=at].to_vec()
}

fn tiny() -> Timers {
    Timers { idle: Duration::from_millis(20), ..Timers::default() }
}

fn with_tools() -> Request {
    let tool = |name: &str| Tool {
        name: name.into(),
        description: "Looks.".into(),
        parameters: json!({"type": "object"}),
    };
    Request { tools: vec![tool("grep"), tool("glob")], ..request("Where?") }
}

fn with_schema() -> Request {
    Request { schema: Some(json!({"type": "object"})), ..request("Why?") }
}

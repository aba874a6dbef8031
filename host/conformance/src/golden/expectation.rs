//! What is expected of a call.

use amatelier_plugins::document::{Fields, Node, Problems, Value};
use amatelier_types::{Capability, FailureKind};

use super::texts::{parsed_list, perhaps_text, perhaps_word, texts};
use crate::{Played, Returned};

const FAILURES: [(&str, FailureKind); 5] = [
    ("denied", FailureKind::Denied),
    ("limit", FailureKind::Limit),
    ("trap", FailureKind::Trap),
    ("guest-error", FailureKind::GuestError),
    ("host-fault", FailureKind::HostFault),
];

/// Everything in it must hold. Without `fails`, the call must not fail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expectation {
    /// The result is this text.
    pub says: Option<String>,
    /// The result holds each of these.
    pub contains: Vec<String>,
    /// The result holds none of these.
    pub lacks: Vec<String>,
    /// The result is a pass, no intervention, no advice.
    pub pass: bool,
    /// The call fails in this way.
    pub fails: Option<FailureKind>,
    /// Each of these stands somewhere in what models were asked.
    pub asks: Vec<String>,
    /// Functions that need one of these were refused.
    pub denied: Vec<Capability>,
}

/// An expectation that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Unmet {
    /// What was expected.
    pub expected: String,
    /// What there was.
    pub actual: String,
}

impl Expectation {
    pub(super) fn read(node: &Node, problems: &Problems) -> Self {
        let keys = ["says", "contains", "lacks", "pass", "fails", "asks", "denied"];
        let Some(fields) = Fields::of(node, "expect.", &keys, problems) else {
            return Expectation::default();
        };
        let pass = fields.perhaps("pass").is_some_and(|node| {
            let is_true = node.value == Value::Truth(true);
            if !is_true {
                problems.add(&node.place, "`pass` is either `true` or not there", "write `pass = true`");
            }
            is_true
        });
        let read = Expectation {
            says: perhaps_text(&fields, "says", problems),
            contains: texts(&fields, "contains", problems),
            lacks: texts(&fields, "lacks", problems),
            pass,
            fails: perhaps_word(&fields, "fails", &FAILURES, problems),
            asks: texts(&fields, "asks", problems),
            denied: parsed_list(&fields, "denied", "name capabilities, such as \"llm.complete\"", problems)
                .unwrap_or_default(),
        };
        if node.entries().is_some_and(<[_]>::is_empty) {
            problems.add(
                &node.place,
                "nothing is expected",
                "write `{ says = \"…\" }`, or take `expect` out",
            );
        }
        let speaks = read.says.is_some() || !read.contains.is_empty() || !read.lacks.is_empty();
        if u8::from(speaks) + u8::from(read.pass) + u8::from(read.fails.is_some()) > 1 {
            let what = "two of `says` (`contains`, `lacks`), `pass` and `fails` cannot both hold";
            problems.add(&node.place, what, "leave one of them");
        }
        read
    }

    /// What does not hold of a call.
    pub fn unmet(&self, played: &Played) -> Vec<Unmet> {
        let mut unmet = Vec::new();
        let mut say = |expected: String, actual: String| unmet.push(Unmet { expected, actual });
        let actual = || match &played.result {
            Ok(returned) => told(returned),
            Err(failure) => format!("it failed ({failure})"),
        };
        match (&self.fails, &played.result) {
            (Some(kind), Err(failure)) if failure.kind == *kind => {}
            (Some(kind), _) => say(format!("it fails ({kind})"), actual()),
            (None, Err(_)) => say("it does not fail".into(), actual()),
            (None, Ok(returned)) => self.of_result(returned, &mut say),
        }
        let prompts = || {
            let texts = played.asked.iter().flat_map(|asked| {
                asked.messages.iter().map(|turn| turn.text.as_str()).chain([asked.system.as_str()])
            });
            texts.collect::<Vec<_>>()
        };
        for text in &self.asks {
            if !prompts().iter().any(|prompt| prompt.contains(text)) {
                let asked = played.asked.len();
                say(
                    format!("a model is asked something with {text:?}"),
                    format!("{asked} requests without it"),
                );
            }
        }
        for capability in &self.denied {
            if !played.record.denied.iter().any(|function| needs(function, *capability)) {
                say(format!("{capability} is denied"), format!("denied: {}", list(&played.record.denied)));
            }
        }
        unmet
    }

    fn of_result(&self, returned: &Returned, say: &mut impl FnMut(String, String)) {
        let text = returned.to_string();
        if let Some(says) = self.says.as_ref().filter(|says| **says != text || returned.is_pass()) {
            say(format!("{says:?}"), told(returned));
        }
        for part in self.contains.iter().filter(|part| !text.contains(*part)) {
            say(format!("something with {part:?}"), told(returned));
        }
        for part in self.lacks.iter().filter(|part| text.contains(*part)) {
            say(format!("nothing with {part:?}"), told(returned));
        }
        if self.pass && !returned.is_pass() {
            say("a pass".into(), told(returned));
        }
    }
}

/// Whether a refused function, as a record names it in WIT (`amatelier:llm/llm.complete`), needs a capability.
fn needs(function: &str, capability: Capability) -> bool {
    let function = function.rsplit('/').next().unwrap_or(function);
    let (interface, own) = function.split_once('.').unwrap_or((function, ""));
    match capability {
        Capability::LlmComplete => interface == "llm" && own != "embed",
        Capability::LlmEmbed => function == "llm.embed",
        Capability::StewardRead => matches!(function, "steward.files" | "steward.read" | "steward.grep"),
        Capability::StewardAsk => matches!(function, "steward.ask" | "steward.requests-left"),
        Capability::MarketRead => interface == "sparks" || (interface == "market" && own != "buy"),
        Capability::MarketBuy => function == "market.buy",
        Capability::Notebook => interface == "notebook",
    }
}

fn told(returned: &Returned) -> String {
    if returned.is_pass() { "a pass".into() } else { format!("{:?}", returned.to_string()) }
}

fn list(denied: &[String]) -> String {
    if denied.is_empty() { "nothing".into() } else { denied.join(", ") }
}

#[cfg(test)]
mod tests {
    use amatelier_runtime::{Completion, PromptTurn, Record, Speaker};
    use amatelier_types::{Failure, Move};

    use super::*;
    use crate::Occasion;

    fn played(result: Result<Returned, Failure>) -> Played {
        let turn = PromptTurn { speaker: Speaker::User, text: "What of bridges?".into() };
        let asked = Completion {
            model: None,
            system: "You are calm.".into(),
            messages: vec![turn],
            max_tokens: 0,
            temperature: None,
            effort: None,
            stop: Vec::new(),
            schema: None,
            visible: false,
            left_out: Vec::new(),
        };
        let record = Record { denied: vec!["amatelier:steward/steward.ask".into()], ..Record::default() };
        Played { occasion: Occasion::Axes, result, record, asked: vec![asked] }
    }

    fn says(text: &str) -> Result<Returned, Failure> {
        Ok(Returned::Moved(Move::Say(text.into())))
    }

    #[test]
    fn what_holds_is_silent_and_what_does_not_is_said() {
        let fails = || Err(Failure::new(FailureKind::Trap, "it panicked"));
        let some = |parts: &[&str]| parts.iter().map(|part| (*part).to_owned()).collect::<Vec<_>>();
        let plain = Expectation::default;
        for (expect, result, unmet) in [
            (plain(), says("Hm."), 0),
            (plain(), fails(), 1),
            (Expectation { says: Some("Hm.".into()), ..plain() }, says("Hm."), 0),
            (Expectation { says: Some("Hm".into()), ..plain() }, says("Hm."), 1),
            (Expectation { says: Some(String::new()), ..plain() }, Ok(Returned::Moved(Move::Pass)), 1),
            (Expectation { contains: some(&["H", "x"]), ..plain() }, says("Hm."), 1),
            (Expectation { lacks: some(&["H", "x"]), ..plain() }, says("Hm."), 1),
            (Expectation { pass: true, ..plain() }, Ok(Returned::Moved(Move::Pass)), 0),
            (Expectation { pass: true, ..plain() }, says("Hm."), 1),
            (Expectation { fails: Some(FailureKind::Trap), ..plain() }, fails(), 0),
            (Expectation { fails: Some(FailureKind::Limit), ..plain() }, fails(), 1),
            (Expectation { fails: Some(FailureKind::Trap), ..plain() }, says("Hm."), 1),
            (Expectation { asks: some(&["bridges", "calm"]), ..plain() }, says("Hm."), 0),
            (Expectation { asks: some(&["tunnels"]), ..plain() }, says("Hm."), 1),
            (Expectation { denied: vec![Capability::StewardAsk], ..plain() }, says("Hm."), 0),
            (Expectation { denied: vec![Capability::StewardRead], ..plain() }, says("Hm."), 1),
        ] {
            assert_eq!(expect.unmet(&played(result)).len(), unmet, "{expect:?}");
        }
    }

    #[test]
    fn an_unmet_expectation_shows_both_sides() {
        let expect = Expectation { says: Some("one\ntwo".into()), ..Expectation::default() };
        let unmet = expect.unmet(&played(says("one\u{1b}")));
        assert_eq!(
            (unmet[0].expected.as_str(), unmet[0].actual.as_str()),
            (r#""one\ntwo""#, r#""one\u{1b}""#)
        );
    }
}

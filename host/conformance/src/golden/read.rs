//! From a text to a case: strictly, and with everything that is wrong at once.

use amatelier_plugins::{
    Place, Problem,
    document::{Fields, Node, Problems, Value, read_toml},
};
use amatelier_runtime::{ModelError, Ware};
use amatelier_types::{MemberName, Message, MessageKind, Phase, Role, Seed, Sparks};

use super::{
    Case, CaseError, PlannedCall, call,
    texts::{needed_text, parsed_list, perhaps_text, perhaps_word, table, whole},
};
use crate::{Occasion, Reply, Table};

/// The keys of a case.
const TOP: [&str; 11] = [
    "allow",
    "debate",
    "settings",
    "documents",
    "notes",
    "message",
    "model",
    "file",
    "item",
    "requests",
    "call",
];

pub(super) const PHASES: [(&str, Phase); 7] = [
    ("opening", Phase::Opening),
    ("research", Phase::Research),
    ("speak", Phase::Speak),
    ("rebuttal", Phase::Rebuttal),
    ("gate", Phase::Gate),
    ("floor", Phase::Floor),
    ("summary", Phase::Summary),
];

const KINDS: [(&str, MessageKind); 12] = [
    ("briefing", MessageKind::Briefing),
    ("control", MessageKind::Control),
    ("speech", MessageKind::Speech),
    ("pass", MessageKind::Pass),
    ("request", MessageKind::Request),
    ("finding", MessageKind::Finding),
    ("intervention", MessageKind::Intervention),
    ("verdict", MessageKind::Verdict),
    ("interjection", MessageKind::Interjection),
    ("summary", MessageKind::Summary),
    ("fault", MessageKind::Fault),
    ("note", MessageKind::Note),
];

const FINISHES: [(&str, &str); 4] =
    [("done", "done"), ("length", "length"), ("refused", "refused"), ("broken", "broken")];

/// How a model can fail; `too-long` stands for a model that takes very little.
#[derive(Clone, Copy)]
enum ModelFailure {
    Unavailable,
    TimedOut,
    TooLong,
    Invalid,
    Denied,
}

const MODEL_FAILURES: [(&str, ModelFailure); 5] = [
    ("unavailable", ModelFailure::Unavailable),
    ("timed-out", ModelFailure::TimedOut),
    ("too-long", ModelFailure::TooLong),
    ("invalid", ModelFailure::Invalid),
    ("denied", ModelFailure::Denied),
];

impl Case {
    /// Read a case. A plugin plays the member that the case names, else one that is called as its id; a judge is called `judge`.
    ///
    /// # Errors
    /// [`CaseError`]; all problems at once, each with its line.
    pub fn read(text: &str, id: &str) -> Result<Self, CaseError> {
        if text.len() > Case::BYTES {
            return Err(CaseError::TooLarge { bytes: text.len() });
        }
        let node = read_toml(text).map_err(CaseError::Problems)?;
        let problems = Problems::default();
        let case = read(&node, id, &problems);
        match (case, problems.found()) {
            (_, Some(found)) => Err(CaseError::Problems(found)),
            (Some(case), None) => Ok(case),
            // Whatever is left out is a problem, so this is not reached; were it, it would be no case either.
            (None, None) => Err(CaseError::Problems(vec![Problem {
                place: node.place,
                what: "the case is incomplete".into(),
                remedy: "compare it with one that `amatelier plugin new` writes".into(),
            }])),
        }
    }
}

fn read(node: &Node, id: &str, problems: &Problems) -> Option<Case> {
    let top = Fields::of(node, "", &TOP, problems)?;
    let allow = parsed_list(&top, "allow", "name capabilities, such as \"llm.complete\"", problems);
    let keys = ["topic", "briefing", "member", "members", "max-rounds", "seed", "state", "tier", "balance"];
    let debate = top.perhaps("debate").and_then(|node| Fields::of(node, "debate.", &keys, problems));
    let debate = debate.as_ref();
    let said = |key: &str| debate.and_then(|debate| perhaps_text(debate, key, problems));
    let mut table = Table::about(said("topic").unwrap_or_default(), said("briefing").unwrap_or_default());
    table.state = said("state");
    let named = debate.and_then(|debate| debate.perhaps_parsed("member", "member = \"ada\""));
    let member = named.or_else(|| called(node, id));
    let example = "name members, such as \"grace\"";
    let listed: Option<Vec<MemberName>> =
        debate.and_then(|debate| parsed_list(debate, "members", example, problems));
    let messages = messages(&top, problems);
    seat(&mut table, member.as_ref(), listed.unwrap_or_default(), &messages, judges(node));
    messages.into_iter().for_each(|message| table.post(message));
    let max_rounds = debate.map_or(3, |debate| whole(debate, "max-rounds", 3));
    let (wares, models, files) = (wares(&top, problems), models(&top, problems), files(&top, problems));
    let calls = calls(&top, &call::Setting { member: member.as_ref(), table: &table, max_rounds }, problems);
    Some(Case {
        member: member?,
        max_rounds,
        seed: Seed(debate.map_or(1, |debate| whole(debate, "seed", 1)).into()),
        tier: debate.map_or(0, |debate| whole(debate, "tier", 0)),
        balance: Sparks(debate.map_or(0, |debate| whole(debate, "balance", 0)).into()),
        allow: allow.map(|allow: Vec<_>| allow.into_iter().collect()),
        settings: self::table(&top, "settings", problems),
        documents: self::table(&top, "documents", problems),
        notes: self::table(&top, "notes", problems),
        requests: whole(&top, "requests", 3),
        table,
        files,
        models,
        wares,
        calls,
    })
}

/// Whether the first call is one of a judge.
fn judges(node: &Node) -> bool {
    let calls = node.get("call").map(|node| &node.value);
    let Some(Value::List(calls)) = calls else { return false };
    let function = calls.first().and_then(|call| call.get("function")).and_then(Node::text);
    matches!(function, Some("moderate" | "rule" | "summarise"))
}

fn called(node: &Node, id: &str) -> Option<MemberName> {
    if judges(node) { "judge".parse().ok() } else { id.parse().or_else(|_| "plugin".parse()).ok() }
}

/// Workers as they are listed, then as they are first heard; the judge last.
fn seat(
    table: &mut Table,
    own: Option<&MemberName>,
    listed: Vec<MemberName>,
    heard: &[Message],
    judges: bool,
) {
    let is_own_worker = |name: &&MemberName| !judges && name.as_str() != "judge";
    if let Some(name) = own.filter(is_own_worker).filter(|own| !listed.contains(own)) {
        table.seat(name.clone(), Role::Worker);
    }
    for name in listed {
        let role = role(&name);
        table.seat(name, role);
    }
    for message in heard.iter().filter(|message| message.role == Role::Worker) {
        table.seat(message.author.clone(), Role::Worker);
    }
    let judge = own.filter(|_| judges).cloned().or_else(|| "judge".parse().ok());
    table.members.retain(|member| member.role != Role::Judge);
    if let Some(judge) = judge {
        table.seat(judge, Role::Judge);
    }
}

/// What somebody of this name does.
fn role(name: &MemberName) -> Role {
    match name.as_str() {
        "judge" => Role::Judge,
        "runner" => Role::Runner,
        "steward" => Role::Steward,
        "user" => Role::User,
        _ => Role::Worker,
    }
}

fn messages(top: &Fields<'_>, problems: &Problems) -> Vec<Message> {
    let read = |node: &Node| {
        let keys = ["author", "kind", "round", "phase", "to", "text"];
        let fields = Fields::of(node, "message.", &keys, problems)?;
        let author = fields.needed_parsed::<MemberName>("author", "author = \"grace\"");
        let kind = perhaps_word(&fields, "kind", &KINDS, problems);
        let phase = perhaps_word(&fields, "phase", &PHASES, problems);
        let to = fields.perhaps_parsed::<MemberName>("to", "to = \"ada\"");
        let text = needed_text(&fields, "text", "text = \"…\"", problems);
        let author = author?;
        Some(Message {
            seq: 0,
            round: whole(&fields, "round", 1),
            phase: phase.unwrap_or(Phase::Speak),
            role: role(&author),
            author,
            kind: kind.unwrap_or(MessageKind::Speech),
            to,
            text: text?,
        })
    };
    top.perhaps_list("message", 2_000).unwrap_or_default().iter().filter_map(read).collect()
}

fn models(top: &Fields<'_>, problems: &Problems) -> Vec<Reply> {
    let read = |node: &Node| {
        let fields = Fields::of(node, "model.", &["says", "finish", "fails"], problems)?;
        let says = perhaps_text(&fields, "says", problems);
        let finish = perhaps_word(&fields, "finish", &FINISHES, problems).unwrap_or("done");
        let fails = perhaps_word(&fields, "fails", &MODEL_FAILURES, problems);
        match (fields.perhaps("says"), fields.perhaps("fails")) {
            (Some(_), None) => says.map(|text| Reply::Says { text, finish: finish.into() }),
            (None, Some(_)) => fails.map(|failure| Reply::Fails(failure.error())),
            _ => {
                let what = "a model either says something or fails";
                problems.add(&node.place, what, "write `says = \"…\"` or `fails = \"unavailable\"`");
                None
            }
        }
    };
    top.perhaps_list("model", 256).unwrap_or_default().iter().filter_map(read).collect()
}

impl ModelFailure {
    fn error(self) -> ModelError {
        match self {
            ModelFailure::Unavailable => ModelError::Unavailable("the script says so".into()),
            ModelFailure::TimedOut => ModelError::TimedOut,
            ModelFailure::TooLong => ModelError::TooLong(100),
            ModelFailure::Invalid => ModelError::Invalid("the script says so".into()),
            ModelFailure::Denied => ModelError::Denied("llm.complete".into()),
        }
    }
}

fn files(top: &Fields<'_>, problems: &Problems) -> Vec<(String, String)> {
    let read = |node: &Node| {
        let fields = Fields::of(node, "file.", &["name", "text"], problems)?;
        let name = fields.needed_line("name", "name = \"data.csv\"", 120);
        let text = needed_text(&fields, "text", "text = \"…\"", problems);
        let name = name?;
        // Plain names in plain folders: nothing that a path can mean besides.
        let is_plain = |part: &str| {
            !part.is_empty()
                && !part.starts_with('.')
                && part.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ' '))
        };
        if !name.split('/').all(is_plain) {
            let remedy = "write letters, digits, `-`, `_` and `.`, and `/` between folders";
            problems.add(&node.place, "`file.name` is no plain name", remedy);
            return None;
        }
        Some((name, text?))
    };
    top.perhaps_list("file", 64).unwrap_or_default().iter().filter_map(read).collect()
}

fn wares(top: &Fields<'_>, problems: &Problems) -> Vec<Ware> {
    const LIFETIMES: [(&str, &str); 3] =
        [("once", "once"), ("consumable", "consumable"), ("permanent", "permanent")];
    let read = |node: &Node| {
        let keys = ["id", "name", "category", "lifetime", "price", "description"];
        let fields = Fields::of(node, "item.", &keys, problems)?;
        let id = fields.needed_line("id", "id = \"extra-budget\"", 64);
        let name = perhaps_text(&fields, "name", problems);
        let category = perhaps_text(&fields, "category", problems);
        let lifetime = perhaps_word(&fields, "lifetime", &LIFETIMES, problems).unwrap_or("consumable");
        let description = perhaps_text(&fields, "description", problems);
        let id = id?;
        Some(Ware {
            name: name.unwrap_or_else(|| id.clone()),
            id,
            category: category.unwrap_or_else(|| "services".into()),
            lifetime: lifetime.into(),
            price: whole(&fields, "price", 1),
            description: description.unwrap_or_default(),
        })
    };
    top.perhaps_list("item", 64).unwrap_or_default().iter().filter_map(read).collect()
}

fn calls(top: &Fields<'_>, setting: &call::Setting<'_>, problems: &Problems) -> Vec<PlannedCall> {
    let Some(list) = top.needed("call", "[[call]]") else { return Vec::new() };
    let nodes = top.perhaps_list("call", Case::CALLS).unwrap_or_default();
    if matches!(&list.value, Value::List(calls) if calls.is_empty()) {
        problems.add(&list.place, "nothing is called", "add `[[call]]`");
    }
    let read = |node: &Node| {
        let (occasion, expect): (Option<Occasion>, _) = call::read(node, setting, problems)?;
        let line = match node.place {
            Place::Line(line) => line,
            Place::Pointer(_) => 0,
        };
        Some(PlannedCall { line, occasion: occasion?, expect })
    };
    nodes.iter().filter_map(read).collect()
}

#[cfg(test)]
mod tests;

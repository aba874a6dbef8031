//! Carrying out an attack and looking at what became of it.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use amatelier_debate::Digest;
use amatelier_runtime::{Limits, Runtime};
use amatelier_types::MessageKind;
use amatelier_types::Moderation;

use crate::{
    attack::{Attack, By},
    house::{FACTS, GOOD, House, Nobody, Table, hostile},
    made,
    offering::{self, Asked},
    sparks,
};

/// The CPU limit of attacks that run into it, so that this takes seconds: 200 ms.
pub(crate) const CPU_TICKS: u64 = 20;

/// The speaker timeout of whoever sleeps.
pub(crate) const ASLEEP: Duration = Duration::from_secs(1);

/// What became of an attack.
pub(crate) struct Outcome {
    /// How the attacker's turns ended.
    pub(crate) seen: String,
    /// What is wrong with it; empty when nothing is.
    pub(crate) wrong: Vec<String>,
}

/// The debates of the good ones beside somebody harmless.
pub(crate) struct Calm {
    /// Without files.
    pub(crate) plain: Digest,
    /// With one.
    pub(crate) grounded: Digest,
}

impl Calm {
    pub(crate) async fn of(house: &House) -> Self {
        let grounded = Table { files: FACTS, ..bystander() };
        Calm {
            plain: house.hold(&bystander(), Arc::new(Nobody)).await,
            grounded: house.hold(&grounded, Arc::new(Nobody)).await,
        }
    }
}

/// Carry out an attack.
pub(crate) async fn carry_out(house: &House, attack: &Attack, calm: &Calm) -> Outcome {
    let table = match &attack.by {
        By::Loaded(bytes) => return load(attack, &bytes()),
        By::Offers(asked) => return offer(attack, *asked).await,
        By::Member(grants) => member(attack, &granted(attack, grants)),
        By::Reader(grants) => Table { files: FACTS, ..member(attack, &granted(attack, grants)) },
        By::Made(parts) => {
            house.put("made.wasm", &made::persona(parts));
            member(attack, "component = \"made.wasm\", settings = { attack = \"on\" }")
        }
        By::Judge => judge(attack, Moderation::PerPhase),
        By::JudgeAtGate => judge(attack, Moderation::GateOnly),
        By::Rubric => Table { rubric: hostile(attack.name).replace(", ", "\n"), ..bystander() },
    };
    let mut table = table;
    if attack.burns_cpu() {
        table.limits.cpu_ticks = CPU_TICKS;
    }
    if attack.name == "sleep" {
        table.speaker_timeout = ASLEEP;
    }
    let posted = house.postings().len();
    let digest = house.hold(&table, Arc::new(Nobody)).await;
    let moved = house.postings().split_off(posted);
    let calm = if table.files.is_empty() { &calm.plain } else { &calm.grounded };
    let mut outcome = look(attack, &digest, calm);
    outcome.wrong.extend(sparks::wrong(&moved, &digest));
    outcome
}

/// The debate that others are compared with.
pub(crate) fn bystander() -> Table {
    seated("bystander", &format!("{}, allow = []", hostile("none").replace("none", "turn")))
}

fn granted(attack: &Attack, grants: &[&str]) -> String {
    let allow: Vec<String> = grants.iter().map(|grant| format!("\"{grant}\"")).collect();
    format!("{}, allow = [{}]", hostile(attack.name), allow.join(", "))
}

fn member(attack: &Attack, component: &str) -> Table {
    seated(attack.name, component)
}

fn seated(name: &str, component: &str) -> Table {
    Table { members: format!("{name} = {{ role = \"worker\", {component} }}"), ..Table::default() }
}

fn judge(attack: &Attack, moderation: Moderation) -> Table {
    Table { judge: format!("{{ role = \"judge\", {} }}", hostile(attack.name)), moderation, ..bystander() }
}

fn load(attack: &Attack, bytes: &[u8]) -> Outcome {
    let (seen, said) = match Runtime::new().unwrap().compile(bytes) {
        Ok(_) => ("loaded", String::new()),
        Err(error) => ("not loaded", error.to_string()),
    };
    let mut wrong = Vec::new();
    if !said.contains(attack.words) {
        wrong.push(said);
    }
    Outcome { seen: seen.into(), wrong }
}

async fn offer(attack: &Attack, asked: Asked) -> Outcome {
    let offered = offering::ask(asked, attack.name, attack.burns_cpu().then_some(CPU_TICKS)).await;
    let mut wrong = Vec::new();
    if !offered.said.contains(attack.words) {
        wrong.push(format!("nobody was told {:?}, only {:?}", attack.words, offered.said));
    }
    if offered.gave {
        wrong.push("it was given something".into());
    }
    if offered.said.chars().any(|c| c.is_control() || c == '\u{202e}') {
        wrong.push(format!("not fit to be shown: {:?}", offered.said));
    }
    Outcome { seen: offered.seen.into(), wrong }
}

fn look(attack: &Attack, digest: &Digest, calm: &Digest) -> Outcome {
    let mut wrong = Vec::new();
    let attacker = match attack.by {
        By::Judge | By::JudgeAtGate => "judge",
        By::Rubric => "rubric",
        _ => attack.name,
    };
    let mut endings: Vec<&str> = Vec::new();
    for turn in digest.turns.iter().filter(|turn| turn.agent.as_str() == attacker) {
        if endings.last() != Some(&turn.ending.as_str()) {
            endings.push(&turn.ending);
        }
    }
    let mut seen = endings.join(", then ");
    if attacker == "rubric" {
        seen = format!("{seen}, {}", digest.scoring_status);
    } else if digest.scoring_status != "complete" {
        wrong.push(format!("the debate is {}", digest.scoring_status));
    }
    if good_ones(digest) != good_ones(calm) {
        wrong.push("the others did not say what they had to say".into());
    }
    // In a research phase they have nothing to ask.
    let is_fine = |ending: &str| ["done", "passed"].contains(&ending);
    if digest.turns.iter().any(|turn| GOOD.contains(&turn.agent.as_str()) && !is_fine(&turn.ending)) {
        wrong.push("a turn of the others failed".into());
    }
    // At a gate that cannot be ruled at, a debate goes on to its last round.
    if !digest.stop.as_ref().is_some_and(|stop| ["converged", "max-rounds"].contains(&stop.reason.as_str())) {
        wrong.push(format!("the debate stopped: {:?}", digest.stop));
    }
    if !said(digest).contains(attack.words) {
        wrong.push(format!("nobody was told {:?}, only {:?}", attack.words, last_words(digest, attacker)));
    }
    if attacker != "judge" && digest.judge_interventions > 0 {
        wrong.push("a speech was obeyed".into());
    }
    wrong.extend(unclean_lines(digest));
    Outcome { seen, wrong }
}

/// What the good ones said, and when.
pub(crate) fn good_ones(digest: &Digest) -> BTreeMap<(String, String), String> {
    let lines = digest.transcript.iter().filter(|line| GOOD.contains(&line.agent.as_str()));
    lines.map(|line| ((line.agent.to_string(), line.phase.to_string()), line.message.clone())).collect()
}

/// Everything that people are told.
fn said(digest: &Digest) -> String {
    let messages = digest.transcript.iter().map(|line| line.message.as_str());
    let scoring = &digest.scoring;
    let reasons = scoring.scores.iter().map(|score| score.reasoning.as_str());
    let notes = scoring.reason.iter().chain(&scoring.notes).map(String::as_str);
    messages.chain(reasons).chain(notes).collect::<Vec<_>>().join("\n")
}

/// What was said about what went wrong, and what the attacker said.
fn last_words<'a>(digest: &'a Digest, attacker: &str) -> Vec<&'a str> {
    let is_about = |kind| matches!(kind, MessageKind::Fault | MessageKind::Note);
    let lines =
        digest.transcript.iter().filter(|line| is_about(line.kind) || line.agent.as_str() == attacker);
    lines.map(|line| line.message.as_str()).chain(digest.scoring.reason.as_deref()).collect()
}

/// Lines about failures with anything in them that a terminal obeys. (Speeches and what a judge says are kept as they are, and escaped
/// where they are shown.)
fn unclean_lines(digest: &Digest) -> Vec<String> {
    let lines = digest.transcript.iter().filter(|line| line.kind == MessageKind::Fault);
    let unclean = lines.filter(|line| line.message.chars().any(|c| c.is_control() || c == '\u{202e}'));
    unclean.map(|line| format!("not fit to be shown: {:?}", line.message)).collect()
}

/// What `{…}` stands for in the words about what stops an attack.
pub(crate) fn with_limits(text: &str) -> String {
    let limits = Limits::default();
    let mib = |bytes: usize| format!("{} MiB", bytes >> 20);
    let kib = |bytes: usize| format!("{} KiB", bytes >> 10);
    let numbers = [
        ("{cpu}", format!("{} s", limits.cpu_ticks * Limits::TICK_MS / 1_000)),
        ("{memory}", mib(limits.memory_bytes)),
        ("{instances}", limits.instances.to_string()),
        ("{memories}", limits.memories_and_tables.to_string()),
        ("{tables}", limits.table_elements.to_string()),
        ("{handles}", limits.handles.to_string()),
        ("{random}", kib(limits.random_bytes as usize)),
        ("{returned}", mib(limits.returned_bytes)),
        ("{fuel}", mib(limits.host_call_fuel_bytes)),
        ("{log}", kib(limits.log_bytes)),
        ("{notebook}", kib(limits.notebook_bytes)),
        ("{lookups}", limits.lookups_per_turn.to_string()),
        ("{models}", limits.model_calls_per_turn.to_string()),
        ("{purchases}", limits.purchases_per_turn.to_string()),
        ("{entries}", limits.offered_entries.to_string()),
        ("{effects}", limits.offered_parts.to_string()),
        ("{text}", limits.offered_text_chars.to_string()),
        ("{price}", limits.suggested_price.to_string()),
        ("{lesson}", limits.lesson_chars.to_string()),
        ("{reminder}", limits.reminder_chars.to_string()),
        ("{component}", mib(Limits::COMPONENT_BYTES)),
    ];
    numbers.into_iter().fold(text.to_owned(), |text, (name, number)| text.replace(name, &number))
}

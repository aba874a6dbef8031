//! A component that attacks the host in the way its setting `attack` asks for; without the setting it passes.
//!
//! One function per attack, in the order of the table in [`attack`]. Some are no attacks but questions: `use` calls one host function
//! and reports the answer, `probe` reports what the guest can see of chance, time and the machine. As judge and rubric it is harmless,
//! unless `attack` is `huge-return` or `guest-error`.

mod usage;
mod wasi;

use std::{collections::HashMap, fs, hint::black_box, thread, time::Duration};

use amatelier_sdk::{
    Axis, Insight, Intervention, Judge, Mark, Move, Note, Persona, Phase, Rubric, Sanction, Scorecard, Turn,
    Verdict, clock, dice, llm, log, notebook, settings,
};

const MIB: usize = 1 << 20;

struct Hostile;

impl Persona for Hostile {
    fn take_turn(&self, turn: &Turn) -> Result<Move, String> {
        match settings::get("attack") {
            None => Ok(Move::Pass),
            Some(name) => attack(&name, turn),
        }
    }
}

fn attack(name: &str, turn: &Turn) -> Result<Move, String> {
    match name {
        "loop" => endless_loop(),
        "memory" => eat_memory(),
        "recurse" => return say(recurse(1).to_string()),
        "huge-return" => return say("x".repeat(2 * MIB)),
        "huge-error" => return Err("x".repeat(2 * MIB)),
        "ugly-error" => return Err("one\ntwo\u{1b}[31m\u{202e}three\0".into()),
        "huge-log" => log::info!("{}", "x".repeat(2 * MIB)),
        "log-flood" => (0..5_000).for_each(|number| log::debug!("line {number}")),
        "print-flood" => print_flood(),
        "host-call-fuel" => drop(settings::get(&"x".repeat(24 * MIB))),
        "panic" => panic!("a bug of the author"),
        "abort" => std::process::abort(),
        "exit" => std::process::exit(7),
        "divide" => return say(divide(1, 0).to_string()),
        "guest-error" => return Err("I would rather not".into()),
        "too-many-model-calls" => loop {
            llm::ask("").user("again").send()?;
        },
        "think" => return say(llm::ask("s").user("u").send()?.text),
        "think-recover" => return recover(),
        "notebook-flood" => return flood_notebook(),
        "notebook" => return use_notebook(),
        #[allow(clippy::disallowed_methods, reason = "sleeping is the attack")]
        "sleep" => thread::sleep(Duration::from_secs(3_600)),
        "handles" => return say(wasi::hoard().to_string()),
        "random-flood" => drop(wasi::random_bytes(100 * MIB as u64)),
        "use" => return say(usage::of(&setting("function")?)),
        "use-and-fail" => return Err(usage::of(&setting("function")?)),
        "probe" => return say(probe()),
        "turn" => return say(format!("{turn:?}")),
        _ => return Err(format!("there is no attack `{name}`")),
    }
    Ok(Move::Pass)
}

fn say(text: impl Into<String>) -> Result<Move, String> {
    Ok(Move::Say(text.into()))
}

fn setting(key: &str) -> Result<String, String> {
    settings::get(key).ok_or_else(|| format!("the setting `{key}` is missing"))
}

fn endless_loop() {
    let mut number = 0_u64;
    while black_box(number) < u64::MAX {
        number = black_box(number).wrapping_add(1) % 1_000;
    }
}

fn eat_memory() {
    let mut eaten: Vec<Vec<u8>> = Vec::new();
    loop {
        eaten.push(black_box(vec![1; MIB]));
    }
}

/// Without locals, so that the call stack ends before the guest's own stack of data does.
#[inline(never)]
fn recurse(depth: u64) -> u64 {
    if black_box(depth) == 0 { 0 } else { 1 + recurse(depth + 1) }
}

#[inline(never)]
fn divide(one: u32, zero: u32) -> u32 {
    black_box(one) / black_box(zero)
}

fn print_flood() {
    for number in 0..5_000 {
        println!("out {number}");
        eprintln!("err {number}");
    }
}

/// Asks until a model answers, then fails for a reason of its own.
fn recover() -> Result<Move, String> {
    for _ in 0..5 {
        if llm::ask("").user("still there?").send().is_ok() {
            return Err("my own fault".into());
        }
    }
    Err("nobody there".into())
}

fn flood_notebook() -> Result<Move, String> {
    for number in 0..10_000 {
        if let Err(error) = notebook::put(&format!("note {number}"), &"x".repeat(1_000)) {
            return say(format!("{number}: {error:?}"));
        }
    }
    say("never full")
}

fn use_notebook() -> Result<Move, String> {
    let before = notebook::get("count");
    notebook::remove("old");
    notebook::put("count", "2")?;
    say(format!("{before:?} {:?} {:?}", notebook::get("count"), notebook::keys()))
}

/// What a guest can see of chance, time and the machine.
fn probe() -> String {
    let mut hashed: Vec<u32> =
        (0..20).map(|number| (number, ())).collect::<HashMap<_, _>>().into_keys().collect();
    hashed.truncate(8);
    let rolls: Vec<u32> = (0..8).map(|_| dice::roll(100)).collect();
    let wall =
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map(|since| since.as_secs());
    let begun = std::time::Instant::now();
    let (elapsed, now) = (begun.elapsed(), clock::now());
    let env: Vec<_> = std::env::vars().chain(std::env::args().map(|arg| (arg, String::new()))).collect();
    let files = ["/", ".", "/etc/passwd", "Cargo.toml"]
        .map(|path| fs::metadata(path).is_ok() || fs::read(path).is_ok());
    let stdin = std::io::stdin().lines().count();
    format!("{hashed:?} {rolls:?} {wall:?} {elapsed:?} {now} {env:?} {files:?} {stdin}")
}

impl Judge for Hostile {
    fn moderate(&self, phase: &Phase, after: u32) -> Result<Vec<Intervention>, String> {
        let note = |member: &str| Note { member: member.into(), reason: format!("{} {after}", phase.name()) };
        if settings::get("attack").as_deref() == Some("huge-return") {
            return Ok(vec![Intervention::Remark(String::new()); MIB / 8]);
        }
        Ok(vec![
            Intervention::Redirect(note("a")),
            Intervention::Gate(note("b")),
            Intervention::Sanction(Sanction {
                member: "c".into(),
                offence: "redundancy".into(),
                reason: "again".into(),
            }),
            Intervention::Halt(note("d")),
            Intervention::Remark("hm".into()),
            Intervention::Other(("applause".into(), "well said".into())),
        ])
    }

    fn rule(&self, round: u32, max_rounds: u32) -> Result<Verdict, String> {
        match settings::get("attack").as_deref() {
            Some("guest-error") => Err("undecided".into()),
            _ if round < max_rounds => Ok(Verdict::Proceed(format!("{round} of {max_rounds}"))),
            _ => Ok(Verdict::Converged("that was it".into())),
        }
    }

    fn summarise(&self, round: u32) -> Result<String, String> {
        Ok(format!("after round {round}"))
    }
}

impl Rubric for Hostile {
    fn axes(&self) -> Vec<Axis> {
        let axis =
            |id: &str| Axis { id: id.into(), name: id.into(), description: "d".into(), scale: vec![1, 2, 3] };
        vec![axis("wit"), axis("depth")]
    }

    fn score(&self, members: &[String], retry_note: Option<&str>) -> Result<Vec<Scorecard>, String> {
        let because = retry_note.unwrap_or("first").to_owned();
        let card = |member: &String| Scorecard {
            member: member.clone(),
            marks: vec![Mark { axis: "wit".into(), value: 3, because: because.clone() }],
            insights: vec![Insight {
                axis: "wit".into(),
                quoted_seq: 4,
                before: "no".into(),
                after: "yes".into(),
            }],
        };
        Ok(members.iter().map(card).collect())
    }
}

amatelier_sdk::persona!(Hostile);
amatelier_sdk::judge!(Hostile);
amatelier_sdk::rubric!(Hostile);

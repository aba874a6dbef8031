//! What the host does for a turn, and whether it does more of it late in a debate. For `cargo xtask bench`: each line is a name and
//! what was measured.
//!
//! Four scripted workers debate for two thousand turns under a judge that asks no model, in durability `process`, so that neither a
//! model nor a disk is in it. What is timed is everything from the end of one worker's turn to the end of the next: deciding, the
//! journal's two units, the component's instance and call, the views of the transcript. Turns of the judge lie between rounds and are
//! timed by themselves.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a benchmark: what fails here should stop it, and what it measured goes to stdout"
)]

use std::{
    fs,
    path::Path,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use amatelier_debate::{Debate, Ending, Event};
use amatelier_engine::{Control, Engine, Opening, Prices, Providers, Watcher};
use amatelier_types::{MemberName, Moderation};

use amatelier_workspace::{Choice, Config, Configuration, Durability, Keys, Mode, Roundtable, Workspace};

/// Debates that are measured; what differs between them is the machine.
const DEBATES: usize = 5;
/// 4 workers speak twice in each.
const ROUNDS: u32 = 250;
/// Turns between two looks at the memory.
const LOOK: usize = 200;

const TEAM: &str = r#"
[members]
ada   = { role = "worker", component = "scripted", settings = { speak = "{name} opens round {round} with a reason", rebuttal = "{name} answers {round} times over, and differently" } }
bob   = { role = "worker", component = "scripted", settings = { speak = "{name} opens round {round} with a reason", rebuttal = "{name} answers {round} times over, and differently" } }
cyd   = { role = "worker", component = "scripted", settings = { speak = "{name} opens round {round} with a reason", rebuttal = "{name} answers {round} times over, and differently" } }
dan   = { role = "worker", component = "scripted", settings = { speak = "{name} opens round {round} with a reason", rebuttal = "{name} answers {round} times over, and differently" } }
judge = { role = "judge", component = "judge.wasm" }
"#;

fn main() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for _ in 0..DEBATES {
        let folder = tempfile::tempdir().unwrap();
        let clock = runtime.block_on(hold(folder.path()));
        let seen = clock.seen.lock().unwrap();
        print("worker", seen.workers.iter().map(Duration::as_nanos));
        print("judge", seen.judge.iter().map(Duration::as_nanos));
        print("memory", seen.memory.iter().copied());
    }
}

fn print<T: ToString>(name: &str, values: impl IntoIterator<Item = T>) {
    let values: Vec<String> = values.into_iter().map(|value| value.to_string()).collect();
    println!("{name} {}", values.join(" "));
}

async fn hold(root: &Path) -> Arc<Clock> {
    fs::write(root.join("team.toml"), TEAM).unwrap();
    fs::copy(amatelier_test_support::guest_path("hostile"), root.join("judge.wasm")).unwrap();
    let workspace = Workspace::locate(Some(root.into())).unwrap();
    let config = Config {
        durability: Durability::Process,
        roundtable: Roundtable { floor_turns: 0, moderation: Moderation::GateOnly, ..Roundtable::default() },
        ..Config::default()
    };
    let choice = Choice { mode: Mode::Rehearsal, because: "nobody is asked".into() };
    let turn = Duration::from_secs(200);
    let providers =
        Providers::new(&choice, &Configuration::default(), &Keys::default(), Prices::bundled(), turn)
            .unwrap();
    let engine = Engine::open(workspace, config, &choice, providers).unwrap();
    let opening = Opening {
        topic: "Does it get slower?".into(),
        briefing: "Look at the turns late in the debate. ".repeat(200),
        max_rounds: Some(ROUNDS),
        ..Opening::default()
    };
    let roundtable = engine.open_roundtable(&opening).await.unwrap();
    let clock = Arc::new(Clock::default());
    let (ending, digest) = engine.run(roundtable, None, Control::default(), clock.clone()).await.unwrap();
    assert_eq!(ending, amatelier_engine::Ending::Over);
    assert_eq!(digest.rounds, ROUNDS);
    clock
}

/// Takes the time of turns as they end.
#[derive(Default)]
struct Clock {
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    last: Option<(Instant, bool)>,
    workers: Vec<Duration>,
    judge: Vec<Duration>,
    memory: Vec<usize>,
}

impl Watcher for Clock {
    fn event(&self, debate: &Debate, event: &Event) {
        let Event::TurnFinished { member, ending, .. } = event else { return };
        assert_eq!(*ending, Ending::Done);
        let (now, is_judge) = (Instant::now(), *member == debate.setup().judge.name);
        let mut seen = self.seen.lock().unwrap();
        match seen.last.replace((now, is_judge)) {
            Some((last, false)) if !is_judge => {
                seen.workers.push(now - last);
                if seen.workers.len().is_multiple_of(LOOK) {
                    let now = resident_bytes();
                    seen.memory.push(now);
                }
            }
            Some((last, _)) if is_judge => seen.judge.push(now - last),
            _ => {}
        }
    }

    fn text(&self, _: &MemberName, _: &str) {}

    fn note(&self, _: &str) {}
}

/// What the process has in memory; 0 where the system does not tell.
fn resident_bytes() -> usize {
    let pages = fs::read_to_string("/proc/self/statm").ok();
    let pages = pages.and_then(|text| text.split(' ').nth(1)?.parse::<usize>().ok());
    pages.unwrap_or_default() * 4096
}

//! Compiling: once per component and machine, and in nobody's way; a component that takes long to compile is put in the place of
//! another while its member debates.

use std::{
    fmt::Write as _,
    sync::{Arc, Mutex},
};

use amatelier_debate::{Debate, Event};
use amatelier_engine::{Control, Watcher};
use amatelier_types::MemberName;
use tokio::sync::Notify;

use crate::{
    house::{House, Nobody, Table, opening},
    made::{self, Parts},
};

/// The member whose component is replaced.
const CHANGED: &str = "changed";

/// A persona with so much code that compiling it takes many times as long as a turn.
fn big() -> Vec<u8> {
    let mut before = String::from("(core module $bulk");
    for function in 0..200 {
        let _ = write!(before, "(func (param i32) (result i32) local.get 0");
        for step in 0..500 {
            let _ =
                write!(before, " i32.const {step} i32.mul local.get 0 i32.xor i32.const {function} i32.add");
        }
        before.push(')');
    }
    made::persona(&Parts { before: before + ")", ..Parts::default() })
}

/// Writes down what happens, in order, and replaces the component when its member has spoken once.
struct Order {
    house: Arc<House>,
    replacement: Vec<u8>,
    happened: Mutex<Vec<String>>,
    noted: Notify,
}

impl Order {
    fn add(&self, what: impl Into<String>) {
        self.happened.lock().unwrap().push(what.into());
    }
}

impl Watcher for Order {
    fn event(&self, _: &Debate, event: &Event) {
        if let Event::TurnFinished { action, .. } = event {
            self.add(action.to_string());
            if action.to_string() == format!("r1/speak/{CHANGED}") {
                self.house.put("changed.wasm", &self.replacement);
            }
        }
    }

    fn text(&self, _: &MemberName, _: &str) {}

    fn note(&self, text: &str) {
        // What the debate came to in sparks is told as well.
        if text.starts_with("settled: ") {
            return;
        }
        assert!(text.contains("changed.wasm") && text.contains("is ready"), "{text}");
        self.add("ready");
        self.noted.notify_one();
    }
}

/// One thread for everything that is async: whatever blocked it would hold the debate up.
#[tokio::test(flavor = "current_thread")]
async fn a_component_that_takes_long_to_compile_holds_up_nobody() {
    let house = Arc::new(House::new());
    house.put("changed.wasm", amatelier_test_support::guest("ada"));
    let table = Table {
        members: format!("{CHANGED} = {{ role = \"worker\", component = \"changed.wasm\" }}"),
        max_rounds: 2,
        ..Table::default()
    };
    let order = Arc::new(Order {
        house: house.clone(),
        replacement: big(),
        happened: Mutex::default(),
        noted: Notify::new(),
    });
    let engine = house.engine(&table);
    let roundtable = engine.open_roundtable(&opening(&table)).await.unwrap();
    let before = engine.runtime_stats();
    let (_, digest) = engine.run(roundtable, None, Control::default(), order.clone()).await.unwrap();
    order.add("over");
    order.noted.notified().await;

    let happened = order.happened.lock().unwrap().clone();
    let at = |what: &str| happened.iter().position(|entry| entry == what);
    let next_turn = at(&format!("r1/rebuttal/{CHANGED}")).unwrap();
    assert!(at("ready").unwrap() > next_turn, "{happened:#?}");
    assert!(
        digest.turns.iter().all(|turn| turn.ending == "done" || turn.ending == "passed"),
        "{:#?}",
        digest.turns
    );
    assert_eq!(engine.runtime_stats().compiled, before.compiled + 1);
}

#[tokio::test]
async fn a_second_start_in_the_same_workspace_compiles_nothing() {
    let (house, table) = (House::new(), Table::default());
    let mut digests = Vec::new();
    for compiled in [4, 0] {
        let engine = house.engine(&table);
        let roundtable = engine.open_roundtable(&opening(&table)).await.unwrap();
        let (_, digest) = engine.run(roundtable, None, Control::default(), Arc::new(Nobody)).await.unwrap();
        // The scripted persona, the judge, the rubric, the store.
        let stats = engine.runtime_stats();
        assert_eq!((stats.compiled, stats.loaded, stats.refused), (compiled, 4 - compiled, 0));
        digests.push(crate::trial::good_ones(&digest));
    }
    assert_eq!(digests[0], digests[1]);
}

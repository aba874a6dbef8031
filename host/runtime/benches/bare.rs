//! The same guest in a plain engine: no limits, no WASI, no clock, no log; one host function that answers nothing.
//!
//! It is the fastest that wasmtime runs this guest the way a host would that trusts it: linked once, instantiated for each call, and
//! without the concurrency support that our contracts do not need either.

use wasmtime::{
    Config, Engine, Store,
    component::{Component, ComponentType, InstancePre, Lift, Linker, Lower},
};

/// `turn` of `wit/persona`.
#[derive(ComponentType, Lower, Lift, Clone)]
#[component(record)]
struct Turn {
    phase: String,
    round: u32,
    #[component(name = "max-rounds")]
    max_rounds: u32,
    position: u32,
    of: u32,
    #[component(name = "floor-turns-left")]
    floor_turns_left: u32,
    extra: Vec<(String, String)>,
}

/// `move` of `wit/persona`.
#[derive(ComponentType, Lower, Lift)]
#[component(variant)]
enum Move {
    #[component(name = "say")]
    Say(String),
    #[component(name = "pass")]
    Pass,
}

pub(crate) struct Bare {
    engine: Engine,
    pre: InstancePre<()>,
    function: wasmtime::component::ComponentExportIndex,
    turn: Turn,
}

impl Bare {
    pub(crate) fn compile(bytes: &[u8]) -> Bare {
        let mut config = Config::new();
        config.concurrency_support(false);
        let engine = Engine::new(&config).unwrap();
        let component = Component::new(&engine, bytes).unwrap();
        let mut linker = Linker::<()>::new(&engine);
        linker
            .instance("amatelier:kit/settings@0.1.0")
            .unwrap()
            .func_wrap("get", |_, (_key,): (String,)| Ok((None::<String>,)))
            .unwrap();
        linker.define_unknown_imports_as_traps(&component).unwrap();
        let pre = linker.instantiate_pre(&component).unwrap();
        let interface = component.get_export_index(None, "amatelier:persona/persona@0.1.0").unwrap();
        let function = component.get_export_index(Some(&interface), "take-turn").unwrap();
        let turn = Turn {
            phase: "speak".into(),
            round: 2,
            max_rounds: 3,
            position: 1,
            of: 4,
            floor_turns_left: 5,
            extra: Vec::new(),
        };
        Bare { engine, pre, function, turn }
    }

    /// Instantiate, call, drop.
    pub(crate) async fn take_turn(&self) {
        let mut store = Store::new(&self.engine, ());
        let instance = self.pre.instantiate_async(&mut store).await.unwrap();
        let take_turn =
            instance.get_typed_func::<(Turn,), (Result<Move, String>,)>(&mut store, &self.function).unwrap();
        let (made,) = take_turn.call_async(&mut store, (self.turn.clone(),)).await.unwrap();
        assert!(matches!(made, Ok(Move::Pass)));
    }
}

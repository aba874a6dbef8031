//! The generated side of the contracts in `wit/`.
//!
//! One synthetic world holds every import and every extension point, so that shared types are generated once and one `add_to_linker`
//! serves all components. No component is asked to be of this world: each call loads only the one interface it needs, and a
//! component links only what it imports.

#![allow(
    missing_docs,
    unreachable_pub,
    dead_code,
    unsafe_code,
    clippy::all,
    clippy::allow_attributes_without_reason,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "generated code, private to this crate"
)]

wasmtime::component::bindgen!({
    // In the order of their dependencies.
    path: [
        "../../wit/types",
        "../../wit/chat",
        "../../wit/llm",
        "../../wit/steward",
        "../../wit/economy",
        "../../wit/member",
        "../../wit/kit",
        "../../wit/persona",
        "../../wit/judge",
        "../../wit/rubric",
        // What is served besides the newest.
        "../../wit/released/rubric-0.1.0.wit",
        "../../wit/store",
        "../../wit/skill",
    ],
    inline: "
        package amatelier:host;

        world table {
            import amatelier:chat/chat@0.1.0;
            import amatelier:chat/minutes@0.1.0;
            import amatelier:llm/llm@0.1.0;
            import amatelier:steward/steward@0.1.0;
            import amatelier:economy/sparks@0.1.0;
            import amatelier:economy/market@0.1.0;
            import amatelier:member/profile@0.1.0;
            import amatelier:member/notebook@0.1.0;
            import amatelier:kit/settings@0.1.0;
            import amatelier:kit/rights@0.1.0;
            import amatelier:kit/dice@0.1.0;
            import amatelier:kit/clock@0.1.0;
            import amatelier:kit/log@0.1.0;
            export amatelier:persona/persona@0.1.0;
            export amatelier:judge/judge@0.1.0;
            export amatelier:rubric/rubric@0.1.0;
            export amatelier:rubric/rubric@0.2.0;
            export amatelier:store/items@0.1.0;
            export amatelier:skill/skills@0.1.0;
        }
    ",
    world: "amatelier:host/table",
    imports: {
        // The host functions that wait.
        "amatelier:llm/llm.complete": async | trappable,
        "amatelier:steward/steward.read": async | trappable,
        "amatelier:steward/steward.grep": async | trappable,
        "amatelier:steward/steward.ask": async | trappable,
        "amatelier:economy/market.buy": async | trappable,
        default: trappable,
    },
    exports: { default: async },
});

//! What `wit-bindgen` makes of the contracts: imports once, shared by every world, and one module per extension point.
//!
//! Each extension point gets a world that only exports. A component's final type is then what its code uses of the imports plus the one
//! interface that its macro exports, however much the SDK knows. Authors see this module only through the rest of the crate.

#![allow(missing_docs, reason = "generated from WIT, where the documentation stands")]
#![allow(unreachable_pub, reason = "generated")]

/// Every import that any world of the host offers.
pub mod imports {
    wit_bindgen::generate!({
        path: [
            "../../wit/types", "../../wit/chat", "../../wit/llm", "../../wit/steward", "../../wit/economy", "../../wit/member",
            "../../wit/kit",
        ],
        inline: "
            package amatelier:sdk;
            world imports {
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
            }
        ",
        world: "amatelier:sdk/imports",
        additional_derives: [PartialEq],
        generate_all,
    });
    pub use self::amatelier::*;
}

/// The interface that a persona exports.
pub mod persona {
    wit_bindgen::generate!({
        path: ["../../wit/types", "../../wit/chat", "../../wit/llm", "../../wit/steward", "../../wit/economy", "../../wit/member",
               "../../wit/kit", "../../wit/persona"],
        inline: "package amatelier:sdk-persona; world persona { export amatelier:persona/persona@0.1.0; }",
        world: "amatelier:sdk-persona/persona",
        with: { "amatelier:types/types@0.1.0": crate::bindings::imports::types::types },
        additional_derives: [PartialEq],
        pub_export_macro: true,
        export_macro_name: "export_persona",
        default_bindings_module: "amatelier_sdk::bindings::persona",
    });
    pub use self::exports::amatelier::persona::persona::*;
}

/// The interface that a judge exports.
pub mod judge {
    wit_bindgen::generate!({
        path: ["../../wit/types", "../../wit/chat", "../../wit/llm", "../../wit/steward", "../../wit/member", "../../wit/kit",
               "../../wit/judge"],
        inline: "package amatelier:sdk-judge; world judge { export amatelier:judge/judge@0.1.0; }",
        world: "amatelier:sdk-judge/judge",
        with: { "amatelier:types/types@0.1.0": crate::bindings::imports::types::types },
        additional_derives: [PartialEq],
        pub_export_macro: true,
        export_macro_name: "export_judge",
        default_bindings_module: "amatelier_sdk::bindings::judge",
    });
    pub use self::exports::amatelier::judge::judge::*;
}

/// The interface that a rubric exports.
pub mod rubric {
    wit_bindgen::generate!({
        path: ["../../wit/types", "../../wit/chat", "../../wit/llm", "../../wit/member", "../../wit/kit", "../../wit/rubric"],
        inline: "package amatelier:sdk-rubric; world rubric { export amatelier:rubric/rubric@0.2.0; }",
        world: "amatelier:sdk-rubric/rubric",
        with: { "amatelier:types/types@0.1.0": crate::bindings::imports::types::types },
        additional_derives: [PartialEq],
        pub_export_macro: true,
        export_macro_name: "export_rubric",
        default_bindings_module: "amatelier_sdk::bindings::rubric",
    });
    pub use self::exports::amatelier::rubric::rubric::*;
}

/// The same in its first version, for hosts that know no later one.
pub mod rubric_0_1 {
    wit_bindgen::generate!({
        path: ["../../wit/types", "../../wit/chat", "../../wit/llm", "../../wit/member", "../../wit/kit",
               "../../wit/released/rubric-0.1.0.wit"],
        inline: "package amatelier:sdk-rubric-first; world rubric-first { export amatelier:rubric/rubric@0.1.0; }",
        world: "amatelier:sdk-rubric-first/rubric-first",
        with: { "amatelier:types/types@0.1.0": crate::bindings::imports::types::types },
        additional_derives: [PartialEq],
        pub_export_macro: true,
        export_macro_name: "export_rubric_0_1",
        default_bindings_module: "amatelier_sdk::bindings::rubric_0_1",
    });
    pub use self::exports::amatelier::rubric::rubric::*;
}

/// The interface that a store exports.
pub mod store {
    wit_bindgen::generate!({
        path: ["../../wit/types", "../../wit/kit", "../../wit/store"],
        inline: "package amatelier:sdk-store; world store { export amatelier:store/items@0.1.0; }",
        world: "amatelier:sdk-store/store",
        with: { "amatelier:types/types@0.1.0": crate::bindings::imports::types::types },
        additional_derives: [PartialEq],
        pub_export_macro: true,
        export_macro_name: "export_store",
        default_bindings_module: "amatelier_sdk::bindings::store",
    });
    pub use self::exports::amatelier::store::items::*;
}

/// The interface that a component with skills exports.
pub mod skill {
    wit_bindgen::generate!({
        path: ["../../wit/types", "../../wit/chat", "../../wit/kit", "../../wit/skill"],
        inline: "package amatelier:sdk-skill; world skill { export amatelier:skill/skills@0.1.0; }",
        world: "amatelier:sdk-skill/skill",
        with: { "amatelier:types/types@0.1.0": crate::bindings::imports::types::types },
        additional_derives: [PartialEq],
        pub_export_macro: true,
        export_macro_name: "export_skills",
        default_bindings_module: "amatelier_sdk::bindings::skill",
    });
    pub use self::exports::amatelier::skill::skills::*;
}

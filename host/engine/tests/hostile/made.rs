//! Personas that no toolchain would make, as text: everything of the contract's types here, the attack in the parts.

/// What makes one persona differ from the next.
#[derive(Default)]
pub(crate) struct Parts {
    /// Before the persona's own module: imports, other modules and instances.
    pub(crate) before: String,
    /// What the module is instantiated with.
    pub(crate) with: &'static str,
    /// The start of the module: imports and, unless it is empty, memory.
    pub(crate) head: &'static str,
    /// The rest of the module.
    pub(crate) body: &'static str,
    /// Body of `take-turn`; the default says nothing but is well-formed: a pass.
    pub(crate) take_turn: &'static str,
    /// Body of `realloc`; the default gives out addresses in the second page.
    pub(crate) realloc: &'static str,
    /// Body of the function that is called when the result was read.
    pub(crate) post_return: &'static str,
}

/// A result at address 64 that is `ok(pass)`.
const PASS: &str =
    "(i32.store8 (i32.const 64) (i32.const 0)) (i32.store8 (i32.const 68) (i32.const 1)) (i32.const 64)";

/// The bytes of the component.
pub(crate) fn persona(parts: &Parts) -> Vec<u8> {
    let or = |text: &'static str, default: &'static str| if text.is_empty() { default } else { text };
    let Parts { before, with, body, post_return, .. } = parts;
    let head = or(parts.head, "(memory (export \"memory\") 2)");
    let take_turn = or(parts.take_turn, PASS);
    let realloc = or(parts.realloc, "(i32.const 65536)");
    let text = format!(
        r#"(component
            (type $turn' (record
                (field "phase" string) (field "round" u32) (field "max-rounds" u32) (field "position" u32)
                (field "of" u32) (field "floor-turns-left" u32) (field "extra" (list (tuple string string)))))
            (export $turn "turn" (type $turn'))
            (type $move' (variant (case "say" string) (case "pass")))
            (export $move "move" (type $move'))
            (type $exchange' (record (field "question" string) (field "answer" string)))
            (export $exchange "exchange" (type $exchange'))
            {before}
            (core module $main
                {head}
                {body}
                (func (export "realloc") (param i32 i32 i32 i32) (result i32) {realloc})
                (func (export "post-return") (param i32) {post_return})
                (func (export "take-turn") (param i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32) {take_turn})
                (func (export "answer") (param i32 i32 i32 i32) (result i32) unreachable))
            (core instance $main (instantiate $main {with}))
            (func $take-turn (param "t" $turn) (result (result $move (error string)))
                (canon lift (core func $main "take-turn") (memory (core memory $main "memory"))
                    (realloc (core func $main "realloc")) (post-return (core func $main "post-return"))))
            (func $answer (param "so-far" (list $exchange)) (param "question" string)
                (result (result string (error string)))
                (canon lift (core func $main "answer") (memory (core memory $main "memory"))
                    (realloc (core func $main "realloc"))))
            (instance $persona (export "take-turn" (func $take-turn)) (export "answer" (func $answer)))
            (export "amatelier:persona/persona@0.1.0" (instance $persona)))"#
    );
    wat::parse_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// `settings.get`, lowered with the memory and the realloc of a small module of its own, as `host` `get`.
pub(crate) const SETTINGS: &str = r#"
    (import "amatelier:kit/settings@0.1.0" (instance $settings
        (export "get" (func (param "key" string) (result (option string))))))
    (core module $own
        (memory (export "memory") 2)
        (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $own (instantiate $own))
    (core func $get (canon lower (func $settings "get")
        (memory (core memory $own "memory")) (realloc (core func $own "realloc"))))
    (core instance $host (export "get" (func $get)) (export "memory" (memory $own "memory")))"#;

/// `llm.embed`, lowered with a memory of its own, as `host` `embed`.
pub(crate) const EMBED: &str = r#"
    (import "amatelier:llm/llm@0.1.0" (instance $llm
        (type $error' (variant (case "denied" string) (case "too-long" u32) (case "timed-out")
            (case "unavailable" string) (case "invalid" string) (case "other" string)))
        (export "error" (type $error (eq $error')))
        (export "embed" (func (param "texts" (list string)) (result (result (list (list f32)) (error $error)))))))
    (core module $own
        (memory (export "memory") 2)
        (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 0)))
    (core instance $own (instantiate $own))
    (core func $embed (canon lower (func $llm "embed")
        (memory (core memory $own "memory")) (realloc (core func $own "realloc"))))
    (core instance $host (export "embed" (func $embed)) (export "memory" (memory $own "memory")))"#;

/// The head of a module that uses it.
pub(crate) const EMBEDDING: &str = r#"
    (import "host" "embed" (func $embed (param i32 i32 i32)))
    (import "host" "memory" (memory 2))
    (export "memory" (memory 0))"#;

/// The instantiation of a module that uses `host`.
pub(crate) const WITH_HOST: &str = r#"(with "host" (instance $host))"#;

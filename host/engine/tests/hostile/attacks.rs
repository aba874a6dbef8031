//! The table of attacks. It grows by lines.

use amatelier_test_support::guest;

use crate::{
    attack::{
        Attack,
        By::{Judge, JudgeAtGate, Loaded, Made, Member, Offers, Reader, Rubric},
    },
    made::{EMBED, EMBEDDING, Parts, SETTINGS, WITH_HOST},
    offering::Asked,
};

const CPU: &str = "CPU time inside the guest: {cpu}";
const CPU_SAID: &str = "CPU: it computed for more than";
const STACK: &str = "the guest's own stack, which ends in a trap";
const SCORES: &str = "marks are checked; a second try, then the debate stays unscored";
const TEXT: &str = "nothing: it is text, shown escaped";
const READING: &[&str] = &["steward.read", "steward.ask"];
const MARKET: &[&str] = &["market.read", "market.buy"];
const FORM: &str = "the form of a list; it is refused as a whole";
const PERCENT: &str = "at most 100 per cent come off; the purchase is refused";
const LESSON: &str = "the form of a lesson; it is refused as a whole";
const REMINDER: &str = "a reminder is one plain line; it is refused as a whole";
const PACKAGE: &str = "the look through it before it is compiled";
const CONTRACTS: &str = "the contracts that the host speaks, before anything is compiled";
const LOADING: &str = "the compiler's features and the linker";

const PLAIN: Parts = Parts {
    before: String::new(),
    with: "",
    head: "",
    body: "",
    take_turn: "",
    realloc: "",
    post_return: "",
};

const fn attack(
    name: &'static str,
    does: &'static str,
    stopped_by: &'static str,
    expected: &'static str,
    words: &'static str,
    by: crate::attack::By,
) -> Attack {
    Attack { name, does, stopped_by, expected, words, by }
}

fn wat(text: &str) -> Vec<u8> {
    wat::parse_str(text).unwrap()
}

/// What says that it is a persona and has this in it.
fn persona(inside: &str) -> Vec<u8> {
    wat(&format!(
        r#"(component {inside} (instance $i) (export "amatelier:persona/persona@0.1.0" (instance $i)))"#
    ))
}

fn instances(count: usize, module: &str) -> String {
    format!("(core module $m {module})") + &"(core instance (instantiate $m))".repeat(count)
}

pub(crate) fn attacks() -> Vec<Attack> {
    vec![
        // Time.
        attack("loop", "loops for ever in its turn", CPU, "limit", CPU_SAID, Member(&[])),
        attack(
            "loop-in-start",
            "loops for ever while it is instantiated",
            CPU,
            "limit",
            CPU_SAID,
            Made(Parts { body: "(func $start (loop (br 0))) (start $start)", ..PLAIN }),
        ),
        attack(
            "loop-in-realloc",
            "loops for ever when the host asks it for memory",
            CPU,
            "limit",
            CPU_SAID,
            Made(Parts { realloc: "(loop (br 0)) unreachable", ..PLAIN }),
        ),
        attack(
            "loop-after-return",
            "returns, then loops for ever while the host lets it clean up",
            CPU,
            "limit",
            CPU_SAID,
            Made(Parts { post_return: "(loop (br 0))", ..PLAIN }),
        ),
        attack(
            "loop-in-destructor",
            "loops for ever in the destructor of a resource",
            CPU,
            "limit",
            CPU_SAID,
            Made(Parts {
                before: r#"(core module $ends (func (export "end") (param i32) (loop (br 0))))
                    (core instance $ends (instantiate $ends))
                    (type $thing (resource (rep i32) (dtor (core func $ends "end"))))
                    (core func $new (canon resource.new $thing))
                    (core func $drop (canon resource.drop $thing))
                    (core instance $host (export "new" (func $new)) (export "drop" (func $drop)))"#
                    .into(),
                with: WITH_HOST,
                head: r#"(import "host" "new" (func $new (param i32) (result i32)))
                    (import "host" "drop" (func $drop (param i32)))
                    (memory (export "memory") 2)"#,
                take_turn: "(call $drop (call $new (i32.const 1))) unreachable",
                ..PLAIN
            }),
        ),
        attack(
            "loop-of-bulk-fills",
            "fills all of its memory again and again with single instructions",
            CPU,
            "limit",
            CPU_SAID,
            Made(Parts {
                head: r#"(memory (export "memory") 900)"#,
                take_turn: "(loop (memory.fill (i32.const 0) (i32.const 1) (i32.const 58982400)) (br 0)) unreachable",
                ..PLAIN
            }),
        ),
        attack(
            "loop-of-host-calls",
            "reads the whole transcript again and again",
            CPU,
            "limit",
            CPU_SAID,
            Member(&[]),
        ),
        attack(
            "sleep",
            "sleeps for an hour",
            "wall clock: the operator's speaker timeout",
            "limit",
            "wall clock",
            Member(&[]),
        ),
        // Space.
        attack(
            "memory",
            "allocates without end",
            "memory: {memory} for all memories together",
            "limit",
            "memory: it asked for",
            Member(&[]),
        ),
        attack(
            "memory-at-once",
            "begins with 4 GiB",
            "memory: {memory} for all memories together",
            "limit",
            "memory: it asked for 4096 MiB",
            Made(Parts { head: r#"(memory (export "memory") 65536)"#, ..PLAIN }),
        ),
        attack(
            "many-memories",
            "is made of forty instances with a memory each",
            "instances: {instances}, memories: {memories}",
            "limit",
            "more instances, memories or tables",
            Made(Parts {
                before: instances(40, "(memory 1)"),
                ..PLAIN
            }),
        ),
        attack(
            "memories-that-add-up",
            "has thirty memories of 3 MiB, each of which is allowed",
            "memory: {memory} for all memories together",
            "limit",
            "memory: it asked for",
            Made(Parts {
                before: instances(30, "(memory 48)"),
                ..PLAIN
            }),
        ),
        attack(
            "table",
            "grows a table without end",
            "tables: {tables} elements for all tables together",
            "limit",
            "tables: it asked for",
            Made(Parts {
                body: "(table $t 1 funcref)",
                take_turn: "(loop (br_if 0 (i32.ne (table.grow $t (ref.null func) (i32.const 1000)) (i32.const -1)))) unreachable",
                ..PLAIN
            }),
        ),
        attack("recurse", "recurses without end", STACK, "trap", "stack was used up", Member(&[])),
        attack(
            "handles",
            "opens handles of the host without end",
            "handles: {handles}",
            "limit",
            "handles: it holds more than",
            Member(&[]),
        ),
        attack(
            "random-flood",
            "asks for 100 MiB of random bytes",
            "random bytes at once: {random}",
            "limit",
            "random bytes at once",
            Member(&[]),
        ),
        // What it passes and returns.
        attack(
            "huge-return",
            "returns a speech of 2 MiB",
            "returned bytes: {returned}",
            "limit",
            "result: it returned",
            Member(&[]),
        ),
        attack(
            "huge-error",
            "returns an error of 2 MiB",
            "returned bytes: {returned}",
            "limit",
            "result: it returned",
            Member(&[]),
        ),
        attack(
            "huge-log",
            "logs a line of 2 MiB",
            "bytes passed to one function: {returned}",
            "limit",
            "to log.write",
            Member(&[]),
        ),
        attack(
            "host-call-fuel",
            "passes a text of 24 MiB",
            "data per call: {fuel}",
            "limit",
            "data: it passed or returned",
            Member(&[]),
        ),
        attack(
            "many-strings",
            "passes a list of 500 000 empty texts",
            "data per call: {fuel}",
            "limit",
            "data: it passed or returned",
            Member(&[]),
        ),
        attack(
            "same-string",
            "passes a list of 4 096 texts that are all the same 64 KiB of its memory",
            "data per call: {fuel}",
            "limit",
            "data: it passed or returned",
            Made(Parts {
                before: EMBED.into(),
                with: WITH_HOST,
                head: EMBEDDING,
                // The list in the first page, the text, all zeros, is the second.
                take_turn: "(local $at i32)
                    (loop $next
                        (i32.store (local.get $at) (i32.const 65536))
                        (i32.store offset=4 (local.get $at) (i32.const 65536))
                        (local.set $at (i32.add (local.get $at) (i32.const 8)))
                        (br_if $next (i32.lt_u (local.get $at) (i32.const 32768))))
                    (call $embed (i32.const 0) (i32.const 4096) (i32.const 40000))
                    unreachable",
                ..PLAIN
            }),
        ),
        attack(
            "endless-list",
            "passes a list of 2^31 texts",
            "the bounds of its memory",
            "trap",
            "out of bounds",
            Made(Parts {
                before: EMBED.into(),
                with: WITH_HOST,
                head: EMBEDDING,
                take_turn: "(call $embed (i32.const 0) (i32.const -2147483648) (i32.const 40000)) unreachable",
                ..PLAIN
            }),
        ),
        attack("log-flood", "logs 5 000 lines", "log: {log}, the rest is counted and dropped", "passed", "", Member(&[])),
        attack(
            "print-flood",
            "writes 10 000 lines to stdout and stderr",
            "log: {log}, the rest is counted and dropped",
            "passed",
            "",
            Member(&[]),
        ),
        attack(
            "notebook-flood",
            "writes notes without end",
            "notebook: {notebook}; the guest is told that it is full",
            "done",
            "Full(",
            Member(&["notebook"]),
        ),
        attack(
            "too-many-model-calls",
            "asks a model without end",
            "model calls of a turn: {models}",
            "limit",
            "model calls: it asked a model more than",
            Member(&["llm.complete"]),
        ),
        // Lies about what it returns.
        attack(
            "bad-text",
            "returns a text that is no UTF-8",
            "the check of every text",
            "trap",
            "utf-8",
            Made(Parts {
                take_turn: "(i32.store8 (i32.const 64) (i32.const 0)) (i32.store8 (i32.const 68) (i32.const 0))
                    (i32.store (i32.const 72) (i32.const 128)) (i32.store (i32.const 76) (i32.const 4))
                    (i32.store (i32.const 128) (i32.const -1)) (i32.const 64)",
                ..PLAIN
            }),
        ),
        attack(
            "bad-address",
            "returns a text that lies outside its memory",
            "the bounds of its memory",
            "trap",
            "out of bounds",
            Made(Parts {
                take_turn: "(i32.store8 (i32.const 64) (i32.const 0)) (i32.store8 (i32.const 68) (i32.const 0))
                    (i32.store (i32.const 72) (i32.const -16)) (i32.store (i32.const 76) (i32.const 64)) (i32.const 64)",
                ..PLAIN
            }),
        ),
        attack(
            "bad-result",
            "returns a result that lies outside its memory",
            "the bounds of its memory",
            "trap",
            "out of bounds",
            Made(Parts { take_turn: "(i32.const -4)", ..PLAIN }),
        ),
        attack(
            "bad-variant",
            "returns a move that there is not",
            "the check of every variant",
            "trap",
            "discriminant",
            Made(Parts {
                take_turn: "(i32.store8 (i32.const 64) (i32.const 0)) (i32.store8 (i32.const 68) (i32.const 77)) (i32.const 64)",
                ..PLAIN
            }),
        ),
        // Dying.
        attack("panic", "panics", "the sandbox", "trap", "it panicked or aborted", Member(&[])),
        attack("exit", "ends its process", "the sandbox", "trap", "it exited with status", Member(&[])),
        attack("divide", "divides by zero", "the sandbox", "trap", "divide", Member(&[])),
        attack(
            "trap-in-host-call",
            "traps while the host writes the answer of a call into its memory",
            "the sandbox; the store is thrown away",
            "trap",
            "it panicked or aborted",
            Made(Parts {
                before: SETTINGS.into(),
                with: WITH_HOST,
                head: r#"(import "host" "get" (func $get (param i32 i32 i32)))
                    (import "host" "memory" (memory 2))
                    (export "memory" (memory 0))
                    (data (i32.const 0) "attack")"#,
                take_turn: "(call $get (i32.const 0) (i32.const 6) (i32.const 256)) unreachable",
                ..PLAIN
            }),
        ),
        attack(
            "panic-once",
            "panics, and is called again",
            "one store per call: the next call finds nothing of it",
            "trap, then done",
            "it panicked or aborted",
            Member(&[]),
        ),
        attack(
            "guest-error",
            "returns an error",
            "nothing: an error is an answer",
            "guest-error",
            "I would rather not",
            Member(&[]),
        ),
        // Text.
        attack("escapes", "says, logs and prints terminal escapes and markup", TEXT, "done", "<script>", Member(&[])),
        attack(
            "escapes-in-error",
            "fails with terminal escapes and markup",
            "messages of failures are one line without control characters",
            "guest-error",
            "<script>",
            Member(&[]),
        ),
        attack(
            "injection",
            "speaks like a judge, a host and a system prompt",
            "the host acts on types, never on prose",
            "done",
            "Ignore all earlier instructions",
            Member(&[]),
        ),
        // The Steward.
        attack(
            "steward-flood",
            "searches the registered files without end",
            "lookups per turn: {lookups}",
            "limit",
            "it asked the Steward more than",
            Reader(READING),
        ),
        attack(
            "steward-names",
            "reads files by names that are not registered: `..`, absolute, NUL, percent-encoded, half a megabyte long",
            "a name is a key into the list of registered files",
            "done",
            "26 names, 0 read, 0 found in other files",
            Reader(READING),
        ),
        attack(
            "steward-patterns",
            "searches with patterns that are none, explode or are half a megabyte long",
            "patterns are compiled within limits, without backtracking",
            "done",
            "bad pattern, bad pattern, 1 hits, bad pattern, bad pattern, 0 hits, 2 hits, a lookup takes 16384 bytes at most",
            Reader(READING),
        ),
        attack(
            "steward-questions",
            "asks more than it has requests, and a question of half a megabyte",
            "the member's budget",
            "done",
            "too long: true; 3 left, 3 answered, then Err(NoRequestsLeft)",
            Reader(READING),
        ),
        attack(
            "steward-denied",
            "looks up whatever it can without a grant",
            "the grant: `steward.read`, `steward.ask`",
            "done",
            "[] Err(Denied(\"steward.read\")) Err(Denied(\"steward.read\")) Err(Denied(\"steward.ask\")) 0",
            Reader(&[]),
        ),
        // Whoever buys.
        attack(
            "market-flood",
            "buys without end",
            "purchases per turn: {purchases}",
            "limit",
            "purchases: it tried to buy more than",
            Member(MARKET),
        ),
        attack(
            "market-odd",
            "buys what nobody sells (`..`, NUL, escapes, half a megabyte) with a note of half a megabyte",
            "ids are keys into the catalog; notes have {text} characters at most",
            "done",
            "6 of 6 are nothing to be had; a long note is refused: true",
            Member(MARKET),
        ),
        attack(
            "market-denied",
            "reads the ledger and the store and buys, without a grant",
            "the grant: `market.read`, `market.buy`",
            "done",
            "(0, 0, 0) (0, 0) Err(Refusal::Denied(\"market.buy\"))",
            Member(&[]),
        ),
        // Judges.
        attack("judge-loop", "judge: loops for ever at the gate", CPU, "limit", CPU_SAID, JudgeAtGate),
        attack("judge-trap", "judge: panics at the gate", "the sandbox", "trap", "it panicked or aborted", JudgeAtGate),
        attack(
            "judge-flood",
            "judge: returns 131 072 empty remarks",
            "data per call: {fuel}",
            "limit, then done",
            "data: it passed or returned",
            Judge,
        ),
        attack(
            "judge-nobody",
            "judge: interferes with names that are nobody's",
            "such interventions are dropped, visibly",
            "done",
            "is no worker of this debate",
            Judge,
        ),
        attack(
            "judge-escapes",
            "judge: interferes with terminal escapes and markup",
            TEXT,
            "done",
            "GATE: good",
            Judge,
        ),
        // Rubrics.
        attack("rubric-loop", "rubric: loops for ever", CPU, "limit, unscored", CPU_SAID, Rubric),
        attack(
            "rubric-million",
            "rubric: returns 1 000 000 cards",
            "data per call: {fuel}",
            "limit, unscored",
            "data: it passed or returned",
            Rubric,
        ),
        attack(
            "rubric-huge-scale",
            "rubric: an axis with 524 288 values",
            "returned bytes: {returned}",
            "limit, unscored",
            "result: it returned",
            Rubric,
        ),
        attack("rubric-no-axes", "rubric: has no axes", SCORES, "done, unscored", "has no axes", Rubric),
        attack("rubric-off-scale", "rubric: marks off its own scale", SCORES, "done, unscored", "is not on the scale", Rubric),
        attack("rubric-duplicates", "rubric: marks the same axis twice", SCORES, "done, unscored", "more than one mark", Rubric),
        attack("rubric-missing", "rubric: leaves marks out", SCORES, "done, unscored", "has no mark for", Rubric),
        attack("rubric-strangers", "rubric: marks somebody who was not there", SCORES, "done, unscored", "is nobody to be scored", Rubric),
        attack(
            "rubric-lies",
            "rubric: proves the greatest mark with a message that nobody posted",
            "quotations are looked up; without one a 10 counts 3",
            "done, complete",
            "counts 3",
            Rubric,
        ),
        attack("rubric-forged", "rubric: proves the greatest mark with what somebody else said", "quotations are looked up; without one a 10 counts 3", "done, complete", "counts 3", Rubric),
        attack("rubric-rich-scale", "rubric: a scale that ends at 4 000 000 000, and marks at its end", SCORES, "done, unscored", "goes beyond 1000", Rubric),
        attack("rubric-many-axes", "rubric: has 17 axes", SCORES, "done, unscored", "the rubric has 17 axes", Rubric),
        attack("rubric-axis-id", "rubric: calls an axis `../../etc/passwd`", SCORES, "done, unscored", "is no id of an axis", Rubric),
        attack("rubric-axis-name", "rubric: names an axis with terminal escapes and markup", SCORES, "done, unscored", "the name of wit is not one line", Rubric),
        attack("rubric-megabyte", "rubric: gives a megabyte of reasons", "returned bytes: {returned}", "limit, unscored", "result: it returned", Rubric),
        attack("rubric-wordy", "rubric: gives reasons of 2 001 characters", SCORES, "done, unscored", "the reason for wit is longer than 2000 characters", Rubric),
        attack(
            "rubric-stolen",
            "rubric: rests marks on what others said and on what nobody said",
            "evidence is looked up; what the member did not post is struck out",
            "done, complete",
            "wit does not rest on messages 0, 1",
            Rubric,
        ),
        attack("rubric-much-evidence", "rubric: rests a mark on 65 messages", SCORES, "done, unscored", "wit rests on 65 messages; at most 64", Rubric),
        attack("rubric-evidence-flood", "rubric: rests a mark on 131 072 messages", "returned bytes: {returned}", "limit, unscored", "result: it returned", Rubric),
        attack("rubric-escapes", "rubric: reasons with terminal escapes and markup", TEXT, "done, complete", "<script>", Rubric),
        // Stores.
        attack("store-loop", "store: loops for ever", CPU, "limit", CPU_SAID, Offers(Asked::Items)),
        attack("store-flood", "store: lists 100 000 items", "data per call: {fuel}", "limit", "data: it passed or returned", Offers(Asked::Items)),
        attack("store-many", "store: lists 501 items", "items: {entries}", "limit", "items: there are 501", Offers(Asked::Items)),
        attack("store-megabyte", "store: describes an item with a megabyte", "returned bytes: {returned}", "limit", "result: it returned", Offers(Asked::Items)),
        attack("store-long", "store: describes an item at length", "characters of a description: {text}", "limit", "the description of the item `bell` is longer", Offers(Asked::Items)),
        attack("store-price", "store: asks 4 000 000 000 sparks", "suggested price: {price} sparks", "limit", "a price of 4000000000 sparks", Offers(Asked::Items)),
        attack("store-duplicates", "store: lists an id twice", FORM, "guest-error", "`bell` is there twice", Offers(Asked::Items)),
        attack("store-id", "store: calls an item `../../etc/passwd`", FORM, "guest-error", "is no id", Offers(Asked::Items)),
        attack("store-lifetime", "store: sells for ever", FORM, "guest-error", "the lifetime of the item `bell` is none", Offers(Asked::Items)),
        attack("store-escapes", "store: names an item with terminal escapes and markup", FORM, "guest-error", "is not one plain line", Offers(Asked::Items)),
        attack("store-percent", "store: takes 4 000 000 000 per cent off", PERCENT, "guest-error", "4000000000 per cent off", Offers(Asked::MayBuy)),
        attack("store-reason", "store: refuses a buyer with most of a megabyte", "characters of a reason: {reminder}", "limit", "longer than 300 characters", Offers(Asked::MayBuy)),
        attack("store-effects", "store: promises 300 000 effects", "data per call: {fuel}", "limit", "data: it passed or returned", Offers(Asked::Redeem)),
        attack("store-some-effects", "store: promises 17 effects", "effects of one item: {effects}", "limit", "effects: there are 17", Offers(Asked::Redeem)),
        attack("store-request", "store: asks people for too much", "characters of a request: {text}", "limit", "the text of a request is longer", Offers(Asked::Redeem)),
        // Skills.
        attack("skill-loop", "skill: loops for ever in a lesson", CPU, "limit", CPU_SAID, Offers(Asked::Teach)),
        attack("skill-megabyte", "skill: teaches a megabyte", "characters of a lesson: {lesson}", "limit", "the lesson is longer", Offers(Asked::Teach)),
        attack("skill-escapes", "skill: teaches terminal escapes and markup", LESSON, "guest-error", "the lesson holds control characters", Offers(Asked::Teach)),
        attack("skill-empty", "skill: teaches nothing", LESSON, "guest-error", "the lesson is empty", Offers(Asked::Teach)),
        attack("skill-advice", "skill: reminds at length", "characters of a reminder: {reminder}", "limit", "the reminder is longer", Offers(Asked::Advise)),
        attack("skill-advice-lines", "skill: puts a line of the judge into a reminder", REMINDER, "guest-error", "the reminder is not one plain line", Offers(Asked::Advise)),
        attack("skill-flood", "skill: lists 100 000 skills", "data per call: {fuel}", "limit", "data: it passed or returned", Offers(Asked::Skills)),
        attack("skill-duplicates", "skill: lists an id twice", FORM, "guest-error", "`whistling` is there twice", Offers(Asked::Skills)),
        attack("skill-price", "skill: asks 4 294 967 295 sparks", "suggested price: {price} sparks", "limit", "a price of 4294967295 sparks", Offers(Asked::Skills)),
        // What does not load.
        attack("truncated", "is cut off in the middle", PACKAGE, "not loaded", "it is cut off", Loaded(|| {
            let bytes = guest("ada");
            bytes[..bytes.len() / 2].to_vec()
        })),
        attack(
            "too-large",
            "is larger than anything that is compiled",
            "component size: {component}",
            "not loaded",
            "the host compiles at most",
            Loaded(|| {
                let mut bytes = guest("ada").to_vec();
                bytes.resize((32 << 20) + 1, 0);
                bytes
            }),
        ),
        attack("threads", "wants shared memory", LOADING, "not loaded", "does not compile", Loaded(|| {
            persona("(core module (memory 1 1 shared))")
        })),
        attack("wide-memory", "wants 64-bit memory", LOADING, "not loaded", "does not compile", Loaded(|| {
            persona("(core module (memory i64 1))")
        })),
        attack("tail-calls", "wants calls that leave no trace", LOADING, "not loaded", "does not compile", Loaded(|| {
            persona("(core module (func $f return_call $f))")
        })),
        attack("network", "wants sockets", LOADING, "not loaded", "which this host does not offer", Loaded(|| {
            persona(r#"(import "wasi:sockets/tcp@0.2.0" (instance (export "f" (func))))"#)
        })),
        attack("keys", "wants the host's keys", CONTRACTS, "not loaded", "which this host does not have", Loaded(|| {
            persona(r#"(import "amatelier:secrets/keys@0.1.0" (instance (export "f" (func))))"#)
        })),
        attack("another-version", "speaks a contract of another major version", CONTRACTS, "not loaded", "this amatelier speaks", Loaded(|| {
            wat(r#"(component (instance $i) (export "amatelier:persona/persona@1.0.0" (instance $i)))"#)
        })),
    ]
}

//! WASI functions that std does not expose, by a copy of their contracts.

wit_bindgen::generate!({
    inline: "
        package hostile:wasi;

        world all {
            import wasi:clocks/monotonic-clock@0.2.0;
            import wasi:random/random@0.2.0;
        }

        package wasi:io@0.2.0 {
            interface poll {
                resource pollable {
                    ready: func() -> bool;
                    block: func();
                }
                poll: func(in: list<borrow<pollable>>) -> list<u32>;
            }
        }

        package wasi:clocks@0.2.0 {
            interface monotonic-clock {
                use wasi:io/poll@0.2.0.{pollable};
                type instant = u64;
                type duration = u64;
                now: func() -> instant;
                resolution: func() -> duration;
                subscribe-instant: func(when: instant) -> pollable;
                subscribe-duration: func(when: duration) -> pollable;
            }
        }

        package wasi:random@0.2.0 {
            interface random {
                get-random-bytes: func(len: u64) -> list<u8>;
                get-random-u64: func() -> u64;
            }
        }
    ",
    world: "hostile:wasi/all",
    generate_all,
});

/// Open handles until the host has had enough.
pub fn hoard() -> usize {
    let mut handles = Vec::new();
    for _ in 0..1_000_000 {
        handles.push(wasi::clocks::monotonic_clock::subscribe_duration(1));
    }
    handles.len()
}

/// Let the host make this many random bytes.
pub fn random_bytes(length: u64) -> Vec<u8> {
    wasi::random::random::get_random_bytes(length)
}

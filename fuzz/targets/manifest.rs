#![no_main]
//! A manifest that is understood is written in one way, and read from that as the same; `host/plugins/src/manifest/tests.rs` says it in full.

use amatelier_plugins::{Manifest, host_version};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = Manifest::of_json(text.as_bytes(), &host_version());
    if let Ok(manifest) = Manifest::of_toml(text, &host_version()) {
        let json = manifest.to_json();
        assert_eq!(Manifest::of_json(json.as_bytes(), &host_version()), Ok(manifest));
    }
});

#![no_main]
//! No bytes make the reader of components fall over; `host/plugins/src/package/tests.rs` and `host/plugins/tests/packages.rs` say it in full.

use amatelier_plugins::{Agreement, Package, PackageLimits, host_version};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(package) = Package::read(bytes, &PackageLimits::default()) {
        let _ = package.worlds();
        if let Ok(manifest) = package.manifest(&host_version()) {
            let _ = Agreement::of(&manifest, &package);
        }
    }
});

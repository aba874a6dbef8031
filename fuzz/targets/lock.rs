#![no_main]
//! A lock, or grants, that are understood are written as they are read; `host/plugins/src/lock/tests.rs` and `rights/book.rs` say it in full.

use amatelier_plugins::{GrantBook, Lock};

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Ok(lock) = Lock::parse(text) {
        assert_eq!(Lock::parse(&lock.to_toml()).ok(), Some(lock));
    }
    if let Ok(book) = GrantBook::parse(text) {
        assert_eq!(GrantBook::parse(&book.to_toml()).ok(), Some(book));
    }
});

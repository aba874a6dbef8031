#![no_main]
#![doc = "See `amatelier_llm::fuzzing::answer`."]

use amatelier_llm::fuzzing::{Spoken, answer};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| answer(Spoken::OpenAi, bytes));

#![no_main]
#![doc = "See `amatelier_llm::fuzzing::ndjson`."]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| amatelier_llm::fuzzing::ndjson(bytes));

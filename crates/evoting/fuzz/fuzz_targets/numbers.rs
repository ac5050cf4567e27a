//! Elements, scalars, credentials: what is read is written the same.
#![no_main]
#![allow(dead_code)]

#[path = "../../tests/fuzzed/numbers.rs"]
mod numbers;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| numbers::read(bytes));

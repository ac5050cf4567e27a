//! A ballot's text, for an election with a question with blank and one without.
#![no_main]
#![allow(dead_code)]

#[path = "../../tests/fuzzed/ballot.rs"]
mod ballot;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| ballot::read(bytes));

//! The registrar's list of credentials, in pieces of any size.
#![no_main]
#![allow(dead_code)]

#[path = "../../tests/fuzzed/lists.rs"]
mod lists;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| lists::read(bytes));

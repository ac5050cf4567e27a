//! Every document of an election in turn, hashed and chained so that it is read: the first byte says which.
#![no_main]
#![allow(dead_code)]

#[path = "../../tests/fuzzed/parts.rs"]
mod parts;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| parts::read(bytes));

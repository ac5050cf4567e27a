//! Election, template, trustees, keys, messages between trustees.
#![no_main]
#![allow(dead_code)]

#[path = "../../tests/fuzzed/documents.rs"]
mod documents;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| documents::read(bytes));

//! Container, events, and everything an archive leads to; one archive beside another.
#![no_main]
#![allow(dead_code)]

#[path = "../../tests/fuzzed/archive.rs"]
mod archive;
#[path = "../../tests/fuzzed/parts.rs"]
mod parts;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| archive::read(bytes));

//! Container, events, and everything an archive leads to.
#![no_main]

use evoting::archive::Event;
use evoting::verify::{Settings, verify};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(event) = Event::parse(bytes) {
        assert_eq!(event.text().as_bytes(), bytes);
    }
    let _ = verify(bytes, Settings { threads: 1 }, &mut rand::rng());
});

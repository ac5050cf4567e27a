//! A ballot's text, against an election with and without blank.
#![no_main]

use evoting::ballot::UnverifiedBallot;
use evoting::election::{Election, Template};
use evoting::group::{Ed25519, Group};
use std::sync::LazyLock;

const TEMPLATE: &str = r#"{"description":"","name":"","questions":[{"answers":["a","b"],"blank":true,"min":1,"max":2,"question":""},{"answers":["a"],"min":0,"max":1,"question":""}]}"#;

static ELECTION: LazyLock<Option<Election<Ed25519>>> = LazyLock::new(|| {
    let document = Template::parse(TEMPLATE)
        .ok()?
        .document::<Ed25519>("11111111111111", &Ed25519::generator())
        .ok()?;
    Election::parse(document.as_bytes()).ok()
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Some(election) = ELECTION.as_ref() {
        let _ = UnverifiedBallot::parse(bytes, election);
    }
});

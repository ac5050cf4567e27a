//! Election, template, trustees, keys, messages between trustees.
#![no_main]

use evoting::election::{Draft, Template};
use evoting::group::Ed25519;
use evoting::threshold::{Certificate, Dealing, Parameters, Received, sort};
use evoting::trustee::{PublicKey, Trustees};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = Draft::parse(bytes);
    let _ = Trustees::<Ed25519>::parse(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = Template::parse(text);
        let _ = PublicKey::<Ed25519>::parse(text);
        let _ = Certificate::<Ed25519>::parse(text);
        let _ = Parameters::<Ed25519>::parse(text);
        let _ = Received::<Ed25519>::parse(text);
        let _ = Dealing::parse(text);
        let _ = sort(&[text]);
    }
});

//! Election, template, trustees, keys, messages between trustees.
#![no_main]

use evoting::election::{Draft, Template};
use evoting::group::Ed25519;
use evoting::threshold::{Certificate, Certificates, Dealing, Parameters, Received, Seed, sort};
use evoting::trustee::{PublicKey, Trustees, parse_private_key};
use std::sync::LazyLock;

static MEMBER: LazyLock<(Seed, Option<Certificates<Ed25519>>)> = LazyLock::new(|| {
    let seed = Seed::generate(&mut rand::rng());
    let certificate = seed.certificate::<Ed25519>(&mut rand::rng());
    (seed, Certificates::new(vec![certificate]).ok())
});

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
        let _ = Seed::parse(text);
        let _ = parse_private_key::<Ed25519>(text);
        let (seed, certificates) = &*MEMBER;
        let _ = seed.open_decryption_key::<Ed25519>(text);
        if let Some(certificates) = certificates {
            let _ = certificates.receive(seed, text, &mut rand::rng());
        }
    }
});

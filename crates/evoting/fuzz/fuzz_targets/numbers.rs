//! Elements, scalars, credentials: what is read is written the same.
#![no_main]

use evoting::credential::{Credential, PublicCredential};
use evoting::group::{Belenios2048, Ed25519, Group, element_text, scalar_text};

fn check<G: Group>(text: &str) {
    if let Ok(element) = G::parse_element(text) {
        assert_eq!(element_text::<G>(&element), text);
    }
    if let Ok(scalar) = G::parse_scalar(text) {
        assert_eq!(scalar_text::<G>(&scalar), text);
    }
    let _ = PublicCredential::<G>::parse(text);
}

libfuzzer_sys::fuzz_target!(|text: &str| {
    check::<Belenios2048>(text);
    check::<Ed25519>(text);
    let _ = Credential::parse(text);
});

//! Container, events, and everything an archive leads to; one archive beside another.

use super::parts;
use evoting::archive::Event;
use evoting::group::Ed25519;
use evoting::verify::{Opening, Settings, continues, verify};

pub fn seeds() -> Vec<Vec<u8>> {
    let whole = parts::whole().to_vec();
    let hash = "0123456789abcdef".repeat(4);
    let event = format!(r#"{{"parent":"{hash}","height":3,"type":"Ballot","payload":"{hash}"}}"#);
    let first = br#"{"height":0,"type":"EndBallots"}"#.to_vec();
    vec![whole, event.into_bytes(), first]
}

pub fn read(bytes: &[u8]) {
    if let Ok(event) = Event::parse(bytes) {
        assert_eq!(event.text().as_bytes(), bytes);
    }
    let _ = verify(bytes, Settings { threads: 1 }, &mut rand::rng());
    let _ = Opening::<Ed25519>::read(bytes, &mut rand::rng());
    if continues(parts::whole(), bytes).is_ok() {
        assert!(bytes.starts_with(parts::whole()));
    }
    let _ = continues(bytes, parts::whole());
}

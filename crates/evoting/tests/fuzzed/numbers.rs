//! Elements, scalars, credentials: what is read is written the same.

use evoting::credential::{Credential, PublicCredential, is_uuid};
use evoting::group::{Belenios2048, Ed25519, Group, Rfc3526, element_text, scalar_text};

pub fn seeds() -> Vec<Vec<u8>> {
    fn of<G: Group>(texts: &mut Vec<String>) {
        let scalar = G::random_scalar(&mut rand::rng());
        let element = element_text::<G>(&G::pow(&G::generator(), &scalar));
        texts.extend([
            format!("{element},12,bob"),
            element,
            scalar_text::<G>(&scalar),
        ]);
    }
    let credential = Credential::generate(&mut rand::rng());
    let mut texts = vec!["0".to_owned(), "11111111111111".to_owned()];
    texts.extend([
        credential.expose().to_owned(),
        credential.expose().replace('-', ""),
    ]);
    of::<Belenios2048>(&mut texts);
    of::<Ed25519>(&mut texts);
    of::<Rfc3526>(&mut texts);
    texts.into_iter().map(String::into_bytes).collect()
}

fn check<G: Group>(text: &str) {
    if let Ok(element) = G::parse_element(text) {
        assert_eq!(element_text::<G>(&element), text);
    }
    if let Ok(scalar) = G::parse_scalar(text) {
        assert_eq!(scalar_text::<G>(&scalar), text);
    }
}

pub fn read(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    check::<Belenios2048>(text);
    check::<Ed25519>(text);
    check::<Rfc3526>(text);
    let _ = PublicCredential::<Belenios2048>::parse(text);
    let _ = PublicCredential::<Ed25519>::parse(text);
    let _ = is_uuid(text);
    let _ = evoting::hash_from_hex(text);
    if let Ok(credential) = Credential::parse(text) {
        let dashed = credential.expose();
        assert!(dashed == text || dashed.replace('-', "") == text);
    }
}

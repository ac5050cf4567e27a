//! The registrar's list of credentials, in pieces of any size.

use evoting::credential::PublicList;

pub fn seeds() -> Vec<Vec<u8>> {
    [
        r#"["12,3,bob","\u0034,,\"anna\" é" , "5","6,","7,,","8,09,"]"#,
        r#"["1","2","3"]"#,
        "[]",
    ]
    .map(|text| text.as_bytes().to_vec())
    .to_vec()
}

/// The public list, if the pieces make one.
fn public(bytes: &[u8], size: usize) -> Option<String> {
    let mut list = PublicList::default();
    let mut out = String::new();
    for piece in bytes.chunks(size) {
        out.push_str(&list.piece(piece).ok()?);
    }
    out.push_str(list.end().ok()?);
    Some(out)
}

pub fn read(bytes: &[u8]) {
    let whole = public(bytes, bytes.len().max(1));
    assert_eq!(public(bytes, 1), whole);
    assert_eq!(public(bytes, 7), whole);
    if let Some(whole) = whole {
        // It is a list of texts, and public already.
        assert!(
            serde_json::from_str::<Vec<String>>(&whole).is_ok(),
            "{whole}"
        );
        assert_eq!(public(whole.as_bytes(), 5), Some(whole));
    }
}

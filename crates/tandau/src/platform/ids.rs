//! Identifiers made by the program.

use uuid::Uuid;

/// A new id that sorts by the time it was made (UUIDv7), for everything that is not a person's secret.
#[must_use]
pub fn new_id() -> String {
    Uuid::now_v7().to_string()
}

/// A new id without order or time (UUIDv4), wherever these would point to a person.
#[must_use]
pub fn random_id() -> String {
    Uuid::new_v4().to_string()
}

/// True for a text that could be one of our ids; anything else never reaches a query.
#[must_use]
pub fn is_id(text: &str) -> bool {
    text.len() <= 64
        && !text.is_empty()
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b':'))
}

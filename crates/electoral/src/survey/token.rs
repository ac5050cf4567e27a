//! Codes that people read from a card or a wall and type.

/// Letters and digits that nobody takes for another one: no 0, O, 1, I.
pub const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// Characters of a token, the last of which checks the others.
const LENGTH: usize = 10;

fn place(c: char) -> Option<usize> {
    ALPHABET.iter().position(|a| char::from(*a) == c)
}

/// Luhn's sum over an alphabet of 32; `from` is the weight of the last character.
fn sum(text: &str, from: usize) -> Option<usize> {
    let mut total = 0_usize;
    for (at, c) in text.chars().rev().enumerate() {
        let value = place(c)? * if at % 2 == 0 { from } else { 3 - from };
        total += value / ALPHABET.len() + value % ALPHABET.len();
    }
    Some(total)
}

/// A code with its check character; none for a character outside the alphabet.
#[must_use]
pub fn with_check(body: &str) -> Option<String> {
    let rest = sum(body, 2)? % ALPHABET.len();
    let check = ALPHABET.get((ALPHABET.len() - rest) % ALPHABET.len())?;
    Some(format!("{body}{}", char::from(*check)))
}

/// Whether a text could be a token: a slip of the finger is found before anything is looked up.
#[must_use]
pub fn is_token(text: &str) -> bool {
    text.chars().count() == LENGTH && sum(text, 1).is_some_and(|sum| sum % ALPHABET.len() == 0)
}

/// What somebody typed, as it stands on the card: capitals, nothing between. Longer texts are cut.
#[must_use]
pub fn normal(typed: &str) -> String {
    typed
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .take(LENGTH + 1)
        .flat_map(char::to_uppercase)
        .collect()
}

//! Codes of certificates: eighty bits that nobody guesses, in letters that nobody takes for others.

use crate::platform::Error;
use electoral::survey::ALPHABET;

/// Letters of a code: five bits each.
const LENGTH: usize = 16;

/// A new code.
///
/// # Errors
/// Never: letters are taken from the alphabet.
pub(super) fn fresh() -> Result<String, Error> {
    let bytes: [u8; LENGTH] = rand::random();
    bytes
        .iter()
        .map(|byte| {
            let letter = ALPHABET.get(usize::from(byte % 32));
            letter.map(|letter| char::from(*letter))
        })
        .collect::<Option<String>>()
        .ok_or_else(|| Error::internal("a letter outside the alphabet"))
}

/// A code as somebody typed it; none for what can't be one.
pub(super) fn typed(text: &str) -> Option<String> {
    if text.len() > 40 {
        return None;
    }
    let code: String = text
        .chars()
        .filter(|c| *c != '-' && !c.is_whitespace())
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let known = |b: u8| ALPHABET.contains(&b);
    (code.len() == LENGTH && code.bytes().all(known)).then_some(code)
}

/// A code as it is printed: four groups of four.
pub(super) fn printed(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    let groups: Vec<String> = letters.chunks(4).map(|g| g.iter().collect()).collect();
    groups.join("-")
}

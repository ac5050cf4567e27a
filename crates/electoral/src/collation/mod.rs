//! Alphabetical order of the state language, and search keys that forgive spelling.
//!
//! Candidates stand on the ballot in the order of the Kazakh Cyrillic alphabet (art. 37(1)), which differs from the order of
//! code points: Ә follows А, Қ follows К, І follows Ы. Latin follows Cyrillic, upper and lower case are equal.

mod fold;
#[cfg(test)]
mod tests;

pub use fold::fold;

use std::cmp::Ordering;

/// The letters in their order; the position is the weight.
const ALPHABET: &str = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя";

/// What a character weighs. Anything between words sorts before letters, digits before Cyrillic, Latin after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Weight {
    Space,
    Mark(char),
    Digit(char),
    Kazakh(usize),
    Latin(char),
    Other(char),
}

/// A key that sorts as [`compare`] does.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SortKey {
    weights: Vec<Weight>,
    /// Texts that differ only in case or accents keep a fixed order.
    text: String,
}

/// The key of a text.
#[must_use]
pub fn sort_key(text: &str) -> SortKey {
    let trimmed = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let weights = trimmed
        .chars()
        .flat_map(char::to_lowercase)
        .map(weight)
        .collect();
    SortKey {
        weights,
        text: trimmed,
    }
}

/// Compares two texts in the order of the Kazakh alphabet; equal only where the texts are, but for spaces.
#[must_use]
pub fn compare(a: &str, b: &str) -> Ordering {
    sort_key(a).cmp(&sort_key(b))
}

fn weight(c: char) -> Weight {
    if c == ' ' {
        return Weight::Space;
    }
    if let Some(position) = ALPHABET.chars().position(|letter| letter == c) {
        return Weight::Kazakh(position);
    }
    if c.is_ascii_digit() {
        return Weight::Digit(c);
    }
    let plain = fold::latin_base(c).unwrap_or(c);
    if plain.is_ascii_lowercase() {
        return Weight::Latin(plain);
    }
    if c.is_alphabetic() {
        Weight::Other(c)
    } else {
        Weight::Mark(c)
    }
}

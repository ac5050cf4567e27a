//! Numbers in words, as protocols repeat every figure (art. 43(8)).

mod english;
mod kazakh;
mod russian;
#[cfg(test)]
mod tests;

use crate::text::Language;

/// Largest number that is spelt.
pub const MAX: u64 = 999_999_999;

/// The number in words, lower case; none above [`MAX`].
#[must_use]
pub fn spell(number: u64, language: Language) -> Option<String> {
    if number > MAX {
        return None;
    }
    let groups = Groups {
        millions: number / 1_000_000,
        thousands: number / 1_000 % 1_000,
        ones: number % 1_000,
    };
    let words = match language {
        Language::Kk => kazakh::spell(&groups).join(" "),
        Language::Ru => russian::spell(&groups).join(" "),
        Language::En => english::spell(&groups).join(" "),
    };
    Some(words)
}

/// Whether typed words say this number. Case, repeated spaces, hyphens and ё/е don't matter.
#[must_use]
pub fn matches(number: u64, language: Language, typed: &str) -> bool {
    let plain = |text: &str| {
        text.to_lowercase()
            .replace('ё', "е")
            .split(|c: char| c.is_whitespace() || c == '-')
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    };
    spell(number, language).is_some_and(|words| plain(&words) == plain(typed))
}

/// A number by groups of three digits, each below 1000.
struct Groups {
    millions: u64,
    thousands: u64,
    ones: u64,
}

impl Groups {
    fn is_zero(&self) -> bool {
        self.millions == 0 && self.thousands == 0 && self.ones == 0
    }
}

/// The word at a place; empty where there is none.
fn word(words: &[&'static str], place: u64) -> &'static str {
    usize::try_from(place)
        .ok()
        .and_then(|place| words.get(place))
        .copied()
        .unwrap_or_default()
}

//! What the program itself writes into a record that people read later: kept in all languages, so that each reads it in
//! their own and not in that of whoever happened to act.

use super::{Lang, T};

/// Stands before each language; nobody types it.
const MARK: char = '\u{1e}';

/// A sentence in all languages, as one text to be kept. Read with [`told`].
#[must_use]
pub fn in_all(say: impl Fn(T) -> String) -> String {
    let mut text = String::new();
    for lang in [Lang::Kk, Lang::Ru, Lang::En] {
        text.push(MARK);
        text.extend(say(T::new(lang)).chars().filter(|c| *c != MARK));
    }
    text
}

/// A kept text in one language; what a person wrote, as they wrote it.
#[must_use]
pub fn told(lang: Lang, text: &str) -> &str {
    let mut parts = text.split(MARK);
    match (
        parts.next(),
        parts.next(),
        parts.next(),
        parts.next(),
        parts.next(),
    ) {
        (Some(""), Some(kk), Some(ru), Some(en), None) => match lang {
            Lang::Kk => kk,
            Lang::Ru => ru,
            Lang::En => en,
        },
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reads_their_own_language_and_words_of_people_stay() {
        let text = in_all(|t| format!("{:?} a\u{1e}b", t.lang));
        for (lang, own) in [
            (Lang::Kk, "Kk ab"),
            (Lang::Ru, "Ru ab"),
            (Lang::En, "En ab"),
        ] {
            assert_eq!(told(lang, &text), own);
        }
        for typed in ["", "The door is 80 cm.", "\u{1e}", "\u{1e}a\u{1e}b"] {
            assert_eq!(told(Lang::Kk, typed), typed);
        }
    }
}

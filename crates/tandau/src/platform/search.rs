//! One way to search names: letters folded (`electoral::collation::fold`), every word somewhere, in any order.
//!
//! A statement that searches compares `' ' || folded` with one pattern for each of the first words.

use electoral::collation::fold;

/// `%words%`; folding has left no sign that `like` would take for its own.
#[must_use]
pub fn like(folded: &str) -> String {
    let plain: String = folded
        .trim()
        .chars()
        .filter(|c| !matches!(c, '%' | '_' | '\\'))
        .collect();
    format!("%{plain}%")
}

/// One pattern for each of the first `N` words of what somebody typed; `%` where there are fewer. A number is
/// the beginning of a word: 44 finds 44 and 448, not 144.
#[must_use]
pub fn patterns<const N: usize>(words: &str) -> [String; N] {
    let folded = fold(words);
    let mut words = folded.split_whitespace();
    std::array::from_fn(|_| match words.next() {
        None => "%".to_owned(),
        Some(word) if word.bytes().all(|b| b.is_ascii_digit()) => format!("% {word}%"),
        Some(word) => like(word),
    })
}

/// Whether anything is left to look for.
#[must_use]
pub fn is_blank(words: &str) -> bool {
    fold(words).trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_its_pattern_whatever_letters_it_is_typed_in() {
        let typed: [String; 3] = patterns("Ақтоғай  448");
        assert_eq!(typed, ["%актогаи%", "% 448%", "%"]);
        for words in ["Қызылорда", "кизилорда", "Кызылорда", "Қызыл-Орда"]
        {
            let [first, ..] = patterns::<2>(words);
            assert!(first.starts_with("%кизил"), "{words}: {first}");
        }
        assert!(is_blank(" – %_ ") && !is_blank("ё"));
        assert_eq!(patterns::<1>("100%_\\"), ["% 100%"]);
    }
}

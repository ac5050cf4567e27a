//! Figures as a paper shows them: written out here because a form's own integers end at 2^63.

use serde::Serializer;

/// Thin space that does not break a line.
pub(crate) const GROUP: char = '\u{202f}';

/// `1062327` as `1 062 327`.
pub(crate) fn grouped(figure: u64) -> String {
    let digits = figure.to_string();
    let mut text = String::with_capacity(digits.len() * 2);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(GROUP);
        }
        text.push(digit);
    }
    text
}

/// Hundredths of a percent as `45,67`.
pub(crate) fn percent(hundredths: u32) -> String {
    format!("{},{:02}", hundredths / 100, hundredths % 100)
}

/// Serializes a figure in groups of three digits.
pub(crate) fn figure<S: Serializer, N: Copy + Into<u64>>(
    value: &N,
    to: S,
) -> Result<S::Ok, S::Error> {
    to.serialize_str(&grouped((*value).into()))
}

/// Serializes a share; none as the empty text.
pub(crate) fn share<S: Serializer>(value: &Option<u32>, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&value.map(percent).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_grouped_and_shares_have_two_places() {
        for (figure, text) in [
            (0, "0"),
            (999, "999"),
            (1000, "1 000"),
            (1_062_327, "1 062 327"),
        ] {
            assert_eq!(grouped(figure).replace(GROUP, " "), text);
        }
        for (share, text) in [
            (0, "0,00"),
            (5, "0,05"),
            (4140, "41,40"),
            (10_000, "100,00"),
        ] {
            assert_eq!(percent(share), text);
        }
    }
}

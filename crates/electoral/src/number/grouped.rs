/// Digits in groups of three with a narrow no-break space (U+202F) between them: `1 062 327`.
///
/// The sign of a negative figure is a true minus (U+2212).
#[must_use]
pub fn grouped(figure: i128) -> String {
    let digits = figure.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 * 3 + 3);
    if figure < 0 {
        out.push('\u{2212}');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out
}

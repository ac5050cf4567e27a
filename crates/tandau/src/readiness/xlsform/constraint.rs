//! Checks of XLSForm that are limits, read and written: `. >= 18 and . <= 30`, `string-length(.) <= 150`.

use electoral::checklist::Milli;

/// Limits of a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Limits {
    pub(super) least: Option<Milli>,
    pub(super) most: Option<Milli>,
}

/// The check of a number between two limits.
pub(super) fn between(least: Milli, most: Milli) -> String {
    format!(". >= {least} and . <= {most}")
}

/// The check of a text of at most so many characters.
pub(super) fn at_most_chars(most: u16) -> String {
    format!("string-length(.) <= {most}")
}

/// Limits of a check; none when it is anything else.
pub(super) fn limits(check: &str) -> Option<Limits> {
    let mut limits = Limits::default();
    for part in parts(check) {
        let part: String = part.chars().filter(|c| !c.is_whitespace()).collect();
        let (kind, number) = comparison(&part)?;
        let number: Milli = number.parse().ok()?;
        // Of whole thousandths: above 18 is from 18.001 on.
        let slot = match kind {
            Side::From | Side::Above => &mut limits.least,
            Side::To | Side::Below => &mut limits.most,
        };
        let number = match kind {
            Side::From | Side::To => number,
            Side::Above => Milli(number.0.checked_add(1)?),
            Side::Below => Milli(number.0.checked_sub(1)?),
        };
        if slot.replace(number).is_some() {
            return None;
        }
    }
    Some(limits)
}

/// The most characters of a check of a text; none when it is anything else.
pub(super) fn most_chars(check: &str) -> Option<u16> {
    let plain: String = check.chars().filter(|c| !c.is_whitespace()).collect();
    let rest = plain.strip_prefix("string-length(.)")?;
    let (number, less) = match rest.strip_prefix("<=") {
        Some(number) => (number, 0),
        None => (rest.strip_prefix('<')?, 1),
    };
    number.parse::<u16>().ok()?.checked_sub(less)
}

#[derive(Clone, Copy)]
enum Side {
    From,
    Above,
    To,
    Below,
}

/// Parts of a check that hold together: `a and b`, in brackets or not.
fn parts(check: &str) -> impl Iterator<Item = &str> {
    check.split(" and ").map(|part| {
        part.trim_start_matches([' ', '('])
            .trim_end_matches([' ', ')'])
    })
}

/// `.>=18` or `18<=.`, without blanks.
fn comparison(part: &str) -> Option<(Side, &str)> {
    const SIGNS: [(&str, Side, Side); 4] = [
        (">=", Side::From, Side::To),
        ("<=", Side::To, Side::From),
        (">", Side::Above, Side::Below),
        ("<", Side::Below, Side::Above),
    ];
    SIGNS.into_iter().find_map(|(sign, left, right)| {
        if let Some(number) = part.strip_prefix('.').and_then(|p| p.strip_prefix(sign)) {
            return Some((left, number));
        }
        let number = part.strip_suffix('.')?.strip_suffix(sign)?;
        Some((right, number))
    })
}

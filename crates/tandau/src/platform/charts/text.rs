//! How wide text will be, without a font at hand: an estimate for Noto Sans that errs on the
//! wide side, so that nothing is cut or overlaps.

/// Width of a text set at `size`, in the units of `size`.
#[must_use]
pub fn width(text: &str, size: u32, bold: bool) -> u32 {
    let thousandths: u64 = text.chars().map(advance).sum();
    let weight = if bold { 108 } else { 100 };
    let width = thousandths * u64::from(size) * weight / 100_000;
    u32::try_from(width + 1).unwrap_or(u32::MAX)
}

/// Advance of a character in thousandths of the size.
fn advance(c: char) -> u64 {
    match c {
        ' ' | '\u{a0}' | '.' | ',' | ':' | ';' | '!' | '\'' | '|' | 'i' | 'j' | 'l' | 'і' => 280,
        '\u{2009}' | '\u{202f}' => 200,
        '0'..='9' => 575,
        'f' | 't' | 'r' | 'I' | 'І' | '-' | '(' | ')' | 'г' => 440,
        'm' | 'w' | 'ш' | 'щ' | 'ж' | 'ю' | 'ы' | 'м' | 'ф' | '%' | '—' => 880,
        'M' | 'W' | 'Ш' | 'Щ' | 'Ж' | 'Ю' | 'Ы' | 'М' | 'Ф' | '@' | '№' => 1000,
        'a'..='z' | 'а'..='я' => 600,
        _ if c.is_uppercase() => 720,
        _ => 650,
    }
}

/// Breaks a text into lines no wider than `limit`. A single word that is wider is broken inside;
/// nothing is dropped.
#[must_use]
pub fn wrap(text: &str, limit: u32, size: u32, bold: bool) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let joined = if line.is_empty() {
            word.to_owned()
        } else {
            format!("{line} {word}")
        };
        if width(&joined, size, bold) <= limit {
            line = joined;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for c in word.chars() {
            line.push(c);
            // What is left after a hyphen may itself be too wide.
            while width(&line, size, bold) > limit && line.chars().count() > 1 {
                lines.push(break_inside(&mut line));
            }
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// Takes the part that fits out of a word that has just grown too wide, up to its last hyphen if
/// it has one, and leaves the rest.
fn break_inside(line: &mut String) -> String {
    let last = line.char_indices().last().map_or(0, |(at, _)| at);
    let hyphen = line.get(..last).and_then(|fits| fits.rfind('-'));
    let at = hyphen.map_or(last, |hyphen| hyphen + 1);
    let rest = line.split_off(at);
    std::mem::replace(line, rest)
}

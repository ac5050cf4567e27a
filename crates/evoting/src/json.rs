//! Writing JSON as belenios-tool writes it, and reading canonical JSON (as the program does; the specification is silent).

use std::fmt::Write as _;

/// Appends a string with its quotes: UTF-8 as it is, short forms where there are some, `\u00xx` for the other control characters
/// and for 0x7f.
pub(crate) fn write_string(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c < ' ' || c == '\u{7f}' => {
                // Writing to a string doesn't fail.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// Text as a JSON string.
pub(crate) fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    write_string(text, &mut out);
    out
}

/// A JSON array of what is written already.
pub(crate) fn array(items: impl IntoIterator<Item = String>) -> String {
    let items: Vec<String> = items.into_iter().collect();
    format!("[{}]", items.join(","))
}

/// The largest weight that is written as a number; larger ones are strings (as the program does; the specification is silent).
const LARGEST_NUMBER: u64 = (1 << 30) - 1;

/// A weight or a count of weights.
pub(crate) fn weight(value: u64) -> String {
    if value <= LARGEST_NUMBER {
        value.to_string()
    } else {
        format!("\"{value}\"")
    }
}

/// Reads a weight, written as a number or as a string of canonical digits.
pub(crate) fn weight_from(value: &serde_json::Value) -> Option<u64> {
    match value {
        serde_json::Value::Number(number) => number.as_u64(),
        serde_json::Value::String(text) => canonical_u64(text),
        _ => None,
    }
}

/// Digits without sign and leading zeros.
pub(crate) fn canonical_u64(text: &str) -> Option<u64> {
    let plain = text == "0" || (!text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit()));
    text.parse().ok().filter(|_| plain)
}

/// A reader of text that must be exactly one way.
#[derive(Clone, Debug)]
pub(crate) struct Exact<'a> {
    rest: &'a str,
}

/// The text is another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Other;

impl<'a> Exact<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { rest: text }
    }

    /// Takes these characters.
    pub(crate) fn take(&mut self, expected: &str) -> Result<(), Other> {
        self.rest = self.rest.strip_prefix(expected).ok_or(Other)?;
        Ok(())
    }

    /// Takes these characters if they are next.
    pub(crate) fn has(&mut self, expected: &str) -> bool {
        self.take(expected).is_ok()
    }

    /// Takes a string that needs no escapes, such as a number, a hash or an identifier.
    pub(crate) fn plain_string(&mut self) -> Result<&'a str, Other> {
        let inner = self.rest.strip_prefix('"').ok_or(Other)?;
        let end = inner.find('"').ok_or(Other)?;
        let (text, rest) = inner.split_at(end);
        if text.contains('\\') || text.bytes().any(|b| b < 0x20) {
            return Err(Other);
        }
        self.rest = rest.strip_prefix('"').ok_or(Other)?;
        Ok(text)
    }

    /// Takes a whole number.
    pub(crate) fn number(&mut self) -> Option<u64> {
        let end = self
            .rest
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(self.rest.len());
        let (digits, rest) = self.rest.split_at(end);
        let value = canonical_u64(digits)?;
        self.rest = rest;
        Some(value)
    }

    /// How much is left.
    pub(crate) fn len(&self) -> usize {
        self.rest.len()
    }

    /// Nothing may be left.
    pub(crate) fn end(&self) -> Result<(), Other> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(Other)
        }
    }
}

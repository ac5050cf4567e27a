//! Writing JSON as belenios-tool writes it, and reading canonical JSON (as the program does; the specification is silent).

use serde::de::{Deserializer, Visitor};
use std::fmt::Write as _;
use zeroize::Zeroizing;

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

/// Bytes that a text takes when it is written, at most.
pub(crate) fn written(text: &str) -> usize {
    let more = |b: u8| match b {
        b'"' | b'\\' => 1,
        b if b < 0x20 || b == 0x7f => 5,
        _ => 0,
    };
    text.len() + 2 + text.bytes().map(more).sum::<usize>()
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

/// A struct is read from an object alone: serde would take a list of its fields' values as well, and belenios-tool doesn't.
pub(crate) struct Object<D>(pub(crate) D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Object<D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(visitor)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// Structs that are read so. Their derived reading is a function of their own: `#[serde(remote = "Self")]`.
macro_rules! objects {
    ($($name:ident),+) => {
        $(impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                $name::deserialize($crate::json::Object(from))
            }
        })+
    };
}
pub(crate) use objects;

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

/// The value of a field of a JSON object, as it is written, without a copy. `None` if the text is no object or has no such field, or
/// two.
pub(crate) fn secret_field<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    serde_json::from_str::<serde::de::IgnoredAny>(text).ok()?;
    let inside = text.trim().strip_prefix('{')?.strip_suffix('}')?;
    let mut found = None;
    for field in parts(inside, b',') {
        let mut halves = parts(field, b':');
        let key = halves.next()?.trim();
        if key.strip_prefix('"').and_then(|k| k.strip_suffix('"')) == Some(name) {
            if found.is_some() {
                return None;
            }
            found = Some(halves.next()?.trim());
        }
    }
    found
}

/// Parts between separators that stand in no text, list or object.
fn parts(text: &str, separator: u8) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
        for (at, byte) in text.bytes().enumerate() {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => quoted = !quoted,
                _ if quoted => {}
                b'[' | b'{' => depth += 1,
                b']' | b'}' => depth = depth.saturating_sub(1),
                _ if byte == separator && depth == 0 => {
                    let (part, others) = text.split_at(at);
                    rest = others.get(1..);
                    return Some(part);
                }
                _ => {}
            }
        }
        rest = None;
        Some(text)
    })
}

/// A text as it is written in JSON, read where it is wiped.
pub(crate) fn secret_string(raw: &str) -> Option<Zeroizing<String>> {
    let mut out = Zeroizing::new(String::with_capacity(raw.len()));
    let mut chars = raw.strip_prefix('"')?.strip_suffix('"')?.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        out.push(match chars.next()? {
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => {
                let (digits, rest) = chars.as_str().split_at_checked(4)?;
                chars = rest.chars();
                // Halves of a pair stand in no message.
                char::from_u32(u32::from_str_radix(digits, 16).ok()?)?
            }
            c => c,
        });
    }
    Some(out)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn secrets_are_read_as_others_read_them(text in "\\PC*[\"\\\\\n\u{7f}é]*", other in "[a-z{}\\[\\],:\"]*") {
            prop_assert!(string(&text).len() <= written(&text));
            let whole = format!(" {{\"x\":{}, \"m\" : {} ,\"l\":[{{\"m\":1}}]}} ", string(&other), string(&text));
            let raw = secret_field(&whole, "m").unwrap();
            prop_assert!(secret_string(raw).is_some_and(|read| *read == text));
            prop_assert!(secret_string(&string(&other)).is_some_and(|read| *read == other));
            prop_assert!(secret_field(&whole, "n").is_none());
            prop_assert_eq!(secret_field(&whole, "l"), Some("[{\"m\":1}]"));
        }

        #[test]
        fn any_text_has_a_field_or_none(text in "[{}\\[\\],:\"\\\\a-c ]*") {
            if let Some(raw) = secret_field(&text, "a") {
                let value: serde_json::Value = serde_json::from_str(&text).unwrap();
                prop_assert_eq!(serde_json::from_str::<serde_json::Value>(raw).unwrap(), value["a"].clone());
            }
        }
    }
}

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Longest id or item of a key, in bytes.
const PART_BYTES_MAX: usize = 64;

/// One figure of a protocol: a line, and for repeated lines whose figure it is.
///
/// Written `took_part` or `votes[c3]`; so it is the key of a JSON object too.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LineKey {
    line: String,
    item: Option<String>,
}

/// A text that is not a line key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a line such as \"took_part\" or \"votes[c3]\"")]
pub struct KeyError(String);

impl LineKey {
    /// The key of a line that stands once.
    ///
    /// # Errors
    /// [`KeyError`] unless the id is 1–64 characters of `a-z`, `0-9`, `_`.
    pub fn single(line: &str) -> Result<Self, KeyError> {
        Self::build(line, None)
    }

    /// The key of one item of a repeated line.
    ///
    /// # Errors
    /// [`KeyError`] for a bad id, or an item that isn't 1–64 characters of letters, digits, `-`, `_`, `.`, `:`.
    pub fn item(line: &str, item: &str) -> Result<Self, KeyError> {
        Self::build(line, Some(item))
    }

    fn build(line: &str, item: Option<&str>) -> Result<Self, KeyError> {
        let fits = |part: &str| !part.is_empty() && part.len() <= PART_BYTES_MAX;
        let id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
        let good = fits(line)
            && line.chars().all(id)
            && item.is_none_or(|item| fits(item) && item.chars().all(name));
        if !good {
            let mut shown = line.chars().take(40).collect::<String>();
            if let Some(item) = item {
                shown.push('[');
                shown.extend(item.chars().take(40));
                shown.push(']');
            }
            return Err(KeyError(shown));
        }
        Ok(Self {
            line: line.to_owned(),
            item: item.map(str::to_owned),
        })
    }

    /// Id of the line.
    #[must_use]
    pub fn line(&self) -> &str {
        &self.line
    }

    /// The candidate, member or box, for repeated lines.
    #[must_use]
    pub fn item_id(&self) -> Option<&str> {
        self.item.as_deref()
    }
}

impl fmt::Display for LineKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.item {
            Some(item) => write!(f, "{}[{item}]", self.line),
            None => f.write_str(&self.line),
        }
    }
}

impl FromStr for LineKey {
    type Err = KeyError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once('[') {
            None => Self::single(text),
            Some((line, rest)) => {
                let fault = || KeyError(text.chars().take(80).collect());
                Self::item(line, rest.strip_suffix(']').ok_or_else(fault)?)
            }
        }
    }
}

impl Serialize for LineKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for LineKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// The figures of one protocol.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ProtocolEntry {
    /// Figures by line.
    pub values: BTreeMap<LineKey, u64>,
}

impl ProtocolEntry {
    /// An entry without figures.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets one figure, returning the one it replaces.
    pub fn set(&mut self, key: LineKey, figure: u64) -> Option<u64> {
        self.values.insert(key, figure)
    }

    /// The figure of a line that stands once.
    #[must_use]
    pub fn single(&self, line: &str) -> Option<u64> {
        let key = LineKey::single(line).ok()?;
        self.values.get(&key).copied()
    }

    /// The figure of one item of a repeated line.
    #[must_use]
    pub fn of(&self, line: &str, item: &str) -> Option<u64> {
        let key = LineKey::item(line, item).ok()?;
        self.values.get(&key).copied()
    }

    /// All figures of a line, in the order of their items; a total without item first.
    pub fn figures<'a>(&'a self, line: &'a str) -> impl Iterator<Item = (&'a LineKey, u64)> {
        let start = LineKey {
            line: line.to_owned(),
            item: None,
        };
        self.values
            .range(start..)
            .take_while(move |(key, _)| key.line == line)
            .map(|(key, figure)| (key, *figure))
    }
}

use serde::Deserialize;
use toml::{Table, Value};

use super::{RulePack, RulesError};

/// Largest rule pack that is read, in bytes.
pub const MAX_BYTES: usize = 1 << 20;

/// Keys of a flat value of law that belong to its source.
const SOURCE_KEYS: [&str; 7] = [
    "act",
    "article",
    "edition",
    "valid_from",
    "valid_until",
    "confidence",
    "note",
];

/// What a source takes from the pack when it doesn't say it itself.
struct Defaults {
    act: String,
    /// Act id → (edition, valid from).
    acts: Vec<(String, Value, Value)>,
}

/// Reads a pack without validating what its parts say about each other.
pub(super) fn read(text: &str) -> Result<RulePack, RulesError> {
    if text.len() > MAX_BYTES {
        return Err(RulesError::TooLarge(text.len()));
    }
    let mut table: Table =
        toml::from_str(text).map_err(|error| RulesError::Syntax(error.to_string()))?;
    let defaults = defaults(&table);
    for (key, value) in &mut table {
        if key != "acts" {
            gather_sources(value, &defaults);
        }
    }
    RulePack::deserialize(Value::Table(table))
        .map_err(|error| RulesError::Syntax(error.to_string()))
}

fn defaults(table: &Table) -> Defaults {
    let act = table
        .get("act")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    let mut acts = Vec::new();
    if let Some(listed) = table.get("acts").and_then(Value::as_table) {
        for (id, act) in listed {
            if let (Some(edition), Some(from)) = (act.get("edition"), act.get("valid_from")) {
                acts.push((id.clone(), edition.clone(), from.clone()));
            }
        }
    }
    Defaults { act, acts }
}

/// Moves the source keys of every flat value into a `source` table and completes it.
///
/// Recursion is bounded: the TOML reader refuses deep nesting before this runs.
fn gather_sources(value: &mut Value, defaults: &Defaults) {
    match value {
        Value::Array(items) => {
            for item in items {
                gather_sources(item, defaults);
            }
        }
        Value::Table(table) => {
            for (_, item) in table.iter_mut() {
                gather_sources(item, defaults);
            }
            if table.contains_key("article") || table.contains_key("confidence") {
                let source = source_of(table, defaults);
                table.insert("source".to_owned(), Value::Table(source));
            }
        }
        _ => {}
    }
}

fn source_of(table: &mut Table, defaults: &Defaults) -> Table {
    let mut source = Table::new();
    for key in SOURCE_KEYS {
        if let Some(value) = table.remove(key) {
            source.insert(key.to_owned(), value);
        }
    }
    if !source.contains_key("act") {
        source.insert("act".to_owned(), Value::String(defaults.act.clone()));
    }
    let act = source
        .get("act")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let known = defaults.acts.iter().find(|(id, _, _)| id == act).cloned();
    if let Some((_, edition, valid_from)) = known {
        source.entry("edition").or_insert(edition);
        source.entry("valid_from").or_insert(valid_from);
    }
    source
}

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::{Table, Value};

use super::{RulePack, RulesError};
use crate::protocol::expression::Relation;

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

/// What a source takes from its act when it doesn't say it itself.
struct ActDefaults {
    edition: Value,
    valid_from: Value,
    articles: bool,
}

/// What sources take from the pack.
struct Defaults {
    act: String,
    acts: BTreeMap<String, ActDefaults>,
}

/// Reads a pack without validating what its parts say about each other.
pub(super) fn read(text: &str) -> Result<RulePack, RulesError> {
    if text.len() > MAX_BYTES {
        return Err(RulesError::TooLarge(text.len()));
    }
    let mut table: Table =
        toml::from_str(text).map_err(|error| RulesError::Syntax(error.to_string()))?;
    let defaults = defaults(&table);
    check_relations(&table)?;
    for (key, value) in &mut table {
        if key != "acts" {
            gather_sources(value, &defaults, key)?;
        }
    }
    RulePack::deserialize(Value::Table(table))
        .map_err(|error| RulesError::Syntax(error.to_string()))
}

/// Parses every relation once before the rest, so that a fault names its check.
fn check_relations(table: &Table) -> Result<(), RulesError> {
    let protocol = table.get("protocol").and_then(Value::as_table);
    let checks = protocol.and_then(|form| form.get("checks")?.as_array());
    for check in checks.into_iter().flatten() {
        let part = |key: &str| check.get(key).and_then(Value::as_str);
        if let Some(Err(error)) = part("relation").map(Relation::parse) {
            return Err(RulesError::BadRelation {
                code: part("code").unwrap_or_default().to_owned(),
                error,
            });
        }
    }
    Ok(())
}

fn defaults(table: &Table) -> Defaults {
    let act = table
        .get("act")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    let mut acts = BTreeMap::new();
    for (id, act) in table
        .get("acts")
        .and_then(Value::as_table)
        .into_iter()
        .flatten()
    {
        if let (Some(edition), Some(valid_from)) = (act.get("edition"), act.get("valid_from")) {
            let known = ActDefaults {
                edition: edition.clone(),
                valid_from: valid_from.clone(),
                articles: act.get("articles").and_then(Value::as_bool).unwrap_or(true),
            };
            acts.insert(id.clone(), known);
        }
    }
    Defaults { act, acts }
}

/// Moves the source keys of every flat value into a `source` table and completes it.
///
/// Recursion is bounded: the TOML reader refuses deep nesting before this runs.
fn gather_sources(value: &mut Value, defaults: &Defaults, key: &str) -> Result<(), RulesError> {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                let named = ["id", "code"].iter().find_map(|id| item.get(*id)?.as_str());
                let name = named.map_or_else(|| index.to_string(), str::to_owned);
                gather_sources(item, defaults, &format!("{key}.{name}"))?;
            }
        }
        Value::Table(table) => {
            for (name, item) in table.iter_mut() {
                gather_sources(item, defaults, &format!("{key}.{name}"))?;
            }
            if table.contains_key("article") || table.contains_key("confidence") {
                let source = source_of(table, defaults, key)?;
                table.insert("source".to_owned(), Value::Table(source));
            }
        }
        _ => {}
    }
    Ok(())
}

fn source_of(table: &mut Table, defaults: &Defaults, key: &str) -> Result<Table, RulesError> {
    let mut source = Table::new();
    for part in SOURCE_KEYS {
        if let Some(value) = table.remove(part) {
            source.insert(part.to_owned(), value);
        }
    }
    if !source.contains_key("act") {
        source.insert("act".to_owned(), Value::String(defaults.act.clone()));
    }
    let word = |part: &str| source.get(part).and_then(Value::as_str).unwrap_or_default();
    let Some(known) = defaults.acts.get(word("act")) else {
        return Err(RulesError::UnknownAct {
            key: key.to_owned(),
            act: word("act").to_owned(),
        });
    };
    if known.articles && word("article").trim().is_empty() && word("confidence") != "gap" {
        return Err(RulesError::NoArticle {
            key: key.to_owned(),
        });
    }
    let (edition, valid_from) = (known.edition.clone(), known.valid_from.clone());
    source.entry("edition").or_insert(edition);
    source.entry("valid_from").or_insert(valid_from);
    Ok(source)
}

//! Which articles stand where in a rule pack or in the table of powers.

use std::collections::BTreeSet;
use toml::{Table, Value};

/// Articles of the value at `key`: `voting.starts`, `calendar[call]`, `power[protocol.confirm]`.
/// `None` when the file has no such key.
pub fn articles_at(text: &str, key: &str) -> Option<BTreeSet<String>> {
    let root: Table = text.parse().ok()?;
    let found = find(&Value::Table(root), key)?;
    Some(found.iter().flat_map(own_articles).collect())
}

/// All articles in these top-level sections of a file. `None` when it is no TOML or a section is missing.
pub fn articles_of(text: &str, sections: &[&str]) -> Option<BTreeSet<String>> {
    let root: Table = text.parse().ok()?;
    let mut articles = BTreeSet::new();
    for section in sections {
        collect(root.get(*section)?, &mut articles);
    }
    Some(articles)
}

/// Keys of the entries of a list: `losses[bribery]`. `None` when the file has no such list.
pub fn keys_of(text: &str, section: &str) -> Option<Vec<String>> {
    let root: Table = text.parse().ok()?;
    let entries = root.get(section)?.as_array()?;
    let id = |entry: &Value| Some(format!("{section}[{}]", entry.get("id")?.as_str()?));
    entries.iter().map(id).collect()
}

fn collect(value: &Value, articles: &mut BTreeSet<String>) {
    articles.extend(own_articles(value));
    match value {
        Value::Table(table) => table.values().for_each(|v| collect(v, articles)),
        Value::Array(items) => items.iter().for_each(|v| collect(v, articles)),
        _ => {}
    }
}

/// Values that a key names; several where rows share an action.
fn find(value: &Value, key: &str) -> Option<Vec<Value>> {
    let mut here = vec![value.clone()];
    for step in steps(key)? {
        let next: Vec<Value> = here.iter().flat_map(|v| step_into(v, &step)).collect();
        if next.is_empty() {
            return None;
        }
        here = next;
    }
    Some(here)
}

/// `protocol.lines[votes]` → `protocol`, `lines`, `[votes]`. Dots inside brackets belong to the id.
fn steps(key: &str) -> Option<Vec<String>> {
    let mut steps = Vec::new();
    let mut rest = key;
    while !rest.is_empty() {
        if rest.starts_with('[') {
            let end = rest.find(']')? + 1;
            steps.push(rest.get(..end)?.to_owned());
            rest = rest.get(end..)?;
        } else {
            let end = rest.find(['.', '[']).unwrap_or(rest.len());
            steps.push(rest.get(..end)?.to_owned());
            rest = rest.get(end..)?;
        }
        rest = rest.strip_prefix('.').unwrap_or(rest);
    }
    Some(steps)
}

fn step_into(value: &Value, step: &str) -> Vec<Value> {
    let wanted = step.strip_prefix('[').and_then(|s| s.strip_suffix(']'));
    match (value, wanted) {
        (Value::Table(table), None) => table.get(step).cloned().into_iter().collect(),
        (Value::Array(items), Some(id)) => items
            .iter()
            .filter(|item| {
                ["id", "code", "action"]
                    .iter()
                    .any(|name| item.get(name).and_then(Value::as_str) == Some(id))
            })
            .cloned()
            .collect(),
        _ => Vec::new(),
    }
}

/// Articles that a value names for itself: `article` with its `act`, or the `basis` of a power.
fn own_articles(value: &Value) -> Vec<String> {
    if let Some(articles) = value.get("article").and_then(Value::as_str) {
        let mark = match value.get("act").and_then(Value::as_str) {
            None | Some("election-law") => "L",
            Some("self-government") => "G",
            Some("constitution") => "C",
            Some(_) => return Vec::new(),
        };
        return listed(articles, mark);
    }
    let Some(basis) = value.get("basis").and_then(Value::as_str) else {
        return Vec::new();
    };
    // "L 10(3), 19(8): why", "L' 20-1(2): why" (a later edition); our own rules name no article.
    let named = basis.split(':').next().unwrap_or_default();
    match named
        .strip_prefix("L ")
        .or_else(|| named.strip_prefix("L' "))
    {
        Some(articles) => listed(articles, "L"),
        None => Vec::new(),
    }
}

fn listed(articles: &str, mark: &str) -> Vec<String> {
    articles
        .split(", ")
        .filter(|article| !article.is_empty())
        .map(|article| format!("{mark} {article}"))
        .collect()
}

//! The rule pack in force: every value with its article, edition and confidence.

use super::{Tabs, cite, shell_of};
use crate::elections::calendar::language;
use crate::elections::queries;
use crate::platform::i18n::date_short;
use crate::platform::web::{Ctx, Shell, page};
use crate::platform::{Error, T};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use electoral::RulePack;
use electoral::rules::{Confidence, Source};
use serde::Deserialize as _;
use serde_json::Value;

/// Parts of a pack whose values are listed, in the order of a campaign.
pub(crate) const SECTIONS: [&str; 8] = [
    "contest",
    "candidates",
    "deposit",
    "commissions",
    "voting",
    "turnout",
    "publication",
    "result",
];

#[derive(Template)]
#[template(path = "elections/pages/rules.html")]
struct Page {
    s: Shell,
    tabs: Tabs,
    title: String,
    name: String,
    pack_id: String,
    fingerprint: String,
    changed: bool,
    acts: Vec<String>,
    sections: Vec<Section>,
    gaps: u64,
}

/// A part with its values.
pub(crate) struct Section {
    heading: String,
    rows: Vec<Row>,
}

/// One value.
pub(crate) struct Row {
    /// Path in the pack: the end of its label's key.
    #[cfg_attr(not(test), expect(dead_code, reason = "the test of labels reads it"))]
    key: String,
    label: String,
    value: String,
    article: String,
    edition: String,
    confidence: String,
    kind: &'static str,
    note: String,
    gap: bool,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    let mut connection = ctx.read().await?;
    let election = queries::election(&mut connection, &id).await?;
    let pack = ctx.app.rules.get(&election.rules_id)?;
    let t = ctx.t;
    let mut sections = sections(t, &pack)?;
    sections.push(people(t, &pack));
    let gaps = sections
        .iter()
        .flat_map(|s| &s.rows)
        .filter(|r| r.gap)
        .count();
    let title = t.elections_rules_title();
    page(&Page {
        s: shell_of(&ctx, &election, title.clone()),
        tabs: Tabs::new(t, &election.id, "rules"),
        title,
        name: pack.name.get(language(t.lang)).to_owned(),
        pack_id: pack.id.clone(),
        changed: queries::rules_sha256(&pack)? != election.rules_sha256,
        fingerprint: election.rules_sha256,
        acts: pack
            .acts
            .values()
            .map(|act| {
                let edition = date_short(t.lang, act.edition);
                t.elections_rules_act(edition, act.title.get(language(t.lang)))
            })
            .collect(),
        gaps: u64::try_from(gaps).unwrap_or(u64::MAX),
        sections,
    })
}

/// Every value of law in the listed parts of a pack.
///
/// # Errors
/// Never for a pack that was read.
pub(crate) fn sections(t: T, pack: &RulePack) -> Result<Vec<Section>, Error> {
    let whole = serde_json::to_value(pack).map_err(Error::internal)?;
    let mut sections = Vec::new();
    for section in SECTIONS {
        let mut rows = Vec::new();
        if let Some(part) = whole.get(section) {
            gather(t, pack, section, part, &mut rows);
        }
        if section == "turnout" {
            rows.extend(slots(t, pack));
        }
        if !rows.is_empty() {
            sections.push(Section {
                heading: t.word(&format!("elections-rules-{section}")),
                rows,
            });
        }
    }
    Ok(sections)
}

/// The hours of turnout reports: which of them are sourced, and which only remembered.
fn slots(t: T, pack: &RulePack) -> Vec<Row> {
    let all = pack.turnout.iter().flat_map(|turnout| &turnout.slots);
    all.map(|slot| {
        let value = slot.time.map_or_else(
            || t.elections_rule_turnout_slot_final(),
            |time| time.strftime("%H:%M").to_string(),
        );
        let label = t.elections_rule_turnout_slot();
        row(
            t,
            pack,
            "turnout-slot".to_owned(),
            label,
            value,
            &slot.source,
        )
    })
    .collect()
}

/// Values of a part; slots stand below theirs, and sizes of commissions have pages of their own.
fn gather(t: T, pack: &RulePack, path: &str, part: &Value, rows: &mut Vec<Row>) {
    let Some(fields) = part.as_object() else {
        return;
    };
    for (name, value) in fields {
        let key = format!("{path}-{}", name.replace('_', "-"));
        let source = value
            .get("source")
            .and_then(|s| Source::deserialize(s).ok());
        match (value.get("value"), source) {
            (Some(value), Some(source)) => {
                let label = t.word(&format!("elections-rule-{key}"));
                rows.push(row(t, pack, key, label, words(t, value), &source));
            }
            _ => gather(t, pack, &key, value, rows),
        }
    }
}

fn row(t: T, pack: &RulePack, key: String, label: String, value: String, source: &Source) -> Row {
    Row {
        key,
        label,
        value,
        article: cite(t, pack, source),
        edition: date_short(t.lang, source.edition),
        confidence: t.word(&format!(
            "elections-confidence-{}",
            source.confidence.code()
        )),
        kind: match source.confidence {
            Confidence::Sourced | Confidence::Computed => "done",
            Confidence::Inferred => "partial",
            Confidence::FromMemory => "attention",
            Confidence::Gap => "trouble",
        },
        note: source.note.clone().unwrap_or_default(),
        gap: source.confidence == Confidence::Gap,
    }
}

fn words(t: T, value: &Value) -> String {
    match value {
        Value::Bool(true) => t.elections_yes(),
        Value::Bool(false) => t.elections_no(),
        Value::Number(n) => n.as_u64().map_or_else(
            || n.to_string(),
            |n| crate::platform::i18n::number(t.lang, n),
        ),
        Value::String(text) => t
            .dynamic(&format!("elections-system-{}", text.replace('_', "-")))
            .unwrap_or_else(|| text.strip_suffix(":00").unwrap_or(text).to_owned()),
        Value::Object(texts) => texts
            .get(t.lang.code())
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned(),
        Value::Null | Value::Array(_) => String::new(),
    }
}

/// Keys of all listed values, for the test of their labels.
#[cfg(test)]
pub(crate) fn keys(t: T, pack: &RulePack) -> Vec<String> {
    let sections = sections(t, pack).unwrap();
    let rows = sections.into_iter().flat_map(|section| section.rows);
    rows.map(|row| row.key).collect()
}

/// Who may nominate, and what a candidate must fulfil.
fn people(t: T, pack: &RulePack) -> Section {
    let lang = language(t.lang);
    let nominators = pack.nominators.iter().map(|n| {
        let label = n.name.get(lang).to_owned();
        let value = n.condition.get(lang).to_owned();
        row(t, pack, n.id.clone(), label, value, &n.source)
    });
    let eligibility = pack.eligibility.iter().map(|r| {
        let label = r.requirement.get(lang).to_owned();
        let value = r.value.map(|v| v.to_string()).unwrap_or_default();
        row(t, pack, r.id.clone(), label, value, &r.source)
    });
    Section {
        heading: t.elections_rules_people(),
        rows: nominators.chain(eligibility).collect(),
    }
}

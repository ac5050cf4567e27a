//! The calendar as one JSON document (the contract of `tandau calendar --format json`).

use super::Plan;
use electoral::Text;
use electoral::calendar::iso;
use jiff::civil::Date;
use serde::Serialize;

#[derive(Serialize)]
struct Document<'a> {
    rules: &'a str,
    voting_day: Date,
    steps: Vec<Step<'a>>,
}

#[derive(Serialize)]
struct Step<'a> {
    id: &'a str,
    name: &'a Text,
    from: Option<String>,
    until: Option<String>,
    article: &'a str,
    confidence: &'static str,
}

/// `{"rules":…,"voting_day":…,"steps":[{"id","name":{"kk","ru","en"},"from","until","article","confidence"}]}`;
/// local times as ISO 8601 with offset, `null` where a step has no such side or no date yet.
#[must_use]
pub fn to_json(rules: &str, plan: &Plan) -> String {
    let document = Document {
        rules,
        voting_day: plan.voting_day,
        steps: plan
            .items
            .iter()
            .map(|item| Step {
                id: &item.step.id,
                name: &item.step.name,
                from: item.step.from.as_ref().map(iso),
                until: item.step.until.as_ref().map(iso),
                article: &item.step.article,
                confidence: item.step.confidence.code(),
            })
            .collect(),
    };
    serde_json::to_string(&document).unwrap_or_default()
}

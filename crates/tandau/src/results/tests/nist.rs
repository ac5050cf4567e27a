//! The export in the common data format against its published schema.

use super::night::{Night, Votes, decision, election};
use crate::results::actions::{Determine, determine};
use crate::votingday::tests::world::{CONTEST, hour};
use serde_json::Value;
use std::collections::BTreeSet;

/// The published schema; `data/nist-1500-100/README.md` says where it is from.
const SCHEMA: &str = include_str!("data/nist-1500-100/schema.json");

/// Checks the words of JSON Schema that this schema uses; returns what does not fit.
fn problems(root: &Value, schema: &Value, value: &Value, at: &str, out: &mut Vec<String>) {
    if let Some(target) = schema["$ref"].as_str() {
        let name = target.strip_prefix("#/definitions/").unwrap();
        problems(root, &root["definitions"][name], value, at, out);
        return;
    }
    if let Some(any) = schema["oneOf"].as_array() {
        let fitting = any
            .iter()
            .filter(|one| {
                let mut inner = Vec::new();
                problems(root, one, value, at, &mut inner);
                inner.is_empty()
            })
            .count();
        if fitting != 1 {
            out.push(format!("{at}: fits {fitting} of the choices"));
        }
        return;
    }
    if let Some(allowed) = schema["enum"].as_array()
        && !allowed.contains(value)
    {
        out.push(format!("{at}: {value} is none of {allowed:?}"));
    }
    let fits = match schema["type"].as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("integer") => value.is_u64() || value.is_i64(),
        Some("number") => value.is_number(),
        Some("boolean") => value.is_boolean(),
        _ => true,
    };
    if !fits {
        out.push(format!("{at}: is no {}", schema["type"]));
        return;
    }
    if let Some(items) = value.as_array() {
        let least = schema["minItems"].as_u64().unwrap_or(0);
        if u64::try_from(items.len()).unwrap() < least {
            out.push(format!("{at}: fewer than {least}"));
        }
        for (place, item) in items.iter().enumerate() {
            problems(root, &schema["items"], item, &format!("{at}[{place}]"), out);
        }
    }
    if let Some(object) = value.as_object() {
        for needed in schema["required"].as_array().into_iter().flatten() {
            if !object.contains_key(needed.as_str().unwrap()) {
                out.push(format!("{at}: lacks {needed}"));
            }
        }
        for (key, inner) in object {
            match schema["properties"].get(key) {
                Some(known) => problems(root, known, inner, &format!("{at}.{key}"), out),
                None if schema["additionalProperties"] == Value::Bool(false) => {
                    out.push(format!("{at}: {key} is unknown"));
                }
                None => {}
            }
        }
    }
}

const CLEAR: Votes = Votes {
    candidates: [200, 100, 50],
    against_all: 30,
    invalid: 7,
};
const TIE: Votes = Votes {
    candidates: [150, 150, 20],
    against_all: 10,
    invalid: 3,
};

/// What does not fit the schema, and references that lead nowhere.
fn faults(report: &Value) -> Vec<String> {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let mut out = Vec::new();
    problems(&schema, &schema, report, "report", &mut out);
    let (mut ids, mut wanted) = (BTreeSet::new(), Vec::new());
    references(report, "", &mut ids, &mut wanted);
    out.extend(wanted.into_iter().filter(|id| !ids.contains(id)));
    out
}

fn references(value: &Value, key: &str, ids: &mut BTreeSet<String>, wanted: &mut Vec<String>) {
    match value {
        Value::String(text) if key == "@id" => assert!(ids.insert(text.clone()), "{text} twice"),
        Value::String(text) if key.ends_with("Id") && key != "VendorApplicationId" => {
            wanted.push(text.clone());
        }
        Value::String(text) if key.ends_with("Ids") => wanted.push(text.clone()),
        Value::Array(all) => all.iter().for_each(|v| references(v, key, ids, wanted)),
        Value::Object(all) => all.iter().for_each(|(k, v)| references(v, k, ids, wanted)),
        _ => {}
    }
}

async fn report(night: &Night) -> Value {
    let (status, body) = night
        .get(&format!("{}/results.nist.json", election()))
        .await;
    assert!(status.is_success());
    serde_json::from_str(&body).unwrap()
}

async fn determined(votes: Votes) -> Value {
    let night = Night::new(2).await;
    night.accept("st1", votes).await;
    night.accept("st2", votes).await;
    let input = Determine {
        contest_id: CONTEST.to_owned(),
        decision: decision("1"),
        paper: None,
        declared_invalid: None,
    };
    determine(&night.district(), input).await.unwrap();
    night.clock(hour(26, 0));
    report(&night).await
}

fn statuses(report: &Value) -> Vec<&str> {
    let candidates = report["Election"][0]["Candidate"].as_array().unwrap();
    let of = |c: &'_ Value| -> bool { c.get("PostElectionStatus").is_some() };
    let with = candidates.iter().filter(|c| of(c));
    with.map(|c| c["PostElectionStatus"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn the_export_fits_the_schema_all_night() {
    let night = Night::new(2).await;
    night.accept("st1", CLEAR).await;
    night.send("st2", CLEAR).await;
    let mut reports = Vec::new();
    for now in [hour(12, 0), hour(26, 0)] {
        night.clock(now);
        reports.push(report(&night).await);
    }
    let counts = |report: &Value| report.to_string().matches("VoteCounts\"").count();
    assert_eq!(counts(&reports[0]), 0, "no votes while people vote");
    assert!(counts(&reports[1]) > 0);
    assert_eq!(reports[1]["Status"], "unofficial-partial");
    for report in &reports {
        assert_eq!(faults(report), Vec::<String>::new());
    }
    let mut broken = reports[1].clone();
    broken["Election"][0]["Type"] = "village".into();
    assert!(!faults(&broken).is_empty(), "the check itself can fail");
    let mut lost = reports[1].clone();
    lost["GpUnit"][1]["@id"] = "elsewhere".into();
    assert!(!faults(&lost).is_empty(), "a reference that leads nowhere");
}

#[tokio::test]
async fn a_determined_election_and_a_tie_fit_the_schema() {
    let elected = determined(CLEAR).await;
    assert_eq!(faults(&elected), Vec::<String>::new());
    assert_eq!(statuses(&elected), ["winner", "defeated", "defeated"]);
    let tie = determined(TIE).await;
    assert_eq!(faults(&tie), Vec::<String>::new());
    assert_eq!(statuses(&tie), [""; 0], "nobody has won or lost");
    let units: Vec<&str> = elected["GpUnit"]
        .as_array()
        .unwrap()
        .iter()
        .map(|unit| unit["Type"].as_str().unwrap())
        .collect();
    assert_eq!(
        units,
        ["country", "state", "county", "precinct", "precinct"]
    );
    let selections = elected["Election"][0]["Contest"][0]["ContestSelection"]
        .as_array()
        .unwrap();
    let against_all = selections.last().unwrap();
    assert_eq!(
        against_all["Selection"]["Text"][2]["Content"],
        "Against all"
    );
    assert_eq!(against_all["VoteCounts"][0]["Count"], 60);
}

//! The export in the common data format against its published schema.

use super::night::{Night, Votes, election};
use crate::votingday::tests::world::hour;
use serde_json::Value;
use std::path::PathBuf;

const FILE: &str = "nist-1500-100/NIST_V2_election_results_reporting.schema.json";

/// The schema stands beside the checkout; it is not ours to copy.
fn schema() -> Option<Value> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/standards");
    let folder = std::env::var_os("TANDAU_STANDARDS").map_or(beside, PathBuf::from);
    let text = std::fs::read_to_string(folder.join(FILE)).ok()?;
    Some(serde_json::from_str(&text).unwrap())
}

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

#[tokio::test]
#[allow(clippy::print_stderr)]
async fn the_export_fits_the_schema() {
    let night = Night::new(2).await;
    let votes = Votes {
        candidates: [200, 100, 50],
        against_all: 30,
        invalid: 7,
    };
    night.accept("st1", votes).await;
    night.send("st2", votes).await;
    let mut reports = Vec::new();
    for now in [hour(12, 0), hour(26, 0)] {
        night.clock(now);
        let (status, body) = night
            .get(&format!("{}/results.nist.json", election()))
            .await;
        assert!(status.is_success());
        reports.push(serde_json::from_str::<Value>(&body).unwrap());
    }
    let counts = |report: &Value| report.to_string().matches("VoteCounts\"").count();
    assert_eq!(counts(&reports[0]), 0, "no votes while people vote");
    assert!(counts(&reports[1]) > 0);
    assert_eq!(reports[1]["Status"], "unofficial-partial");
    let Some(schema) = schema() else {
        eprintln!(
            "NOT CHECKED: {FILE} does not stand beside the checkout (or in TANDAU_STANDARDS)"
        );
        return;
    };
    for report in &reports {
        let mut out = Vec::new();
        problems(&schema, &schema, report, "report", &mut out);
        assert_eq!(out, Vec::<String>::new());
    }
    let mut broken = reports[1].clone();
    broken["Election"][0]["Type"] = "village".into();
    let mut out = Vec::new();
    problems(&schema, &schema, &broken, "report", &mut out);
    assert!(!out.is_empty(), "the check itself can fail");
}

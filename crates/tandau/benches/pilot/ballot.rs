//! How long a voter waits for the encrypted ballot, in headless Chromium: tests/ballot/measure.mjs measures, this reads.

use crate::Failed;
use crate::clock::ms;
use crate::table::Row;
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// Groups with what one ballot of ten answers may take in milliseconds.
const GOALS: [(&str, u64); 2] = [("BELENIOS-2048", 1_500), ("Ed25519", 300)];

fn field(line: &Value, name: &str) -> Result<Duration, Failed> {
    let ms = line
        .get(name)
        .and_then(Value::as_f64)
        .ok_or_else(|| format!("measure.mjs says no {name}: {line}"))?;
    Ok(Duration::try_from_secs_f64(ms / 1_000.0)?)
}

fn row(line: &Value, group: &str, goal: Duration) -> Result<Row, Failed> {
    let number = |name: &str| {
        line.get(name)
            .and_then(Value::as_u64)
            .and_then(|n| u32::try_from(n).ok())
            .ok_or_else(|| format!("measure.mjs says no {name}: {line}"))
    };
    let (answers, runs, powers) = (number("answers")?, number("runs")?, number("powers")?);
    let (median, slowest) = (field(line, "median_ms")?, field(line, "slowest_ms")?);
    let bare = field(line, "bare_ms")? * powers;
    let tool = if line.get("tool_ms").is_some() {
        format!(
            "`belenios-tool election generate-ballot`, whole command: {}",
            ms(field(line, "tool_ms")?)
        )
    } else {
        "the installed belenios-tool is missing or has no Ed25519".to_owned()
    };
    Ok(Row {
        what: format!(
            "One ballot of {answers} answers, 0 to {answers} of them, encrypted in headless Chromium, {group}: worker started, \
             tables made, {powers} powers, all proofs, worker ended"
        ),
        reference: format!(
            "the {powers} bare powers from a table that is there, same browser: {}; {tool}",
            ms(bare)
        ),
        goal: format!("≤ {}", ms(goal)),
        measured: format!(
            "median {}, slowest {} of {runs}; {:.1} times the bare powers",
            ms(median),
            ms(slowest),
            median.as_secs_f64() / bare.as_secs_f64()
        ),
        met: slowest <= goal,
        cause: "",
        command: "make bench ROWS=ballot",
    })
}

/// A row for each group.
pub fn measure() -> Result<Vec<Row>, Failed> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let output = Command::new("node")
        .arg("tests/ballot/measure.mjs")
        .current_dir(root)
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        return Err("tests/ballot/measure.mjs failed".into());
    }
    let lines = String::from_utf8(output.stdout)?
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<Vec<Value>, _>>()?;
    GOALS
        .iter()
        .map(|(group, goal)| {
            let line = lines
                .iter()
                .find(|line| line.get("group").and_then(Value::as_str) == Some(group))
                .ok_or_else(|| format!("measure.mjs says nothing of {group}"))?;
            row(line, group, Duration::from_millis(*goal))
        })
        .collect()
}

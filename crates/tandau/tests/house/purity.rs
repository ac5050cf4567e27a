//! SQL only in `store.rs`; law and paper without I/O and clocks; one place that reads the time.

use crate::source::{Source, contains_word, files, program, root};
use crate::{none, sample};

/// Looks like a statement, and not like a sentence that happens to use its words.
fn is_sql(text: &str) -> bool {
    let text = text
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase();
    (text.starts_with("select ") && (text.contains(" from ") || text.contains(" as ")))
        || text.contains("insert into ")
        || text.starts_with("delete from ")
        || (text.starts_with("update ") && text.contains(" set "))
        || text.contains("select count(")
}

fn is_store(path: &str) -> bool {
    path.ends_with("/store.rs") || path.contains("/store/") || path.contains("/platform/")
}

fn sql_elsewhere(files: &[Source]) -> Vec<String> {
    files
        .iter()
        .filter(|f| !f.is_test() && !is_store(&f.path))
        .flat_map(|f| {
            f.parts
                .strings
                .iter()
                .filter(|(_, s)| is_sql(s))
                .map(|(line, _)| format!("{}:{line}: SQL belongs into store.rs", f.path))
        })
        .collect()
}

#[test]
fn sql_lives_in_store_files() {
    none(sql_elsewhere(&program()));
}

#[test]
fn sql_elsewhere_is_found() {
    let refused = |path: &str, text: &str| sql_elsewhere(&sample(path, text)).len();
    let path = "crates/tandau/src/people/pages.rs";
    assert_eq!(
        refused(path, "const A: &str = \"select id from person\";"),
        1
    );
    assert_eq!(refused(path, "f(\"INSERT  INTO person values ($1)\")"), 1);
    assert_eq!(refused(path, "f(r#\"update person\n set name = 1\"#)"), 1);
    assert_eq!(refused(path, "f(\"delete from person\")"), 1);
    assert_eq!(
        refused(path, "f(\"Select the station\"); // select id from person"),
        0
    );
    assert_eq!(
        refused(
            "crates/tandau/src/people/store.rs",
            "f(\"select id from person\")"
        ),
        0
    );
}

/// What a pure crate has no business with.
const IMPURE: &[&str] = &[
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::thread::sleep",
    "SystemTime",
    "Instant",
    "Timestamp::now",
    "Zoned::now",
    "TimeZone::system",
    "tokio",
    "sqlx",
    "axum",
    "rand::random",
    "thread_rng",
];

fn impure(files: &[Source]) -> Vec<String> {
    files
        .iter()
        .filter(|f| !f.is_test())
        .flat_map(|f| {
            let grouped = grouped_std(f);
            IMPURE
                .iter()
                .flat_map(|word| {
                    f.lines_with(word)
                        .into_iter()
                        .map(move |at| format!("{at}: {word}"))
                })
                .chain(grouped)
        })
        .collect()
}

/// `use std::{fs, …}` says the same as `use std::fs`.
fn grouped_std(file: &Source) -> Vec<String> {
    let code = file.parts.code.replace('\n', " ");
    code.match_indices("std::{")
        .flat_map(|(at, _)| {
            let group = code[at..].split(';').next().unwrap_or_default();
            ["fs", "net", "env", "process"]
                .into_iter()
                .filter(|name| contains_word(group, name))
                .map(|name| format!("{}: std::{name}", file.path))
                .collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn law_and_paper_do_no_input_or_output() {
    for name in ["electoral", "print", "evoting"] {
        let below = format!("crates/{name}");
        let mut found = impure(&files(&format!("{below}/src"), &[".rs"]));
        // Archives of votes may be larger than memory: they are read where they lie, through one trait.
        found.retain(|at| !(at.contains("evoting/src/archive/tar.rs") && at.ends_with("std::fs")));
        none(found);
        let manifest =
            std::fs::read_to_string(root().join(&below).join("Cargo.toml")).unwrap_or_default();
        none(impure_dependencies(&manifest));
    }
    assert!(
        files("crates/electoral/src", &[".rs"]).len() > 20,
        "the crate was found"
    );
}

fn impure_dependencies(manifest: &str) -> Vec<String> {
    let dependencies = manifest.split("[dependencies]").nth(1).unwrap_or_default();
    let own = dependencies.split("\n[").next().unwrap_or_default();
    own.lines()
        .filter_map(|line| line.split(['.', '=', ' ']).next())
        .filter(|name| {
            matches!(
                *name,
                "tokio" | "sqlx" | "axum" | "hyper" | "reqwest" | "tandau"
            )
        })
        .map(|name| format!("a pure crate depends on {name}"))
        .collect()
}

#[test]
fn impurity_is_found() {
    let refused = |text: &str| impure(&sample("crates/electoral/src/x.rs", text)).len();
    assert_eq!(refused("use std::fs::File;"), 1);
    assert_eq!(refused("use std::{fs, io};"), 1);
    assert_eq!(refused("let now = jiff::Timestamp::now();"), 1);
    assert_eq!(refused("let t = std::time::Instant::now();"), 1);
    assert_eq!(
        refused("async fn f() { tokio::task::yield_now().await }"),
        1
    );
    assert_eq!(
        refused("// std::fs\nlet name = \"std::fs\"; let instant = Instants;"),
        0
    );
    assert_eq!(impure_dependencies("[dependencies]\nserde.workspace = true\ntokio = \"1\"\n[dev-dependencies]\naxum = \"1\"").len(), 1);
}

/// Reading the date. A stopwatch (`Instant`) that only measures is no date.
const READS_THE_TIME: &[&str] = &[
    "Timestamp::now",
    "Zoned::now",
    "SystemTime",
    "TimeZone::system",
    "UNIX_EPOCH",
    "now_v7",
];
const READS_THE_TIME_IN_SQL: &[&str] = &[
    "current_timestamp",
    "current_date",
    "now()",
    "datetime('now",
    "localtime",
];

fn other_clocks(files: &[Source]) -> Vec<String> {
    let mut problems = Vec::new();
    for file in files.iter().filter(|f| !f.is_test()) {
        for word in READS_THE_TIME {
            let fine = match file.in_program() {
                Some("platform/clock.rs") => true,
                // Ids that sort by the time they were made.
                Some("platform/ids.rs") => *word == "now_v7",
                _ => false,
            };
            if !fine {
                problems.extend(
                    file.lines_with(word)
                        .into_iter()
                        .map(|at| format!("{at}: {word}")),
                );
            }
        }
        for (line, text) in file.parts.strings.iter().filter(|(_, s)| is_sql(s)) {
            let text = text.to_lowercase();
            problems.extend(
                READS_THE_TIME_IN_SQL
                    .iter()
                    .filter(|word| text.contains(**word))
                    .map(|word| format!("{}:{line}: {word} in SQL", file.path)),
            );
        }
    }
    problems
}

#[test]
fn one_place_reads_the_time() {
    none(other_clocks(&program()));
}

#[test]
fn another_clock_is_found() {
    let refused = |path: &str, text: &str| other_clocks(&sample(path, text)).len();
    let path = "crates/tandau/src/counting/actions.rs";
    assert_eq!(refused(path, "let at = Timestamp::now();"), 1);
    assert_eq!(refused(path, "use std::time::{Duration, SystemTime};"), 1);
    assert_eq!(
        refused(path, "f(\"insert into a values (current_timestamp)\")"),
        1
    );
    assert_eq!(
        refused("crates/tandau/src/platform/clock.rs", "Timestamp::now()"),
        0
    );
    assert_eq!(refused(path, "let started = Instant::now();"), 0);
}

/// A room's `model.rs` is its words and checks: no database, nothing to wait for.
fn impure_models(files: &[Source]) -> Vec<String> {
    files
        .iter()
        .filter(|f| !f.is_test())
        .filter(|f| {
            let inside = f.in_program().unwrap_or_default();
            !inside.starts_with("platform/")
                && !inside.starts_with("demo/")
                && (inside.ends_with("/model.rs") || inside.contains("/model/"))
        })
        .flat_map(|f| {
            [
                "sqlx",
                "database",
                "Connection",
                "Transaction",
                "axum",
                "async",
                "await",
            ]
            .iter()
            .flat_map(|word| {
                f.lines_with(word)
                    .into_iter()
                    .map(move |at| format!("{at}: {word} in a model"))
            })
            .collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn models_are_pure() {
    none(impure_models(&program()));
    let bad = sample(
        "crates/tandau/src/counting/model.rs",
        "use crate::platform::database::Row;\nasync fn f() {}",
    );
    assert_eq!(impure_models(&bad).len(), 2);
}

//! Keeps docs/trace.md true: every row's article stands at the named key of the law, its page is a
//! route of the site, its test exists; and no article of the pilot's own sections is left out.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::as_conversions
)]

mod check;
mod law;
mod self_test;
mod table;

use std::path::{Path, PathBuf};

/// The pack of the pilot and the sections of it that the site uses.
const PILOT: &str = "rules/kz/akim-district-2023.toml";
const SECTIONS: &[&str] = &[
    "calendar",
    "protocol",
    "voting",
    "result",
    "publication",
    "contest",
    "commissions",
    "candidates",
    "nominators",
    "eligibility",
    "documents",
    "losses",
    "deposit",
    "turnout",
];
/// Sections in which every single entry, and not only its article, must be named by a row.
const LISTS: &[&str] = &["eligibility", "documents", "losses", "nominators"];
/// The table of powers; every article in it is used by a page.
const POLICIES: &str = "policies/kz.toml";
/// Rows at least.
const ROWS_MIN: usize = 40;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn the_table_is_true() {
    let text = std::fs::read_to_string(root().join("docs/trace.md")).unwrap();
    let rows = table::parse(&text);
    let routes: Vec<&str> = tandau::routes().list().iter().map(|r| r.path).collect();
    let read = |file: &str| {
        ["", "rules/kz/", "policies/"]
            .iter()
            .find_map(|folder| std::fs::read_to_string(root().join(folder).join(file)).ok())
    };
    let mut required = law::articles_of(&read(PILOT).unwrap(), SECTIONS).unwrap();
    required.extend(law::articles_of(&read(POLICIES).unwrap(), &["power"]).unwrap());
    let pilot = read(PILOT).unwrap();
    let mut problems = check::check(&rows, &routes, &required, &read);
    let file = PILOT.rsplit('/').next().unwrap();
    for section in LISTS {
        let keys = law::keys_of(&pilot, section).unwrap();
        problems.extend(check::unnamed(&rows, file, &keys));
    }
    assert!(
        problems.is_empty(),
        "docs/trace.md:\n  {}",
        problems.join("\n  ")
    );
    assert!(rows.len() >= ROWS_MIN, "only {} rows", rows.len());
}

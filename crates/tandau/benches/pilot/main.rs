//! `make bench`: measures what is promised about speed and writes docs/benchmarks.md.
//!
//! `make bench ROWS="accept pages"` measures only these rows and prints them.
#![allow(
    missing_docs,
    clippy::print_stdout,
    reason = "a program of our own that talks to the terminal"
)]

mod accept;
mod ballot;
mod clock;
mod entry;
mod evoting;
mod learning;
mod machine;
mod plan;
mod readiness;
mod recount;
mod replay;
mod serving;
mod survey;
mod table;
mod training;
mod world;

use std::path::Path;

/// Why a measurement has no result.
pub type Failed = Box<dyn std::error::Error + Send + Sync>;

/// Stations at work at once in the crowd.
pub const TOGETHER: usize = 64;

/// Groups of rows in their order.
const ROWS: [&str; 12] = [
    "import",
    "accept",
    "recount",
    "pages",
    "readiness",
    "survey",
    "training",
    "learning",
    "plan",
    "ballot",
    "evoting",
    "start",
];

#[tokio::main]
async fn main() -> Result<(), Failed> {
    // Cargo adds `--bench`.
    let wanted: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| !a.starts_with("--"))
        .collect();
    if let Some(unknown) = wanted.iter().find(|w| !ROWS.contains(&w.as_str())) {
        return Err(format!("no rows {unknown}; there are {}", ROWS.join(", ")).into());
    }
    let asked = |rows: &str| wanted.is_empty() || wanted.iter().any(|w| w == rows);
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench");
    std::fs::create_dir_all(&place)?;
    let (country, demo) = (place.join("country"), place.join("demo"));
    let mut rows = Vec::new();
    let mut add = |measured: Vec<table::Row>| {
        for row in measured {
            println!("{}\n", row.plain());
            rows.push(row);
        }
    };
    if ROWS[..4].iter().any(|rows| asked(rows)) {
        println!(
            "Making a country of 10,361 stations in {}",
            country.display()
        );
        world::make(&country).await?;
        if asked("import") {
            add(vec![entry::import(&country).await?]);
        }
        let entered = entry::measure(&country).await?;
        if asked("import") {
            add(entered);
        }
        if asked("accept") || asked("recount") {
            let accepted = accept::measure(&country).await?;
            if asked("accept") {
                add(accepted);
            }
        }
        if asked("recount") {
            add(recount::measure(&country).await?);
        }
        if asked("pages") {
            add(serving::pages(&country).await?);
        }
    }
    if asked("readiness") {
        add(readiness::measure(&place.join("weeks")).await?);
    }
    if asked("survey") {
        add(survey::measure(&place.join("hall")).await?);
    }
    if asked("training") {
        add(training::measure(&place.join("training")).await?);
    }
    if asked("learning") {
        add(learning::measure(&place.join("learning")).await?);
    }
    if asked("plan") {
        add(plan::measure(&place.join("plan")).await?);
    }
    if asked("ballot") {
        add(ballot::measure()?);
    }
    if asked("evoting") {
        add(evoting::measure(&place.join("evoting"))?);
    }
    if asked("start") {
        add(serving::start(&demo)?);
    }
    std::fs::remove_dir_all(&place)?;
    if wanted.is_empty() {
        let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/benchmarks.md");
        std::fs::write(&page, table::page(&rows)?)?;
        println!("Written: docs/benchmarks.md");
    }
    Ok(())
}

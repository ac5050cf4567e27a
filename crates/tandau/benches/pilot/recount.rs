//! Counting a country again: in memory, from the tables; and the status page at two sizes.

use crate::Failed;
use crate::clock::{Times, ms};
use crate::machine::Busy;
use crate::table::Row;
use crate::world::{self, COUNTRY, Contest, TOWN};
use electoral::tabulation::sum;
use std::path::Path;
use std::time::{Duration, Instant};
use tandau::counting::queries::{self, Filter};
use tandau::platform::App;

/// A recount that nobody waits for.
const GOAL: Duration = Duration::from_secs(1);
/// What another council's program needs for its status page, as it publishes.
const STATUS_GOALS: [Duration; 2] = [Duration::from_millis(26), Duration::from_millis(100)];
/// Times each is done; the median counts.
const TURNS: usize = 7;

/// Measures on the country after all its protocols were accepted, and the town after they were sent.
pub async fn measure(folder: &Path) -> Result<Vec<Row>, Failed> {
    let (app, _) = world::open(folder).await?;
    let mut reader = app.read().await?;
    let id = COUNTRY.id();
    let kept = queries::totals(&mut reader, &id).await?;
    let entries = queries::accepted_entries(&mut reader, &id).await?;
    if entries.len() != usize::try_from(COUNTRY.stations)? {
        return Err(format!("{} protocols accepted", entries.len()).into());
    }
    let rules = app.rules.get("akim-district-2023")?;
    let form = rules.protocol.as_ref().ok_or("no form")?;

    let busy = Busy::now()?;
    let mut times = Vec::new();
    for _ in 0..TURNS {
        let start = Instant::now();
        let total = sum(form, entries.values())?;
        times.push(start.elapsed());
        let same = total.values.iter().all(|(key, value)| {
            let item = key.item_id().unwrap_or_default().to_owned();
            kept.get(&(key.line().to_owned(), item)) == Some(value)
        });
        if !same || total.values.len() != kept.len() {
            return Err("the sum is not the one that was kept".into());
        }
    }
    let pure = Times::new(times, Duration::ZERO).percentile(50);

    let mut times = Vec::new();
    for _ in 0..TURNS {
        let start = Instant::now();
        let total = queries::recount(&mut reader, &id).await?;
        times.push(start.elapsed());
        if total != kept {
            return Err("the recount is not the sum that was kept".into());
        }
    }
    let from_tables = Times::new(times, Duration::ZERO).percentile(50);
    drop(reader);
    let recount_others = busy.others()?;
    let busy = Busy::now()?;
    let town = status(&app, TOWN).await?;
    let country = status(&app, COUNTRY).await?;
    let status_others = busy.others()?;
    app.database.close().await;

    let published = "Abacus publishes no recount time";
    let row = |what: &str, took: Duration| Row {
        what: format!(
            "Recount of 10,101 protocols × 8 candidates, {what} (equal to the sums kept)"
        ),
        reference: published.to_owned(),
        goal: format!("≤ {}", ms(GOAL)),
        measured: format!("{} (median of {TURNS}){recount_others}", ms(took)),
        met: took <= GOAL,
        cause: "",
        command: "make bench ROWS=recount",
    };
    let status_row = |size: &str, reference: &str, took: Duration, goal: Duration| Row {
        what: format!(
            "Status of protocols at {size} stations: counts by state and the first 100 lines"
        ),
        reference: format!("Abacus's status page: {reference} (whole page, its own machine)"),
        goal: format!("≤ {}", ms(goal)),
        measured: format!("{} (median of {TURNS}){status_others}", ms(took)),
        met: took <= goal,
        cause: "",
        command: "make bench ROWS=recount",
    };
    let [small, large] = STATUS_GOALS;
    Ok(vec![
        row("figures in memory (`electoral::tabulation::sum`)", pure),
        row(
            "from the tables (`counting::queries::recount`)",
            from_tables,
        ),
        status_row("180", "26 ms at 180", town, small),
        status_row("10,101", "2.6 s at 10,000", country, large),
    ])
}

/// What the status page asks the tables.
async fn status(app: &App, contest: Contest) -> Result<Duration, Failed> {
    let mut times = Vec::new();
    for _ in 0..TURNS {
        let start = Instant::now();
        let mut reader = app.read().await?;
        let counts = queries::count_under(&mut reader, contest.district, &contest.id()).await?;
        let filter = Filter {
            contest_id: contest.id(),
            limit: 100,
            ..Filter::default()
        };
        let lines = queries::list_under(&mut reader, contest.district, &filter).await?;
        times.push(start.elapsed());
        if counts.values().sum::<u64>() != contest.stations || lines.len() != 100 {
            return Err("the status does not cover the contest".into());
        }
    }
    Ok(Times::new(times, Duration::ZERO).percentile(50))
}

//! Coverage of stations by trained commissions: how fast the country is shown while sessions change.

use crate::Failed;
use crate::clock::{Times, ms};
use crate::machine::Busy;
use crate::serving::Program;
use crate::table::Row;
use crate::world;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tandau::bind;
use tandau::platform::Acting;
use tandau::training::actions::cancel;
use tandau::training::coverage::actions::set_up_in;

const ELECTION: &str = "bench-2023";
const SESSIONS: usize = 3_000;
const PAGE: Duration = Duration::from_millis(100);
/// A session is called off every so often: 24 people of several stations are expected no longer.
const CHANGES: Duration = Duration::from_millis(60);
const READINGS: usize = 300;
/// Hours before the day of voting.
const NOW: i64 = 20 * 24;

/// Thirty days of sums in each district, as weeks of training leave them.
const HISTORY: &str = "insert into training_district_day (election_id, district_id, day, region_id, stations, covered, planned, members, required,
        scheduled, trained, passed)
    with recursive n (i) as (select 1 union all select i + 1 from n where i < 30)
    select d.election_id, d.district_id, date(d.day, '-' || n.i || ' days'), d.region_id, d.stations, d.covered * (30 - n.i) / 30, 0, d.members,
        d.required, d.scheduled, d.trained * (30 - n.i) / 30, d.passed * (30 - n.i) / 30
    from training_district_day d cross join n";

pub async fn measure(folder: &Path) -> Result<Vec<Row>, Failed> {
    println!(
        "Commissions of the country are trained in {}",
        folder.display()
    );
    world::make(folder).await?;
    world::before_voting(folder).await?;
    let options = SqliteConnectOptions::new().filename(world::file(folder));
    let mut connection = options.connect().await?;
    sqlx::raw_sql("begin").execute(&mut connection).await?;
    sqlx::raw_sql(include_str!("training.sql"))
        .execute(&mut connection)
        .await?;
    sqlx::raw_sql("commit").execute(&mut connection).await?;
    connection.close().await?;
    let (app, key) = world::open(folder).await?;
    tandau::cli::start_background(&app, key);
    let operator = world::at(&Acting::operator(app.clone()), NOW)?;
    let started = Instant::now();
    let mut tx = operator.begin().await?;
    let stations = set_up_in(&mut tx, &operator, ELECTION).await?;
    tx.execute(HISTORY, bind![]).await?;
    tx.commit().await?;
    let set_up = started.elapsed();
    let people = {
        let mut reader = app.read().await?;
        let sql = "select cast(sum(members) as bigint) as n from training_station";
        reader.one(sql, bind![]).await?.count("n")?
    };
    let (program, _) = Program::start(&["serve"], folder)?;
    let page = "/training/coverage?lang=en";
    let acts = {
        let operator = operator.clone();
        tokio::spawn(async move {
            let mut tick = tokio::time::interval(CHANGES);
            let mut times = Vec::new();
            for session in (0..SESSIONS).filter(|i| i % 5 == 4) {
                tick.tick().await;
                let start = Instant::now();
                cancel(&operator, &format!("lesson{session}"), 1, "measured").await?;
                times.push(start.elapsed());
            }
            Ok::<_, Failed>(times)
        })
    };
    let busy = Busy::now()?;
    let mut times = Vec::with_capacity(READINGS);
    let program = Arc::new(program);
    for _ in 0..READINGS {
        let asked = Arc::clone(&program);
        let start = Instant::now();
        let text = tokio::task::spawn_blocking(move || asked.get(page)).await??;
        times.push(start.elapsed());
        if !text.contains(" 200 OK") || !text.contains("a trained commission") {
            let first = text.lines().next().unwrap_or("").to_owned();
            return Err(format!("the country is not shown: {first}").into());
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let seen = Times::new(times, Duration::ZERO);
    let others = busy.others()?;
    let acts = Times::new(acts.await??, Duration::ZERO);
    app.database.close().await;
    Ok(vec![Row {
        what: format!(
            "Country view of training: {stations} stations, {people} members, {SESSIONS} sessions, one called off every {} ms; {READINGS} readings",
            CHANGES.as_millis()
        ),
        reference: format!("none; `{page}`"),
        goal: format!("p95 ≤ {}", ms(PAGE)),
        measured: format!(
            "p50 {}, p95 {}, p99 {}; an act about 24 people with all sums p50 {}, p99 {}; all stations put on record in {}{others}",
            ms(seen.percentile(50)),
            ms(seen.percentile(95)),
            ms(seen.percentile(99)),
            ms(acts.percentile(50)),
            ms(acts.percentile(99)),
            ms(set_up)
        ),
        met: seen.percentile(95) <= PAGE,
        cause: "",
        command: "make bench ROWS=training",
    }])
}

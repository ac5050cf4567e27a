//! A protocol is accepted: how long until the sums are right, durable and read by others.

use crate::clock::{Times, ms};
use crate::machine::Busy;
use crate::table::Row;
use crate::world::{self, COUNTRY, Contest, parts};
use crate::{Failed, TOGETHER, replay};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tandau::counting::actions::{self, Target};
use tandau::counting::queries;
use tandau::platform::App;
use tandau::platform::database::tap::{self, Act};

/// Slowest acceptance that a commission doesn't notice.
const GOAL: Duration = Duration::from_millis(50);
/// Acceptances measured with one station at work, and with many.
const ALONE: u64 = 1_500;
const CROWD: u64 = 6_400;

/// Accepts protocols `at_once` at a time; each is timed until another connection reads sums that hold it.
async fn accept(
    app: &App,
    contest: Contest,
    stations: Vec<String>,
    at_once: usize,
) -> Result<Times, Failed> {
    let accepted = Arc::new(AtomicU64::new({
        let mut reader = app.read().await?;
        queries::progress(&mut reader, &contest.id())
            .await?
            .accepted
    }));
    let started = Instant::now();
    let mut tasks = tokio::task::JoinSet::new();
    for part in parts(stations, at_once) {
        let (app, accepted) = (app.clone(), Arc::clone(&accepted));
        tasks.spawn(async move {
            let acting = contest.secretary(&app)?;
            let id = contest.id();
            let mut times = Vec::with_capacity(part.len());
            for station in part {
                let before = accepted.load(Ordering::SeqCst);
                let start = Instant::now();
                actions::accept(&acting, &Target::new(&station, &id, 1)).await?;
                let mut reader = app.read().await?;
                let totals = queries::totals(&mut reader, &id).await?;
                drop(reader);
                times.push(start.elapsed());
                // 600 voters stand on every list, so the sum says how many protocols it holds.
                let voters = totals.get(&("voters_on_list".to_owned(), String::new()));
                if voters.is_none_or(|voters| *voters < 600 * (before + 1)) {
                    return Err(format!("{station}: accepted and not in the sums").into());
                }
                accepted.fetch_add(1, Ordering::SeqCst);
            }
            Ok::<_, Failed>(times)
        });
    }
    let mut all = Vec::new();
    while let Some(done) = tasks.join_next().await {
        all.extend(done??);
    }
    Ok(Times::new(all, started.elapsed()))
}

/// The sums kept with each acceptance are those that the versions give.
async fn compare(app: &App, contest: Contest) -> Result<(), Failed> {
    let mut reader = app.read().await?;
    let kept = queries::totals(&mut reader, &contest.id()).await?;
    if kept != queries::recount(&mut reader, &contest.id()).await? || kept.is_empty() {
        return Err("the sums are not those of the versions".into());
    }
    Ok(())
}

/// The acceptances that were overheard: all of them.
fn heard(count: u64) -> Result<Vec<Act>, Failed> {
    let acts = replay::heard("into protocol_event");
    if u64::try_from(acts.len())? == count {
        Ok(acts)
    } else {
        Err(format!("{} of {count} acceptances were overheard", acts.len()).into())
    }
}

/// Measures on the country, whose protocols have all been sent and none accepted; then accepts the rest.
pub async fn measure(folder: &Path) -> Result<Vec<Row>, Failed> {
    let copy = folder.with_extension("replay.db");
    std::fs::copy(world::file(folder), &copy)?;
    let (app, key) = world::open(folder).await?;
    tandau::cli::start_background(&app, key);

    let busy = Busy::now()?;
    tap::begin();
    let alone = accept(&app, COUNTRY, COUNTRY.stations(0, ALONE), 1).await?;
    let alone_acts = heard(ALONE)?;
    let alone_others = busy.others()?;
    let busy = Busy::now()?;
    tap::begin();
    let crowd = accept(
        &app,
        COUNTRY,
        COUNTRY.stations(ALONE, ALONE + CROWD),
        TOGETHER,
    )
    .await?;
    let crowd_acts = heard(CROWD)?;
    let crowd_others = busy.others()?;
    compare(&app, COUNTRY).await?;

    let statements = replay::statements(&alone_acts);
    let rate_alone = replay::again(&copy, alone_acts, 1).await?;
    let rate_crowd = replay::again(&copy, crowd_acts, TOGETHER).await?;
    accept(
        &app,
        COUNTRY,
        COUNTRY.stations(ALONE + CROWD, COUNTRY.stations),
        TOGETHER,
    )
    .await?;
    compare(&app, COUNTRY).await?;
    app.database.close().await;
    std::fs::remove_file(copy)?;

    let row = |at_once: usize, times: &Times, rate: f64, others: String| Row {
        what: format!(
            "Protocol accepted → in the sums, durable and read by another connection; {at_once} at once (sums equal a recount)"
        ),
        reference: format!(
            "the database's own rate: the same {statements} statements and rows one by one, {at_once} to a commit, {rate:.0}/s"
        ),
        goal: format!("p99 ≤ {}", ms(GOAL)),
        measured: format!(
            "p50 {}, p99 {}; {:.0}/s, {:.0} % of the database's own rate{others}",
            ms(times.percentile(50)),
            ms(times.percentile(99)),
            times.rate(),
            100.0 * times.rate() / rate,
        ),
        met: times.percentile(99) <= GOAL,
        cause: "all wait for the one writer, which shares two cores with checks, readings and the log's numbering",
        command: "make bench ROWS=accept",
    };
    Ok(vec![
        row(1, &alone, rate_alone, alone_others),
        row(TOGETHER, &crowd, rate_crowd, crowd_others),
    ])
}

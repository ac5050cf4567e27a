//! Stations get ready: how fast their reports are taken, and how fast the country is shown while they arrive.

use crate::clock::{Times, ms};
use crate::machine::Busy;
use crate::serving::Program;
use crate::table::Row;
use crate::world::{self, COUNTRY, parts};
use crate::{Failed, TOGETHER, replay};
use electoral::checklist::{Answer, Checklist, Item, Kind, Milli, Status};
use jiff::civil::{Date, date};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tandau::bind;
use tandau::platform::database::tap;
use tandau::platform::inbox::{self, Envelope};
use tandau::platform::{Acting, App, ids};
use tandau::readiness::actions::set_up;
use tandau::readiness::model::REPORT;

const ELECTION: &str = "bench-2023";
const VOTING_DAY: Date = date(2023, 11, 5);
/// Reports a second that must be taken; the best published figure of a peer (ODK Central) is 41.
const REPORTS_A_SECOND: f64 = 1_000.0;
/// Reports measured with many stations at work, each about so many items.
const CROWD: u64 = 6_400;
const ITEMS: usize = 5;
/// The country's page while a report arrives every so often.
const PAGE: Duration = Duration::from_millis(100);
const ARRIVES: Duration = Duration::from_millis(30);
const READINGS: usize = 300;
/// Hours before the day of voting.
const FIRST: i64 = 20 * 24;
const LATER: i64 = 10 * 24;

/// An answer that holds, with what it must bring along; none for what nobody types in or photographs here.
fn holds(item: &Item) -> Option<(String, bool)> {
    if item.told_by.is_some() {
        return None;
    }
    let answer = match &item.kind {
        Kind::YesNo { .. } => item.yes_or_no(true)?,
        Kind::Number {
            least,
            most,
            met_from,
            met_to,
            ..
        } => {
            let from = met_from.map_or(least.0, |from| from.0.max(least.0));
            let to = met_to.map_or(most.0, |to| to.0.min(most.0));
            Answer::Number(Milli(from.midpoint(to) / 1_000 * 1_000))
        }
        Kind::Date { .. } => (0..90)
            .map(|days| Answer::Date(VOTING_DAY.saturating_sub(jiff::Span::new().days(days))))
            .find(|day| item.judge(day, VOTING_DAY) == Status::Met)?,
        Kind::Text { .. } => Answer::Text("a plan".to_owned()),
        Kind::Photo { .. } => return None,
    };
    Some((answer.to_text(), item.evidence.is_empty()))
}

/// A station's report on items of the checklist, `said` in words of its own.
fn envelope(list: &Checklist, station: &str, items: &[(usize, u64)], said: &str) -> Envelope {
    let mut fields = BTreeMap::from([
        ("election".to_owned(), ELECTION.to_owned()),
        ("station".to_owned(), station.to_owned()),
        ("checklist".to_owned(), list.id.clone()),
        ("checklist_version".to_owned(), "1".to_owned()),
    ]);
    for (position, base) in items {
        let Some(item) = list.items.get(*position) else {
            continue;
        };
        if let Some((value, _)) = holds(item) {
            fields.insert(format!("answer.{}", item.id), value);
            fields.insert(format!("note.{}", item.id), said.to_owned());
            fields.insert(format!("base.{}", item.id), base.to_string());
        }
    }
    Envelope {
        id: ids::random_id(),
        kind: REPORT.to_owned(),
        made_at: jiff::Timestamp::UNIX_EPOCH,
        fields,
        files: BTreeMap::new(),
    }
}

/// Items that are answered without a photo or paper.
fn plain_items(list: &Checklist) -> Vec<usize> {
    list.items
        .iter()
        .enumerate()
        .filter(|(_, item)| holds(item).is_some_and(|(_, plain)| plain))
        .map(|(position, _)| position)
        .collect()
}

/// Sends one report of each station, many at once.
async fn send(
    app: &App,
    list: &Arc<Checklist>,
    stations: Vec<String>,
    hours_before: i64,
    items: impl Fn(usize) -> Vec<(usize, u64)>,
    said: &'static str,
) -> Result<Times, Failed> {
    let mut tasks = tokio::task::JoinSet::new();
    let started = Instant::now();
    for (lane, part) in parts(stations, TOGETHER).into_iter().enumerate() {
        let (app, list) = (app.clone(), Arc::clone(list));
        let asked: Vec<_> = (0..part.len()).map(|turn| items(lane + turn)).collect();
        tasks.spawn(async move {
            let mut times = Vec::with_capacity(part.len());
            for (station, items) in part.iter().zip(asked) {
                let acting: Acting = world::answers_for(&app, station, hours_before)?;
                let report = envelope(&list, station, &items, said);
                let start = Instant::now();
                inbox::take(&acting, &report).await?;
                times.push(start.elapsed());
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

/// The sums by district are those of the answers.
async fn compare(app: &App, answers: usize) -> Result<(), Failed> {
    let mut reader = app.read().await?;
    let kept = reader
        .one(
            "select cast(sum(met) as bigint) as met from readiness_district_day d where section = '' and day =
                (select max(day) from readiness_district_day l where l.district_id = d.district_id and l.section = '')",
            bind![],
        )
        .await?
        .count("met")?;
    let told = reader
        .one(
            "select count(*) as met from readiness_state where status = 'met'",
            bind![],
        )
        .await?
        .count("met")?;
    let expected = u64::try_from(answers)?;
    if kept != told || kept != expected {
        return Err(format!("sums say {kept}, items {told}, sent were {expected}").into());
    }
    Ok(())
}

pub async fn measure(folder: &Path) -> Result<Vec<Row>, Failed> {
    println!(
        "Stations of the country answer their checklists in {}",
        folder.display()
    );
    world::make(folder).await?;
    world::before_voting(folder).await?;
    let (app, key) = world::open(folder).await?;
    tandau::cli::start_background(&app, key);
    let list = Arc::clone(app.rules.checklist());
    let operator = Acting::operator(app.clone());
    let stations = set_up(&world::at(&operator, FIRST + 24)?, ELECTION).await?;
    let plain = plain_items(&list);
    let whole: Vec<(usize, u64)> = plain.iter().map(|item| (*item, 0)).collect();
    let filled = send(&app, &list, COUNTRY.all(), FIRST, |_| whole.clone(), "").await?;
    compare(&app, plain.len() * COUNTRY.all().len()).await?;

    // The copy holds what was there before the measured reports.
    let copy = folder.with_extension("replay.db");
    if copy.exists() {
        std::fs::remove_file(&copy)?;
    }
    tandau::platform::database::copy_sqlite(&world::file(folder), &copy).await?;
    let busy = Busy::now()?;
    tap::begin();
    let some = |turn: usize| -> Vec<(usize, u64)> {
        (0..ITEMS)
            .filter_map(|n| plain.get((turn * ITEMS + n) % plain.len()))
            .map(|item| (*item, 1))
            .collect()
    };
    let crowd = send(
        &app,
        &list,
        COUNTRY.stations(0, CROWD),
        LATER,
        some,
        "again",
    )
    .await?;
    let acts = replay::heard("into readiness_report");
    let others = busy.others()?;
    let statements = replay::statements(&acts);
    if acts.len() != usize::try_from(CROWD)? {
        return Err(format!("{} of {CROWD} reports were overheard", acts.len()).into());
    }
    let own_rate = replay::again(&copy, acts, TOGETHER).await?;
    std::fs::remove_file(&copy)?;

    let (program, _) = Program::start(&["serve"], folder)?;
    let page = "/readiness?lang=en";
    let arrivals = {
        let (app, list, plain) = (app.clone(), Arc::clone(&list), plain.clone());
        tokio::spawn(async move {
            let mut tick = tokio::time::interval(ARRIVES);
            for (turn, station) in COUNTRY.all().into_iter().enumerate().skip(7_000) {
                tick.tick().await;
                let acting = world::answers_for(&app, &station, LATER - 24)?;
                let items: Vec<_> = (0..ITEMS)
                    .filter_map(|n| plain.get((turn + n * 7) % plain.len()))
                    .map(|item| (*item, 1))
                    .collect();
                inbox::take(&acting, &envelope(&list, &station, &items, "now")).await?;
            }
            Ok::<_, Failed>(())
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
        if !text.contains(" 200 OK") {
            return Err(format!(
                "the country is not shown: {}",
                text.lines().next().unwrap_or("")
            )
            .into());
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    arrivals.abort();
    let seen = Times::new(times, Duration::ZERO);
    let page_others = busy.others()?;
    app.database.close().await;
    Ok(vec![
        Row {
            what: format!(
                "Report of a station taken: {ITEMS} items with all checks, sums, log, durable; {TOGETHER} at once, {stations} stations × {} items",
                list.items.len()
            ),
            reference: format!(
                "the database's own rate: the same {statements} statements and rows one by one, {TOGETHER} to a commit, {own_rate:.0}/s; ODK Central 41/s (its own publication)"
            ),
            goal: format!("≥ {REPORTS_A_SECOND:.0}/s"),
            measured: format!(
                "{:.0}/s, p50 {}, p99 {}; {:.0} % of the database's own rate; a first report of all {} items {:.0}/s{others}",
                crowd.rate(),
                ms(crowd.percentile(50)),
                ms(crowd.percentile(99)),
                100.0 * crowd.rate() / own_rate,
                plain.len(),
                filled.rate(),
            ),
            met: crowd.rate() >= REPORTS_A_SECOND,
            cause: "",
            command: "make bench ROWS=readiness",
        },
        Row {
            what: format!(
                "Country view of readiness, {stations} stations × {} items, a report arriving every {} ms; {READINGS} readings",
                list.items.len(),
                ARRIVES.as_millis()
            ),
            reference: format!("none; `{page}`"),
            goal: format!("p95 ≤ {}", ms(PAGE)),
            measured: format!(
                "p50 {}, p95 {}, p99 {}{page_others}",
                ms(seen.percentile(50)),
                ms(seen.percentile(95)),
                ms(seen.percentile(99))
            ),
            met: seen.percentile(95) <= PAGE,
            cause: "",
            command: "make bench ROWS=readiness",
        },
    ])
}

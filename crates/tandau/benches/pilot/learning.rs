//! Two thousand people take a test at once, each answer durable; and a region's plan of sessions.

use crate::clock::{Times, ms};
use crate::machine::Busy;
use crate::table::Row;
use crate::{Failed, world};
use electoral::training::plan::{Hall, Input, Place, Station, Terms, Trainer, plan};
use sqlx::ConnectOptions as _;
use sqlx::sqlite::SqliteConnectOptions;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tandau::platform::access::{Actor, Grant, Role};
use tandau::platform::{Acting, App, Lang, Names, T};
use tandau::training::learning::actions;
use tandau::training::learning::model::{Purpose, Test};

/// People who begin at the same moment.
const PEOPLE: u32 = 2_000;
/// Questions of their test.
const QUESTIONS: u64 = 15;
const BANK: &[u8] = include_bytes!("../../../../demo/kz/questions.csv");

fn acting(app: &App, person: String, role: Option<&str>) -> Acting {
    let grant = role.and_then(Role::parse).map(|role| Grant {
        role,
        area_id: "kz".to_owned(),
    });
    let actor = Actor::new(person, Names::default(), grant.into_iter().collect());
    Acting::new(app.clone(), Arc::new(actor), T::new(Lang::Kk))
}

async fn made(folder: &Path) -> Result<App, Failed> {
    let (app, key) = world::open(folder).await?;
    let mut connection = SqliteConnectOptions::new()
        .filename(world::file(folder))
        .connect()
        .await?;
    sqlx::raw_sql(include_str!("learning.sql"))
        .execute(&mut connection)
        .await?;
    tandau::cli::start_background(&app, key);
    let centre = acting(&app, "p0".to_owned(), Some("central.secretary"));
    actions::write_file(&centre, "prog", "", BANK.to_vec()).await?;
    let test = Test {
        version: 0,
        questions: QUESTIONS,
        minutes: 60,
        pass_percent: 70,
        tries: 3,
    };
    actions::set_test(&centre, "prog", 0, &test, "").await?;
    Ok(app)
}

/// One person: begins, answers question by question as the pages do, hands in. Times of each answer.
async fn person(app: App, number: u32) -> Result<Vec<Duration>, Failed> {
    let who = acting(&app, format!("p{number}"), None);
    let id = actions::begin(&who, "sess", Purpose::After, "").await?;
    let mut times = Vec::new();
    for place in 1..=QUESTIONS {
        let right = actions::right_answer(&app, &id, place).await?;
        let start = Instant::now();
        actions::answer(&who, &id, (place, 0), &right).await?;
        times.push(start.elapsed());
    }
    actions::end(&who, &id).await?;
    Ok(times)
}

/// The test.
pub async fn measure(folder: &Path) -> Result<Vec<Row>, Failed> {
    println!("Two thousand take a test in {}", folder.display());
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    let app = made(folder).await?;
    let busy = Busy::now()?;
    let started = Instant::now();
    let mut all = tokio::task::JoinSet::new();
    for number in 0..PEOPLE {
        all.spawn(person(app.clone(), number));
    }
    let mut times = Vec::new();
    while let Some(done) = all.join_next().await {
        times.extend(done??);
    }
    let took = started.elapsed();
    let others = busy.others()?;
    let answers = times.len();
    let times = Times::new(times, took);
    app.database.close().await;
    let minutes = took.as_secs_f64() / 60.0;
    Ok(vec![Row {
        what: format!(
            "{PEOPLE} people begin a test at one moment and answer {QUESTIONS} questions without thinking; each answer its own durable transaction"
        ),
        reference: "the time that the test gives them: 60 minutes".to_owned(),
        goal: "all done in a tenth of that time, p99 of an answer ≤ 5 s".to_owned(),
        measured: format!(
            "{answers} answers in {minutes:.1} min, {:.0}/s with beginnings and ends; an answer p50 {}, p99 {}{others}",
            times.rate(),
            ms(times.percentile(50)),
            ms(times.percentile(99)),
        ),
        met: took <= Duration::from_secs(360) && times.percentile(99) <= Duration::from_secs(5),
        cause: "",
        command: "make bench ROWS=learning",
    }])
}

/// A region: 650 stations with 4,500 members around thirty towns.
fn region() -> Input {
    let town = |n: i64| Place {
        latitude_microdeg: 49_000_000 + ((n % 6) * 420 + n * 13 % 97) * 1_000,
        longitude_microdeg: 73_000_000 + ((n / 6) * 640 + n * 29 % 113) * 1_000,
    };
    let near = |place: Place, north: i64, east: i64| Place {
        latitude_microdeg: place.latitude_microdeg + north,
        longitude_microdeg: place.longitude_microdeg + east,
    };
    let stations = (0_i64..650).map(|n| Station {
        id: format!("s{n:04}"),
        people: 5 + u32::try_from(n % 5).unwrap_or(0),
        place: Some(near(
            town(n % 30),
            (n * 7_919 % 400 - 200) * 1_000,
            (n * 6_007 % 500 - 250) * 1_000,
        )),
        within: String::new(),
    });
    let halls = (0_i64..60).map(|n| Hall {
        id: format!("h{n:02}"),
        seats: 30 + u32::try_from(n % 4).unwrap_or(0) * 20,
        place: near(town(n % 30), n / 30 * 150_000, 0),
        within: String::new(),
    });
    let trainers = (0_i64..15).map(|n| Trainer {
        id: format!("t{n:02}"),
        home: town(n * 2),
        away: BTreeSet::new(),
        within: String::new(),
    });
    Input {
        stations: stations.collect(),
        halls: halls.collect(),
        trainers: trainers.collect(),
        kept: Vec::new(),
        terms: Terms {
            days: (1_i8..=25)
                .map(|d| jiff::civil::date(2023, 10, d))
                .collect(),
            in_time: jiff::civil::date(2023, 10, 30),
            slots: vec![570, 870],
            session_minutes: 180,
            reach_metres: 60_000,
            trip_minutes: 180,
            detour_percent: 130,
            road_kmh: 60,
            session_km: 300,
        },
    }
}

/// The plan.
pub fn planned() -> Result<Vec<Row>, Failed> {
    let input = region();
    let people: u32 = input.stations.iter().map(|s| s.people).sum();
    let busy = Busy::now()?;
    let mut times = Vec::new();
    let started = Instant::now();
    let mut found = plan(&input);
    times.push(started.elapsed());
    for _ in 0..4 {
        let start = Instant::now();
        found = plan(&input);
        times.push(start.elapsed());
    }
    let times = Times::new(times, started.elapsed());
    let others = busy.others()?;
    let behind = found.days_behind(&input.terms);
    Ok(vec![Row {
        what: format!(
            "Plan of a region: {} stations, {people} members, {} halls, {} trainers",
            input.stations.len(),
            input.halls.len(),
            input.trainers.len()
        ),
        reference: format!(
            "bound by linear program: {} sessions, complete {}",
            found.bound.sessions,
            found
                .bound
                .complete_on
                .map_or_else(|| "never".to_owned(), |d| d.to_string())
        ),
        goal: "< 10 s".to_owned(),
        measured: format!(
            "p50 {}, slowest {}; {} sessions, {} working days behind the bound, {} stations left{others}",
            ms(times.percentile(50)),
            ms(times.percentile(100)),
            found.sessions.len(),
            behind.map_or_else(|| "?".to_owned(), |d| d.to_string()),
            found.left.len(),
        ),
        met: times.percentile(100) < Duration::from_secs(10),
        cause: "",
        command: "make bench ROWS=plan",
    }])
}

//! Two thousand people take a test at once, each answer durable.

use crate::clock::{Times, ms};
use crate::machine::Busy;
use crate::table::Row;
use crate::{Failed, world};
use sqlx::ConnectOptions as _;
use sqlx::sqlite::SqliteConnectOptions;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tandau::platform::access::{Actor, Grant, Role};
use tandau::platform::{Acting, App, Lang, Names, T};
use tandau::training::learning::actions;
use tandau::training::learning::model::{Purpose, Test};

/// People who begin at the same moment.
const PEOPLE: u32 = 2_000;
/// Sessions at which they were taught.
const SESSIONS: u32 = 40;
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
    let id = actions::begin(
        &who,
        &format!("sess{}", number % SESSIONS),
        Purpose::After,
        "",
    )
    .await?;
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

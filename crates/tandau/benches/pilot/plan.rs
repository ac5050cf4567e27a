//! A region's plan of sessions: asked for, reckoned, on record with everybody whom it counts; then taken over in one transaction.

use crate::clock::{Times, ms};
use crate::machine::Busy;
use crate::table::Row;
use crate::{Failed, world};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _};
use std::path::Path;
use std::time::{Duration, Instant};
use tandau::bind;
use tandau::platform::{Acting, App};
use tandau::training::coverage::actions::set_up_in;
use tandau::training::planner::model::NewPlan;
use tandau::training::planner::{actions, begin};

const ELECTION: &str = "bench-2023";
const STATIONS: u64 = 650;
const PEOPLE: u64 = 4_500;
const PLANS: usize = 5;
const GOAL: Duration = Duration::from_secs(10);
/// Hours before the day of voting.
const NOW: i64 = 30 * 24;
/// Between two looks whether a plan is there.
const LOOK: Duration = Duration::from_millis(5);
const PLAN: &str = "select state, stations, people, trainers, halls, took_ms, complete_on, bound_on, bound_sessions, days_behind,
        (select count(*) from training_plan_session s where s.plan_id = p.id) as sessions,
        (select count(*) from training_plan_person h where h.plan_id = p.id) as kept,
        (select count(*) from training_plan_person h where h.plan_id = p.id and h.place < 0) as left_out
    from training_plan p where p.id = $1";

async fn made(folder: &Path) -> Result<App, Failed> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    let (app, key) = world::open(folder).await?;
    let options = SqliteConnectOptions::new().filename(world::file(folder));
    let mut connection = options.connect().await?;
    sqlx::raw_sql("begin").execute(&mut connection).await?;
    sqlx::raw_sql(include_str!("plan.sql"))
        .execute(&mut connection)
        .await?;
    sqlx::raw_sql("commit").execute(&mut connection).await?;
    connection.close().await?;
    tandau::cli::start_background(&app, key);
    Ok(app)
}

/// What the record says of a plan.
struct Plan {
    state: String,
    stations: u64,
    people: u64,
    trainers: u64,
    halls: u64,
    took_ms: u64,
    complete_on: String,
    bound_on: String,
    bound_sessions: u64,
    days_behind: Option<u64>,
    sessions: u64,
    kept: u64,
    without: u64,
}

async fn plan(app: &App, id: &str) -> Result<Plan, Failed> {
    let mut reader = app.read().await?;
    let row = reader.one(PLAN, bind![id]).await?;
    Ok(Plan {
        state: row.text("state")?,
        stations: row.count("stations")?,
        people: row.count("people")?,
        trainers: row.count("trainers")?,
        halls: row.count("halls")?,
        took_ms: row.opt_count("took_ms")?.unwrap_or(0),
        complete_on: row.text("complete_on")?,
        bound_on: row.text("bound_on")?,
        bound_sessions: row.opt_count("bound_sessions")?.unwrap_or(0),
        days_behind: row.opt_count("days_behind")?,
        sessions: row.count("sessions")?,
        kept: row.count("kept")?,
        without: row.count("left_out")?,
    })
}

/// Asks as the form does, and waits as its page does until the proposal is on record.
async fn propose(app: &App, acting: &Acting, id: &str) -> Result<Plan, Failed> {
    let new = NewPlan {
        id: id.to_owned(),
        election_id: ELECTION.to_owned(),
        programme_id: "programme".to_owned(),
        area_id: "reg".to_owned(),
        level: 2,
        starts_on: jiff::civil::date(2023, 10, 9),
    };
    let started = Instant::now();
    actions::ask(acting, new).await?;
    begin(app.clone(), id.to_owned());
    loop {
        let found = plan(app, id).await?;
        match found.state.as_str() {
            "done" => return Ok(found),
            "waiting" | "running" if started.elapsed() < Duration::from_secs(120) => {}
            other => return Err(format!("the plan is {other}").into()),
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// The plan, then its sessions.
pub async fn measure(folder: &Path) -> Result<Vec<Row>, Failed> {
    println!("A region is planned in {}", folder.display());
    let app = made(folder).await?;
    let operator = world::at(&Acting::operator(app.clone()), NOW)?;
    let mut tx = operator.begin().await?;
    set_up_in(&mut tx, &operator, ELECTION).await?;
    tx.commit().await?;
    let busy = Busy::now()?;
    let mut times = Vec::new();
    let mut reckoned = Vec::new();
    let started = Instant::now();
    let mut found = None;
    for round in 0..PLANS {
        let start = Instant::now();
        let one = propose(&app, &operator, &format!("plan{round}")).await?;
        times.push(start.elapsed());
        reckoned.push(Duration::from_millis(one.took_ms));
        if (one.stations, one.people, one.kept) != (STATIONS, PEOPLE, PEOPLE) {
            return Err(format!("{} stations, {} people", one.stations, one.people).into());
        }
        found = Some(one);
    }
    let found = found.ok_or("no plan")?;
    let times = Times::new(times, started.elapsed());
    let reckoned = Times::new(reckoned, started.elapsed());
    let planned_others = busy.others()?;
    let busy = Busy::now()?;
    let start = Instant::now();
    let taken = actions::take_over(&operator, "plan0", false).await?;
    let took = start.elapsed();
    let taken_others = busy.others()?;
    app.database.close().await;
    if taken.made != found.sessions || taken.people + found.without != PEOPLE {
        return Err(format!("not taken over: {taken:?}").into());
    }
    Ok(vec![
        Row {
            what: format!(
                "Plan of a region: {STATIONS} stations, {PEOPLE} members, {} halls, {} trainers in 13 districts; asked for → reckoned → on record with everybody whom it counts",
                found.halls, found.trainers
            ),
            reference: format!(
                "bound by linear program: {} sessions, complete {}",
                found.bound_sessions, found.bound_on
            ),
            goal: format!("< {}", ms(GOAL)),
            measured: format!(
                "p50 {}, slowest {} of {PLANS}, of it reckoning p50 {}; {} sessions, complete {}, {} working days behind the bound, {} people in no session{planned_others}",
                ms(times.percentile(50)),
                ms(times.percentile(100)),
                ms(reckoned.percentile(50)),
                found.sessions,
                found.complete_on,
                found
                    .days_behind
                    .map_or_else(|| "?".to_owned(), |days| days.to_string()),
                found.without,
            ),
            met: times.percentile(100) < GOAL,
            cause: "",
            command: "make bench ROWS=plan",
        },
        Row {
            what: format!(
                "The same plan taken over: {} sessions made, {} people invited, coverage of their stations, in one durable transaction",
                taken.made, taken.people
            ),
            reference: "none; nobody else writes meanwhile".to_owned(),
            goal: format!("< {}", ms(GOAL)),
            measured: format!("{}{taken_others}", ms(took)),
            met: took < GOAL,
            cause: "",
            command: "make bench ROWS=plan",
        },
    ])
}

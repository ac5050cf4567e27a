//! The protocols of a country enter the installation: from a file, and by their stations.

use crate::clock::{ms, per_second};
use crate::machine::Busy;
use crate::table::Row;
use crate::world::{self, COUNTRY, DISTRICT, TOWN};
use crate::{Failed, TOGETHER};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{AssertSqlSafe, Row as _};
use sqlx::{ConnectOptions as _, Connection as _};
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tandau::counting::queries;

/// The longest that a country's protocols may take.
const GOAL: Duration = Duration::from_secs(60);

/// Sends the protocols of all contests; measures the country's.
pub async fn measure(folder: &Path) -> Result<Vec<Row>, Failed> {
    let (app, key) = world::open(folder).await?;
    tandau::cli::start_background(&app, key);
    let busy = Busy::now()?;
    let started = Instant::now();
    world::send_all(&app, COUNTRY).await?;
    let took = started.elapsed();
    let others = busy.others()?;
    world::send_all(&app, TOWN).await?;
    world::send_all(&app, DISTRICT).await?;
    let submitted = queries::progress(&mut *app.read().await?, &COUNTRY.id())
        .await?
        .submitted;
    app.database.close().await;
    if submitted != COUNTRY.stations {
        return Err(format!("{submitted} protocols were sent").into());
    }
    let count = usize::try_from(COUNTRY.stations)?;
    Ok(vec![Row {
        what: format!(
            "Entry of 10,101 protocols by their stations, {TOGETHER} at once: entered, sent, confirmed; checks, versions, log of acts"
        ),
        reference: "none".to_owned(),
        goal: format!("≤ {}", ms(GOAL)),
        measured: format!(
            "{}, {:.0} protocols/s{others}",
            ms(took),
            per_second(count, took)
        ),
        met: took <= GOAL,
        cause: "",
        command: "make bench ROWS=import",
    }])
}

/// Imports a file of the country's protocols into a copy that has none yet, as an operator does.
pub async fn import(folder: &Path) -> Result<Row, Failed> {
    let place = folder.with_extension("import");
    if place.exists() {
        std::fs::remove_dir_all(&place)?;
    }
    std::fs::create_dir_all(&place)?;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            std::fs::copy(entry.path(), place.join(entry.file_name()))?;
        }
    }
    let file = place.join("protocols.csv");
    let mut text = String::from("station,contest,line,item,value\n");
    for station in COUNTRY.all() {
        for (key, figure) in world::figures(COUNTRY, &station)?.values {
            let (id, line) = (COUNTRY.id(), key.line().to_owned());
            let item = key.item_id().unwrap_or_default();
            writeln!(text, "{station},{id},{line},{item},{figure}")?;
        }
    }
    let rows = text.lines().count() - 1;
    std::fs::write(&file, text)?;

    let busy = Busy::now()?;
    let started = Instant::now();
    let said = Command::new(env!("CARGO_BIN_EXE_tandau"))
        .args(["import", "protocols"])
        .arg(&file)
        .args(["--election", "bench-2023", "--data"])
        .arg(&place)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .output()?;
    let took = started.elapsed();
    let others = busy.others()?;
    if !said.status.success() {
        return Err(String::from_utf8_lossy(&said.stderr).into_owned().into());
    }
    let (app, _) = world::open(&place).await?;
    let submitted = queries::progress(&mut *app.read().await?, &COUNTRY.id())
        .await?
        .submitted;
    app.database.close().await;
    if submitted != COUNTRY.stations {
        return Err(format!("{submitted} protocols were imported").into());
    }
    let plain = plain_insert(&world::file(&place), rows).await?;
    std::fs::remove_dir_all(&place)?;
    let count = usize::try_from(COUNTRY.stations)?;
    Ok(Row {
        what: format!(
            "Import of 10,101 protocols ({rows} figures): `tandau import protocols FILE`, whole command; all checks, versions, log of acts"
        ),
        reference: format!(
            "the database's own rate: the same {rows} figures read again and inserted by a plain loop in one transaction, {}",
            ms(plain)
        ),
        goal: format!("≤ {}", ms(GOAL)),
        measured: format!(
            "{}, {:.0} protocols/s{others}",
            ms(took),
            per_second(count, took)
        ),
        met: took <= GOAL,
        cause: "",
        command: "make bench ROWS=import",
    })
}

/// Inserts the imported figures once more into a table of the same shape; nothing else.
async fn plain_insert(file: &Path, rows: usize) -> Result<Duration, Failed> {
    let mut connection = SqliteConnectOptions::new()
        .filename(file)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .connect()
        .await?;
    let columns = "station_id, contest_id, version, line, item, value";
    let figures = sqlx::query(AssertSqlSafe(format!(
        "select {columns} from protocol_value"
    )))
    .fetch_all(&mut connection)
    .await?;
    if figures.len() != rows {
        return Err(format!("{} figures for {rows} rows", figures.len()).into());
    }
    sqlx::raw_sql("create table plain (station_id text, contest_id text, version bigint, line text, item text, value bigint, primary key (station_id, contest_id, version, line, item))")
        .execute(&mut connection)
        .await?;
    let started = Instant::now();
    sqlx::raw_sql("begin").execute(&mut connection).await?;
    for figure in &figures {
        sqlx::query("insert into plain values ($1, $2, $3, $4, $5, $6)")
            .bind(figure.try_get::<&str, _>(0)?)
            .bind(figure.try_get::<&str, _>(1)?)
            .bind(figure.try_get::<i64, _>(2)?)
            .bind(figure.try_get::<&str, _>(3)?)
            .bind(figure.try_get::<&str, _>(4)?)
            .bind(figure.try_get::<i64, _>(5)?)
            .execute(&mut connection)
            .await?;
    }
    sqlx::raw_sql("commit").execute(&mut connection).await?;
    let took = started.elapsed();
    connection.close().await?;
    Ok(took)
}

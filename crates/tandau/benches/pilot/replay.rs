//! The database's own rate: the statements of an acceptance, as they were seen on their way to the
//! database, with the same rows, from a plain loop that commits in groups as the program does.

use crate::Failed;
use crate::clock::per_second;
use crate::world::Contest;
use sqlx::query::Query;
use sqlx::sqlite::{
    SqliteArguments, SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous,
};
use sqlx::{ConnectOptions as _, Executor as _, Sqlite};
use std::collections::HashMap;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;
use tandau::bind;
use tandau::counting::actions::{self, Target};
use tandau::platform::App;
use tandau::platform::database::tap::Act;
use tandau::platform::database::{Value, ValueKind, all_statements};
use tracing::field::{Field, Visit};
use tracing::subscriber::Interest;
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt as _};

static WATCHING: AtomicBool = AtomicBool::new(false);
static SEEN: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Sees the texts that go to the database while it watches.
struct Watcher;

impl<S: tracing::Subscriber> Layer<S> for Watcher {
    fn register_callsite(&self, metadata: &'static tracing::Metadata<'static>) -> Interest {
        // Asked again at every statement: it watches only now and then.
        if metadata.target() == "sqlx::query" {
            Interest::sometimes()
        } else {
            Interest::never()
        }
    }

    fn enabled(&self, metadata: &tracing::Metadata<'_>, _: Context<'_, S>) -> bool {
        metadata.target() == "sqlx::query" && WATCHING.load(Ordering::SeqCst)
    }

    fn on_event(&self, event: &tracing::Event<'_>, _: Context<'_, S>) {
        let mut text = Text::default();
        event.record(&mut text);
        // A long text stands in `db.statement`, a short one is its own summary.
        let text = if text.statement.trim().is_empty() {
            text.summary
        } else {
            text.statement
        };
        if let Ok(mut seen) = SEEN.lock() {
            seen.push(text);
        }
    }
}

#[derive(Default)]
struct Text {
    summary: String,
    statement: String,
}

impl Visit for Text {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "summary" => value.clone_into(&mut self.summary),
            "db.statement" => value.clone_into(&mut self.statement),
            _ => {}
        }
    }
    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}

/// Installs the watcher; it costs nothing while it does not watch.
pub fn install() -> Result<(), Failed> {
    Ok(tracing::subscriber::set_global_default(
        tracing_subscriber::registry().with(Watcher),
    )?)
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The statements of one acceptance in their order.
pub struct Script(Vec<(String, &'static str)>);

impl Script {
    /// Watches one acceptance.
    pub async fn of(app: &App, contest: Contest, place: u64) -> Result<Self, Failed> {
        let acting = contest.secretary(app)?;
        let station = contest.stations(place, place + 1).remove(0);
        // The log's numbering may be at work; an acceptance between two of its rounds is seen alone.
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        WATCHING.store(true, Ordering::SeqCst);
        actions::accept(&acting, &Target::new(station, contest.id(), 1)).await?;
        WATCHING.store(false, Ordering::SeqCst);
        let known: HashMap<String, (&str, &'static str)> = all_statements()
            .into_iter()
            .map(|s| (squeezed(s.sql), (s.name, s.sql)))
            .collect();
        let seen: Vec<String> = SEEN
            .lock()
            .map_err(|_| "the watcher failed")?
            .drain(..)
            .map(|text| squeezed(&text))
            .collect();
        let mut script = Vec::new();
        for text in seen {
            if text.starts_with("select station_id, contest_id, sequence, version, kind") {
                script.push(("digest".to_owned(), &*text.leak()));
            } else if let Some((name, sql)) = known.get(&text) {
                let name = name.trim_start_matches("tandau::").replace("::store", "");
                // The log's numbering looks for work five times a second.
                if !name.starts_with("platform::audit")
                    || name.contains("::ADD_RECORD")
                    || name.contains("::ADD_PRIVATE")
                {
                    script.push((name, *sql));
                }
            } else if !is_framing(&text) {
                return Err(format!("the replay does not know this statement: {text}").into());
            }
        }
        let writes = ["counting::ADVANCE", "counting::ADD_TO_TOTALS", "digest"];
        if writes
            .iter()
            .any(|w| !script.iter().any(|(name, _)| name == w))
        {
            return Err(format!("the acceptance was not seen whole: {script:?}").into());
        }
        Ok(Self(script))
    }

    /// Statements in one acceptance.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Replays the acceptances on a copy of the database as it was before; returns how many a second.
    pub async fn run(
        &self,
        app: &App,
        copy: &Path,
        contest: Contest,
        stations: &[String],
        group: usize,
    ) -> Result<f64, Failed> {
        let mut prepared = Vec::with_capacity(stations.len());
        for station in stations {
            prepared.push(self.values(app, contest, station).await?);
        }
        let mut connection = plain(copy).await?;
        let count = prepared.len();
        let started = Instant::now();
        let mut rest = prepared.into_iter().peekable();
        while rest.peek().is_some() {
            connection.execute("begin immediate").await?;
            for act in rest.by_ref().take(group) {
                connection.execute("savepoint turn").await?;
                for ((name, sql), values) in self.0.iter().zip(act) {
                    run(&mut connection, name, sql, values).await?;
                }
                connection.execute("release turn").await?;
            }
            connection.execute("commit").await?;
        }
        Ok(per_second(count, started.elapsed()))
    }

    /// What the acceptance of a station bound, read from what it left behind.
    async fn values(
        &self,
        app: &App,
        contest: Contest,
        station: &str,
    ) -> Result<Vec<Vec<Value>>, Failed> {
        let id = contest.id();
        let mut reader = app.read().await?;
        let event = reader
            .one(
                "select sequence, at, made_by, office from protocol_event
                    where station_id = $1 and contest_id = $2 and kind = 'accepted'",
                bind![station, &id],
            )
            .await?;
        let (sequence, at) = (event.int("sequence")?, event.int("at")?);
        let (by, office) = (event.text("made_by")?, event.text("office")?);
        let object = format!("{station}/{id}/{sequence}");
        let record = reader
            .one(
                "select r.id, r.at, r.clock, r.event, r.office, r.digest, p.person_id, p.salt from audit_record r
                    join audit_private p on p.record_id = r.id where r.kind = 'protocol_event' and r.object = $1",
                bind![&object],
            )
            .await?;
        let none = || Value::Null(ValueKind::Text);
        self.0
            .iter()
            .map(|(name, _)| {
                Ok(match name.as_str() {
                    "votingday::UNIT" | "counting::PROTOCOL" => bind![station, &id],
                    "platform::access::ANCESTORS" => bind![format!("{station}-area")],
                    "counting::VERSION" => bind![station, &id, 1],
                    "counting::ADVANCE" => {
                        bind![station, &id, sequence - 1, "accepted", 1, 0, 0, false, at]
                    }
                    "counting::MOVE_PROGRESS" => bind![&id, 0, 0, -1, 0, 0, 1, at],
                    "counting::DECIDE_VERSION" => {
                        bind![station, &id, 1, "accepted", &by, at, "", none(), ""]
                    }
                    "counting::ADD_TO_TOTALS" => bind![station, &id, 1, 1],
                    "counting::ADD_EVENT" => {
                        bind![
                            station,
                            &id,
                            sequence,
                            1,
                            "accepted",
                            at,
                            &by,
                            &office,
                            "",
                            "",
                            none()
                        ]
                    }
                    "digest" => bind![station, &id, sequence],
                    "platform::audit::ADD_RECORD" => bind![
                        record.text("id")?,
                        record.int("at")?,
                        record.text("clock")?,
                        record.text("event")?,
                        record.text("office")?,
                        "protocol_event",
                        &object,
                        &id,
                        record.text("digest")?
                    ],
                    "platform::audit::ADD_PRIVATE" => bind![
                        record.text("id")?,
                        record.text("person_id")?,
                        record.text("salt")?
                    ],
                    other => return Err(format!("the replay has no values for {other}").into()),
                })
            })
            .collect()
    }
}

/// Replays acts that were overheard ([`tandau::platform::database::tap`]) on a copy of the database as it was before;
/// returns how many a second.
pub async fn again(copy: &Path, acts: Vec<Act>, group: usize) -> Result<f64, Failed> {
    let mut connection = plain(copy).await?;
    let count = acts.len();
    let started = Instant::now();
    let mut rest = acts.into_iter().peekable();
    while rest.peek().is_some() {
        connection.execute("begin immediate").await?;
        for act in rest.by_ref().take(group) {
            connection.execute("savepoint turn").await?;
            for (sql, values) in act {
                let query = bound(sql, values);
                if sql.trim_start().starts_with("select") {
                    query.fetch_all(&mut connection).await?;
                } else {
                    query.execute(&mut connection).await?;
                }
            }
            connection.execute("release turn").await?;
        }
        connection.execute("commit").await?;
    }
    Ok(per_second(count, started.elapsed()))
}

/// A plain connection with the settings of the program's writer.
async fn plain(copy: &Path) -> Result<SqliteConnection, Failed> {
    Ok(SqliteConnectOptions::new()
        .filename(copy)
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .statement_cache_capacity(500)
        .pragma("cache_size", "-32000")
        .pragma("mmap_size", "268435456")
        .connect()
        .await?)
}

/// Statements that begin and end transactions; the replay has its own.
fn is_framing(text: &str) -> bool {
    ["begin", "savepoint", "release", "commit", "pragma"]
        .iter()
        .any(|word| text.to_lowercase().starts_with(word))
}

async fn run(
    connection: &mut SqliteConnection,
    name: &str,
    sql: &'static str,
    values: Vec<Value>,
) -> Result<(), Failed> {
    let query = bound(sql, values);
    if sql.starts_with("select") {
        if query.fetch_all(connection).await?.is_empty() {
            return Err(format!("{name} found nothing").into());
        }
    } else if query.execute(connection).await?.rows_affected() == 0 {
        return Err(format!("{name} changed nothing").into());
    }
    Ok(())
}

fn bound<'q>(sql: &'static str, values: Vec<Value>) -> Query<'q, Sqlite, SqliteArguments> {
    values
        .into_iter()
        .fold(sqlx::query(sql), |query, value| match value {
            Value::Int(v) => query.bind(v),
            Value::Text(v) => query.bind(v),
            Value::Bool(v) => query.bind(v),
            Value::Bytes(v) => query.bind(v),
            Value::Null(_) => query.bind(None::<String>),
        })
}

//! The database's own rate: what acts said to the database, with the same values, from a plain loop that sends statement
//! after statement and commits in groups as the program does.

use crate::Failed;
use crate::clock::per_second;
use sqlx::query::Query;
use sqlx::sqlite::{
    SqliteArguments, SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous,
};
use sqlx::{ConnectOptions as _, Executor as _, Sqlite};
use std::path::Path;
use std::time::Instant;
use tandau::platform::database::Value;
use tandau::platform::database::tap::{self, Act};

/// The acts heard since [`tap::begin`] that said this.
pub fn heard(said: &str) -> Vec<Act> {
    let mut acts = tap::end();
    acts.retain(|act| act.iter().any(|(sql, _)| sql.contains(said)));
    acts
}

/// Statements of an act, on the average.
pub fn statements(acts: &[Act]) -> usize {
    acts.iter().map(Vec::len).sum::<usize>() / acts.len().max(1)
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

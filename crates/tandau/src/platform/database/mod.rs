//! One database layer over two engines: SQLite in the data folder, or PostgreSQL.
//!
//! A room writes plain SQL with `$1` placeholders that both engines understand, and reads rows by
//! column name. What only one engine understands lives in this folder (docs/adr/0001).

mod connection;
mod copy;
mod group_commit;
mod migrations;
mod row;
mod statements;
pub mod tap;
mod trip;
mod value;

pub use connection::{Connection, Reader, Transaction};
pub use copy::{copy_sqlite, papers_of_sqlite};
pub use row::Row;
pub use statements::{Statement, all_statements};
pub use value::{Value, ValueKind};

use group_commit::Writer;
use sqlx::postgres::{PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

/// What can go wrong between a room and its tables.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    /// The engine refused or failed.
    #[error("database: {0}")]
    Engine(#[from] sqlx::Error),
    /// The schema could not be brought up to date.
    #[error("database schema: {0}")]
    Schema(#[from] sqlx::migrate::MigrateError),
    /// A change that nobody waited for ([`Transaction::later`]) failed ahead of the statement it went with.
    #[error("database, of a change sent ahead: {0}")]
    Ahead(#[source] sqlx::Error),
    /// A statement of this transaction failed, or its answer was not waited for: nothing of it happens.
    #[error("the transaction ended with an earlier failure")]
    Over,
    /// A row was expected and none was there.
    #[error("no row for: {0}")]
    NoRow(&'static str),
    /// A column held something else than the program expects.
    #[error("column {column}: {problem}")]
    Column {
        /// Name of the column.
        column: String,
        /// What was wrong.
        problem: String,
    },
    /// The group to which a committed change belonged could not be made durable.
    #[error("the change could not be made durable: {0}")]
    NotDurable(String),
    /// The address is neither `sqlite:` nor `postgres:`.
    #[error("unknown kind of database in the address: {0}")]
    Address(String),
}

impl DatabaseError {
    /// A column that holds what the program does not know.
    #[must_use]
    pub fn unknown(column: &str, text: &str) -> Self {
        Self::Column {
            column: column.to_owned(),
            problem: text.to_owned(),
        }
    }

    /// True when a unique key already holds such a row as the statement itself was to write.
    #[must_use]
    pub fn is_duplicate(&self) -> bool {
        matches!(self, Self::Engine(sqlx::Error::Database(e)) if e.is_unique_violation())
    }
}

/// A handle to the database; cheap to clone.
#[derive(Clone, Debug)]
pub struct Database {
    engine: Engine,
}

#[derive(Clone, Debug)]
enum Engine {
    Sqlite {
        readers: SqlitePool,
        writer: Arc<Writer>,
    },
    Postgres(PgPool),
}

/// How durable a commit must be. Tests may trade durability for time; nothing else may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// Every commit reaches the disk before it is answered.
    Full,
    /// Commits may be lost with the machine.
    Off,
}

impl Database {
    /// Opens (and creates) the SQLite file and brings its schema up to date.
    ///
    /// # Errors
    /// When the file can't be opened or a migration fails.
    pub async fn open_sqlite(file: &Path, durability: Durability) -> Result<Self, DatabaseError> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(match durability {
                Durability::Full => SqliteSynchronous::Full,
                Durability::Off => SqliteSynchronous::Off,
            })
            .busy_timeout(Duration::from_secs(10))
            .statement_cache_capacity(500)
            .pragma("cache_size", "-32000")
            // What is deleted is overwritten: keys and hashes of a survey that was closed.
            .pragma("secure_delete", "on")
            .pragma("mmap_size", "268435456");
        let writer = Writer::open(&options).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(8)
            .test_before_acquire(false)
            .acquire_timeout(Duration::from_secs(10))
            .connect_with(options.read_only(true))
            .await?;
        Ok(Self {
            engine: Engine::Sqlite {
                readers,
                writer: Arc::new(writer),
            },
        })
    }

    /// Connects to PostgreSQL and brings the schema up to date.
    ///
    /// # Errors
    /// When the server can't be reached or a migration fails.
    pub async fn open_postgres(url: &str) -> Result<Self, DatabaseError> {
        let pool = PgPoolOptions::new()
            .max_connections(16)
            .test_before_acquire(false)
            .acquire_timeout(Duration::from_secs(10))
            .connect(url)
            .await?;
        migrations::migrator().run(&pool).await?;
        Ok(Self {
            engine: Engine::Postgres(pool),
        })
    }

    /// Opens whatever the address names: `postgres://…` or `sqlite:FILE`.
    ///
    /// # Errors
    /// As [`Database::open_sqlite`] and [`Database::open_postgres`]; an unknown scheme.
    pub async fn open(url: &str) -> Result<Self, DatabaseError> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Self::open_postgres(url).await
        } else if let Some(file) = url.strip_prefix("sqlite:") {
            let file = std::path::PathBuf::from_str(file)
                .map_err(|_| DatabaseError::Address(url.to_owned()))?;
            Self::open_sqlite(&file, Durability::Full).await
        } else {
            Err(DatabaseError::Address(url.to_owned()))
        }
    }

    /// True when several processes may share this database.
    #[must_use]
    pub const fn is_shared(&self) -> bool {
        matches!(self.engine, Engine::Postgres(_))
    }

    /// One connection with one unchanging view of the data, for as long as it is held.
    ///
    /// # Errors
    /// When no connection is to be had.
    pub async fn read(&self) -> Result<Reader, DatabaseError> {
        Ok(match &self.engine {
            Engine::Sqlite { readers, .. } => {
                Reader::new(Connection::sqlite_read(readers.begin().await?))
            }
            Engine::Postgres(pool) => {
                let transaction = pool
                    .begin_with("begin isolation level repeatable read read only")
                    .await?;
                Reader::new(Connection::postgres(transaction))
            }
        })
    }

    /// A write transaction: everything in it happens or nothing. Dropped without
    /// [`Transaction::commit`], nothing happened.
    ///
    /// # Errors
    /// When the engine can't begin.
    pub async fn begin(&self) -> Result<Transaction, DatabaseError> {
        Ok(match &self.engine {
            Engine::Sqlite { writer, .. } => {
                Transaction::new(Connection::sqlite_write(writer.begin().await?))
            }
            Engine::Postgres(pool) => Transaction::new(Connection::postgres(pool.begin().await?)),
        })
    }

    /// Closes all connections; waits until the last group is on disk.
    pub async fn close(&self) {
        match &self.engine {
            Engine::Sqlite { readers, writer } => {
                writer.flush_now().await;
                readers.close().await;
            }
            Engine::Postgres(pool) => pool.close().await,
        }
    }
}

#[cfg(test)]
mod statement_tests;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

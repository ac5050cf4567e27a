//! Empty databases for tests: a file in a temporary folder, or a database of its own on the PostgreSQL
//! that `scripts/with-postgres.sh` starts.

use super::{Database, Durability};
use crate::platform::ids;
use sqlx::{Connection as _, Executor as _, PgConnection, SqlSafeStr as _};
use std::path::PathBuf;

/// Address of a server where tests may make databases.
pub(crate) const SERVER: &str = "TANDAU_TEST_POSTGRES";

/// An empty SQLite file with the whole schema, and its folder.
pub(crate) async fn fresh_sqlite() -> (Database, PathBuf) {
    let folder = std::env::temp_dir().join(format!("tandau-test-{}", ids::random_id()));
    std::fs::create_dir_all(&folder).unwrap();
    let database = Database::open_sqlite(&folder.join("t.db"), Durability::Off)
        .await
        .unwrap();
    (database, folder)
}

/// An empty database on a real server.
#[derive(Debug)]
pub(crate) struct Postgres {
    pub(crate) database: Database,
    server: String,
    name: String,
}

impl Postgres {
    /// A new database with the whole schema; `None`, said loudly, where there is no server.
    ///
    /// # Panics
    /// With `CI` set and no server: there the tests must not pass for want of one.
    #[allow(clippy::print_stderr)]
    pub(crate) async fn fresh(purpose: &str) -> Option<Self> {
        let Ok(server) = std::env::var(SERVER) else {
            assert!(
                std::env::var("CI").is_err(),
                "{SERVER} is not set: run the tests through scripts/with-postgres.sh"
            );
            eprintln!(
                "\n*** NOT TESTED ON POSTGRESQL: {SERVER} is not set. `make test` starts a server, \
                 `scripts/with-postgres.sh cargo nextest run` does for one run ***\n"
            );
            return None;
        };
        let name = format!("tandau_{purpose}_{}", ids::random_id().replace('-', ""));
        administer(&server, format!("create database {name}")).await;
        let database = Database::open(&with_database(&server, &name))
            .await
            .unwrap();
        Some(Self {
            database,
            server,
            name,
        })
    }

    /// Takes the database away again.
    pub(crate) async fn drop(self) {
        self.database.close().await;
        administer(
            &self.server,
            format!("drop database {} with (force)", self.name),
        )
        .await;
    }
}

async fn administer(server: &str, sql: String) {
    let mut connection = PgConnection::connect(server).await.unwrap();
    // Made of our own words and a random number.
    connection
        .execute(sqlx::AssertSqlSafe(sql).into_sql_str())
        .await
        .unwrap();
    connection.close().await.unwrap();
}

/// The server's address with another database: `postgres://user@host/NAME?…`.
fn with_database(server: &str, name: &str) -> String {
    let (path, query) = server.split_once('?').unwrap_or((server, ""));
    let (before, _) = path.rsplit_once('/').unwrap();
    format!("{before}/{name}?{query}")
}

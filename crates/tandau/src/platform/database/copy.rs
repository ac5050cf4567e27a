//! A copy of an SQLite database that is in use: one unchanging view of it, written into a new file.

use super::DatabaseError;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{Connection as _, Row as _};
use std::path::Path;
use std::time::Duration;

async fn open(file: &Path) -> Result<SqliteConnection, DatabaseError> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .read_only(true)
        .busy_timeout(Duration::from_secs(10));
    Ok(SqliteConnection::connect_with(&options).await?)
}

/// Copies a database into a file that is not there yet; whoever writes meanwhile goes on.
///
/// # Errors
/// What the engine reports; a path that is no text.
pub async fn copy_sqlite(file: &Path, to: &Path) -> Result<(), DatabaseError> {
    let target = to
        .to_str()
        .ok_or_else(|| DatabaseError::Address(to.display().to_string()))?;
    let mut connection = open(file).await?;
    sqlx::query("vacuum into $1")
        .bind(target)
        .execute(&mut connection)
        .await?;
    connection.close().await?;
    Ok(())
}

/// The hashes of all papers that a database names, without changing the file.
///
/// # Errors
/// What the engine reports.
pub async fn papers_of_sqlite(file: &Path) -> Result<Vec<String>, DatabaseError> {
    let mut connection = open(file).await?;
    let rows = sqlx::query("select distinct sha256 from stored_file order by sha256")
        .fetch_all(&mut connection)
        .await?;
    connection.close().await?;
    Ok(rows
        .iter()
        .map(|row| row.try_get("sha256"))
        .collect::<Result<_, _>>()?)
}

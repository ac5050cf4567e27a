//! Named values of an installation: what kind of folder it is, what has been loaded.

use super::database::{Connection, DatabaseError, Transaction};
use crate::{bind, statements};

statements! {
    GET = "select value from setting where name = $1";
    SET = "insert into setting (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value";
}

/// A value, if it was ever set.
///
/// # Errors
/// What the database reports.
pub async fn get(connection: &mut Connection, name: &str) -> Result<Option<String>, DatabaseError> {
    connection
        .first(GET, bind![name])
        .await?
        .map(|row| row.text("value"))
        .transpose()
}

/// Sets a value.
///
/// # Errors
/// What the database reports.
pub async fn set(
    transaction: &mut Transaction,
    name: &str,
    value: &str,
) -> Result<(), DatabaseError> {
    transaction.execute(SET, bind![name, value]).await?;
    Ok(())
}

//! Repeat elections: the way from the contest that is repeated to the one that repeats it, and back.

use super::super::model::Repeat;
use super::super::store;
use crate::bind;
use crate::platform::Error;
use crate::platform::database::Connection;

async fn other(
    connection: &mut Connection,
    sql: &'static str,
    contest_id: &str,
) -> Result<Option<Repeat>, Error> {
    let Some(row) = connection.first(sql, bind![contest_id]).await? else {
        return Ok(None);
    };
    Ok(Some(Repeat {
        contest_id: row.text("id")?,
        election_id: row.text("election_id")?,
        code: row.text("code")?,
        voting_day: row.date("voting_day")?,
        decision_id: row.text("decision_id")?,
    }))
}

/// The contest that repeats this one, once it is called.
///
/// # Errors
/// What the database reports.
pub async fn repeated_by(
    connection: &mut Connection,
    contest_id: &str,
) -> Result<Option<Repeat>, Error> {
    other(connection, store::REPEATED_BY, contest_id).await
}

/// The contest that this one repeats.
///
/// # Errors
/// What the database reports.
pub async fn repeats(
    connection: &mut Connection,
    contest_id: &str,
) -> Result<Option<Repeat>, Error> {
    other(connection, store::REPEATS, contest_id).await
}

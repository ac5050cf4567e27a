//! The signed papers of a protocol.

use super::super::model::{PaperLine, Protocol};
use super::*;
use crate::bind;
use crate::platform::Error;
use crate::platform::database::{Connection, DatabaseError, Transaction};
use jiff::Timestamp;

pub(crate) async fn papers(
    connection: &mut Connection,
    station_id: &str,
    contest_id: &str,
) -> Result<Vec<PaperLine>, DatabaseError> {
    let rows = connection
        .all(PAPERS, bind![station_id, contest_id])
        .await?;
    rows.iter()
        .map(|row| {
            Ok(PaperLine {
                version: row.count("version")?,
                number: row.count("number")?,
                file_id: row.text("file_id")?,
                attached_by: row.text("attached_by")?,
                attached_at: row.instant("attached_at")?,
                reason: row.text("reason")?,
            })
        })
        .collect()
}

/// Adds a paper to the newest version, after those that it has.
pub(crate) async fn add_paper(
    tx: &mut Transaction,
    protocol: &Protocol,
    file_id: &str,
    reason: &str,
    by: &str,
    at: Timestamp,
) -> Result<(), Error> {
    let known = papers(tx, &protocol.station_id, &protocol.contest_id).await?;
    let last = known
        .iter()
        .filter(|p| p.version == protocol.version)
        .map(|p| p.number)
        .max()
        .unwrap_or(0);
    let number = |n: u64| i64::try_from(n).map_err(Error::internal);
    tx.execute(
        ADD_PAPER,
        bind![
            &protocol.station_id,
            &protocol.contest_id,
            number(protocol.version)?,
            number(last.saturating_add(1))?,
            file_id,
            by,
            at,
            reason
        ],
    )
    .await?;
    Ok(())
}

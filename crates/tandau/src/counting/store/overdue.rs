//! Stations that have closed and not sent a protocol yet.

use super::UNSENT_UNDER;
use crate::bind;
use crate::platform::database::{Connection, DatabaseError};
use jiff::Timestamp;

/// A station that owes a contest its protocol.
pub(crate) struct Unsent {
    pub(crate) station_id: String,
    pub(crate) contest_id: String,
    pub(crate) rules_id: String,
    /// When its count began: at the scheduled closing, or later if it closed later.
    pub(crate) since: Timestamp,
}

pub(crate) async fn unsent_under(
    connection: &mut Connection,
    area_id: &str,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<Unsent>, DatabaseError> {
    let rows = connection
        .all(UNSENT_UNDER, bind![area_id, now, limit])
        .await?;
    rows.iter()
        .map(|row| {
            let scheduled = row.instant("closes_at")?;
            Ok(Unsent {
                station_id: row.text("station_id")?,
                contest_id: row.text("contest_id")?,
                rules_id: row.text("rules_id")?,
                since: row
                    .opt_instant("closed_at")?
                    .map_or(scheduled, |closed| closed.max(scheduled)),
            })
        })
        .collect()
}

//! The SQL of public numbers.

use crate::incidents::model::State;
use crate::incidents::statistics::Counted;
use crate::platform::Error;
use crate::platform::database::{Connection, DatabaseError};
use crate::{bind, statements};

statements! {
    // Merged ones are told by the one that goes on for them.
    COUNTS = "select kind, coalesce(region_id, '') as region_id, state, count(*) as n from incident
        where election_id = $1 and state <> 'merged' group by kind, coalesce(region_id, ''), state";
    RESPONSES = "select kind, response_seconds from incident
        where election_id = $1 and state <> 'merged' and response_seconds is not null order by response_seconds limit 100000";
}

pub(in crate::incidents) async fn counts(
    connection: &mut Connection,
    election_id: &str,
) -> Result<Vec<Counted>, Error> {
    let rows = connection.all(COUNTS, bind![election_id]).await?;
    rows.iter()
        .map(|row| {
            let state = row.text("state")?;
            Ok(Counted {
                kind: row.text("kind")?,
                region_id: row.text("region_id")?,
                state: State::parse(&state).ok_or(DatabaseError::Column {
                    column: "state".to_owned(),
                    problem: state,
                })?,
                count: row.count("n")?,
            })
        })
        .collect()
}

/// Seconds until somebody acted, the shortest first, with the kind.
pub(in crate::incidents) async fn responses(
    connection: &mut Connection,
    election_id: &str,
) -> Result<Vec<(String, u64)>, Error> {
    let rows = connection.all(RESPONSES, bind![election_id]).await?;
    rows.iter()
        .map(|row| Ok((row.text("kind")?, row.count("response_seconds")?)))
        .collect()
}

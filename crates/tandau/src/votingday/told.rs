//! What the day's records tell the calendar: how many stations have opened, and when the last of them did.

use super::store;
use crate::bind;
use crate::elections::calendar::{Happened, Told as TellsOf};
use crate::elections::neighbours::{Answer, Neighbour, Scope};
use crate::platform::Error;
use crate::platform::database::Connection;
use electoral::calendar::Record;

/// This room's answer to the calendar.
#[derive(Debug)]
pub struct Told;

impl Neighbour for Told {
    fn told<'a>(
        &'a self,
        connection: &'a mut Connection,
        scope: Scope<'a>,
    ) -> Answer<'a, Vec<TellsOf>> {
        Box::pin(opened(connection, scope))
    }
}

async fn opened(connection: &mut Connection, scope: Scope<'_>) -> Result<Vec<TellsOf>, Error> {
    let values = bind![
        scope.election.id.as_str(),
        scope.contest_id(),
        scope.voting_day()
    ];
    let row = connection.one(store::OPENED_OF, values).await?;
    let done = row.count("done")?;
    let last = scope.day_of(&row, "last_at")?;
    // Before the first station opens there is nothing to say.
    let happened = Happened::counted(done, row.count("places")?, last).filter(|_| done > 0);
    Ok(TellsOf::record(Record::StationsOpened, happened)
        .into_iter()
        .collect())
}

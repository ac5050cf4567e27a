//! What results tell the calendar: outcomes determined, the elected registered.

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
        Box::pin(results(connection, scope))
    }
}

async fn results(connection: &mut Connection, scope: Scope<'_>) -> Result<Vec<TellsOf>, Error> {
    let values = bind![
        scope.election.id.as_str(),
        scope.contest_id(),
        scope.voting_day()
    ];
    let row = connection.one(store::RESULTS_OF, values).await?;
    let (contests, determined) = (row.count("places")?, row.count("determined")?);
    let (elected, registered) = (row.count("elected")?, row.count("registered")?);
    let outcomes = Happened::counted(determined, contests, scope.day_of(&row, "determined_at")?)
        .filter(|_| determined > 0);
    // Where nobody was elected, nobody is registered.
    let offices = if contests > 0 && determined == contests && elected == 0 {
        Some(Happened::NotNeeded)
    } else {
        let owed = elected.saturating_add(contests.saturating_sub(determined));
        Happened::counted(registered, owed, scope.day_of(&row, "registered_at")?)
            .filter(|_| registered > 0)
    };
    Ok([
        TellsOf::record(Record::OutcomesDetermined, outcomes),
        TellsOf::record(Record::ElectedRegistered, offices),
    ]
    .into_iter()
    .flatten()
    .collect())
}

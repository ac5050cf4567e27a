//! What protocols tell the calendar, and what this room hears from elections: which stations owe one.

use super::store;
use crate::bind;
use crate::elections::calendar::{Happened, Told as TellsOf};
use crate::elections::neighbours::{Answer, Neighbour, Scope};
use crate::platform::database::{Connection, Transaction};
use crate::platform::{Acting, Error};
use electoral::calendar::Record;

/// This room's answer to elections.
#[derive(Debug)]
pub struct Told;

impl Neighbour for Told {
    fn told<'a>(
        &'a self,
        connection: &'a mut Connection,
        scope: Scope<'a>,
    ) -> Answer<'a, Vec<TellsOf>> {
        Box::pin(confirmed(connection, scope))
    }

    fn units_changed<'a>(
        &'a self,
        tx: &'a mut Transaction,
        acting: &'a Acting,
        contest_id: &'a str,
    ) -> Answer<'a, ()> {
        Box::pin(async move {
            store::expect_only_units(tx, contest_id).await?;
            store::expect_all(tx, contest_id, acting.now()).await?;
            Ok(())
        })
    }
}

async fn confirmed(connection: &mut Connection, scope: Scope<'_>) -> Result<Vec<TellsOf>, Error> {
    let values = bind![
        scope.election.id.as_str(),
        scope.contest_id(),
        scope.voting_day()
    ];
    let row = connection.one(store::CONFIRMED_OF, values).await?;
    let done = row.count("done")?;
    let last = scope.day_of(&row, "last_at")?;
    let happened = Happened::counted(done, row.count("places")?, last).filter(|_| done > 0);
    Ok(TellsOf::record(Record::ProtocolsConfirmed, happened)
        .into_iter()
        .collect())
}

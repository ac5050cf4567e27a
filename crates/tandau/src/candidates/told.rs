//! What candidates' records tell the calendar: signatures are checked when every candidate who needs them is past it.

use super::store;
use crate::bind;
use crate::elections::calendar::{Happened, Told as TellsOf};
use crate::elections::neighbours::{Answer, Neighbour, Scope};
use crate::elections::state::ElectionState;
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
        Box::pin(signatures(connection, scope))
    }
}

async fn signatures(connection: &mut Connection, scope: Scope<'_>) -> Result<Vec<TellsOf>, Error> {
    let (mut asked, mut checked, mut last) = (0_u64, 0_u64, None);
    let needing = scope
        .pack
        .nominators
        .iter()
        .filter(|n| n.signatures_percent.is_some());
    for nominator in needing {
        let values = bind![
            scope.election.id.as_str(),
            scope.contest_id(),
            scope.voting_day(),
            nominator.id.as_str()
        ];
        let row = connection.one(store::SIGNATURES_CHECKED, values).await?;
        asked = asked.saturating_add(row.count("places")?);
        checked = checked.saturating_add(row.count("done")?);
        last = last.max(row.opt_date("last_day")?);
    }
    let happened = match scope.election.state {
        // Others may still be nominated.
        ElectionState::Called | ElectionState::Nomination => None,
        _ if asked == 0 => Some(Happened::NotNeeded),
        _ => Happened::counted(checked, asked, last),
    };
    Ok(TellsOf::record(Record::SignaturesChecked, happened)
        .into_iter()
        .collect())
}

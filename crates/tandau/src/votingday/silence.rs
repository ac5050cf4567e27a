//! A decision taken while a station still votes is withheld until the last of that day has closed.

use super::{queries, store};
use crate::bind;
use crate::commissions::Decision;
use crate::commissions::silence::Silence;
use crate::platform::app::Answer;
use crate::platform::database::Connection;
use crate::platform::{App, Error};

/// This room's answer.
#[derive(Debug)]
pub struct Withholds;

impl Silence for Withholds {
    fn withholds<'a>(
        &'a self,
        connection: &'a mut Connection,
        app: &'a App,
        decision: &'a Decision,
    ) -> Answer<'a, bool> {
        Box::pin(withholds(connection, app, decision))
    }
}

async fn withholds(
    connection: &mut Connection,
    app: &App,
    decision: &Decision,
) -> Result<bool, Error> {
    let Some(election) = decision.election_id.as_deref() else {
        return Ok(false);
    };
    let contest = decision.contest_id.as_deref().unwrap_or_default();
    let values = bind![election, contest, decision.decided_on];
    let days = connection.all(store::VOTED_BY, values).await?;
    if days.is_empty() {
        return Ok(false);
    }
    let closed = queries::closed_days(connection, election, app.clock.now()).await?;
    for row in days {
        if !closed.contains(&row.date("voting_day")?) {
            return Ok(true);
        }
    }
    Ok(false)
}

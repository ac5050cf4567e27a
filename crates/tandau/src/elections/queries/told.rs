//! The calendar with what records say about its steps: this room's own and those of rooms to the right.

use crate::bind;
use crate::elections::calendar::{Happened, Plan, Told};
use crate::elections::neighbours::{Neighbours, Scope};
use crate::elections::state::ElectionState;
use crate::elections::{Contest, Election, store};
use crate::platform::database::{Connection, Row};
use crate::platform::{App, Error};
use electoral::calendar::Record;
use jiff::civil::Date;

/// The calendar as pages show it: [`super::plan`] with what records say about each step.
///
/// # Errors
/// As [`super::plan`].
pub async fn plan_as_recorded(
    connection: &mut Connection,
    app: &App,
    election: &Election,
    contest: Option<&Contest>,
) -> Result<Plan, Error> {
    let mut plan = super::plan(connection, app, election, contest).await?;
    let pack = app.rules.get(&election.rules_id)?;
    let scope = Scope {
        election,
        contest,
        pack: &pack,
    };
    let today = app.clock.today(&plan.zone);
    plan.hear(&own(connection, scope).await?, today);
    for neighbour in Neighbours::of(app).iter() {
        let told = neighbour.told(connection, scope).await?;
        plan.hear(&told, today);
    }
    Ok(plan)
}

/// What the decisions of call, the commissions' seats, the contests' own marks and the states say.
async fn own(connection: &mut Connection, scope: Scope<'_>) -> Result<Vec<Told>, Error> {
    let election_id = scope.election.id.as_str();
    let asked = bind![election_id, scope.contest_id(), scope.voting_day()];
    let calls = connection.one(store::CALLS, asked.clone()).await?;
    let called_on = calls.opt_date("last_day")?;
    let mut told: Vec<Told> = Told::record(Record::Calls, counted(&calls, called_on)?)
        .into_iter()
        .collect();
    for (record, sql) in [
        (Record::ContestCommissions, store::COMPOSED_ABOVE),
        (Record::StationCommissions, store::COMPOSED_BELOW),
    ] {
        let row = connection.one(sql, asked.clone()).await?;
        // A commission seated before the call is on this site from the call on.
        let last = row.opt_date("last_day")?.max(called_on);
        told.extend(Told::record(record, counted(&row, last)?));
    }
    let published = scope.election.state == ElectionState::Published;
    if published {
        let day = scope.date(scope.election.state_since)?;
        told.extend(Told::record(
            Record::ResultsPublished,
            Some(Happened::Done(day)),
        ));
    }
    if scope.contest.is_none() {
        told.extend(marks(connection, scope).await?);
    }
    Ok(told)
}

/// Steps that offices marked contest by contest.
async fn marks(connection: &mut Connection, scope: Scope<'_>) -> Result<Vec<Told>, Error> {
    let asked = bind![scope.election.id.as_str(), scope.voting_day()];
    let mut told = Vec::new();
    for row in connection.all(store::CONTEST_MARKS, asked).await? {
        let last = match row.opt_instant("last_at")? {
            Some(at) => Some(scope.date(at)?),
            None => None,
        };
        let happened = match (counted(&row, last)?, last) {
            // Every contest says that it isn't needed.
            (Some(Happened::Part { done, of }), None) if done == of => Some(Happened::NotNeeded),
            (happened, _) => happened,
        };
        told.extend(Told::step(row.text("step")?, happened));
    }
    Ok(told)
}

fn counted(row: &Row, last: Option<Date>) -> Result<Option<Happened>, Error> {
    Ok(Happened::counted(
        row.count("done")?,
        row.count("places")?,
        last,
    ))
}

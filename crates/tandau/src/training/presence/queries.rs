//! What is known of who was there.

use super::model::{Known, Mark, Plan, Why};
use super::store;
use crate::platform::database::Connection;
use crate::platform::{App, Error};
use crate::training::model::Session;
use crate::training::queries as sessions;
use electoral::training::attendance::Traces;
use jiff::Timestamp;

/// Plans of a session: the one that holds first.
///
/// # Errors
/// What the database reports.
pub async fn plans(
    connection: &mut Connection,
    app: &App,
    session: &Session,
) -> Result<Vec<Plan>, Error> {
    let rules = &app.rules.training().attendance;
    let versions = sessions::versions(connection, &session.says.id).await?;
    Ok(Plan::all(rules, session, &versions))
}

/// All that is known of a session's people. An accepted mark outside the window of the plan that holds was made before
/// the session was moved: it waits for a decision.
///
/// # Errors
/// What the database reports.
pub async fn known(
    connection: &mut Connection,
    app: &App,
    session: &Session,
) -> Result<Known, Error> {
    let id = session.says.id.as_str();
    let plan = Plan::of(&app.rules.training().attendance, session);
    let mut known = Known {
        names: store::names(connection, id).await?,
        marks: store::marks(connection, id).await?,
        sheets: store::sheets::all(connection, id).await?,
        decisions: store::decisions(connection, id).await?,
        accepted: store::accepted(connection, id).await?,
        ..Known::default()
    };
    for person in store::invited(connection, id).await? {
        let traces: &mut Traces = known.traces.entry(person).or_default();
        traces.invited = true;
    }
    for mark in &mut known.marks {
        let traces = known.traces.entry(mark.person_id.clone()).or_default();
        if mark.accepted && plan.window.holds(mark.marked_at.as_second()) {
            traces.marked = true;
        } else {
            traces.doubtful = true;
            mark.why = mark.why.or(Some(Why::Moved));
        }
    }
    for line in store::sheets::lines(connection, id).await? {
        match &line.person_id {
            Some(person) => known.traces.entry(person.clone()).or_default().on_paper = true,
            None => known.unnamed.push(line),
        }
    }
    for (person, said) in &known.decisions {
        known.traces.entry(person.clone()).or_default().decided = Some(said.present);
    }
    Ok(known)
}

/// Whether anything is kept of who was there: a mark with a code, a sheet that counts, a decision.
///
/// # Errors
/// What the database reports.
pub async fn is_kept(connection: &mut Connection, session_id: &str) -> Result<bool, Error> {
    Ok(store::is_kept(connection, session_id).await?)
}

/// Marks that a person made at a session, oldest first.
///
/// # Errors
/// What the database reports.
pub async fn marks_of(
    connection: &mut Connection,
    session_id: &str,
    person_id: &str,
) -> Result<Vec<Mark>, Error> {
    Ok(store::marks_of(connection, session_id, person_id).await?)
}

/// Sessions to which a person is invited and that end after a moment, the next first.
///
/// # Errors
/// What the database reports.
pub async fn own(
    connection: &mut Connection,
    person_id: &str,
    after: Timestamp,
) -> Result<Vec<Session>, Error> {
    let mut found = Vec::new();
    for id in store::own(connection, person_id, after).await? {
        found.push(sessions::session(connection, &id).await?);
    }
    Ok(found)
}

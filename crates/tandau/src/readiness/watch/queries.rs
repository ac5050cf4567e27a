//! What pages and other rooms may read of watching.

use super::cap::{Alert, AlertName, CapArea, Point, Shape};
use super::model::{Event, NewEvent, Phase, Version};
pub use super::store::Opened;
use super::store::{self, alerts};
use crate::platform::areas::{self, Area};
use crate::platform::database::Connection;
use crate::platform::{App, Error, Names, ids};
use electoral::watch::{CapRules, Place};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// An event as it stands.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn by_id(connection: &mut Connection, id: &str) -> Result<Event, Error> {
    if ids::is_id(id) {
        store::by_id(connection, id).await
    } else {
        Err(Error::NotFound)
    }
}

/// Everything that was ever said of an event, newest first.
///
/// # Errors
/// What the database reports.
pub async fn versions(connection: &mut Connection, id: &str) -> Result<Vec<Version>, Error> {
    store::versions(connection, id).await
}

/// Every event as it stood at a moment (the thousand that began last), with its phase then.
///
/// # Errors
/// What the database reports.
pub async fn at(
    connection: &mut Connection,
    app: &App,
    at: Timestamp,
) -> Result<Vec<(Event, Phase)>, Error> {
    let rules = app.rules.watch();
    let events = store::at(connection, at).await?;
    Ok(events
        .into_iter()
        .map(|event| {
            let phase = event.now.phase(rules, at);
            (event, phase)
        })
        .collect())
}

/// Tasks that an event has opened.
///
/// # Errors
/// What the database reports.
pub async fn tasks(connection: &mut Connection, event_id: &str) -> Result<Vec<Opened>, Error> {
    Ok(store::tasks(connection, event_id).await?)
}

/// How many tasks are still open, by event.
///
/// # Errors
/// What the database reports.
pub async fn open_tasks(connection: &mut Connection) -> Result<BTreeMap<String, u64>, Error> {
    Ok(store::open_tasks(connection).await?)
}

/// Number and building of a station.
///
/// # Errors
/// What the database reports.
pub async fn station(connection: &mut Connection, id: &str) -> Result<Option<(u64, Names)>, Error> {
    Ok(store::station(connection, id).await?)
}

/// Alerts that made or changed an event, with what each did.
///
/// # Errors
/// What the database reports.
pub async fn alerts_of(
    connection: &mut Connection,
    event_id: &str,
) -> Result<Vec<(AlertName, String)>, Error> {
    Ok(alerts::alerts_of_event(connection, event_id).await?)
}

/// The stations of an election that an event concerns: all at or below its areas. Where a drawing alone says where,
/// only those whose coordinates lie within it.
///
/// # Errors
/// What the database reports.
pub async fn places(
    connection: &mut Connection,
    said: &NewEvent,
    day: Date,
) -> Result<Vec<Place>, Error> {
    let mut all = BTreeSet::new();
    for area in &said.areas {
        for (place, point) in store::places(connection, area, &said.election_id, day).await? {
            if !said.by_shape || lies_in(&said.shapes, point) {
                all.insert(place);
            }
        }
    }
    Ok(all.into_iter().collect())
}

fn lies_in(shapes: &[Shape], point: Option<Point>) -> bool {
    point.is_some_and(|point| shapes.iter().any(|shape| shape.contains(point)))
}

/// The areas that a place of an alert means, by the codes of our classifier; and how it calls what is not known.
/// Nothing is guessed from names.
///
/// # Errors
/// What the database reports.
pub async fn areas_of(
    connection: &mut Connection,
    rules: &CapRules,
    place: &CapArea,
    day: Date,
) -> Result<(Vec<Area>, Vec<String>), Error> {
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for (list, code) in &place.geocodes {
        if !rules.geocodes.iter().any(|g| g.eq_ignore_ascii_case(list)) {
            continue;
        }
        match areas::by_typed_code(connection, code, day).await? {
            Some(id) => known.push(areas::by_id(connection, &id, day).await?),
            None => unknown.push(format!("{list} {code}")),
        }
    }
    Ok((known, unknown))
}

/// Districts of the election's stations that lie within drawn limits.
///
/// # Errors
/// What the database reports.
pub async fn districts_within(
    connection: &mut Connection,
    shapes: &[Shape],
    election_id: &str,
    day: Date,
) -> Result<Vec<String>, Error> {
    let Some(country) = areas::country(connection).await? else {
        return Ok(Vec::new());
    };
    let all = store::places(connection, &country, election_id, day).await?;
    let within: BTreeSet<String> = all
        .into_iter()
        .filter(|(_, point)| lies_in(shapes, *point))
        .map(|(place, _)| place.district)
        .collect();
    Ok(within.into_iter().collect())
}

/// What is on record of an alert already.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Before {
    /// It was taken: the events that it made or changed.
    pub taken: Option<Vec<String>>,
    /// A later one, taken already, replaces it or takes it back.
    pub replaced: bool,
    /// Events of the alerts of the same sender that it refers to.
    pub earlier: Vec<String>,
    /// It refers to alerts that nobody has brought, or to those of another sender.
    pub missing: Vec<String>,
}

/// Looks up an alert and what it refers to. Only a sender's own alerts are replaced or taken back without a person.
///
/// # Errors
/// What the database reports.
pub async fn before(connection: &mut Connection, alert: &Alert) -> Result<Before, Error> {
    let mut before = Before {
        replaced: alerts::is_replaced(connection, &alert.name, alert.status.as_str()).await?,
        ..Before::default()
    };
    if let Some(id) = alerts::alert(connection, &alert.name).await? {
        before.taken = Some(alerts::events_of_alert(connection, &id).await?);
    }
    for other in &alert.references {
        let own = other.sender == alert.name.sender;
        match alerts::alert(connection, other).await? {
            Some(id) if own => {
                let events = alerts::events_of_alert(connection, &id).await?;
                before.earlier.extend(events);
            }
            _ => before.missing.push(other.identifier.clone()),
        }
    }
    before.earlier.sort();
    before.earlier.dedup();
    Ok(before)
}

/// A file with an alert: the area of the office that brought it, and its text.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn upload(connection: &mut Connection, id: &str) -> Result<(String, String), Error> {
    let kept = alerts::upload(connection, id).await?;
    Ok((kept.area_id, kept.content))
}

//! Visits as something that notes are about.

use super::figures::{Found, Value};
use super::subjects::{Event, Records, Subject};
use crate::platform::app::Answer;
use crate::platform::database::Connection;
use crate::platform::{App, Error};
use crate::visits::model::Visit;
use crate::visits::queries::{self, FigureValue};
use electoral::press::{Place, Value as Number};
use jiff::Timestamp;

/// The kind of notes about a visit.
pub const VISIT: &str = "visit";

/// What a visit answers itself; the rest is asked of the records that its events lead to.
const QUESTIONS: [&str; 9] = [
    "visit_from",
    "visit_until",
    "visit_head",
    "visit_region",
    "events",
    "participants",
    "invited",
    "instructions",
    "proposals",
];

/// Visits that everybody may see.
#[derive(Clone, Copy, Debug)]
pub struct Visits;

/// A visit that has begun; none otherwise.
async fn public(connection: &mut Connection, id: &str) -> Result<Option<Visit>, Error> {
    match queries::by_id(connection, id).await {
        Ok(visit) => Ok(Some(visit).filter(|visit| visit.state.is_public())),
        Err(Error::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}

impl Records for Visits {
    fn kind(&self) -> &'static str {
        VISIT
    }

    fn questions(&self) -> &'static [&'static str] {
        &QUESTIONS
    }

    fn find<'a>(
        &'a self,
        connection: &'a mut Connection,
        id: &'a str,
    ) -> Answer<'a, Option<Subject>> {
        Box::pin(async move {
            Ok(public(connection, id).await?.map(|visit| Subject {
                kind: VISIT.to_owned(),
                href: format!("/visits/{}", visit.id),
                id: visit.id,
                area_id: visit.area_id,
                election_id: visit.election_id,
                names: visit.title,
            }))
        })
    }

    fn event<'a>(
        &'a self,
        connection: &'a mut Connection,
        id: &'a str,
        event: &'a str,
    ) -> Answer<'a, Option<Event>> {
        Box::pin(async move {
            let events = queries::events(connection, id).await?;
            let Some(found) = events.into_iter().find(|e| e.planned.key == event) else {
                return Ok(None);
            };
            let record = queries::record(connection, &found).await?;
            Ok(Some(Event {
                area_id: Some(found.planned.area_id),
                surveys: record.surveys,
                station_id: found.planned.station_id,
            }))
        })
    }

    fn ask<'a>(
        &'a self,
        connection: &'a mut Connection,
        _app: &'a App,
        id: &'a str,
        place: &'a Place,
        before: Timestamp,
    ) -> Answer<'a, Option<Found>> {
        Box::pin(async move {
            if public(connection, id).await?.is_none() {
                return Ok(None);
            }
            let found = {
                let question = (place.name.as_str(), &place.params);
                queries::figure(connection, id, question, before).await?
            };
            Ok(found.map(|figure| Found {
                value: match figure.value {
                    FigureValue::Words(names) => Value::Words(names),
                    FigureValue::Day(day) => Value::Day(day),
                    FigureValue::Number(Number::Count(n)) => Value::Count(n),
                    FigureValue::Number(Number::Share { part, of }) => Value::Share { part, of },
                },
                href: figure.href,
            }))
        })
    }
}

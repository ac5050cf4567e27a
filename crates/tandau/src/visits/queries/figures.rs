//! Figures of a visit as notes for the press ask for them: each with a page that opens the records behind it.

use crate::platform::database::Connection;
use crate::platform::{App, Error, Names, areas};
use crate::readiness::access::queries as access;
use crate::stations::queries as stations;
use crate::visits::model::{Event, EventState, KeyFigure, Source, Visit};
use crate::visits::store::{self, happened};
use electoral::press::Value;
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What a figure is: a number, or words or a day that no number says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FigureValue {
    /// A number or a share.
    Number(Value),
    /// Words in three languages.
    Words(Names),
    /// A day.
    Day(Date),
}

/// A figure with its way back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// What it is.
    pub value: FigureValue,
    /// The page that opens the records it came from.
    pub href: String,
}

/// What a figure is asked with.
type Params = BTreeMap<String, String>;

fn count(number: u64, href: impl Into<String>) -> Figure {
    Figure {
        value: FigureValue::Number(Value::Count(number)),
        href: href.into(),
    }
}

fn size(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

/// A figure of a visit; none where the records don't hold it. What comes about by and by (events, instructions, answered
/// proposals) is counted as it was before a moment; what was put on record of an event is asked as it is corrected now.
///
/// Names: `visit_from`, `visit_until`, `visit_head`, `visit_region`, `events [kind=…]`, `instructions`, `proposals`; of an event
/// (`event=E01`): `participants [category=…]`, `invited`. What other rooms hold, notes ask of them.
///
/// # Errors
/// [`Error::NotFound`] for no such visit; what the database reports.
pub async fn figure(
    connection: &mut Connection,
    visit_id: &str,
    (name, params): (&str, &Params),
    before: Timestamp,
) -> Result<Option<Figure>, Error> {
    let visit = store::by_id(connection, visit_id).await?;
    let events = store::events(connection, visit_id).await?;
    if let Some(key) = params.get("event") {
        let event = events.iter().find(|event| event.planned.key == *key);
        return match event {
            Some(event) => of_event(connection, event, name, params).await,
            None => Ok(None),
        };
    }
    of_visit(connection, &visit, &events, (name, params), before).await
}

async fn of_visit(
    connection: &mut Connection,
    visit: &Visit,
    events: &[Event],
    (name, params): (&str, &Params),
    before: Timestamp,
) -> Result<Option<Figure>, Error> {
    let href = format!("/visits/{}", visit.id);
    let says = |value| {
        Some(Figure {
            value,
            href: href.clone(),
        })
    };
    Ok(match name {
        "visit_from" => says(FigureValue::Day(visit.starts_on)),
        "visit_until" => says(FigureValue::Day(visit.ends_on)),
        "visit_head" => says(FigureValue::Words(visit.head.clone())),
        "visit_region" => {
            let area = areas::by_id(connection, &visit.area_id, visit.starts_on).await?;
            Some(Figure {
                value: FigureValue::Words(area.names),
                href: format!("/areas/{}", area.code),
            })
        }
        "events" => {
            let kind = params.get("kind");
            let held = events.iter().filter(|event| {
                event.state == EventState::Held
                    && event.planned.starts_at < before
                    && event.planned.counts
                    && kind.is_none_or(|kind| event.planned.kind == *kind)
            });
            Some(count(size(held.count()), href))
        }
        "instructions" => {
            let all = super::instructions_before(connection, &visit.id, before).await?;
            Some(count(
                size(all.len()),
                format!("/visits/{}#instructions", visit.id),
            ))
        }
        "proposals" => {
            let all = super::answered(connection, &visit.id, before).await?;
            Some(count(
                size(all.len()),
                format!("/visits/proposals?visit={}", visit.id),
            ))
        }
        _ => None,
    })
}

async fn of_event(
    connection: &mut Connection,
    event: &Event,
    name: &str,
    params: &Params,
) -> Result<Option<Figure>, Error> {
    let href = format!("/visits/{}/events/{}", event.visit_id, event.planned.id);
    let record = happened::record(connection, event).await?;
    Ok(match name {
        "participants" => {
            let category = params.get("category").map(String::as_str);
            record.counted(category).map(|n| count(n, href))
        }
        "invited" => record.invited().map(|n| count(n, href)),
        _ => None,
    })
}

/// Small numbers of people are published nowhere. Whatever the rules don't know as a thing may be people.
pub(in crate::visits) fn may_show(app: &App, figure: &KeyFigure) -> bool {
    figure.value >= app.rules.smallest_group() || app.rules.visits().things.contains(&figure.key)
}

/// What the records say where a report named a figure with a source: `stations area=CODE` as of the day of the event,
/// `people_with_disabilities area=CODE` in the newest release of numbers by need. None where they say nothing.
///
/// # Errors
/// What the database reports.
pub async fn on_record(
    connection: &mut Connection,
    visit: &Visit,
    source: &Source,
    (day, today): (Date, Date),
) -> Result<Option<Figure>, Error> {
    let (name, params) = match source {
        Source::Asked(name, params) => (name.as_str(), params),
        Source::Said | Source::Page(_) => return Ok(None),
    };
    let code = params.iter().find(|(key, _)| key == "area");
    let Some((_, code)) = code else {
        return Ok(None);
    };
    let Some(area_id) = areas::by_code(connection, code, day).await? else {
        return Ok(None);
    };
    Ok(match name {
        "stations" => {
            let all = stations::of_district(connection, &area_id, day).await?;
            Some(count(size(all.len()), format!("/areas/{code}")))
        }
        "people_with_disabilities" if !visit.election_id.is_empty() => {
            let id = visit.election_id.as_str();
            let published = access::published(connection, id, &area_id, today).await?;
            let figure = published.and_then(|(_, areas)| areas.get(&area_id)?.figure("", ""));
            figure.map(|n| count(n, "/readiness/accessibility"))
        }
        _ => None,
    })
}

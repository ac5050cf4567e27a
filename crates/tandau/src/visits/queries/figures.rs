//! Figures of a visit as notes for the press ask for them: each with a page that opens the records behind it.

use crate::elections::queries as elections;
use crate::platform::database::Connection;
use crate::platform::{App, Error, Names, areas};
use crate::readiness::access::queries as access;
use crate::stations::queries as stations;
use crate::surveys::queries as surveys;
use crate::visits::model::{Event, EventState, KeyFigure, Source, Visit};
use crate::visits::store::{self, happened};
use electoral::press::Value;
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

/// A figure of a visit; none where the records don't hold it.
///
/// Names: `visit_from`, `visit_until`, `visit_head`, `visit_region`, `voting_day`, `contests kind=district|city`,
/// `events [kind=…]`, `instructions`, `proposals`; of an event (`event=E01`): `participants [category=…]`, `invited`,
/// `station`, `answered`, `share question=… option=…`, and any figure of a report by its key.
///
/// # Errors
/// [`Error::NotFound`] for no such visit; what the database reports.
pub async fn figure(
    connection: &mut Connection,
    app: &App,
    visit_id: &str,
    name: &str,
    params: &Params,
) -> Result<Option<Figure>, Error> {
    let visit = store::by_id(connection, visit_id).await?;
    let events = store::events(connection, visit_id).await?;
    if let Some(key) = params.get("event") {
        let event = events.iter().find(|event| event.planned.key == *key);
        return match event {
            Some(event) => of_event(connection, app, event, name, params).await,
            None => Ok(None),
        };
    }
    of_visit(connection, &visit, &events, name, params).await
}

async fn of_visit(
    connection: &mut Connection,
    visit: &Visit,
    events: &[Event],
    name: &str,
    params: &Params,
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
        "voting_day" => {
            let election = election(connection, visit).await?;
            election.map(|(id, day)| Figure {
                value: FigureValue::Day(day),
                href: format!("/elections/{id}"),
            })
        }
        "contests" => contests(connection, visit, params.get("kind")).await?,
        "events" => {
            let kind = params.get("kind");
            let held = events.iter().filter(|event| {
                event.state == EventState::Held
                    && event.planned.counts
                    && kind.is_none_or(|kind| event.planned.kind == *kind)
            });
            Some(count(size(held.count()), href))
        }
        "instructions" => {
            let all = happened::tasks_of_visit(connection, &visit.id).await?;
            Some(count(
                size(all.len()),
                format!("/visits/{}#instructions", visit.id),
            ))
        }
        "proposals" => {
            let all = super::answered(connection, &visit.id).await?;
            Some(count(
                size(all.len()),
                format!("/visits/proposals?visit={}", visit.id),
            ))
        }
        _ => None,
    })
}

async fn election(
    connection: &mut Connection,
    visit: &Visit,
) -> Result<Option<(String, Date)>, Error> {
    if visit.election_id.is_empty() {
        return Ok(None);
    }
    let election = elections::election(connection, &visit.election_id).await?;
    Ok(Some((election.id, election.voting_day)))
}

/// Contests of the visit's election: in districts, in cities, or all.
async fn contests(
    connection: &mut Connection,
    visit: &Visit,
    kind: Option<&String>,
) -> Result<Option<Figure>, Error> {
    let Some((id, day)) = election(connection, visit).await? else {
        return Ok(None);
    };
    // A territory that no source names is one of the districts until it is known which.
    let wanted: Option<&[&str]> = match kind.map(String::as_str) {
        None => None,
        Some("district") => Some(&["district", "placeholder"]),
        Some("city") => Some(&["city_of_regional_significance"]),
        Some(_) => return Ok(None),
    };
    let mut found = 0;
    for contest in elections::contests(connection, &id).await? {
        let area = areas::by_id(connection, &contest.area_id, day).await?;
        if wanted.is_none_or(|wanted| wanted.contains(&area.kind.as_str())) {
            found += 1;
        }
    }
    Ok(Some(count(found, format!("/elections/{id}"))))
}

async fn of_event(
    connection: &mut Connection,
    app: &App,
    event: &Event,
    name: &str,
    params: &Params,
) -> Result<Option<Figure>, Error> {
    let href = format!("/visits/{}/events/{}", event.visit_id, event.planned.id);
    if name == "station" {
        let Some(id) = &event.planned.station_id else {
            return Ok(None);
        };
        let zone = app.home_zone.clone();
        let day = event.planned.starts_at.to_zoned_datetime(zone).date();
        let station = stations::as_of(connection, id, day).await?;
        return Ok(Some(count(station.number, format!("/stations/{id}"))));
    }
    let record = happened::record(connection, event).await?;
    Ok(match name {
        "participants" => {
            let category = params.get("category").map(String::as_str);
            record.counted(category).map(|n| count(n, href))
        }
        "invited" => record.invited().map(|n| count(n, href)),
        "answered" => answered(connection, app, &record.surveys).await?,
        "share" => share(connection, app, &record.surveys, params).await?,
        key => record
            .figure(key)
            .filter(|figure| may_show(app, figure))
            .map(|figure| count(figure.value, href)),
    })
}

/// Small numbers of people with needs are published nowhere.
pub(in crate::visits) fn may_show(app: &App, figure: &KeyFigure) -> bool {
    !figure.key.starts_with("people") || figure.value >= app.rules.smallest_group()
}

/// How many answered the surveys of an event that are over.
async fn answered(
    connection: &mut Connection,
    app: &App,
    ids: &[String],
) -> Result<Option<Figure>, Error> {
    let mut found: Option<Figure> = None;
    for id in ids {
        let survey = surveys::by_id(connection, id).await?;
        if survey.closed_at.is_none() {
            continue;
        }
        if let Some(results) = surveys::shown(connection, app, &survey).await? {
            let before = match found.as_ref().map(|f| &f.value) {
                Some(FigureValue::Number(Value::Count(n))) => *n,
                _ => 0,
            };
            let all = before.saturating_add(results.answered);
            found = Some(count(all, format!("/surveys/{id}")));
        }
    }
    Ok(found)
}

/// The share of an option of a question, of a survey that is over.
async fn share(
    connection: &mut Connection,
    app: &App,
    ids: &[String],
    params: &Params,
) -> Result<Option<Figure>, Error> {
    let (Some(question), Some(option)) = (params.get("question"), params.get("option")) else {
        return Ok(None);
    };
    for id in ids {
        let survey = surveys::by_id(connection, id).await?;
        if survey.closed_at.is_none() {
            continue;
        }
        let Some(results) = surveys::shown(connection, app, &survey).await? else {
            continue;
        };
        let asked = results.questions.iter();
        let found = asked
            .filter(|asked| asked.question.key == *question)
            .flat_map(|asked| &asked.options)
            .find(|o| o.key == *option);
        if let Some(share) = found.and_then(|o| o.share) {
            return Ok(Some(Figure {
                value: FigureValue::Number(Value::Share {
                    part: share.count,
                    of: share.base,
                }),
                href: format!("/surveys/{id}"),
            }));
        }
    }
    Ok(None)
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

//! A visit for programs: what everybody may see of it, as of a moment.

use super::model::{Event, EventState, Record, Visit};
use super::queries;
use crate::platform::database::Connection;
use crate::platform::{App, Error, areas};
use crate::results::export::{Localised, instant_text};
use crate::surveys::{State as SurveyState, queries as surveys};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// A visit in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct VisitEntry {
    /// Id.
    pub id: String,
    /// `underway` or `held`.
    pub state: &'static str,
    /// Title.
    pub title: Localised,
    /// Code of the area visited.
    pub area: String,
    /// First day, `2023-09-29`.
    pub starts_on: String,
    /// Last day.
    pub ends_on: String,
}

/// A visit with what was planned, what happened and what was asked for.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct VisitDocument {
    /// The visit.
    pub visit: VisitEntry,
    /// The moment that this is as of, with offset.
    pub as_of: String,
    /// Id of the election it prepares; may be empty.
    pub election: String,
    /// The office that leads the delegation.
    pub head: Localised,
    /// Offices that go along.
    pub members: Localised,
    /// What for.
    pub purpose: Localised,
    /// Events in the order of time.
    pub events: Vec<EventInfo>,
    /// Instructions in the order in which they were given.
    pub instructions: Vec<InstructionInfo>,
}

/// An event of a visit.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct EventInfo {
    /// Id.
    pub id: String,
    /// Key within the visit: `E01`.
    pub key: String,
    /// Kind of the rules: `meeting_students`.
    pub kind: String,
    /// `planned`, `held`, `cancelled`.
    pub state: &'static str,
    /// Code of the area.
    pub area: String,
    /// Id of the station visited.
    pub station: Option<String>,
    /// Place.
    pub place: Localised,
    /// The office that led it.
    pub led: Localised,
    /// Begins, with the offset of the place.
    pub starts_at: String,
    /// Ends.
    pub ends_at: String,
    /// People by category.
    pub people: Vec<PeopleInfo>,
    /// Reports heard.
    pub reports: Vec<ReportInfo>,
    /// Ids of the surveys asked there.
    pub surveys: Vec<String>,
}

/// People of a category.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PeopleInfo {
    /// Category of the rules: `students`.
    pub category: String,
    /// Invited.
    pub invited: Option<u64>,
    /// Counted.
    pub counted: Option<u64>,
}

/// A report heard.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReportInfo {
    /// The office that spoke.
    pub speaker: Localised,
    /// On what.
    pub subject: Localised,
    /// Figures named.
    pub figures: Vec<FigureInfo>,
}

/// A figure named in a report.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FigureInfo {
    /// Key: `stations`.
    pub key: String,
    /// What it counts.
    pub label: Localised,
    /// As it was said; null where it would tell of too few people.
    pub value: Option<u64>,
}

/// An instruction.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct InstructionInfo {
    /// Id of the event at which it was given.
    pub event: String,
    /// What is to be done.
    pub title: Localised,
    /// Kind of the body or commission whose it is: `executive`, `commission`.
    pub body: String,
    /// Code of that body's area.
    pub body_area: String,
    /// Id of the station concerned.
    pub station: Option<String>,
    /// Id of the question of the stations' checklist that it is about.
    pub item: Option<String>,
    /// `open`, `accepted`, `disputed`, `reported`, `returned`, `verified`, `withdrawn`.
    pub state: &'static str,
    /// By when, with the offset of the area visited.
    pub due_at: String,
    /// Whether that was over by then, and nothing had been reported.
    pub overdue: bool,
}

/// A visit to an area as a line of a list.
#[must_use]
pub fn entry(visit: &Visit, area_code: &str) -> VisitEntry {
    VisitEntry {
        id: visit.id.clone(),
        state: visit.state.as_str(),
        title: (&visit.title).into(),
        area: area_code.to_owned(),
        starts_on: visit.starts_on.to_string(),
        ends_on: visit.ends_on.to_string(),
    }
}

/// A visit as it was before a moment.
///
/// # Errors
/// [`Error::NotFound`] where it had not begun.
pub async fn document(
    connection: &mut Connection,
    app: &App,
    id: &str,
    before: Timestamp,
) -> Result<VisitDocument, Error> {
    let visit = queries::before(connection, id, before).await?;
    if !visit.state.is_public() {
        return Err(Error::NotFound);
    }
    let area = areas::by_id(connection, &visit.area_id, visit.starts_on).await?;
    let zone = area.time_zone()?;
    let mut events = Vec::new();
    for event in queries::events_before(connection, id, before).await? {
        events.push(happened(connection, app, &visit, &event).await?);
    }
    let mut instructions = Vec::new();
    for (event, task) in queries::instructions_before(connection, id, before).await? {
        let body = areas::by_id(connection, &task.addressee.area_id, visit.starts_on).await?;
        instructions.push(InstructionInfo {
            event,
            title: (&task.title).into(),
            body: task.addressee.kind.clone(),
            body_area: body.code,
            station: task.station_id.clone(),
            item: Some(task.item.clone()).filter(|item| !item.is_empty()),
            state: task.state.as_str(),
            due_at: instant_text(task.due_at, &zone),
            overdue: task.is_overdue(before),
        });
    }
    Ok(VisitDocument {
        as_of: instant_text(before, &zone),
        election: visit.election_id.clone(),
        head: (&visit.head).into(),
        members: (&visit.members).into(),
        purpose: (&visit.purpose).into(),
        visit: entry(&visit, &area.code),
        events,
        instructions,
    })
}

async fn happened(
    connection: &mut Connection,
    app: &App,
    visit: &Visit,
    event: &Event,
) -> Result<EventInfo, Error> {
    let planned = &event.planned;
    let area = areas::by_id(connection, &planned.area_id, visit.starts_on).await?;
    let zone = area.time_zone()?;
    let record = match event.state {
        EventState::Held => queries::record(connection, event).await?,
        EventState::Planned | EventState::Cancelled => Record::default(),
    };
    let mut asked = Vec::new();
    for id in &record.surveys {
        if surveys::by_id(connection, id).await?.state != SurveyState::Draft {
            asked.push(id.clone());
        }
    }
    Ok(EventInfo {
        id: planned.id.clone(),
        key: planned.key.clone(),
        kind: planned.kind.clone(),
        state: event.state.as_str(),
        area: area.code,
        station: planned.station_id.clone(),
        place: (&planned.place).into(),
        led: (&planned.led).into(),
        starts_at: instant_text(planned.starts_at, &zone),
        ends_at: instant_text(planned.ends_at, &zone),
        people: record
            .counts
            .iter()
            .map(|count| PeopleInfo {
                category: count.category.clone(),
                invited: count.invited,
                counted: count.counted,
            })
            .collect(),
        reports: record
            .reports
            .iter()
            .map(|report| ReportInfo {
                speaker: (&report.speaker).into(),
                subject: (&report.subject).into(),
                figures: report
                    .figures
                    .iter()
                    .map(|figure| FigureInfo {
                        key: figure.key.clone(),
                        label: (&figure.label).into(),
                        value: Some(figure.value).filter(|_| queries::may_show(app, figure)),
                    })
                    .collect(),
            })
            .collect(),
        surveys: asked,
    })
}

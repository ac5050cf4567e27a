//! How a task is told: its state as word and shape, its time in words, where it is.

use crate::platform::database::Connection;
use crate::platform::i18n::instant_short;
use crate::platform::{Error, Lang, T, areas};
use crate::stations;
use crate::tasks::model::{Task, TaskState};
use electoral::checklist::Severity;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::HashMap;

/// Shape and word of a state.
#[must_use]
pub(crate) fn state(t: T, state: TaskState) -> (&'static str, String) {
    let shape = match state {
        TaskState::Open => "open",
        TaskState::Accepted | TaskState::Reported => "partial",
        TaskState::Disputed | TaskState::Returned => "attention",
        TaskState::Verified | TaskState::Withdrawn => "done",
    };
    (shape, t.word(&format!("tasks-state-{}", state.as_str())))
}

/// The word of a severity.
#[must_use]
pub(crate) fn severity(t: T, severity: Severity) -> String {
    t.word(&format!("tasks-severity-{}", severity.as_str()))
}

/// How much time is left, or by how much it is late; nothing where nobody waits for the addressee any more.
#[must_use]
pub(crate) fn left(t: T, task: &Task, now: Timestamp) -> String {
    if !task.state.is_open() || task.state == TaskState::Reported {
        return String::new();
    }
    let late = task.due_at < now;
    let minutes = task.due_at.duration_since(now).as_mins().unsigned_abs();
    let hours = minutes / 60;
    match (late, hours) {
        (false, 0) => t.tasks_left_less(),
        (true, 0) => t.tasks_late_less(),
        (false, 1..48) => t.tasks_left_hours(hours),
        (true, 1..48) => t.tasks_late_hours(hours),
        (false, _) => t.tasks_left_days(hours / 24),
        (true, _) => t.tasks_late_days(hours / 24),
    }
}

/// A place with the zone by whose clocks it lives.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// What it is called: the station with its district, or the area.
    pub(crate) name: String,
    /// Its public page.
    pub(crate) href: String,
    /// Code of the area.
    pub(crate) code: String,
    /// Number of the station, if it is one.
    pub(crate) number: Option<u64>,
    /// The zone.
    pub(crate) zone: TimeZone,
}

/// Places, each looked up once.
#[derive(Debug, Default)]
pub(crate) struct Places(HashMap<(String, String), Place>);

impl Places {
    /// Where a task is.
    pub(crate) async fn of(
        &mut self,
        connection: &mut Connection,
        task: &Task,
        lang: Lang,
        day: Date,
    ) -> Result<Place, Error> {
        let station = task.station_id.clone().unwrap_or_default();
        let key = (station, task.area_id.clone());
        if let Some(known) = self.0.get(&key) {
            return Ok(known.clone());
        }
        let place = read(connection, task, lang, day).await?;
        self.0.insert(key, place.clone());
        Ok(place)
    }
}

async fn read(
    connection: &mut Connection,
    task: &Task,
    lang: Lang,
    day: Date,
) -> Result<Place, Error> {
    let area = areas::by_id(connection, &task.area_id, day).await?;
    let zone = area.time_zone()?;
    let Some(id) = &task.station_id else {
        return Ok(Place {
            name: area.names.get(lang).to_owned(),
            href: format!("/areas/{}", area.code),
            code: area.code,
            number: None,
            zone,
        });
    };
    let station = stations::queries::as_of(connection, id, day).await?;
    let district = areas::by_id(connection, &station.district_id, day).await?;
    Ok(Place {
        name: format!("№\u{a0}{} · {}", station.number, district.names.get(lang)),
        href: format!("/stations/{}", station.id),
        code: district.code,
        number: Some(station.number),
        zone: station.time_zone()?,
    })
}

/// The deadline by the clocks of the place.
#[must_use]
pub(crate) fn due(lang: Lang, task: &Task, place: &Place) -> String {
    instant_short(lang, task.due_at, &place.zone)
}

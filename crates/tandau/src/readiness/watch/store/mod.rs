//! All the SQL of watching.

pub(crate) mod alerts;

use super::cap::{Point, shapes_of, shapes_text};
use super::model::{Change, Event, NewEvent, Version};
use crate::platform::audit::Audited;
use crate::platform::database::{Connection, DatabaseError, Row, Transaction};
use crate::platform::{Acting, Error, Names};
use crate::tasks::TaskState;
use crate::{bind, statements};
use electoral::watch::{Grade, Place};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeMap;

statements! {
    ADD_EVENT = "insert into watch_event (id, election_id, source, status, public, kind, grade, from_at, until_at, ended_at, cancelled, version, stations, changed_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, null, false, 0, 0, $10)";
    SET_EVENT = "update watch_event set election_id = $3, kind = $4, grade = $5, from_at = $6, until_at = $7, ended_at = $8, cancelled = $9,
            version = $2 + 1, changed_at = $10
        where id = $1 and version = $2";
    RESTRICT = "update watch_event set public = false where id = $1";
    SET_STATIONS = "update watch_event set stations = $2 where id = $1";
    ADD_VERSION = "insert into watch_version (event_id, version, change, kind, grade, planned, acts, from_at, until_at, ended_at,
            words_kk, words_ru, words_en, told_by, shape, by_shape, reason, made_by, office, made_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)";
    ADD_AREA = "insert into watch_area (event_id, version, area_id) values ($1, $2, $3)";
    AREAS = "select area_id from watch_area where event_id = $1 and version = $2 order by area_id";
    AREAS_UNTIL = "select event_id, version, area_id from watch_area order by event_id, version, area_id";
    BY_ID = "select e.id, e.election_id, e.source, e.status, e.public, e.stations, v.version, v.change, v.kind, v.grade, v.planned, v.acts,
            v.from_at, v.until_at, v.ended_at, v.words_kk, v.words_ru, v.words_en, v.told_by, v.shape, v.by_shape, v.reason, v.made_by, v.made_at
        from watch_event e join watch_version v on v.event_id = e.id and v.version = e.version
        where e.id = $1";
    VERSIONS = "select e.id, e.election_id, e.source, e.status, e.public, e.stations, v.version, v.change, v.kind, v.grade, v.planned, v.acts,
            v.from_at, v.until_at, v.ended_at, v.words_kk, v.words_ru, v.words_en, v.told_by, v.shape, v.by_shape, v.reason, v.made_by, v.made_at
        from watch_event e join watch_version v on v.event_id = e.id
        where e.id = $1 order by v.version desc limit 500";
    // What held at a moment: the newest version of each event made until then; those that began last first.
    AT = "select e.id, e.election_id, e.source, e.status, e.public, e.stations, v.version, v.change, v.kind, v.grade, v.planned, v.acts,
            v.from_at, v.until_at, v.ended_at, v.words_kk, v.words_ru, v.words_en, v.told_by, v.shape, v.by_shape, v.reason, v.made_by, v.made_at
        from watch_event e join watch_version v on v.event_id = e.id
        where v.version = (select max(w.version) from watch_version w where w.event_id = e.id and w.made_at <= $1)
        order by v.from_at desc, e.id limit 1000";
    // Stations of an election at or below an area, as they are on a day.
    PLACES = "select distinct s.id, s.area_id, v.district_id, v.region_id, v.latitude_microdeg, v.longitude_microdeg
        from area_path p join station s on s.area_id = p.area_id
            join contest_station cs on cs.station_id = s.id and cs.election_id = $2
            join station_version v on v.station_id = s.id
        where p.ancestor_id = $1
            and v.version = coalesce(
                (select max(w.version) from station_version w where w.station_id = s.id and w.valid_from <= $3),
                (select min(w.version) from station_version w where w.station_id = s.id))
        order by s.id";
    STATIONS = "select s.id, v.number, v.name_kk, v.name_ru, v.name_en, v.district_id
        from station s join station_version v on v.station_id = s.id
        where s.id = $1 order by v.version desc limit 1";
    TASKS = "select w.place, w.task_id, t.state, t.title_kk, t.title_ru, t.title_en, t.addressee_kind, t.addressee_area_id, t.area_id, t.station_id,
            t.severity, t.due_at
        from watch_task w join task t on t.id = w.task_id where w.event_id = $1 order by t.due_at, w.place limit 5000";
    KEEP_TASK = "insert into watch_task (event_id, place, task_id) values ($1, $2, $3)
        on conflict (event_id, place) do update set task_id = excluded.task_id";
    OPEN_TASKS = "select w.event_id, count(*) as n from watch_task w join task t on t.id = w.task_id where t.is_open group by w.event_id";
}

/// What the log of acts vouches for: each version.
pub(crate) const AUDITED: &[Audited] = &[
    Audited {
        kind: "watch_version",
        rows: &[
            "select event_id, version, change, kind, grade, planned, acts, from_at, until_at, ended_at, words_kk, words_ru, words_en, told_by,
                shape, by_shape, reason, made_by, office, made_at from watch_version where event_id = $1 and version = $2",
            "select area_id from watch_area where event_id = $1 and version = $2 order by area_id",
        ],
        ids: "select event_id || '/' || cast(version as text) as object from watch_version",
    },
];

fn int(n: u64) -> Result<i64, Error> {
    i64::try_from(n).map_err(Error::internal)
}

fn event_of(row: &Row) -> Result<Event, DatabaseError> {
    let word = |column: &str, problem: String| DatabaseError::Column {
        column: column.to_owned(),
        problem,
    };
    let (change, grade) = (row.text("change")?, row.text("grade")?);
    Ok(Event {
        id: row.text("id")?,
        source: row.text("source")?,
        status: row.text("status")?,
        public: row.flag("public")?,
        stations: row.count("stations")?,
        now: Version {
            version: row.count("version")?,
            change: Change::parse(&change).ok_or_else(|| word("change", change))?,
            said: NewEvent {
                election_id: row.text("election_id")?,
                kind: row.text("kind")?,
                grade: Grade::parse(&grade).ok_or_else(|| word("grade", grade))?,
                planned: row.opt_flag("planned")?,
                from_at: row.instant("from_at")?,
                until_at: row.opt_instant("until_at")?,
                words: row.names("words")?,
                told_by: row.text("told_by")?,
                areas: Vec::new(),
                shapes: shapes_of(&row.text("shape")?),
                by_shape: row.flag("by_shape")?,
            },
            acts: row.flag("acts")?,
            ended_at: row.opt_instant("ended_at")?,
            reason: row.text("reason")?,
            made_by: row.text("made_by")?,
            made_at: row.instant("made_at")?,
        },
    })
}

async fn areas(
    connection: &mut Connection,
    event_id: &str,
    version: u64,
) -> Result<Vec<String>, Error> {
    let rows = connection
        .all(AREAS, bind![event_id, int(version)?])
        .await?;
    Ok(rows
        .iter()
        .map(|row| row.text("area_id"))
        .collect::<Result<_, _>>()?)
}

pub(super) async fn by_id(connection: &mut Connection, id: &str) -> Result<Event, Error> {
    let row = connection.first(BY_ID, bind![id]).await?;
    let mut event = event_of(&row.ok_or(Error::NotFound)?)?;
    event.now.said.areas = areas(connection, id, event.now.version).await?;
    Ok(event)
}

pub(super) async fn versions(connection: &mut Connection, id: &str) -> Result<Vec<Version>, Error> {
    let rows = connection.all(VERSIONS, bind![id]).await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in &rows {
        let mut version = event_of(row)?.now;
        version.said.areas = areas(connection, id, version.version).await?;
        all.push(version);
    }
    Ok(all)
}

/// Every event as it stood at a moment.
pub(super) async fn at(connection: &mut Connection, at: Timestamp) -> Result<Vec<Event>, Error> {
    let rows = connection.all(AT, bind![at]).await?;
    let mut events = rows.iter().map(event_of).collect::<Result<Vec<_>, _>>()?;
    if events.is_empty() {
        return Ok(events);
    }
    let mut areas: BTreeMap<(String, u64), Vec<String>> = BTreeMap::new();
    for row in connection.all(AREAS_UNTIL, bind![]).await? {
        let key = (row.text("event_id")?, row.count("version")?);
        areas.entry(key).or_default().push(row.text("area_id")?);
    }
    for event in &mut events {
        let key = (event.id.clone(), event.now.version);
        event.now.said.areas = areas.remove(&key).unwrap_or_default();
    }
    Ok(events)
}

pub(super) struct Head<'a> {
    pub(super) id: &'a str,
    pub(super) source: &'a str,
    pub(super) status: &'a str,
    pub(super) public: bool,
}

pub(super) async fn add_event(
    tx: &mut Transaction,
    acting: &Acting,
    head: &Head<'_>,
    new: &NewEvent,
) -> Result<(), Error> {
    tx.execute(
        ADD_EVENT,
        bind![
            head.id,
            &new.election_id,
            head.source,
            head.status,
            head.public,
            &new.kind,
            new.grade.as_str(),
            new.from_at,
            new.until_at,
            acting.now()
        ],
    )
    .await?;
    Ok(())
}

/// Writes the next version after the one that was seen. False when somebody else was faster.
pub(super) async fn add_version(
    tx: &mut Transaction,
    acting: &Acting,
    event_id: &str,
    version: &Version,
) -> Result<bool, Error> {
    let said = &version.said;
    let next = int(version.version)?;
    let values = bind![
        event_id,
        next - 1,
        &said.election_id,
        &said.kind,
        said.grade.as_str(),
        said.from_at,
        said.until_at,
        version.ended_at,
        version.change == Change::Cancelled,
        acting.now()
    ];
    if tx.execute(SET_EVENT, values).await? == 0 {
        return Ok(false);
    }
    tx.execute(
        ADD_VERSION,
        bind![
            event_id,
            next,
            version.change.as_str(),
            &said.kind,
            said.grade.as_str(),
            said.planned,
            version.acts,
            said.from_at,
            said.until_at,
            version.ended_at,
            &said.words.kk,
            &said.words.ru,
            &said.words.en,
            &said.told_by,
            shapes_text(&said.shapes),
            said.by_shape,
            &version.reason,
            acting.person(),
            acting.actor().office(),
            acting.now()
        ],
    )
    .await?;
    for area in &said.areas {
        tx.execute(ADD_AREA, bind![event_id, next, area]).await?;
    }
    Ok(true)
}

pub(super) async fn set_stations(
    tx: &mut Transaction,
    event_id: &str,
    stations: usize,
) -> Result<(), Error> {
    let stations = i64::try_from(stations).map_err(Error::internal)?;
    tx.execute(SET_STATIONS, bind![event_id, stations]).await?;
    Ok(())
}

/// Stations of an election at or below an area, with their coordinates where they are known.
pub(super) async fn places(
    connection: &mut Connection,
    area_id: &str,
    election_id: &str,
    day: Date,
) -> Result<Vec<(Place, Option<Point>)>, DatabaseError> {
    let rows = connection
        .all(PLACES, bind![area_id, election_id, day])
        .await?;
    rows.iter()
        .map(|row| {
            let place = Place {
                station: row.text("id")?,
                area: row.text("area_id")?,
                district: row.text("district_id")?,
                region: row.text("region_id")?,
            };
            let point = row
                .opt_int("latitude_microdeg")?
                .zip(row.opt_int("longitude_microdeg")?)
                .map(|(latitude, longitude)| Point {
                    latitude,
                    longitude,
                });
            Ok((place, point))
        })
        .collect()
}

pub(super) async fn station(
    connection: &mut Connection,
    id: &str,
) -> Result<Option<(u64, Names)>, DatabaseError> {
    let row = connection.first(STATIONS, bind![id]).await?;
    row.map(|row| {
        let names = row.names("name")?;
        Ok((row.count("number")?, names))
    })
    .transpose()
}

/// A task that an event has opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// `{task}/{station or area}`.
    pub place: String,
    /// The task.
    pub task_id: String,
    /// Where it is.
    pub state: TaskState,
    /// What is to be done.
    pub title: Names,
    /// Kind of the addressee.
    pub addressee: String,
    /// Area of the addressee.
    pub addressee_area_id: String,
    /// Where.
    pub area_id: String,
    /// The station, if it is for one.
    pub station_id: Option<String>,
    /// By when.
    pub due_at: Timestamp,
}

pub(super) async fn tasks(
    connection: &mut Connection,
    event_id: &str,
) -> Result<Vec<Opened>, DatabaseError> {
    let rows = connection.all(TASKS, bind![event_id]).await?;
    rows.iter()
        .map(|row| {
            let state = row.text("state")?;
            Ok(Opened {
                place: row.text("place")?,
                task_id: row.text("task_id")?,
                state: TaskState::parse(&state).ok_or(DatabaseError::Column {
                    column: "state".to_owned(),
                    problem: state,
                })?,
                title: row.names("title")?,
                addressee: row.text("addressee_kind")?,
                addressee_area_id: row.text("addressee_area_id")?,
                area_id: row.text("area_id")?,
                station_id: row.opt_text("station_id")?,
                due_at: row.instant("due_at")?,
            })
        })
        .collect()
}

pub(super) async fn keep_task(
    tx: &mut Transaction,
    event_id: &str,
    place: &str,
    task_id: &str,
) -> Result<(), DatabaseError> {
    tx.execute(KEEP_TASK, bind![event_id, place, task_id])
        .await?;
    Ok(())
}

/// Open tasks by event.
pub(super) async fn open_tasks(
    connection: &mut Connection,
) -> Result<BTreeMap<String, u64>, DatabaseError> {
    let rows = connection.all(OPEN_TASKS, bind![]).await?;
    rows.iter()
        .map(|row| Ok((row.text("event_id")?, row.count("n")?)))
        .collect()
}

/// From now on an event is for the offices of its areas alone.
pub(super) async fn restrict(tx: &mut Transaction, id: &str) -> Result<(), DatabaseError> {
    tx.execute(RESTRICT, bind![id]).await?;
    Ok(())
}

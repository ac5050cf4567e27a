//! What is read of many stations: counts as of a day, what is wrong below an area.

use super::{number, status};
use crate::platform::Names;
use crate::platform::database::{Connection, DatabaseError, Row};
use crate::readiness::model::{ItemStatus, Sums, Tally};
use crate::{bind, statements};
use jiff::Timestamp;
use jiff::civil::Date;

statements! {
    STATION_COUNTS = "select d.station_id, d.day, d.district_id, d.region_id, d.expected, d.met, d.unmet, d.unmet_critical, d.na,
            d.disputed, d.unanswered, d.reported_at
        from readiness_station_day d where d.election_id = $1 and d.station_id = $2 and d.day <= $3 order by d.day desc limit 1";
    STATIONS_OF_DISTRICT = "select d.station_id, d.day, d.district_id, d.region_id, d.expected, d.met, d.unmet, d.unmet_critical, d.na,
            d.disputed, d.unanswered, d.reported_at
        from readiness_station_day d where d.election_id = $1 and d.district_id = $2 and d.expected > 0
            and d.day = (select max(o.day) from readiness_station_day o where o.election_id = d.election_id
                and o.station_id = d.station_id and o.day <= $3)
        order by d.station_id";
    DISTRICTS_AS_OF = "select d.district_id, d.region_id, d.day, d.stations, d.ready, d.silent, d.expected, d.met, d.unmet,
            d.unmet_critical, d.na, d.disputed, d.unanswered
        from readiness_district_day d where d.election_id = $1 and d.section = $2 and d.stations > 0
            and d.day = (select max(o.day) from readiness_district_day o where o.election_id = d.election_id
                and o.district_id = d.district_id and o.section = d.section and o.day <= $3)
        order by d.region_id, d.district_id";
    SECTIONS_OF_DISTRICT = "select d.section, d.district_id, d.region_id, d.day, d.stations, d.ready, d.silent, d.expected, d.met, d.unmet,
            d.unmet_critical, d.na, d.disputed, d.unanswered
        from readiness_district_day d where d.election_id = $1 and d.district_id = $2 and d.stations > 0
            and d.day = (select max(o.day) from readiness_district_day o where o.election_id = d.election_id
                and o.district_id = d.district_id and o.section = d.section and o.day <= $3)
        order by d.section";
    // Items below an area in one state, those that stand so longest first; an open task comes with its item.
    ITEMS_UNDER = "select s.station_id, s.item, s.status, s.since, r.number, r.zone, r.area_id, a.value, a.note,
            k.id as task_id, k.state as task_state, k.severity as task_severity, k.due_at as task_due_at
        from area_path p join readiness_station r on r.area_id = p.area_id
            join readiness_state s on s.election_id = r.election_id and s.station_id = r.station_id
            join readiness_answer a on a.election_id = s.election_id and a.station_id = s.station_id and a.item = s.item
                and a.sequence = s.sequence
            left join task k on k.origin = 'readiness' and k.origin_key = s.election_id || '/' || s.station_id || '/' || s.item
                and k.is_open
        where p.ancestor_id = $1 and r.election_id = $2 and s.status = $3
        order by case when k.severity = 'critical' then 0 else 1 end, s.since, r.number, s.station_id, s.item limit $4";
    OVERDUE_UNDER = "select s.station_id, s.item, s.status, s.since, r.number, r.zone, r.area_id, a.value, a.note,
            k.id as task_id, k.state as task_state, k.severity as task_severity, k.due_at as task_due_at
        from area_path p join readiness_station r on r.area_id = p.area_id
            join task k on k.station_id = r.station_id and k.origin = 'readiness' and k.is_open and k.election_id = r.election_id
            join readiness_state s on s.election_id = r.election_id and s.station_id = r.station_id and s.item = k.item
            join readiness_answer a on a.election_id = s.election_id and a.station_id = s.station_id and a.item = s.item
                and a.sequence = s.sequence
        where p.ancestor_id = $1 and r.election_id = $2 and k.due_at < $3 and k.state <> 'reported'
        order by k.due_at, r.number, s.station_id, s.item limit $4";
    // Stations that have not answered all of some questions, or are asked again: `$2` their ids, each between bars, `$3` how many.
    BEHIND = "select r.station_id, r.area_id, r.district_id
        from readiness_station r left join readiness_state t on t.election_id = r.election_id and t.station_id = r.station_id and t.status <> 'again'
            and replace($2, '|' || t.item || '|', '') <> $2
        where r.election_id = $1
        group by r.station_id, r.area_id, r.district_id
        having count(t.item) < $3 order by r.station_id";
    AREA_NAMES = "select r.district_id as area_id, n.name_kk, n.name_ru, n.name_en
        from (select distinct district_id from readiness_station where election_id = $1) r
            join area_name n on n.area_id = r.district_id and n.valid_until is null
        union select r.region_id as area_id, n.name_kk, n.name_ru, n.name_en
        from (select distinct region_id from readiness_station where election_id = $1) r
            join area_name n on n.area_id = r.region_id and n.valid_until is null";
}

/// A station's counts as of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StationCounts {
    /// The station.
    pub station_id: String,
    /// Its district.
    pub district_id: String,
    /// Its region.
    pub region_id: String,
    /// The day of the last change.
    pub day: Date,
    /// The counts.
    pub items: Tally,
    /// When it last reported.
    pub reported_at: Option<Timestamp>,
}

/// A district's counts as of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DistrictCounts {
    /// The district.
    pub district_id: String,
    /// Its region.
    pub region_id: String,
    /// Section of the checklist; empty for all together.
    pub section: String,
    /// The day of the last change.
    pub day: Date,
    /// The counts.
    pub sums: Sums,
}

/// An item of a station, with the task that mends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemAt {
    /// The station.
    pub station_id: String,
    /// Its number.
    pub number: u64,
    /// Its zone.
    pub zone: String,
    /// Its area.
    pub area_id: String,
    /// The item.
    pub item: String,
    /// Where it stands.
    pub status: ItemStatus,
    /// Since when.
    pub since: Timestamp,
    /// What the newest answer says.
    pub value: String,
    /// What it says in words.
    pub note: String,
    /// The open task.
    pub task: Option<TaskAt>,
}

/// The task that mends an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskAt {
    /// Id.
    pub id: String,
    /// State, as the tables write it.
    pub state: String,
    /// Severity, as the tables write it.
    pub severity: String,
    /// By when.
    pub due_at: Timestamp,
}

fn tally(row: &Row) -> Result<Tally, DatabaseError> {
    Ok(Tally {
        expected: row.int("expected")?,
        met: row.int("met")?,
        unmet: row.int("unmet")?,
        unmet_critical: row.int("unmet_critical")?,
        na: row.int("na")?,
        disputed: row.int("disputed")?,
        unanswered: row.int("unanswered")?,
    })
}

fn station(row: &Row) -> Result<StationCounts, DatabaseError> {
    Ok(StationCounts {
        station_id: row.text("station_id")?,
        district_id: row.text("district_id")?,
        region_id: row.text("region_id")?,
        day: row.date("day")?,
        items: tally(row)?,
        reported_at: row.opt_instant("reported_at")?,
    })
}

fn district(row: &Row, section: String) -> Result<DistrictCounts, DatabaseError> {
    Ok(DistrictCounts {
        district_id: row.text("district_id")?,
        region_id: row.text("region_id")?,
        section,
        day: row.date("day")?,
        sums: Sums {
            stations: row.int("stations")?,
            ready: row.int("ready")?,
            silent: row.int("silent")?,
            items: tally(row)?,
        },
    })
}

fn item_at(row: &Row) -> Result<ItemAt, DatabaseError> {
    let task = match row.opt_text("task_id")? {
        None => None,
        Some(id) => Some(TaskAt {
            id,
            state: row.text("task_state")?,
            severity: row.text("task_severity")?,
            due_at: row.instant("task_due_at")?,
        }),
    };
    Ok(ItemAt {
        station_id: row.text("station_id")?,
        number: row.count("number")?,
        zone: row.text("zone")?,
        area_id: row.text("area_id")?,
        item: row.text("item")?,
        status: status(row, "status")?,
        since: row.instant("since")?,
        value: row.text("value")?,
        note: row.text("note")?,
        task,
    })
}

pub(in crate::readiness) async fn station_counts(
    connection: &mut Connection,
    election_id: &str,
    station_id: &str,
    day: Date,
) -> Result<Option<StationCounts>, DatabaseError> {
    let values = bind![election_id, station_id, day];
    let row = connection.first(STATION_COUNTS, values).await?;
    row.as_ref().map(station).transpose()
}

pub(in crate::readiness) async fn stations_of_district(
    connection: &mut Connection,
    election_id: &str,
    district_id: &str,
    day: Date,
) -> Result<Vec<StationCounts>, DatabaseError> {
    let values = bind![election_id, district_id, day];
    let rows = connection.all(STATIONS_OF_DISTRICT, values).await?;
    rows.iter().map(station).collect()
}

pub(in crate::readiness) async fn districts(
    connection: &mut Connection,
    election_id: &str,
    section: &str,
    day: Date,
) -> Result<Vec<DistrictCounts>, DatabaseError> {
    let values = bind![election_id, section, day];
    let rows = connection.all(DISTRICTS_AS_OF, values).await?;
    rows.iter()
        .map(|row| district(row, section.to_owned()))
        .collect()
}

pub(in crate::readiness) async fn sections_of_district(
    connection: &mut Connection,
    election_id: &str,
    district_id: &str,
    day: Date,
) -> Result<Vec<DistrictCounts>, DatabaseError> {
    let values = bind![election_id, district_id, day];
    let rows = connection.all(SECTIONS_OF_DISTRICT, values).await?;
    rows.iter()
        .map(|row| district(row, row.text("section")?))
        .collect()
}

pub(in crate::readiness) async fn items_under(
    connection: &mut Connection,
    area_id: &str,
    election_id: &str,
    status: ItemStatus,
    limit: u64,
) -> Result<Vec<ItemAt>, DatabaseError> {
    let values = bind![area_id, election_id, status.as_str(), number(limit)];
    let rows = connection.all(ITEMS_UNDER, values).await?;
    rows.iter().map(item_at).collect()
}

pub(in crate::readiness) async fn overdue_under(
    connection: &mut Connection,
    area_id: &str,
    election_id: &str,
    now: Timestamp,
    limit: u64,
) -> Result<Vec<ItemAt>, DatabaseError> {
    let values = bind![area_id, election_id, now, number(limit)];
    let rows = connection.all(OVERDUE_UNDER, values).await?;
    rows.iter().map(item_at).collect()
}

/// Names of the districts and regions of an election.
pub(in crate::readiness) async fn area_names(
    connection: &mut Connection,
    election_id: &str,
) -> Result<std::collections::HashMap<String, Names>, DatabaseError> {
    let rows = connection.all(AREA_NAMES, bind![election_id]).await?;
    rows.iter()
        .map(|row| {
            let names = row.names("name")?;
            Ok((row.text("area_id")?, names))
        })
        .collect()
}

/// A station that owes answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::readiness) struct Behind {
    pub(in crate::readiness) station_id: String,
    pub(in crate::readiness) area_id: String,
    pub(in crate::readiness) district_id: String,
}

/// Stations of an election that have not answered all of some questions.
pub(in crate::readiness) async fn behind(
    connection: &mut Connection,
    election_id: &str,
    items: &[&str],
) -> Result<Vec<Behind>, DatabaseError> {
    if items.is_empty() {
        return Ok(Vec::new());
    }
    let ids: String = items.iter().map(|id| format!("|{id}|")).collect();
    let count = i64::try_from(items.len()).unwrap_or(i64::MAX);
    let rows = connection
        .all(BEHIND, bind![election_id, ids, count])
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Behind {
                station_id: row.text("station_id")?,
                area_id: row.text("area_id")?,
                district_id: row.text("district_id")?,
            })
        })
        .collect()
}

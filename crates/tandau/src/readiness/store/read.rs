//! What is read of one station: states, answers, reports.

use super::{number, status};
use crate::platform::database::{Connection, DatabaseError, Row, Value};
use crate::readiness::model::{Cause, Given, ItemState, ItemStatus, Report};
use crate::{bind, statements};
use std::collections::{BTreeMap, BTreeSet};

/// Items that [`states_of`] can ask for.
pub(in crate::readiness) const SOME_ITEMS: usize = 16;

statements! {
    // Written as a cross join, which SQLite walks in this order: from what holds to its answer, not through every answer ever given.
    STATES = "select s.item, s.sequence, s.status, s.since, a.value, a.note, a.made_by, a.revision
        from readiness_state s cross join readiness_answer a
        where s.election_id = $1 and s.station_id = $2
            and a.election_id = s.election_id and a.station_id = s.station_id and a.item = s.item and a.sequence = s.sequence";
    STATES_OF = "select s.item, s.sequence, s.status, s.since, a.value, a.note, a.made_by, a.revision
        from readiness_state s cross join readiness_answer a
        where s.election_id = $1 and s.station_id = $2
            and s.item in ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
            and a.election_id = s.election_id and a.station_id = s.station_id and a.item = s.item and a.sequence = s.sequence";
    ANSWERS = "select item, sequence, report_id, cause, value, status, note, base, conflict, made_by, made_at
        from readiness_answer where election_id = $1 and station_id = $2 order by item, sequence";
    ANSWERS_OF_ITEM = "select item, sequence, report_id, cause, value, status, note, base, conflict, made_by, made_at
        from readiness_answer where election_id = $1 and station_id = $2 and item = $3 order by item, sequence";
    PHOTOS = "select item, sequence, file_id from readiness_photo where election_id = $1 and station_id = $2
        order by item, sequence, position";
    PHOTO = "select file_id from readiness_photo where election_id = $1 and station_id = $2 and file_id = $3";
    REPORT = "select id, checklist_id, checklist_version, answers, parallel, answered_at, made_by, made_at from readiness_report
        where election_id = $1 and station_id = $2 and id = $3";
    REPORTS = "select id, checklist_id, checklist_version, answers, parallel, answered_at, made_by, made_at from readiness_report
        where election_id = $1 and station_id = $2 order by made_at desc, id desc limit $3";
    STATUSES_OF_DISTRICT = "select s.station_id, s.item, s.status from readiness_state s
            join readiness_station r on r.election_id = s.election_id and r.station_id = s.station_id
        where r.election_id = $1 and r.district_id = $2 order by s.station_id, s.item";
    NEWEST_OF_DISTRICT = "select a.station_id, a.item, a.status, a.sequence from readiness_answer a
            join readiness_station r on r.election_id = a.election_id and r.station_id = a.station_id
        where r.election_id = $1 and r.district_id = $2 order by a.station_id, a.item, a.sequence";
    OPEN_ITEMS = "select s.station_id, s.item, s.status from readiness_station r
            join readiness_state s on s.election_id = r.election_id and s.station_id = r.station_id
        where r.election_id = $1 and r.district_id = $2 and s.status in ('unmet', 'disputed') order by s.station_id, s.item";
    STATIONS_WITH = "select s.station_id from readiness_station r
            join readiness_state s on s.election_id = r.election_id and s.station_id = r.station_id
        where r.election_id = $1 and r.district_id = $2 and s.item = $3 order by s.station_id";
}

pub(in crate::readiness) async fn states(
    connection: &mut Connection,
    election_id: &str,
    station_id: &str,
) -> Result<BTreeMap<String, ItemState>, DatabaseError> {
    let rows = connection
        .all(STATES, bind![election_id, station_id])
        .await?;
    rows.iter().map(state_of).collect()
}

/// The same of some items, at most [`SOME_ITEMS`].
pub(in crate::readiness) async fn states_of(
    connection: &mut Connection,
    election_id: &str,
    station_id: &str,
    items: &BTreeSet<&str>,
) -> Result<BTreeMap<String, ItemState>, DatabaseError> {
    let mut values = bind![election_id, station_id];
    let blank = std::iter::repeat("");
    values.extend(
        items
            .iter()
            .copied()
            .chain(blank)
            .take(SOME_ITEMS)
            .map(Value::from),
    );
    let rows = connection.all(STATES_OF, values).await?;
    rows.iter().map(state_of).collect()
}

fn state_of(row: &Row) -> Result<(String, ItemState), DatabaseError> {
    let item = row.text("item")?;
    let state = ItemState {
        item: item.clone(),
        sequence: row.count("sequence")?,
        status: status(row, "status")?,
        since: row.instant("since")?,
        value: row.text("value")?,
        note: row.text("note")?,
        made_by: row.text("made_by")?,
        revision: row.count("revision")?,
    };
    Ok((item, state))
}

fn given(row: &Row) -> Result<Given, DatabaseError> {
    let cause = row.text("cause")?;
    Ok(Given {
        item: row.text("item")?,
        sequence: row.count("sequence")?,
        report_id: row.text("report_id")?,
        cause: Cause::parse(&cause).ok_or_else(|| DatabaseError::Column {
            column: "cause".to_owned(),
            problem: cause,
        })?,
        value: row.text("value")?,
        status: status(row, "status")?,
        note: row.text("note")?,
        base: row.count("base")?,
        conflict: row.flag("conflict")?,
        made_by: row.text("made_by")?,
        made_at: row.instant("made_at")?,
        photos: Vec::new(),
    })
}

/// Every answer of a station, or of one item of it, oldest first, with its photos.
pub(in crate::readiness) async fn answers(
    connection: &mut Connection,
    election_id: &str,
    station_id: &str,
    item: Option<&str>,
) -> Result<Vec<Given>, DatabaseError> {
    let rows = match item {
        None => {
            connection
                .all(ANSWERS, bind![election_id, station_id])
                .await?
        }
        Some(item) => {
            connection
                .all(ANSWERS_OF_ITEM, bind![election_id, station_id, item])
                .await?
        }
    };
    let mut answers = rows.iter().map(given).collect::<Result<Vec<_>, _>>()?;
    let mut photos: BTreeMap<(String, u64), Vec<String>> = BTreeMap::new();
    for row in connection
        .all(PHOTOS, bind![election_id, station_id])
        .await?
    {
        let key = (row.text("item")?, row.count("sequence")?);
        photos.entry(key).or_default().push(row.text("file_id")?);
    }
    for answer in &mut answers {
        if let Some(found) = photos.remove(&(answer.item.clone(), answer.sequence)) {
            answer.photos = found;
        }
    }
    Ok(answers)
}

/// Whether a file belongs to an answer of the station.
pub(in crate::readiness) async fn has_photo(
    connection: &mut Connection,
    election_id: &str,
    station_id: &str,
    file_id: &str,
) -> Result<bool, DatabaseError> {
    let values = bind![election_id, station_id, file_id];
    Ok(connection.first(PHOTO, values).await?.is_some())
}

fn report_of(row: &Row) -> Result<Report, DatabaseError> {
    Ok(Report {
        id: row.text("id")?,
        checklist_id: row.text("checklist_id")?,
        checklist_version: row.count("checklist_version")?,
        answers: row.count("answers")?,
        parallel: row.flag("parallel")?,
        answered_at: row.instant("answered_at")?,
        made_by: row.text("made_by")?,
        made_at: row.instant("made_at")?,
    })
}

pub(in crate::readiness) async fn report(
    connection: &mut Connection,
    election_id: &str,
    station_id: &str,
    id: &str,
) -> Result<Option<Report>, DatabaseError> {
    let row = connection
        .first(REPORT, bind![election_id, station_id, id])
        .await?;
    row.as_ref().map(report_of).transpose()
}

pub(in crate::readiness) async fn reports(
    connection: &mut Connection,
    election_id: &str,
    station_id: &str,
    limit: u64,
) -> Result<Vec<Report>, DatabaseError> {
    let values = bind![election_id, station_id, number(limit)];
    let rows = connection.all(REPORTS, values).await?;
    rows.iter().map(report_of).collect()
}

/// Where the items of a district's stations stand: station → item → status.
pub(in crate::readiness) async fn statuses_of_district(
    connection: &mut Connection,
    election_id: &str,
    district_id: &str,
) -> Result<BTreeMap<String, BTreeMap<String, ItemStatus>>, DatabaseError> {
    let mut found: BTreeMap<String, BTreeMap<String, ItemStatus>> = BTreeMap::new();
    let values = bind![election_id, district_id];
    for row in connection.all(STATUSES_OF_DISTRICT, values).await? {
        found
            .entry(row.text("station_id")?)
            .or_default()
            .insert(row.text("item")?, status(&row, "status")?);
    }
    Ok(found)
}

/// What the newest answers of a district's stations say, read from the answers themselves.
pub(in crate::readiness) async fn newest_of_district(
    connection: &mut Connection,
    election_id: &str,
    district_id: &str,
) -> Result<BTreeMap<String, BTreeMap<String, ItemStatus>>, DatabaseError> {
    let mut found: BTreeMap<String, BTreeMap<String, ItemStatus>> = BTreeMap::new();
    let values = bind![election_id, district_id];
    for row in connection.all(NEWEST_OF_DISTRICT, values).await? {
        found
            .entry(row.text("station_id")?)
            .or_default()
            .insert(row.text("item")?, status(&row, "status")?);
    }
    Ok(found)
}

/// Stations with their unmet items.
/// Items of a district that may have a task: unmet or disputed ones, by station.
pub(in crate::readiness) async fn open_items(
    connection: &mut Connection,
    election_id: &str,
    district_id: &str,
) -> Result<Vec<(String, String, ItemStatus)>, DatabaseError> {
    let rows = connection
        .all(OPEN_ITEMS, bind![election_id, district_id])
        .await?;
    rows.iter()
        .map(|row| {
            Ok((
                row.text("station_id")?,
                row.text("item")?,
                status(row, "status")?,
            ))
        })
        .collect()
}

/// Stations that have answered an item.
pub(in crate::readiness) async fn stations_with(
    connection: &mut Connection,
    election_id: &str,
    district_id: &str,
    item: &str,
) -> Result<Vec<String>, DatabaseError> {
    let rows = connection
        .all(STATIONS_WITH, bind![election_id, district_id, item])
        .await?;
    rows.iter().map(|row| row.text("station_id")).collect()
}

//! All the SQL of the room's core tables.

pub(crate) mod lists;
pub(crate) mod read;
pub(crate) mod sign;
pub(crate) mod under;
pub(crate) mod write;

use super::model::{InForce, ItemStatus, Place, Tally};
use crate::platform::audit::Audited;
use crate::platform::database::{Connection, DatabaseError, Row, Transaction};
use crate::{bind, statements};
use jiff::Timestamp;
use jiff::civil::Date;

statements! {
    // Takes the station's row: whoever writes about a station does so one after the other.
    HOLD = "update readiness_station set revision = revision + 1, reported_at = coalesce($3, reported_at) where election_id = $1 and station_id = $2
        returning election_id, station_id, area_id, zone, region_id, district_id, number, revision, day, reported_at";
    HOLD_ROW = "update readiness_station set revision = revision where election_id = $1 and station_id = $2";
    HOLD_DISTRICT = "update readiness_station set revision = revision + 1 where election_id = $1 and district_id = $2";
    PLACE = "select election_id, station_id, area_id, zone, region_id, district_id, number, revision, day, reported_at
        from readiness_station where election_id = $1 and station_id = $2";
    PLACES_OF_DISTRICT = "select election_id, station_id, area_id, zone, region_id, district_id, number, revision, day, reported_at
        from readiness_station where election_id = $1 and district_id = $2 order by number, station_id";
    PLACE_OF_AREA = "select election_id, station_id, area_id, zone, region_id, district_id, number, revision, day, reported_at
        from readiness_station where election_id = $1 and area_id = $2";
    PLACES_OF_STATION = "select r.election_id, r.station_id, r.area_id, r.zone, r.region_id, r.district_id, r.number, r.revision, r.day,
            r.reported_at
        from readiness_station r join election e on e.id = r.election_id where r.station_id = $1
        order by e.voting_day desc, e.id";
    // A district that a new version has not reached yet answers the one before. A contest whose voting was moved is still before its own day when the election counts.
    IN_FORCE = "select s.checklist_id, s.checklist_version, k.sha256, e.state, e.voting_day as election_day,
            (select count(*) from readiness_report r where r.election_id = $1 and r.station_id = $2 and r.id = $3) as known,
            coalesce((select max(c.voting_day) from contest_station u join contest c on c.id = u.contest_id
                where u.station_id = $2 and c.election_id = e.id and c.state <> 'cancelled'), e.voting_day) as voting_day,
            d.expected, d.met, d.unmet, d.unmet_critical, d.na, d.disputed, d.unanswered
        from readiness_setup s join checklist k on k.id = s.checklist_id and k.version = s.checklist_version
            join election e on e.id = s.election_id
            left join readiness_station_day d on d.election_id = $1 and d.station_id = $2 and d.day = $4
        where s.election_id = $1 and s.sequence <= coalesce((select p.sequence from readiness_pending p
                join readiness_station q on q.election_id = p.election_id and q.district_id = p.district_id
            where q.election_id = $1 and q.station_id = $2), s.sequence)
        order by s.sequence desc limit 1";
}

/// What the log of acts vouches for: reports with their answers, answers that no report brought, versions of
/// checklists and which of them is in force, signatures with their exceptions.
pub(crate) const AUDITED: &[Audited] = &[
    Audited {
        kind: "readiness_report",
        rows: &[
            "select r.election_id, r.station_id, r.id, r.checklist_id, r.checklist_version, r.answers, r.parallel, r.answered_at,
                r.made_by, r.made_at, a.item, a.sequence, a.value, a.status, a.note, a.base, a.conflict, p.position, p.file_id
            from readiness_report r
                left join readiness_answer a on a.election_id = r.election_id and a.station_id = r.station_id and a.report_id = r.id
                left join readiness_photo p on p.election_id = a.election_id and p.station_id = a.station_id and p.item = a.item
                    and p.sequence = a.sequence
            where r.election_id = $1 and r.station_id = $2 and r.id = $3 order by a.item, a.sequence, p.position",
        ],
        ids: "select election_id || '/' || station_id || '/' || id as object from readiness_report",
    },
    Audited {
        kind: "readiness_answer",
        rows: &[
            "select election_id, station_id, item, sequence, report_id, cause, value, status, note, base, conflict, made_by, made_at
            from readiness_answer where election_id = $1 and station_id = $2 and item = $3 and sequence = $4",
        ],
        ids: "select election_id || '/' || station_id || '/' || item || '/' || cast(sequence as text) as object
            from readiness_answer where report_id = ''",
    },
    Audited {
        kind: "checklist",
        rows: &[
            "select id, version, content, sha256, source, made_by, made_at from checklist where id = $1 and version = $2",
        ],
        ids: "select id || '/' || cast(version as text) as object from checklist",
    },
    Audited {
        kind: "readiness_setup",
        rows: &[
            "select election_id, sequence, checklist_id, checklist_version, made_by, made_at from readiness_setup
            where election_id = $1 and sequence = $2",
        ],
        ids: "select election_id || '/' || cast(sequence as text) as object from readiness_setup",
    },
    Audited {
        kind: "readiness_signature",
        rows: &[
            "select election_id, commission_id, version, area_id, level, snapshot, sha256, exceptions, made_by, made_at
            from readiness_signature where election_id = $1 and commission_id = $2 and version = $3",
            "select subject, item, reason from readiness_exception
            where election_id = $1 and commission_id = $2 and version = $3 order by subject, item",
        ],
        ids: "select election_id || '/' || commission_id || '/' || cast(version as text) as object from readiness_signature",
    },
];

pub(super) fn number(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

pub(super) fn status(row: &Row, column: &str) -> Result<ItemStatus, DatabaseError> {
    let word = row.text(column)?;
    ItemStatus::parse(&word).ok_or_else(|| DatabaseError::Column {
        column: column.to_owned(),
        problem: word,
    })
}

fn place_of(row: &Row) -> Result<Place, DatabaseError> {
    Ok(Place {
        election_id: row.text("election_id")?,
        station_id: row.text("station_id")?,
        area_id: row.text("area_id")?,
        zone: row.text("zone")?,
        region_id: row.text("region_id")?,
        district_id: row.text("district_id")?,
        number: row.count("number")?,
        revision: row.count("revision")?,
        day: row.date("day")?,
        reported_at: row.opt_instant("reported_at")?,
    })
}

pub(super) async fn hold(
    tx: &mut Transaction,
    election_id: &str,
    station_id: &str,
    reported_at: Option<Timestamp>,
) -> Result<Option<Place>, DatabaseError> {
    let values = bind![election_id, station_id, reported_at];
    let row = tx.first(HOLD, values).await?;
    row.as_ref().map(place_of).transpose()
}

/// Takes a station's row and changes nothing of it.
pub(super) async fn hold_row(
    tx: &mut Transaction,
    election_id: &str,
    station_id: &str,
) -> Result<(), DatabaseError> {
    tx.execute(HOLD_ROW, bind![election_id, station_id]).await?;
    Ok(())
}

/// Takes the rows of all stations of a district.
pub(super) async fn hold_district(
    tx: &mut Transaction,
    election_id: &str,
    district_id: &str,
) -> Result<Vec<Place>, DatabaseError> {
    let values = bind![election_id, district_id];
    tx.execute(HOLD_DISTRICT, values).await?;
    places_of_district(tx, election_id, district_id).await
}

pub(super) async fn place(
    connection: &mut Connection,
    election_id: &str,
    station_id: &str,
) -> Result<Option<Place>, DatabaseError> {
    let row = connection
        .first(PLACE, bind![election_id, station_id])
        .await?;
    row.as_ref().map(place_of).transpose()
}

pub(super) async fn place_of_area(
    connection: &mut Connection,
    election_id: &str,
    area_id: &str,
) -> Result<Option<Place>, DatabaseError> {
    let row = connection
        .first(PLACE_OF_AREA, bind![election_id, area_id])
        .await?;
    row.as_ref().map(place_of).transpose()
}

pub(super) async fn places_of_station(
    connection: &mut Connection,
    station_id: &str,
) -> Result<Vec<Place>, DatabaseError> {
    let rows = connection.all(PLACES_OF_STATION, bind![station_id]).await?;
    rows.iter().map(place_of).collect()
}

pub(super) async fn places_of_district(
    connection: &mut Connection,
    election_id: &str,
    district_id: &str,
) -> Result<Vec<Place>, DatabaseError> {
    let rows = connection
        .all(PLACES_OF_DISTRICT, bind![election_id, district_id])
        .await?;
    rows.iter().map(place_of).collect()
}

/// The checklist that a station of an election answers now, and whether a report is known already; `None` before
/// the election is set up.
pub(super) async fn in_force(
    connection: &mut Connection,
    place: &Place,
    report_id: &str,
    today: Date,
) -> Result<Option<InForce>, DatabaseError> {
    let found = in_force_and_counts(connection, place, report_id, today).await?;
    Ok(found.map(|(force, _)| force))
}

/// The same with the station's counts, none before its first day.
pub(super) async fn in_force_and_counts(
    connection: &mut Connection,
    place: &Place,
    report_id: &str,
    today: Date,
) -> Result<Option<(InForce, Option<Tally>)>, DatabaseError> {
    let values = bind![&place.election_id, &place.station_id, report_id, place.day];
    let Some(row) = connection.first(IN_FORCE, values).await? else {
        return Ok(None);
    };
    let counts = match row.opt_int("expected")? {
        None => None,
        Some(expected) => Some(Tally {
            expected,
            met: row.int("met")?,
            unmet: row.int("unmet")?,
            unmet_critical: row.int("unmet_critical")?,
            na: row.int("na")?,
            disputed: row.int("disputed")?,
            unanswered: row.int("unanswered")?,
        }),
    };
    let (day, voting_day) = (row.date("election_day")?, row.date("voting_day")?);
    let moved = voting_day > day && today <= voting_day;
    let state = row.text("state")?;
    let over = !matches!(
        state.as_str(),
        "called" | "nomination" | "registration" | "campaign" | "silence" | "voting"
    );
    let force = InForce {
        id: row.text("checklist_id")?,
        version: row.count("checklist_version")?,
        sha256: row.text("sha256")?,
        voting_day,
        known: row.int("known")? > 0,
        election_state: if moved && over {
            "campaign".to_owned()
        } else {
            state
        },
    };
    Ok(Some((force, counts)))
}

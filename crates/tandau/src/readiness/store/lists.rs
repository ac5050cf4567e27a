//! Versions of checklists, and which of them is in force.

use super::number;
use crate::platform::Acting;
use crate::platform::database::{Connection, DatabaseError, Transaction};
use crate::{bind, statements};
use jiff::Timestamp;

statements! {
    CONTENT = "select content, sha256 from checklist where id = $1 and version = $2";
    LAST_VERSION = "select version, sha256 from checklist where id = $1 order by version desc limit 1";
    ADD_LIST = "insert into checklist (id, version, content, sha256, source, made_by, made_at) values ($1, $2, $3, $4, $5, $6, $7)";
    ALL_LISTS = "select id, version, sha256, source, made_by, made_at from checklist order by id, version desc limit 500";
    ADD_SETUP = "insert into readiness_setup (election_id, sequence, checklist_id, checklist_version, made_by, made_at)
        select $1, coalesce(max(sequence), 0) + 1, $2, cast($3 as bigint), $4, cast($5 as bigint) from readiness_setup where election_id = $1";
    SETUPS = "select sequence, checklist_id, checklist_version, made_by, made_at from readiness_setup
        where election_id = $1 order by sequence desc";
    SET_UP_ELECTIONS = "select s.election_id from readiness_setup s join election e on e.id = s.election_id
        where s.sequence = 1 order by e.voting_day desc, e.id";
    // Counting units of an election with where they stand today; the newest version that has begun counts.
    UNITS = "select distinct u.station_id, u.number, s.area_id, a.zone, v.region_id, v.district_id
        from contest_station u join station s on s.id = u.station_id join area a on a.id = s.area_id
            join station_version v on v.station_id = u.station_id and v.version = (select max(w.version) from station_version w
                where w.station_id = u.station_id and w.valid_from <= $2)
        where u.election_id = $1 order by v.district_id, u.number, u.station_id";
    ADD_STATION = "insert into readiness_station (election_id, station_id, area_id, zone, region_id, district_id, number, day)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (election_id, station_id) do update set region_id = excluded.region_id, district_id = excluded.district_id,
            number = excluded.number";
    DISTRICTS = "select distinct district_id, region_id from readiness_station where election_id = $1 order by region_id, district_id";
    DISTRICT_ROWS = "select distinct district_id, region_id from readiness_district_day where election_id = $1 order by region_id, district_id";
    ADD_PENDING = "insert into readiness_pending (election_id, district_id, sequence)
        select r.election_id, r.district_id, cast($2 as bigint) from readiness_station r where r.election_id = $1
            group by r.election_id, r.district_id
        on conflict (election_id, district_id) do nothing";
    ADD_PENDING_ROWS = "insert into readiness_pending (election_id, district_id, sequence)
        select d.election_id, d.district_id, cast($2 as bigint) from readiness_district_day d where d.election_id = $1
            group by d.election_id, d.district_id
        on conflict (election_id, district_id) do nothing";
    PENDING = "select election_id, district_id, sequence from readiness_pending order by election_id, district_id limit $1";
    TAKE_PENDING = "delete from readiness_pending where election_id = $1 and district_id = $2 returning sequence";
    REMOVE_STATION = "delete from readiness_station where election_id = $1 and station_id = $2";
    STATION_IDS = "select station_id from readiness_station where election_id = $1 order by station_id";
}

/// A version of a checklist, without its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListVersion {
    /// Checklist.
    pub id: String,
    /// Version.
    pub version: u64,
    /// Hash of the content.
    pub sha256: String,
    /// Where it came from.
    pub source: String,
    /// Who took it in.
    pub made_by: String,
    /// When.
    pub made_at: Timestamp,
}

/// When a version came into force in an election.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetUp {
    /// From 1.
    pub sequence: u64,
    /// Checklist.
    pub checklist_id: String,
    /// Version.
    pub checklist_version: u64,
    /// Who.
    pub made_by: String,
    /// When.
    pub made_at: Timestamp,
}

/// A counting unit with where it stands.
#[derive(Clone, Debug)]
pub struct Unit {
    pub(in crate::readiness) station_id: String,
    pub(in crate::readiness) number: i64,
    pub(in crate::readiness) area_id: String,
    pub(in crate::readiness) zone: String,
    pub(in crate::readiness) region_id: String,
    pub(in crate::readiness) district_id: String,
}

pub(in crate::readiness) async fn content(
    connection: &mut Connection,
    id: &str,
    version: u64,
) -> Result<Option<(String, String)>, DatabaseError> {
    let row = connection
        .first(CONTENT, bind![id, number(version)])
        .await?;
    row.map(|row| Ok((row.text("content")?, row.text("sha256")?)))
        .transpose()
}

pub(in crate::readiness) async fn last_version(
    connection: &mut Connection,
    id: &str,
) -> Result<Option<(u64, String)>, DatabaseError> {
    let row = connection.first(LAST_VERSION, bind![id]).await?;
    row.map(|row| Ok((row.count("version")?, row.text("sha256")?)))
        .transpose()
}

pub(in crate::readiness) async fn add_list(
    tx: &mut Transaction,
    acting: &Acting,
    (id, version): (&str, u64),
    (content, sha256): (&str, &str),
    source: &str,
) -> Result<(), DatabaseError> {
    let values = bind![
        id,
        number(version),
        content,
        sha256,
        source,
        acting.person(),
        acting.now()
    ];
    tx.execute(ADD_LIST, values).await?;
    Ok(())
}

pub(in crate::readiness) async fn all_lists(
    connection: &mut Connection,
) -> Result<Vec<ListVersion>, DatabaseError> {
    let rows = connection.all(ALL_LISTS, bind![]).await?;
    rows.iter()
        .map(|row| {
            Ok(ListVersion {
                id: row.text("id")?,
                version: row.count("version")?,
                sha256: row.text("sha256")?,
                source: row.text("source")?,
                made_by: row.text("made_by")?,
                made_at: row.instant("made_at")?,
            })
        })
        .collect()
}

/// Puts a version into force; the sequence under which that is kept.
pub(in crate::readiness) async fn add_setup(
    tx: &mut Transaction,
    acting: &Acting,
    election_id: &str,
    id: &str,
    version: u64,
) -> Result<u64, DatabaseError> {
    let values = bind![
        election_id,
        id,
        number(version),
        acting.person(),
        acting.now()
    ];
    tx.execute(ADD_SETUP, values).await?;
    Ok(setups(tx, election_id)
        .await?
        .first()
        .map_or(0, |s| s.sequence))
}

pub(in crate::readiness) async fn setups(
    connection: &mut Connection,
    election_id: &str,
) -> Result<Vec<SetUp>, DatabaseError> {
    let rows = connection.all(SETUPS, bind![election_id]).await?;
    rows.iter()
        .map(|row| {
            Ok(SetUp {
                sequence: row.count("sequence")?,
                checklist_id: row.text("checklist_id")?,
                checklist_version: row.count("checklist_version")?,
                made_by: row.text("made_by")?,
                made_at: row.instant("made_at")?,
            })
        })
        .collect()
}

/// Elections that have been set up, the latest voting day first.
pub(in crate::readiness) async fn set_up_elections(
    connection: &mut Connection,
) -> Result<Vec<String>, DatabaseError> {
    let rows = connection.all(SET_UP_ELECTIONS, bind![]).await?;
    rows.iter().map(|row| row.text("election_id")).collect()
}

pub(in crate::readiness) async fn units(
    connection: &mut Connection,
    election_id: &str,
    day: jiff::civil::Date,
) -> Result<Vec<Unit>, DatabaseError> {
    let rows = connection.all(UNITS, bind![election_id, day]).await?;
    rows.iter()
        .map(|row| {
            Ok(Unit {
                station_id: row.text("station_id")?,
                number: row.int("number")?,
                area_id: row.text("area_id")?,
                zone: row.text("zone")?,
                region_id: row.text("region_id")?,
                district_id: row.text("district_id")?,
            })
        })
        .collect()
}

pub(in crate::readiness) async fn add_station(
    tx: &mut Transaction,
    election_id: &str,
    unit: &Unit,
    day: jiff::civil::Date,
) -> Result<(), DatabaseError> {
    let values = bind![
        election_id,
        &unit.station_id,
        &unit.area_id,
        &unit.zone,
        &unit.region_id,
        &unit.district_id,
        unit.number,
        day
    ];
    tx.execute(ADD_STATION, values).await?;
    Ok(())
}

pub(in crate::readiness) async fn station_ids(
    connection: &mut Connection,
    election_id: &str,
) -> Result<Vec<String>, DatabaseError> {
    let rows = connection.all(STATION_IDS, bind![election_id]).await?;
    rows.iter().map(|row| row.text("station_id")).collect()
}

pub(in crate::readiness) async fn remove_station(
    tx: &mut Transaction,
    election_id: &str,
    station_id: &str,
) -> Result<(), DatabaseError> {
    tx.execute(REMOVE_STATION, bind![election_id, station_id])
        .await?;
    Ok(())
}

/// Districts with their regions: those that have stations, and those that had when counts were last made.
pub(in crate::readiness) async fn districts(
    connection: &mut Connection,
    election_id: &str,
) -> Result<Vec<(String, String)>, DatabaseError> {
    let mut districts = Vec::new();
    for sql in [DISTRICTS, DISTRICT_ROWS] {
        for row in connection.all(sql, bind![election_id]).await? {
            let pair = (row.text("district_id")?, row.text("region_id")?);
            if !districts.iter().any(|(d, _)| *d == pair.0) {
                districts.push(pair);
            }
        }
    }
    Ok(districts)
}

/// Every district answers the version before (the one of this place) until it is taken.
pub(in crate::readiness) async fn add_pending(
    tx: &mut Transaction,
    election_id: &str,
    sequence: u64,
) -> Result<(), DatabaseError> {
    for sql in [ADD_PENDING, ADD_PENDING_ROWS] {
        tx.execute(sql, bind![election_id, number(sequence)])
            .await?;
    }
    Ok(())
}

/// Districts that a new version has not reached yet, with their elections; at most so many.
pub(in crate::readiness) async fn pending(
    connection: &mut Connection,
    most: u64,
) -> Result<Vec<(String, String)>, DatabaseError> {
    let rows = connection.all(PENDING, bind![number(most)]).await?;
    rows.iter()
        .map(|row| Ok((row.text("election_id")?, row.text("district_id")?)))
        .collect()
}

/// From now on the district answers the newest version; the place of the one it answered. None when that was so already.
pub(in crate::readiness) async fn take_pending(
    tx: &mut Transaction,
    election_id: &str,
    district_id: &str,
) -> Result<Option<u64>, DatabaseError> {
    let row = tx
        .first(TAKE_PENDING, bind![election_id, district_id])
        .await?;
    row.map(|row| row.count("sequence")).transpose()
}

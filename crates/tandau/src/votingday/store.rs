//! All the SQL of the room's tables.

use super::model::{EventKind, FINAL_SLOT, SlotTotal, StationDay, TurnoutReport, Unit};
use crate::platform::audit::Audited;
use crate::platform::database::{Connection, DatabaseError, Row, Transaction};
use crate::platform::{Error, Names};
use crate::{bind, statements};
use electoral::turnout::SeriesFinding;
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeSet;

statements! {
    UNIT = "select cs.station_id, cs.contest_id, cs.election_id, cs.number, cs.voters_initial, cs.opens_at, cs.closes_at,
            s.area_id, a.zone, case when c.state = 'postponed' and e.state in ('determined', 'published') then 'counting' else e.state end
                as election_state, c.state as contest_state, e.rules_id, c.voting_day
        from contest_station cs join station s on s.id = cs.station_id join area a on a.id = s.area_id
            join contest c on c.id = cs.contest_id join election e on e.id = cs.election_id
        where cs.station_id = $1 and cs.contest_id = $2";
    UNITS_OF_STATION = "select cs.station_id, cs.contest_id, cs.election_id, cs.number, cs.voters_initial, cs.opens_at, cs.closes_at,
            s.area_id, a.zone, case when c.state = 'postponed' and e.state in ('determined', 'published') then 'counting' else e.state end
                as election_state, c.state as contest_state, e.rules_id, c.voting_day
        from contest_station cs join station s on s.id = cs.station_id join area a on a.id = s.area_id
            join contest c on c.id = cs.contest_id join election e on e.id = cs.election_id
        where cs.station_id = $1 order by cs.opens_at desc, cs.contest_id limit 20";
    UNITS_UNDER = "select cs.station_id, cs.contest_id, cs.election_id, cs.number, cs.voters_initial, cs.opens_at, cs.closes_at,
            s.area_id, a.zone, case when c.state = 'postponed' and e.state in ('determined', 'published') then 'counting' else e.state end
                as election_state, c.state as contest_state, e.rules_id, c.voting_day,
            d.opened_at, d.closed_at, d.last_slot, d.received
        from area_path p join station s on s.area_id = p.area_id join area a on a.id = s.area_id
            join contest_station cs on cs.station_id = s.id
            join contest c on c.id = cs.contest_id join election e on e.id = cs.election_id
            left join station_day d on d.station_id = cs.station_id and d.contest_id = cs.contest_id
        where p.ancestor_id = $1 and cs.opens_at <= $2 and (d.closed_at is null or d.last_slot <> $4)
            and (e.state in ('silence', 'voting', 'counting') or (c.state = 'postponed' and e.state in ('determined', 'published')))
        order by cs.opens_at, cs.number, cs.station_id limit $3";
    DAY = "select opened_at, closed_at, last_slot, received from station_day where station_id = $1 and contest_id = $2";
    DAYS_OF_CONTEST = "select cs.station_id, d.opened_at, d.closed_at, d.last_slot, d.received
        from contest_station cs join station_day d on d.station_id = cs.station_id and d.contest_id = cs.contest_id
        where cs.contest_id = $1 order by cs.number, cs.station_id";
    // Also takes the lock of the station's row where several write at once.
    ENSURE_DAY = "insert into station_day (station_id, contest_id) values ($1, $2)
        on conflict (station_id, contest_id) do update set contest_id = excluded.contest_id";
    SET_OPENED = "update station_day set opened_at = $3, presumed_closed_at = $4 where station_id = $1 and contest_id = $2";
    SET_CLOSED = "update station_day set closed_at = $3 where station_id = $1 and contest_id = $2";
    SET_RECEIVED = "update station_day set last_slot = $3, received = $4 where station_id = $1 and contest_id = $2";
    LAST_EVENT_VERSION = "select coalesce(max(version), 0) as version from station_event where station_id = $1 and contest_id = $2";
    ADD_EVENT = "insert into station_event (station_id, contest_id, version, kind, happened_at, reason, made_by, made_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    EVENTS = "select version, kind, happened_at, reason, made_by, made_at from station_event
        where station_id = $1 and contest_id = $2 order by version";
    ADD_REPORT = "insert into turnout_report (station_id, contest_id, slot, version, received, findings, reason, made_by, made_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    REPORTS = "select slot, version, received, findings, reason, made_by, made_at from turnout_report
        where station_id = $1 and contest_id = $2 order by slot, version";
    REPORTS_OF_CONTEST = "select station_id, slot, version, received from turnout_report
        where contest_id = $1 order by station_id, slot, version";
    ADD_TO_SLOT = "insert into contest_turnout (contest_id, slot, stations, received, voters) values ($1, $2, $3, $4, $5)
        on conflict (contest_id, slot) do update set stations = contest_turnout.stations + excluded.stations,
            received = contest_turnout.received + excluded.received, voters = contest_turnout.voters + excluded.voters";
    TURNOUT_OF_CONTEST = "select slot, stations, received, voters from contest_turnout where contest_id = $1";
    TURNOUT_OF_ELECTION = "select t.slot, cast(sum(t.stations) as bigint) as stations,
            cast(sum(t.received) as bigint) as received, cast(sum(t.voters) as bigint) as voters
        from contest c join contest_turnout t on t.contest_id = c.id where c.election_id = $1 group by t.slot";
    RECOUNT_TURNOUT = "select r.slot, count(*) as stations, cast(sum(r.received) as bigint) as received,
            cast(sum(cs.voters_initial) as bigint) as voters
        from turnout_report r join contest_station cs on cs.station_id = r.station_id and cs.contest_id = r.contest_id
        where r.contest_id = $1 and r.version = (select max(o.version) from turnout_report o
            where o.station_id = r.station_id and o.contest_id = r.contest_id and o.slot = r.slot)
        group by r.slot";
    REPORTED_STATIONS = "select count(d.opened_at) as opened, count(d.closed_at) as closed
        from contest_station cs join station_day d on d.station_id = cs.station_id and d.contest_id = cs.contest_id
        where cs.contest_id = $1";
    LAST_CLOSINGS = "select d.voting_day, max(d.last) as at
        from (select c.voting_day, (select max(cs.closes_at) from contest_station cs where cs.contest_id = c.id) as last
            from contest c where c.election_id = $1) d
        where d.last is not null group by d.voting_day order by d.voting_day";
    // Begins at the stations still open, which are few, not at all stations of the election.
    STILL_OPEN = "select distinct c.voting_day from station_day d join contest c on c.id = d.contest_id
        where d.opened_at is not null and d.closed_at is null and d.presumed_closed_at > $2 and c.election_id = $1";
    // How many stations have opened, of how many, and when the last did; $2 is one contest, or empty for all
    // contests of the election that vote on day $3.
    OPENED_OF = "select count(*) as places, count(d.opened_at) as done, max(d.opened_at) as last_at
        from contest c join contest_station cs on cs.contest_id = c.id
            left join station_day d on d.station_id = cs.station_id and d.contest_id = cs.contest_id
        where c.election_id = $1 and (c.id = $2 or ($2 = '' and c.voting_day = $3)) and c.state <> 'cancelled'";
    // Days of voting that a decision of a day could tell of; $2 is one contest, or empty for the election.
    VOTED_BY = "select distinct voting_day from contest
        where election_id = $1 and ($2 = '' or id = $2) and voting_day <= $3 and state <> 'cancelled'";
    STATION_NAME = "select name_kk, name_ru, name_en from station_version where station_id = $1 and valid_from <= $2
        order by valid_from desc, version desc limit 1";
    CHAIR = "select p.name_kk, p.name_ru, p.name_en from commission k join commission_member m on m.commission_id = k.id
            join person p on p.id = m.person_id
        where k.area_id = $1 and m.office = 'chair' and m.valid_from <= $2 and (m.valid_until is null or m.valid_until >= $2)
        order by m.valid_from desc limit 1";
}

/// What the log of acts vouches for: every report of a station.
pub(crate) const AUDITED: &[Audited] = &[
    Audited {
        kind: "station_event",
        rows: &[
            "select station_id, contest_id, version, kind, happened_at, reason, made_by, made_at from station_event
            where station_id = $1 and contest_id = $2 and version = $3",
        ],
        ids: "select station_id || '/' || contest_id || '/' || cast(version as text) as object from station_event",
    },
    Audited {
        kind: "turnout_report",
        rows: &[
            "select station_id, contest_id, slot, version, received, findings, reason, made_by, made_at from turnout_report
            where station_id = $1 and contest_id = $2 and slot = $3 and version = $4",
        ],
        ids: "select station_id || '/' || contest_id || '/' || slot || '/' || cast(version as text) as object from turnout_report",
    },
];

fn unit_of(row: &Row) -> Result<Unit, DatabaseError> {
    Ok(Unit {
        station_id: row.text("station_id")?,
        contest_id: row.text("contest_id")?,
        election_id: row.text("election_id")?,
        number: row.count("number")?,
        voters: row.count("voters_initial")?,
        opens_at: row.instant("opens_at")?,
        closes_at: row.instant("closes_at")?,
        area_id: row.text("area_id")?,
        zone: row.text("zone")?,
        election_state: row.text("election_state")?,
        contest_state: row.text("contest_state")?,
        rules_id: row.text("rules_id")?,
        voting_day: row.date("voting_day")?,
    })
}

/// A day as a row holds it; all columns may be missing behind a left join.
fn day_of(row: &Row) -> Result<StationDay, DatabaseError> {
    Ok(StationDay {
        opened_at: row.opt_instant("opened_at")?,
        closed_at: row.opt_instant("closed_at")?,
        last_slot: row.opt_text("last_slot")?.unwrap_or_default(),
        received: row.opt_count("received")?.unwrap_or(0),
    })
}

pub(super) async fn unit(
    connection: &mut Connection,
    station_id: &str,
    contest_id: &str,
) -> Result<Option<Unit>, DatabaseError> {
    let row = connection
        .first(UNIT, bind![station_id, contest_id])
        .await?;
    row.as_ref().map(unit_of).transpose()
}

pub(super) async fn units_of_station(
    connection: &mut Connection,
    station_id: &str,
) -> Result<Vec<Unit>, DatabaseError> {
    let rows = connection.all(UNITS_OF_STATION, bind![station_id]).await?;
    rows.iter().map(unit_of).collect()
}

/// Stations at or below an area that have begun and may still owe a report.
pub(super) async fn unfinished_units_under(
    connection: &mut Connection,
    area_id: &str,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<(Unit, StationDay)>, DatabaseError> {
    let rows = connection
        .all(UNITS_UNDER, bind![area_id, now, limit, FINAL_SLOT])
        .await?;
    rows.iter()
        .map(|row| Ok((unit_of(row)?, day_of(row)?)))
        .collect()
}

pub(super) async fn day(
    connection: &mut Connection,
    station_id: &str,
    contest_id: &str,
) -> Result<StationDay, DatabaseError> {
    let row = connection.first(DAY, bind![station_id, contest_id]).await?;
    Ok(row.as_ref().map(day_of).transpose()?.unwrap_or_default())
}

pub(super) async fn days_of_contest(
    connection: &mut Connection,
    contest_id: &str,
) -> Result<Vec<(String, StationDay)>, DatabaseError> {
    let rows = connection.all(DAYS_OF_CONTEST, bind![contest_id]).await?;
    rows.iter()
        .map(|row| Ok((row.text("station_id")?, day_of(row)?)))
        .collect()
}

/// Makes the row of the day and holds it until the transaction ends.
pub(super) async fn hold_day(tx: &mut Transaction, unit: &Unit) -> Result<(), DatabaseError> {
    tx.execute(ENSURE_DAY, bind![&unit.station_id, &unit.contest_id])
        .await?;
    Ok(())
}

/// A report about opening or closing as it goes on record.
pub(super) struct NewEvent<'a> {
    pub(super) unit: &'a Unit,
    pub(super) kind: EventKind,
    pub(super) at: Timestamp,
    pub(super) presumed_closed_at: Timestamp,
    pub(super) reason: &'a str,
    pub(super) made_by: &'a str,
    pub(super) made_at: Timestamp,
}

pub(super) async fn add_event(
    tx: &mut Transaction,
    event: &NewEvent<'_>,
) -> Result<u64, DatabaseError> {
    let (station, contest) = (&event.unit.station_id, &event.unit.contest_id);
    let row = tx.one(LAST_EVENT_VERSION, bind![station, contest]).await?;
    let version = row.int("version")?.saturating_add(1);
    tx.execute(
        ADD_EVENT,
        bind![
            station,
            contest,
            version,
            event.kind.as_str(),
            event.at,
            event.reason,
            event.made_by,
            event.made_at
        ],
    )
    .await?;
    match event.kind {
        EventKind::Opened => {
            let values = bind![station, contest, event.at, event.presumed_closed_at];
            tx.execute(SET_OPENED, values).await?;
        }
        EventKind::Closed => {
            tx.execute(SET_CLOSED, bind![station, contest, event.at])
                .await?;
        }
    }
    Ok(version.unsigned_abs())
}

/// A line of the station's diary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayEvent {
    /// Version.
    pub version: u64,
    /// `opened` or `closed`.
    pub kind: String,
    /// When it happened.
    pub happened_at: Timestamp,
    /// Why it was corrected or late.
    pub reason: String,
    /// Who reported it.
    pub made_by: String,
    /// When it was reported.
    pub made_at: Timestamp,
}

pub(super) async fn events(
    connection: &mut Connection,
    station_id: &str,
    contest_id: &str,
) -> Result<Vec<DayEvent>, DatabaseError> {
    let rows = connection
        .all(EVENTS, bind![station_id, contest_id])
        .await?;
    rows.iter()
        .map(|row| {
            Ok(DayEvent {
                version: row.count("version")?,
                kind: row.text("kind")?,
                happened_at: row.instant("happened_at")?,
                reason: row.text("reason")?,
                made_by: row.text("made_by")?,
                made_at: row.instant("made_at")?,
            })
        })
        .collect()
}

/// A turnout report as it goes on record.
pub(super) struct NewReport<'a> {
    pub(super) unit: &'a Unit,
    pub(super) slot: &'a str,
    pub(super) version: i64,
    pub(super) received: i64,
    /// What the slot said before this version.
    pub(super) before: Option<i64>,
    pub(super) findings: &'a [SeriesFinding],
    pub(super) reason: &'a str,
    pub(super) made_by: &'a str,
    pub(super) made_at: Timestamp,
}

pub(super) async fn add_report(
    tx: &mut Transaction,
    report: &NewReport<'_>,
) -> Result<(), DatabaseError> {
    let unit = report.unit;
    let codes: Vec<&str> = report.findings.iter().map(super::model::code).collect();
    tx.execute(
        ADD_REPORT,
        bind![
            &unit.station_id,
            &unit.contest_id,
            report.slot,
            report.version,
            report.received,
            codes.join(" "),
            report.reason,
            report.made_by,
            report.made_at
        ],
    )
    .await?;
    let voters = i64::try_from(unit.voters).unwrap_or(i64::MAX);
    let (stations, received, voters) = match report.before {
        None => (1, report.received, voters),
        Some(before) => (0, report.received - before, 0),
    };
    tx.execute(
        ADD_TO_SLOT,
        bind![&unit.contest_id, report.slot, stations, received, voters],
    )
    .await?;
    Ok(())
}

pub(super) async fn set_received(
    tx: &mut Transaction,
    unit: &Unit,
    slot: &str,
    received: i64,
) -> Result<(), DatabaseError> {
    tx.execute(
        SET_RECEIVED,
        bind![&unit.station_id, &unit.contest_id, slot, received],
    )
    .await?;
    Ok(())
}

pub(super) async fn reports(
    connection: &mut Connection,
    station_id: &str,
    contest_id: &str,
) -> Result<Vec<TurnoutReport>, DatabaseError> {
    let rows = connection
        .all(REPORTS, bind![station_id, contest_id])
        .await?;
    rows.iter()
        .map(|row| {
            let findings = row.text("findings")?;
            Ok(TurnoutReport {
                slot: row.text("slot")?,
                version: row.count("version")?,
                received: row.count("received")?,
                findings: findings.split_whitespace().map(str::to_owned).collect(),
                reason: row.text("reason")?,
                made_by: row.text("made_by")?,
                made_at: row.instant("made_at")?,
            })
        })
        .collect()
}

/// All reports of a contest as the checks of a protocol want them, by station.
pub(super) async fn series_of_contest(
    connection: &mut Connection,
    contest_id: &str,
) -> Result<std::collections::BTreeMap<String, Vec<electoral::turnout::Report>>, DatabaseError> {
    let mut series: std::collections::BTreeMap<String, Vec<_>> = std::collections::BTreeMap::new();
    for row in connection
        .all(REPORTS_OF_CONTEST, bind![contest_id])
        .await?
    {
        series
            .entry(row.text("station_id")?)
            .or_default()
            .push(electoral::turnout::Report {
                slot: row.text("slot")?,
                issued: row.count("received")?,
                version: u32::try_from(row.count("version")?).unwrap_or(u32::MAX),
            });
    }
    Ok(series)
}

async fn slots(
    connection: &mut Connection,
    sql: &'static str,
    id: &str,
) -> Result<Vec<SlotTotal>, DatabaseError> {
    let mut totals = connection
        .all(sql, bind![id])
        .await?
        .iter()
        .map(|row| {
            Ok(SlotTotal {
                slot: row.text("slot")?,
                stations: row.count("stations")?,
                received: row.count("received")?,
                voters: row.count("voters")?,
            })
        })
        .collect::<Result<Vec<_>, DatabaseError>>()?;
    // Hours sort as text, and the report after closing comes last.
    totals.sort_by(|a, b| a.slot.cmp(&b.slot));
    Ok(totals)
}

pub(super) async fn turnout_of_contest(
    connection: &mut Connection,
    contest_id: &str,
) -> Result<Vec<SlotTotal>, DatabaseError> {
    slots(connection, TURNOUT_OF_CONTEST, contest_id).await
}

pub(super) async fn turnout_of_election(
    connection: &mut Connection,
    election_id: &str,
) -> Result<Vec<SlotTotal>, DatabaseError> {
    slots(connection, TURNOUT_OF_ELECTION, election_id).await
}

pub(super) async fn recount_turnout(
    connection: &mut Connection,
    contest_id: &str,
) -> Result<Vec<SlotTotal>, DatabaseError> {
    slots(connection, RECOUNT_TURNOUT, contest_id).await
}

pub(super) async fn reported_stations(
    connection: &mut Connection,
    contest_id: &str,
) -> Result<(u64, u64), DatabaseError> {
    let row = connection.one(REPORTED_STATIONS, bind![contest_id]).await?;
    Ok((row.count("opened")?, row.count("closed")?))
}

/// The voting days of an election on which every station has closed.
pub(super) async fn closed_days(
    connection: &mut Connection,
    election_id: &str,
    now: Timestamp,
) -> Result<BTreeSet<Date>, DatabaseError> {
    let mut closed = BTreeSet::new();
    for row in connection.all(LAST_CLOSINGS, bind![election_id]).await? {
        if row.instant("at")? <= now {
            closed.insert(row.date("voting_day")?);
        }
    }
    if !closed.is_empty() {
        for row in connection.all(STILL_OPEN, bind![election_id, now]).await? {
            closed.remove(&row.date("voting_day")?);
        }
    }
    Ok(closed)
}

pub(super) async fn station_name(connection: &mut Connection, unit: &Unit) -> Result<Names, Error> {
    let values = bind![&unit.station_id, unit.voting_day];
    names(connection.first(STATION_NAME, values).await?)
}

pub(super) async fn chair(connection: &mut Connection, unit: &Unit) -> Result<Names, Error> {
    let values = bind![&unit.area_id, unit.voting_day];
    names(connection.first(CHAIR, values).await?)
}

fn names(row: Option<Row>) -> Result<Names, Error> {
    Ok(match row {
        None => Names::default(),
        Some(row) => row.names("name")?,
    })
}

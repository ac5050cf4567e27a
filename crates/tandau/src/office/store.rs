//! What the front desk reads. Each statement stops at a line count that fits a page.

use super::model::{Happened, Place, WaitingContest, WaitingProtocol};
use crate::platform::Names;
use crate::platform::database::{Connection, DatabaseError, Row};
use crate::{bind, statements};
use jiff::civil::Date;

/// Lines of one list at most.
pub(super) const LINES: i64 = 20;

statements! {
    PROTOCOLS = "select p.station_id, p.contest_id, p.state, p.changed_at, u.number, n.name_kk, n.name_ru, n.name_en, a.zone
        from protocol p
        join contest_station u on u.station_id = p.station_id and u.contest_id = p.contest_id
        join station s on s.id = p.station_id
        join area_path w on w.area_id = s.area_id and w.ancestor_id = $1
        join contest c on c.id = p.contest_id
        join area a on a.id = c.area_id
        join area_name n on n.area_id = c.area_id and n.valid_until is null
        where p.state = $2 order by p.changed_at limit $3";
    UNDETERMINED = "select c.id, c.election_id, c.area_id,
            case when c.state = 'postponed' and e.state in ('determined', 'published') then 'counting' else e.state end
                as election_state, a.code, n.name_kk, n.name_ru, n.name_en
        from contest c
        join area_path w on w.area_id = c.area_id and w.ancestor_id = $1
        join area a on a.id = c.area_id
        join election e on e.id = c.election_id
        join area_name n on n.area_id = c.area_id and n.valid_until is null
        join contest_progress g on g.contest_id = c.id
        where g.accepted > 0 and g.expected + g.draft + g.submitted + g.faulty + g.returned = 0
            and (c.state = 'recount' or not exists (select 1 from outcome o where o.contest_id = c.id))
        order by c.number limit $2";
    UNREGISTERED = "select c.id, c.election_id, c.area_id,
            case when c.state = 'postponed' and e.state in ('determined', 'published') then 'counting' else e.state end
                as election_state, a.code, n.name_kk, n.name_ru, n.name_en
        from contest c
        join area_path w on w.area_id = c.area_id and w.ancestor_id = $1
        join area a on a.id = c.area_id
        join election e on e.id = c.election_id
        join area_name n on n.area_id = c.area_id and n.valid_until is null
        where c.state <> 'recount' and exists (select 1 from outcome o where o.contest_id = c.id and o.kind = 'elected')
            and not exists (select 1 from taking_office f where f.contest_id = c.id)
        order by c.number limit $2";
    UNREPEATED = "select c.id, c.election_id, c.area_id, e.state as election_state, a.code, n.name_kk, n.name_ru, n.name_en,
            c.voting_day, e.rules_id
        from contest c
        join area_path w on w.area_id = c.area_id and w.ancestor_id = $1
        join area a on a.id = c.area_id
        join election e on e.id = c.election_id
        join area_name n on n.area_id = c.area_id and n.valid_until is null
        where c.state = 'repeat' and not exists (select 1 from contest_repeat r where r.contest_id = c.id)
        order by c.number limit $2";
    DETERMINED = "select e.id, e.area_id, e.title_kk as name_kk, e.title_ru as name_ru, e.title_en as name_en
        from election e
        join area_path w on w.area_id = e.area_id and w.ancestor_id = $1
        where e.state = 'determined'
            and not exists (select 1 from contest c where c.election_id = e.id and c.state = 'recount') order by e.id limit $2";
    HAPPENED = "select r.event, r.office, r.at, c.election_id, a.code, n.name_kk, n.name_ru, n.name_en
        from audit_record r
        join contest c on c.id = r.contest_id
        join area_path w on w.area_id = c.area_id and w.ancestor_id = $1
        join area a on a.id = c.area_id
        join area_name n on n.area_id = c.area_id and n.valid_until is null
        where r.position > $2 and r.event <> 'protocol.saved' and r.event <> 'protocol.paper_attached'
        order by r.position desc limit $3";
    LAST_POSITION = "select coalesce(max(position), 0) as position from audit_record";
    STATION_OF_AREA = "select id from station where area_id = $1";
    COMMISSION_OF_AREA = "select id from commission where area_id = $1 and term_from <= $2 order by term_from desc limit 1";
}

/// Protocols of a state below an area, the longest waiting first.
pub(super) async fn protocols(
    connection: &mut Connection,
    area_id: &str,
    state: &str,
) -> Result<Vec<WaitingProtocol>, DatabaseError> {
    connection
        .all(PROTOCOLS, bind![area_id, state, LINES])
        .await?
        .iter()
        .map(|row| {
            Ok(WaitingProtocol {
                station_id: row.text("station_id")?,
                contest_id: row.text("contest_id")?,
                number: row.count("number")?,
                area: row.names("name")?,
                state: row.text("state")?,
                zone: row.text("zone")?,
                since: row.instant("changed_at")?,
            })
        })
        .collect()
}

async fn contests(
    connection: &mut Connection,
    sql: &'static str,
    area_id: &str,
) -> Result<Vec<WaitingContest>, DatabaseError> {
    connection
        .all(sql, bind![area_id, LINES])
        .await?
        .iter()
        .map(waiting)
        .collect()
}

fn waiting(row: &Row) -> Result<WaitingContest, DatabaseError> {
    Ok(WaitingContest {
        contest_id: row.text("id")?,
        election_id: row.text("election_id")?,
        area_code: row.text("code")?,
        area_id: row.text("area_id")?,
        election_state: row.text("election_state")?,
        area: row.names("name")?,
    })
}

/// Contests whose protocols are all accepted and that have no outcome yet, or none since a recount.
pub(super) async fn undetermined(
    connection: &mut Connection,
    area_id: &str,
) -> Result<Vec<WaitingContest>, DatabaseError> {
    contests(connection, UNDETERMINED, area_id).await
}

/// Contests whose elected person is not registered yet.
pub(super) async fn unregistered(
    connection: &mut Connection,
    area_id: &str,
) -> Result<Vec<WaitingContest>, DatabaseError> {
    contests(connection, UNREGISTERED, area_id).await
}

/// Contests that are to be repeated and whose repeat election is not called yet, with voting day and rules.
pub(super) async fn unrepeated(
    connection: &mut Connection,
    area_id: &str,
) -> Result<Vec<(WaitingContest, Date, String)>, DatabaseError> {
    connection
        .all(UNREPEATED, bind![area_id, LINES])
        .await?
        .iter()
        .map(|row| {
            Ok((
                waiting(row)?,
                row.date("voting_day")?,
                row.text("rules_id")?,
            ))
        })
        .collect()
}

/// Elections whose outcomes are all determined: id, area and title.
pub(super) async fn determined(
    connection: &mut Connection,
    area_id: &str,
) -> Result<Vec<(String, String, Names)>, DatabaseError> {
    connection
        .all(DETERMINED, bind![area_id, LINES])
        .await?
        .iter()
        .map(|row| Ok((row.text("id")?, row.text("area_id")?, row.names("name")?)))
        .collect()
}

/// The last acts in contests below an area. Looks back over a bounded stretch of the log.
pub(super) async fn happened(
    connection: &mut Connection,
    area_id: &str,
) -> Result<Vec<Happened>, DatabaseError> {
    let last = connection
        .one(LAST_POSITION, bind![])
        .await?
        .int("position")?;
    connection
        .all(HAPPENED, bind![area_id, last - 5_000, LINES])
        .await?
        .iter()
        .map(|row| {
            Ok(Happened {
                event: row.text("event")?,
                office: row.text("office")?,
                area: row.names("name")?,
                area_code: row.text("code")?,
                election_id: row.text("election_id")?,
                at: row.instant("at")?,
            })
        })
        .collect()
}

/// The station and commission that belong to an area.
pub(super) async fn place(
    connection: &mut Connection,
    area_id: &str,
    role: &str,
    day: Date,
) -> Result<Place, DatabaseError> {
    let station = connection.first(STATION_OF_AREA, bind![area_id]).await?;
    let commission = connection
        .first(COMMISSION_OF_AREA, bind![area_id, day])
        .await?;
    Ok(Place {
        area_id: area_id.to_owned(),
        role: role.to_owned(),
        station_id: station.map(|row| row.text("id")).transpose()?,
        commission_id: commission.map(|row| row.text("id")).transpose()?,
    })
}

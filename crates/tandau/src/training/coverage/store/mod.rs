//! The SQL of coverage: stations, their people, sums by district and day.

use super::model::{Change, People, Place, Stand, Sums, columns, read_told, told_text};
use crate::platform::database::{Connection, DatabaseError, Row, Transaction};
use crate::{bind, statements};
use electoral::training::coverage::State;
use electoral::training::rules::CoverageRules;
use jiff::Timestamp;
use jiff::civil::Date;

/// Whether a programme ($p its id) is for a group whose programmes count; the groups stand between bars.
macro_rules! counts {
    ($programme:literal, $groups:literal) => {
        concat!(
            "exists (select 1 from training_programme g join training_programme_version v on v.programme_id = g.id
                and v.version = g.version where g.id = ",
            $programme,
            " and replace(",
            $groups,
            ", '|' || v.audience || '|', '') <> ",
            $groups,
            ")"
        )
    };
}

/// What a member has to do with the training of an election ($1); $4 are the groups. All is looked up by the person: `|| ''`
/// keeps SQLite from going through everybody who passed in the election.
macro_rules! marks {
    () => {
        concat!(
            "(select count(*) from training_trainee i join training_session x on x.id = i.session_id
                where i.person_id = m.person_id and i.state = 'invited' and x.state = 'planned' and x.election_id = $1 and ",
            counts!("x.programme_id", "$4"),
            ") as scheduled,
            (select count(*) from training_taught h join training_session x on x.id = h.session_id
                where h.person_id = m.person_id and x.election_id = $1 and ",
            counts!("x.programme_id", "$4"),
            ") as trained,
            (select count(*) from training_passed h where h.person_id = m.person_id and h.election_id || '' = $1 and h.ended_at is null and ",
            counts!("h.programme_id", "$4"),
            ") as passed"
        )
    };
}

/// Seats of the commissions of stations on a day ($3).
macro_rules! seats {
    () => {
        "join commission c on c.area_id = s.area_id and c.id = (select q.id from commission q
                where q.area_id = s.area_id and q.term_from <= $3 and q.term_until >= $3 order by q.term_from desc limit 1)
            join commission_member m on m.commission_id = c.id and m.valid_from <= $3
                and (m.valid_until is null or m.valid_until >= $3) "
    };
}

pub(crate) mod read;

statements! {
    /// Counting units of an election with where they stand on a day.
    UNITS = "select distinct u.station_id, u.number, s.area_id, a.zone, v.region_id, v.district_id
        from contest_station u join station s on s.id = u.station_id join area a on a.id = s.area_id
            join station_version v on v.station_id = u.station_id and v.version = coalesce(
                (select max(w.version) from station_version w where w.station_id = u.station_id and w.valid_from <= $2),
                (select min(w.version) from station_version w where w.station_id = u.station_id))
        where u.election_id = $1 order by v.district_id, u.number, u.station_id";
    /// Whether the stations on record are the counting units: how many are on one side only, or lie elsewhere.
    STRAYS = "select (select count(*) from training_station t where t.election_id = $1 and not exists (select 1 from contest_station u
                where u.election_id || '' = t.election_id and u.station_id = t.station_id))
            + (select count(distinct u.station_id) from contest_station u where u.election_id = $1 and not exists
                (select 1 from training_station t where t.election_id = u.election_id and t.station_id = u.station_id)) as n";
    IS_SET_UP = "select count(*) as n from (select 1 as one from training_station where election_id = $1 limit 1) x";
    ELECTIONS = "select e.id, e.voting_day from election e where e.state in ('called', 'nomination', 'registration', 'campaign', 'silence')
            and exists (select 1 from training_station t where t.election_id = e.id) order by e.voting_day, e.id";
    HOLD = "update training_station set number = number where election_id = $1 and station_id = $2
        returning election_id, station_id, area_id, zone, region_id, district_id, number, state, met, members, required, scheduled, trained,
            passed, told, looked_on, day";
    SET = "insert into training_station (election_id, station_id, area_id, zone, region_id, district_id, number, state, since, met,
            members, required, scheduled, trained, passed, told, looked_on, day)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
        on conflict (election_id, station_id) do update set region_id = excluded.region_id, district_id = excluded.district_id,
            number = excluded.number, since = case when training_station.state = excluded.state then training_station.since else excluded.since end,
            state = excluded.state, met = excluded.met, members = excluded.members, required = excluded.required,
            scheduled = excluded.scheduled, trained = excluded.trained, passed = excluded.passed, told = excluded.told,
            looked_on = excluded.looked_on, day = excluded.day";
    SET_TOLD = "update training_station set told = $3 where election_id = $1 and station_id = $2";
    SET_LOOK = "update training_station set looked_on = $3 where election_id = $1 and station_id = $2";
    REMOVE = "delete from training_station where election_id = $1 and station_id = $2";
    SET_DAY = "insert into training_station_day (election_id, station_id, day, region_id, district_id, number, state, met, members,
            required, scheduled, trained, passed, gone)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        on conflict (election_id, station_id, day) do update set region_id = excluded.region_id, district_id = excluded.district_id,
            number = excluded.number, state = excluded.state, met = excluded.met, members = excluded.members, required = excluded.required,
            scheduled = excluded.scheduled, trained = excluded.trained, passed = excluded.passed, gone = excluded.gone";
    /// Adds to the district's last day, carried on to a later one where that is due.
    ADD_TO_DISTRICT = "insert into training_district_day (election_id, district_id, day, region_id, stations, covered, planned, members,
            required, scheduled, trained, passed)
        select d.election_id, d.district_id, case when d.day > $3 then d.day else $3 end, d.region_id, d.stations + $4, d.covered + $5,
            d.planned + $6, d.members + $7, d.required + $8, d.scheduled + $9, d.trained + $10, d.passed + $11
        from training_district_day d where d.election_id = $1 and d.district_id = $2 and d.day = (select max(o.day)
            from training_district_day o where o.election_id = $1 and o.district_id = $2)
        on conflict (election_id, district_id, day) do update set stations = training_district_day.stations + $4,
            covered = training_district_day.covered + $5, planned = training_district_day.planned + $6,
            members = training_district_day.members + $7, required = training_district_day.required + $8,
            scheduled = training_district_day.scheduled + $9, trained = training_district_day.trained + $10,
            passed = training_district_day.passed + $11";
    SET_DISTRICT = "insert into training_district_day (election_id, district_id, day, region_id, stations, covered, planned, members,
            required, scheduled, trained, passed)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        on conflict (election_id, district_id, day) do update set region_id = excluded.region_id, stations = excluded.stations,
            covered = excluded.covered, planned = excluded.planned, members = excluded.members, required = excluded.required,
            scheduled = excluded.scheduled, trained = excluded.trained, passed = excluded.passed";
    LAST_DAYS = "select district_id, max(region_id) as region_id, max(day) as day from training_district_day where election_id = $1
        group by district_id order by district_id";
    /// Whom a station ($2) has on a day ($3), and how far they are.
    SEATS = concat!(
        "select s.station_id, m.office, ", marks!(), " from training_station s ", seats!(),
        "where s.election_id = $1 and s.station_id = $2");
    /// The same of all stations of a district ($2), before they have rows: by the register.
    SEATS_OF_DISTRICT = concat!(
        "select s.station_id, m.office, ", marks!(), " from training_station s ", seats!(),
        "where s.election_id = $1 and s.district_id = $2");
    OF_DISTRICT_NOW = "select election_id, station_id, area_id, zone, region_id, district_id, number, state, met, members, required, scheduled,
            trained, passed, told, looked_on, day
        from training_station where election_id = $1 and district_id = $2 order by number, station_id";
    DISTRICTS_NOW = "select distinct district_id from training_station where election_id = $1 order by district_id";
    STATION_IDS = "select station_id from training_station where election_id = $1 order by station_id";
    /// Stations of whoever is or was invited to a session ($2), or was taught there.
    OF_SESSION = "select distinct s.station_id
        from (select t.person_id from training_trainee t where t.session_id = $2
                union select h.person_id from training_taught h where h.session_id = $2) p
            join commission_member m on m.person_id = p.person_id join commission c on c.id = m.commission_id
            join training_station s on s.area_id = c.area_id and s.election_id = $1
        order by s.station_id";
    OF_PERSON = "select distinct s.station_id from commission_member m join commission c on c.id = m.commission_id
            join training_station s on s.area_id = c.area_id and s.election_id || '' = $1
        where m.person_id = $2 order by s.station_id";
    OF_AREA = "select election_id, station_id from training_station where area_id = $1 order by election_id, station_id";
    /// Stations that were looked at before a day ($2).
    UNSEEN = "select station_id from training_station where election_id = $1 and looked_on < $2 order by looked_on, station_id limit $3";
}

/// A counting unit with where it stands.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    pub(super) station_id: String,
    pub(super) number: u64,
    pub(super) area_id: String,
    pub(super) zone: String,
    pub(super) region_id: String,
    pub(super) district_id: String,
}

/// A seat as the pure function asks for it.
#[derive(Clone, Debug)]
pub(super) struct SeatRow {
    pub(super) station_id: String,
    pub(super) office: String,
    pub(super) scheduled: bool,
    pub(super) trained: bool,
    pub(super) passed: bool,
}

fn state(row: &Row) -> Result<State, DatabaseError> {
    let word = row.text("state")?;
    State::parse(&word).ok_or_else(|| DatabaseError::Column {
        column: "state".to_owned(),
        problem: word,
    })
}

fn people(row: &Row) -> Result<People, DatabaseError> {
    Ok(People {
        members: row.count("members")?,
        required: row.count("required")?,
        scheduled: row.count("scheduled")?,
        trained: row.count("trained")?,
        passed: row.count("passed")?,
    })
}

fn stand(row: &Row) -> Result<Stand, DatabaseError> {
    let met = row.text("met")?;
    let met = met.split(' ').filter(|id| !id.is_empty());
    Ok(Stand {
        state: state(row)?,
        met: met.map(str::to_owned).collect(),
        people: people(row)?,
    })
}

fn place(row: &Row) -> Result<Place, DatabaseError> {
    Ok(Place {
        election_id: row.text("election_id")?,
        station_id: row.text("station_id")?,
        area_id: row.text("area_id")?,
        zone: row.text("zone")?,
        region_id: row.text("region_id")?,
        district_id: row.text("district_id")?,
        number: row.count("number")?,
        stand: stand(row)?,
        told: read_told(&row.text("told")?),
        looked_on: row.date("looked_on")?,
        day: row.date("day")?,
    })
}

fn seat(row: &Row) -> Result<SeatRow, DatabaseError> {
    Ok(SeatRow {
        station_id: row.text("station_id")?,
        office: row.text("office")?,
        scheduled: row.int("scheduled")? > 0,
        trained: row.int("trained")? > 0,
        passed: row.int("passed")? > 0,
    })
}

fn ids(rows: &[Row]) -> Result<Vec<String>, DatabaseError> {
    rows.iter().map(|row| row.text("station_id")).collect()
}

/// Groups whose programmes count, each between bars.
pub(super) fn groups(rules: &CoverageRules) -> String {
    rules.audiences.iter().map(|id| format!("|{id}|")).collect()
}

fn number(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

pub(super) async fn units(
    connection: &mut Connection,
    election_id: &str,
    day: Date,
) -> Result<Vec<Unit>, DatabaseError> {
    let rows = connection.all(UNITS, bind![election_id, day]).await?;
    rows.iter()
        .map(|row| {
            Ok(Unit {
                station_id: row.text("station_id")?,
                number: row.count("number")?,
                area_id: row.text("area_id")?,
                zone: row.text("zone")?,
                region_id: row.text("region_id")?,
                district_id: row.text("district_id")?,
            })
        })
        .collect()
}

pub(super) async fn is_set_up(
    connection: &mut Connection,
    election_id: &str,
) -> Result<bool, DatabaseError> {
    let row = connection.one(IS_SET_UP, bind![election_id]).await?;
    Ok(row.int("n")? > 0)
}

pub(super) async fn strays(
    connection: &mut Connection,
    election_id: &str,
) -> Result<u64, DatabaseError> {
    let row = connection.one(STRAYS, bind![election_id]).await?;
    row.count("n")
}

/// Elections before their count whose stations are on record, with their days.
pub(super) async fn elections(
    connection: &mut Connection,
) -> Result<Vec<(String, Date)>, DatabaseError> {
    let rows = connection.all(ELECTIONS, bind![]).await?;
    rows.iter()
        .map(|row| Ok((row.text("id")?, row.date("voting_day")?)))
        .collect()
}

/// Takes a station's row; other writers wait until the transaction ends.
pub(super) async fn hold(
    tx: &mut Transaction,
    election_id: &str,
    station_id: &str,
) -> Result<Option<Place>, DatabaseError> {
    let row = tx.first(HOLD, bind![election_id, station_id]).await?;
    row.as_ref().map(place).transpose()
}

/// The station as it stands now.
pub(super) async fn set(
    tx: &mut Transaction,
    place: &Place,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    let p = place.stand.people;
    let values = bind![
        &place.election_id,
        &place.station_id,
        &place.area_id,
        &place.zone,
        &place.region_id,
        &place.district_id,
        number(place.number),
        place.stand.state.as_str(),
        now,
        place.stand.met.join(" "),
        number(p.members),
        number(p.required),
        number(p.scheduled),
        number(p.trained),
        number(p.passed),
        told_text(&place.told),
        place.looked_on,
        place.day
    ];
    tx.execute(SET, values).await?;
    Ok(())
}

pub(super) async fn set_told(tx: &mut Transaction, place: &Place) -> Result<(), DatabaseError> {
    let told = told_text(&place.told);
    let values = bind![&place.election_id, &place.station_id, told];
    tx.execute(SET_TOLD, values).await?;
    Ok(())
}

pub(super) async fn set_look(tx: &mut Transaction, place: &Place) -> Result<(), DatabaseError> {
    let values = bind![&place.election_id, &place.station_id, place.looked_on];
    tx.execute(SET_LOOK, values).await?;
    Ok(())
}

pub(super) async fn remove(tx: &mut Transaction, place: &Place) -> Result<(), DatabaseError> {
    let values = bind![&place.election_id, &place.station_id];
    tx.execute(REMOVE, values).await?;
    Ok(())
}

/// The station's counts from its day on.
pub(super) async fn set_day(
    tx: &mut Transaction,
    place: &Place,
    gone: bool,
) -> Result<(), DatabaseError> {
    let p = place.stand.people;
    let values = bind![
        &place.election_id,
        &place.station_id,
        place.day,
        &place.region_id,
        &place.district_id,
        number(place.number),
        place.stand.state.as_str(),
        place.stand.met.join(" "),
        number(p.members),
        number(p.required),
        number(p.scheduled),
        number(p.trained),
        number(p.passed),
        gone
    ];
    tx.execute(SET_DAY, values).await?;
    Ok(())
}

/// Adds to the sums of a district. False where it has none yet.
pub(super) async fn add_to_district(
    tx: &mut Transaction,
    election_id: &str,
    (district_id, day): (&str, Date),
    change: Change,
) -> Result<bool, DatabaseError> {
    let mut values = bind![election_id, district_id, day];
    for n in change.0 {
        values.extend(bind![n]);
    }
    Ok(tx.execute(ADD_TO_DISTRICT, values).await? > 0)
}

/// The sums of a district from a day on.
pub(super) async fn set_district(
    tx: &mut Transaction,
    election_id: &str,
    (district_id, region_id): (&str, &str),
    day: Date,
    sums: Sums,
) -> Result<(), DatabaseError> {
    let mut values = bind![election_id, district_id, day, region_id];
    for n in columns(sums) {
        values.extend(bind![n]);
    }
    tx.execute(SET_DISTRICT, values).await?;
    Ok(())
}

/// District, region and last day of each district with sums.
pub(super) async fn last_days(
    connection: &mut Connection,
    election_id: &str,
) -> Result<Vec<(String, String, Date)>, DatabaseError> {
    let rows = connection.all(LAST_DAYS, bind![election_id]).await?;
    rows.iter()
        .map(|row| {
            let area = (row.text("district_id")?, row.text("region_id")?);
            Ok((area.0, area.1, row.date("day")?))
        })
        .collect()
}

pub(super) async fn seats(
    connection: &mut Connection,
    place: &Place,
    day: Date,
    groups: &str,
) -> Result<Vec<SeatRow>, DatabaseError> {
    let values = bind![&place.election_id, &place.station_id, day, groups];
    let rows = connection.all(SEATS, values).await?;
    rows.iter().map(seat).collect()
}

pub(super) async fn seats_of_district(
    connection: &mut Connection,
    (election_id, district_id): (&str, &str),
    day: Date,
    groups: &str,
) -> Result<Vec<SeatRow>, DatabaseError> {
    let values = bind![election_id, district_id, day, groups];
    let rows = connection.all(SEATS_OF_DISTRICT, values).await?;
    rows.iter().map(seat).collect()
}

pub(super) async fn places_of_district(
    connection: &mut Connection,
    election_id: &str,
    district_id: &str,
) -> Result<Vec<Place>, DatabaseError> {
    let values = bind![election_id, district_id];
    let rows = connection.all(OF_DISTRICT_NOW, values).await?;
    rows.iter().map(place).collect()
}

pub(super) async fn districts_now(
    connection: &mut Connection,
    election_id: &str,
) -> Result<Vec<String>, DatabaseError> {
    let rows = connection.all(DISTRICTS_NOW, bind![election_id]).await?;
    rows.iter().map(|row| row.text("district_id")).collect()
}

pub(super) async fn station_ids(
    connection: &mut Connection,
    election_id: &str,
) -> Result<Vec<String>, DatabaseError> {
    ids(&connection.all(STATION_IDS, bind![election_id]).await?)
}

pub(super) async fn of_session(
    connection: &mut Connection,
    election_id: &str,
    session_id: &str,
) -> Result<Vec<String>, DatabaseError> {
    let values = bind![election_id, session_id];
    ids(&connection.all(OF_SESSION, values).await?)
}

pub(super) async fn of_person(
    connection: &mut Connection,
    election_id: &str,
    person_id: &str,
) -> Result<Vec<String>, DatabaseError> {
    let values = bind![election_id, person_id];
    ids(&connection.all(OF_PERSON, values).await?)
}

/// Stations of an area of their own, with their elections.
pub(super) async fn of_area(
    connection: &mut Connection,
    area_id: &str,
) -> Result<Vec<(String, String)>, DatabaseError> {
    let rows = connection.all(OF_AREA, bind![area_id]).await?;
    rows.iter()
        .map(|row| Ok((row.text("election_id")?, row.text("station_id")?)))
        .collect()
}

pub(super) async fn unseen(
    connection: &mut Connection,
    election_id: &str,
    before: Date,
    limit: i64,
) -> Result<Vec<String>, DatabaseError> {
    let values = bind![election_id, before, limit];
    ids(&connection.all(UNSEEN, values).await?)
}

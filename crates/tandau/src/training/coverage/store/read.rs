//! What pages read of coverage.

use super::super::model::{District, Place, Sitting, Stand, StationStand, Sums};
use super::{people, place, stand};
use crate::platform::database::{Connection, DatabaseError, Row};
use crate::{bind, statements};
use jiff::civil::Date;

/// The name of an area on a day.
macro_rules! named {
    ($alias:literal, $area:literal, $day:literal) => {
        concat!(
            "join area_name ",
            $alias,
            " on ",
            $alias,
            ".area_id = ",
            $area,
            " and ",
            $alias,
            ".valid_from = coalesce((select max(x.valid_from) from area_name x where x.area_id = ",
            $area,
            " and x.valid_from <= ",
            $day,
            "), (select min(x.valid_from) from area_name x where x.area_id = ",
            $area,
            ")) "
        )
    };
}

statements! {
    /// The election of the newest voting day whose stations are on record.
    CURRENT = "select e.id from election e where exists (select 1 from training_district_day t where t.election_id = e.id)
        order by e.voting_day desc, e.id limit 1";
    /// Districts as of a day ($2), named as on a day ($3): names are looked up for the last rows alone.
    DISTRICTS = concat!(
        "with d as materialized (
            select x.district_id, x.region_id, x.stations, x.covered, x.planned, x.members, x.required, x.scheduled, x.trained, x.passed
            from (select distinct y.district_id from training_district_day y where y.election_id = $1) k
                join training_district_day x on x.election_id = $1 and x.district_id = k.district_id and x.day =
                    (select max(z.day) from training_district_day z where z.election_id = $1 and z.district_id = k.district_id and z.day <= $2))
        select d.district_id, d.region_id, d.stations, d.covered, d.planned, d.members, d.required, d.scheduled, d.trained, d.passed,
            a.code, n.name_kk, n.name_ru, n.name_en, r.code as region_code, rn.name_kk as region_kk, rn.name_ru as region_ru,
            rn.name_en as region_en
        from d join area a on a.id = d.district_id join area r on r.id = d.region_id ",
        named!("n", "d.district_id", "$3"), named!("rn", "d.region_id", "$3"),
        "where d.stations > 0 order by a.code, d.district_id");
    /// By how much the stations of an area ($3, '' for all) that are not covered changed on each day up to one ($2).
    CHANGES_BY_DAY = "select t.day, cast(sum(t.change) as bigint) as change from (
            select d.day, (d.stations - d.covered) - coalesce(lag(d.stations - d.covered) over (partition by d.district_id order by d.day), 0)
                as change
            from training_district_day d
            where d.election_id = $1 and d.day <= $2 and ($3 = '' or d.region_id = $3 or d.district_id = $3)) t
        group by t.day order by t.day";
    /// Stations of a district ($3) as of a day ($2), named as on a day ($4).
    STATIONS = "select d.station_id, d.region_id, d.district_id, d.number, d.state, d.met, d.members, d.required, d.scheduled, d.trained,
            d.passed, v.name_kk, v.name_ru, v.name_en
        from training_station_day d
            join station_version v on v.station_id = d.station_id and v.version = coalesce(
                (select max(w.version) from station_version w where w.station_id = d.station_id and w.valid_from <= $4),
                (select min(w.version) from station_version w where w.station_id = d.station_id))
        where d.election_id = $1 and ($3 = '' or d.district_id = $3 or d.region_id = $3) and d.day <= $2 and d.gone = false
            and not exists (select 1 from training_station_day n where n.election_id = d.election_id and n.station_id = d.station_id
                and n.day > d.day and n.day <= $2)
        order by d.district_id, d.number, d.station_id";
    /// Days of one station ($2) up to one ($3), the newest first.
    DAYS = "select d.station_id, d.region_id, d.district_id, d.number, d.state, d.met, d.members, d.required, d.scheduled, d.trained,
            d.passed, d.day, d.gone
        from training_station_day d where d.election_id = $1 and d.station_id = $2 and d.day <= $3 order by d.day desc limit 200";
    /// Stations below an area ($2) that are not covered, the worst first.
    OPEN_UNDER = "select s.election_id, s.station_id, s.area_id, s.zone, s.region_id, s.district_id, s.number, s.state, s.met, s.members,
            s.required, s.scheduled, s.trained, s.passed, s.told, s.looked_on, s.day
        from area_path p join training_station s on s.area_id = p.area_id
        where p.ancestor_id = $2 and s.election_id = $1 and s.state <> 'covered'
        order by case s.state when 'uncovered' then 0 else 1 end, s.district_id, s.number, s.station_id limit $3";
    COUNT_OPEN_UNDER = "select count(*) as n from area_path p join training_station s on s.area_id = p.area_id
        where p.ancestor_id = $2 and s.election_id = $1 and s.state <> 'covered'";
    /// Who sits in a station's ($2) commission on a day ($3).
    SITTING = concat!(
        "select m.person_id, m.office, n.name_kk, n.name_ru, n.name_en,
            (select min(x.starts_at) from training_trainee i join training_session x on x.id = i.session_id
                where i.person_id = m.person_id and i.state = 'invited' and x.state || '' = 'planned' and x.election_id || '' = $1) as invited_to, ",
        marks!(), " from training_station s ", seats!(),
        "join person n on n.id = m.person_id where s.election_id = $1 and s.station_id = $2
        order by case m.office when 'chair' then 0 when 'deputy' then 1 when 'secretary' then 2 else 3 end, m.id");
    PLACE = "select election_id, station_id, area_id, zone, region_id, district_id, number, state, met, members, required, scheduled,
            trained, passed, told, looked_on, day
        from training_station where election_id = $1 and station_id = $2";
}

pub(in crate::training::coverage) async fn place_of(
    connection: &mut Connection,
    election_id: &str,
    station_id: &str,
) -> Result<Option<Place>, DatabaseError> {
    let values = bind![election_id, station_id];
    let row = connection.first(PLACE, values).await?;
    row.as_ref().map(place).transpose()
}

pub(in crate::training::coverage) fn district(row: &Row) -> Result<District, DatabaseError> {
    Ok(District {
        area_id: row.text("district_id")?,
        code: row.text("code")?,
        names: row.names("name")?,
        region_id: row.text("region_id")?,
        region_code: row.text("region_code")?,
        region_names: row.names("region")?,
        sums: Sums {
            stations: row.count("stations")?,
            covered: row.count("covered")?,
            planned: row.count("planned")?,
            people: people(row)?,
        },
    })
}

pub(in crate::training::coverage) fn station(row: &Row) -> Result<StationStand, DatabaseError> {
    Ok(StationStand {
        station_id: row.text("station_id")?,
        region_id: row.text("region_id")?,
        district_id: row.text("district_id")?,
        number: row.count("number")?,
        names: row.names("name")?,
        stand: stand(row)?,
    })
}

/// Days of a station up to one, the newest first; none of a day on which it was no longer asked.
pub(in crate::training::coverage) async fn days(
    connection: &mut Connection,
    election_id: &str,
    station_id: &str,
    bound: &str,
) -> Result<Vec<(Date, Option<Stand>)>, DatabaseError> {
    let values = bind![election_id, station_id, bound];
    let rows = connection.all(DAYS, values).await?;
    rows.iter()
        .map(|row| {
            let there = if row.flag("gone")? {
                None
            } else {
                Some(stand(row)?)
            };
            Ok((row.date("day")?, there))
        })
        .collect()
}

pub(in crate::training::coverage) async fn open_under(
    connection: &mut Connection,
    election_id: &str,
    area_id: &str,
    limit: i64,
) -> Result<(Vec<Place>, u64), DatabaseError> {
    let values = bind![election_id, area_id, limit];
    let rows = connection.all(OPEN_UNDER, values).await?;
    let places = rows.iter().map(place).collect::<Result<_, _>>()?;
    let values = bind![election_id, area_id];
    let count = connection.one(COUNT_OPEN_UNDER, values).await?;
    Ok((places, count.count("n")?))
}

pub(in crate::training::coverage) async fn sitting(
    connection: &mut Connection,
    (election_id, station_id): (&str, &str),
    day: Date,
    groups: &str,
) -> Result<Vec<Sitting>, DatabaseError> {
    let values = bind![election_id, station_id, day, groups];
    let rows = connection.all(SITTING, values).await?;
    rows.iter()
        .map(|row| {
            Ok(Sitting {
                person_id: row.text("person_id")?,
                names: row.names("name")?,
                office: row.text("office")?,
                invited_to: row.opt_instant("invited_to")?,
                trained: row.int("trained")? > 0,
                passed: row.int("passed")? > 0,
            })
        })
        .collect()
}

//! All the SQL of the room's tables.

use super::model::{NewStation, Station, StationVersion, area_names};
use crate::platform::audit::Audited;
use crate::platform::database::{Connection, DatabaseError, Row};
use crate::platform::{Acting, Error, areas};
use crate::{bind, statements};
use jiff::civil::Date;

statements! {
    ADD = "insert into station (id, area_id, created_at) values ($1, $2, $3)";
    ADD_VERSION = "insert into station_version (station_id, version, valid_from, number, region_id, district_id, name_kk, name_ru, name_en,
            address_kk, address_ru, address_en, folded, latitude_microdeg, longitude_microdeg, capacity, voters_on_list, special, step_free, reason, made_by, made_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)";
    AS_OF = "select s.id, s.area_id, a.zone, v.version, v.valid_from, v.number, v.region_id, v.district_id, v.name_kk, v.name_ru, v.name_en,
            v.address_kk, v.address_ru, v.address_en, v.latitude_microdeg, v.longitude_microdeg, v.capacity, v.voters_on_list, v.special, v.step_free, a.valid_until
        from station s join station_version v on v.station_id = s.id join area a on a.id = s.area_id
        where s.id = $1 and v.valid_from <= $2 order by v.version desc limit 1";
    FIRST = "select s.id, s.area_id, a.zone, v.version, v.valid_from, v.number, v.region_id, v.district_id, v.name_kk, v.name_ru, v.name_en,
            v.address_kk, v.address_ru, v.address_en, v.latitude_microdeg, v.longitude_microdeg, v.capacity, v.voters_on_list, v.special, v.step_free, a.valid_until
        from station s join station_version v on v.station_id = s.id join area a on a.id = s.area_id
        where s.id = $1 order by v.version limit 1";
    VERSIONS = "select s.id, s.area_id, a.zone, v.version, v.valid_from, v.number, v.region_id, v.district_id, v.name_kk, v.name_ru, v.name_en,
            v.address_kk, v.address_ru, v.address_en, v.latitude_microdeg, v.longitude_microdeg, v.capacity, v.voters_on_list, v.special, v.step_free, a.valid_until,
            v.reason, v.made_at
        from station s join station_version v on v.station_id = s.id join area a on a.id = s.area_id
        where s.id = $1 order by v.version desc limit 500";
    IDS_UNDER = "select s.id from area_path p join station s on s.area_id = p.area_id where p.ancestor_id = $1 order by s.id";
    BY_AREA = "select id from station where area_id = $1";
    OF_DISTRICT = "select s.id, s.area_id, a.zone, v.version, v.valid_from, v.number, v.region_id, v.district_id, v.name_kk, v.name_ru, v.name_en,
            v.address_kk, v.address_ru, v.address_en, v.latitude_microdeg, v.longitude_microdeg, v.capacity, v.voters_on_list, v.special, v.step_free, a.valid_until
        from station_version v join station s on s.id = v.station_id join area a on a.id = s.area_id
        where v.district_id = $1 and v.valid_from <= $2 and (a.valid_until is null or a.valid_until >= $2)
            and not exists (select 1 from station_version w where w.station_id = v.station_id and w.version > v.version and w.valid_from <= $2)
        order by v.number, s.id limit 5000";
    BY_NUMBER = "select s.id, s.area_id, a.zone, v.version, v.valid_from, v.number, v.region_id, v.district_id, v.name_kk, v.name_ru, v.name_en,
            v.address_kk, v.address_ru, v.address_en, v.latitude_microdeg, v.longitude_microdeg, v.capacity, v.voters_on_list, v.special, v.step_free, a.valid_until
        from station_version v join station s on s.id = v.station_id join area a on a.id = s.area_id
        where v.number = $1 and v.valid_from <= $2 and (a.valid_until is null or a.valid_until >= $2)
            and not exists (select 1 from station_version w where w.station_id = v.station_id and w.version > v.version and w.valid_from <= $2)
        order by v.region_id, s.id limit 100";
    NUMBER_TAKEN = "select v.station_id from station_version v join station s on s.id = v.station_id join area a on a.id = s.area_id
        where (a.valid_until is null or a.valid_until >= $4) and v.region_id = $1 and v.number = $2 and v.station_id <> $3
            and not exists (select 1 from station_version w where w.station_id = v.station_id and w.version > v.version and w.valid_from <= $4)
        limit 1";
    SEARCH = "select s.id, s.area_id, a.zone, v.version, v.valid_from, v.number, v.region_id, v.district_id, v.name_kk, v.name_ru, v.name_en,
            v.address_kk, v.address_ru, v.address_en, v.latitude_microdeg, v.longitude_microdeg, v.capacity, v.voters_on_list, v.special, v.step_free, a.valid_until
        from station_version v join station s on s.id = v.station_id join area a on a.id = s.area_id
            join area_name d on d.area_id = v.district_id and d.valid_until is null
            join area_name r on r.area_id = v.region_id and r.valid_until is null
        where v.valid_from <= $1 and (a.valid_until is null or a.valid_until >= $1)
            and not exists (select 1 from station_version w where w.station_id = v.station_id and w.version > v.version and w.valid_from <= $1)
            and ' ' || v.folded || ' ' || d.folded || ' ' || r.folded like $2
            and ' ' || v.folded || ' ' || d.folded || ' ' || r.folded like $3
            and ' ' || v.folded || ' ' || d.folded || ' ' || r.folded like $4
            and ' ' || v.folded || ' ' || d.folded || ' ' || r.folded like $5
        order by case when v.number = $6 then 0 else 1 end, r.name_kk, v.number, s.id limit $7 offset $8";
    COUNT_FOUND = "select count(*) as n, cast(coalesce(sum(v.voters_on_list), 0) as bigint) as voters
        from station_version v join station s on s.id = v.station_id join area a on a.id = s.area_id
            join area_name d on d.area_id = v.district_id and d.valid_until is null
            join area_name r on r.area_id = v.region_id and r.valid_until is null
        where v.valid_from <= $1 and (a.valid_until is null or a.valid_until >= $1)
            and not exists (select 1 from station_version w where w.station_id = v.station_id and w.version > v.version and w.valid_from <= $1)
            and ' ' || v.folded || ' ' || d.folded || ' ' || r.folded like $2
            and ' ' || v.folded || ' ' || d.folded || ' ' || r.folded like $3
            and ' ' || v.folded || ' ' || d.folded || ' ' || r.folded like $4
            and ' ' || v.folded || ' ' || d.folded || ' ' || r.folded like $5";
    COUNT_BY_AREA = "select p.ancestor_id, count(*) as n, cast(coalesce(sum(v.voters_on_list), 0) as bigint) as voters
        from station s join station_version v on v.station_id = s.id join area_path p on p.area_id = s.area_id and p.depth > 0
            join area_path q on q.area_id = p.ancestor_id and q.ancestor_id = $1 and q.depth = 1
            join area a on a.id = s.area_id
        where v.valid_from <= $2 and (a.valid_until is null or a.valid_until >= $2)
            and not exists (select 1 from station_version w where w.station_id = v.station_id and w.version > v.version and w.valid_from <= $2)
        group by p.ancestor_id order by p.ancestor_id";
    CLOSE_AREA_NAME = "update area_name set valid_until = $2 where area_id = $1 and valid_until is null";
    DROP_AREA_NAME = "delete from area_name where area_id = $1 and valid_from = $2";
}

/// What the log of acts vouches for: a station with all its versions, its area and where that lies.
pub(crate) const AUDITED: &[Audited] = &[Audited {
    kind: "station",
    rows: &[
        "select s.id, s.area_id, s.created_at, a.code, a.kind, a.zone from station s join area a on a.id = s.area_id where s.id = $1",
        "select p.parent_id, p.valid_from, p.valid_until from station s join area_place p on p.area_id = s.area_id where s.id = $1 order by p.valid_from",
        "select version, valid_from, number, region_id, district_id, name_kk, name_ru, name_en, address_kk, address_ru, address_en, latitude_microdeg,
            longitude_microdeg, capacity, voters_on_list, special, step_free, reason, made_by, made_at from station_version where station_id = $1 order by version",
    ],
    ids: "select id as object from station",
}];

fn station(row: &Row) -> Result<Station, DatabaseError> {
    Ok(Station {
        id: row.text("id")?,
        area_id: row.text("area_id")?,
        version: row.count("version")?,
        number: row.count("number")?,
        region_id: row.text("region_id")?,
        district_id: row.text("district_id")?,
        names: row.names("name")?,
        address: row.names("address")?,
        latitude_microdeg: row.opt_int("latitude_microdeg")?,
        longitude_microdeg: row.opt_int("longitude_microdeg")?,
        capacity: row.count("capacity")?,
        voters_on_list: row.count("voters_on_list")?,
        special: row.text("special")?,
        step_free: row.opt_flag("step_free")?,
        valid_from: row.date("valid_from")?,
        zone: row.text("zone")?,
        valid_until: row.opt_date("valid_until")?,
    })
}

/// The station's own area, in its place below the district.
pub(super) async fn add_area(
    connection: &mut Connection,
    area_id: &str,
    station_id: &str,
    new: &NewStation,
    edition: &str,
) -> Result<(), DatabaseError> {
    use areas::store::{ADD_AREA, ADD_PATH, ADD_PLACE, ADD_SELF};
    let none = None::<String>;
    let values = bind![
        area_id,
        station_id,
        edition,
        "precinct",
        &new.zone,
        new.valid_from,
        none.clone(),
        ""
    ];
    connection.execute(ADD_AREA, values).await?;
    add_area_name(connection, area_id, new).await?;
    connection.execute(ADD_SELF, bind![area_id]).await?;
    let place = bind![area_id, new.valid_from, none, &new.district_id];
    connection.execute(ADD_PLACE, place).await?;
    connection
        .execute(ADD_PATH, bind![area_id, &new.district_id])
        .await?;
    Ok(())
}

async fn add_area_name(
    connection: &mut Connection,
    area_id: &str,
    new: &NewStation,
) -> Result<(), DatabaseError> {
    let names = area_names(new.number);
    let values = bind![
        area_id,
        new.valid_from,
        None::<String>,
        &names.kk,
        &names.ru,
        &names.en,
        names.folded()
    ];
    connection.execute(areas::store::ADD_NAME, values).await?;
    Ok(())
}

/// Another number: the area bears it from the new version's first day on.
pub(super) async fn rename_area(
    connection: &mut Connection,
    area_id: &str,
    new: &NewStation,
) -> Result<(), DatabaseError> {
    let eve = new
        .valid_from
        .yesterday()
        .map_err(|e| DatabaseError::Column {
            column: "valid_from".to_owned(),
            problem: e.to_string(),
        })?;
    let drop = bind![area_id, new.valid_from];
    connection.execute(DROP_AREA_NAME, drop).await?;
    let close = bind![area_id, eve];
    connection.execute(CLOSE_AREA_NAME, close).await?;
    add_area_name(connection, area_id, new).await
}

/// The station's area, and its place in the tree, end on a day. False when they have ended already.
pub(super) async fn end_area(
    connection: &mut Connection,
    area_id: &str,
    last: Date,
) -> Result<bool, DatabaseError> {
    use areas::store::{END_AREA, END_PLACE};
    let ended = connection.execute(END_AREA, bind![area_id, last]).await?;
    connection.execute(END_PLACE, bind![area_id, last]).await?;
    Ok(ended == 1)
}

pub(super) async fn add(
    connection: &mut Connection,
    acting: &Acting,
    id: &str,
    area_id: &str,
) -> Result<(), DatabaseError> {
    connection
        .execute(ADD, bind![id, area_id, acting.now()])
        .await?;
    Ok(())
}

pub(super) async fn add_version(
    connection: &mut Connection,
    acting: &Acting,
    id: &str,
    version: u64,
    new: &NewStation,
    reason: &str,
) -> Result<(), Error> {
    let int = |n: u64| i64::try_from(n).map_err(Error::internal);
    let values = bind![
        id,
        int(version)?,
        new.valid_from,
        int(new.number)?,
        &new.region_id,
        &new.district_id,
        &new.names.kk,
        &new.names.ru,
        &new.names.en,
        &new.address.kk,
        &new.address.ru,
        &new.address.en,
        new.folded(),
        new.latitude_microdeg,
        new.longitude_microdeg,
        int(new.capacity)?,
        int(new.voters_on_list)?,
        &new.special,
        new.step_free,
        reason,
        acting.person(),
        acting.now()
    ];
    connection.execute(ADD_VERSION, values).await?;
    Ok(())
}

pub(super) async fn as_of(
    connection: &mut Connection,
    id: &str,
    day: Date,
) -> Result<Station, Error> {
    let row = match connection.first(AS_OF, bind![id, day]).await? {
        Some(row) => row,
        None => connection
            .first(FIRST, bind![id])
            .await?
            .ok_or(Error::NotFound)?,
    };
    Ok(station(&row)?)
}

pub(super) async fn versions(
    connection: &mut Connection,
    id: &str,
) -> Result<Vec<StationVersion>, DatabaseError> {
    let rows = connection.all(VERSIONS, bind![id]).await?;
    rows.iter()
        .map(|row| {
            Ok(StationVersion {
                station: station(row)?,
                reason: row.text("reason")?,
                made_at: row.instant("made_at")?,
            })
        })
        .collect()
}

/// Every station that lies in an area or anywhere below it.
pub(super) async fn ids_under(
    connection: &mut Connection,
    area_id: &str,
) -> Result<Vec<String>, DatabaseError> {
    let rows = connection.all(IDS_UNDER, bind![area_id]).await?;
    rows.iter().map(|row| row.text("id")).collect()
}

pub(super) async fn by_area(
    connection: &mut Connection,
    area_id: &str,
) -> Result<Option<String>, DatabaseError> {
    let row = connection.first(BY_AREA, bind![area_id]).await?;
    row.map(|row| row.text("id")).transpose()
}

pub(super) async fn of_district(
    connection: &mut Connection,
    district_id: &str,
    day: Date,
) -> Result<Vec<Station>, DatabaseError> {
    let rows = connection.all(OF_DISTRICT, bind![district_id, day]).await?;
    rows.iter().map(station).collect()
}

pub(super) async fn by_number(
    connection: &mut Connection,
    number: i64,
    day: Date,
) -> Result<Vec<Station>, DatabaseError> {
    let rows = connection.all(BY_NUMBER, bind![number, day]).await?;
    rows.iter().map(station).collect()
}

pub(super) async fn number_taken(
    connection: &mut Connection,
    station_id: &str,
    new: &NewStation,
) -> Result<bool, Error> {
    let number = i64::try_from(new.number).map_err(Error::internal)?;
    let values = bind![&new.region_id, number, station_id, new.valid_from];
    Ok(connection.first(NUMBER_TAKEN, values).await?.is_some())
}

/// Words to look for: patterns, and the number if one of them is one.
pub(super) struct Wanted {
    pub(super) patterns: [String; 4],
    pub(super) number: i64,
    pub(super) day: Date,
}

pub(super) async fn search(
    connection: &mut Connection,
    wanted: &Wanted,
    limit: i64,
    offset: i64,
) -> Result<Vec<Station>, DatabaseError> {
    let [a, b, c, d] = &wanted.patterns;
    let values = bind![wanted.day, a, b, c, d, wanted.number, limit, offset];
    let rows = connection.all(SEARCH, values).await?;
    rows.iter().map(station).collect()
}

pub(super) async fn count_found(
    connection: &mut Connection,
    wanted: &Wanted,
) -> Result<(u64, u64), DatabaseError> {
    let [a, b, c, d] = &wanted.patterns;
    let row = connection
        .one(COUNT_FOUND, bind![wanted.day, a, b, c, d])
        .await?;
    Ok((row.count("n")?, row.count("voters")?))
}

pub(super) async fn count_by_area(
    connection: &mut Connection,
    area_id: &str,
    day: Date,
) -> Result<Vec<(String, u64, u64)>, DatabaseError> {
    let rows = connection.all(COUNT_BY_AREA, bind![area_id, day]).await?;
    rows.iter()
        .map(|row| {
            Ok((
                row.text("ancestor_id")?,
                row.count("n")?,
                row.count("voters")?,
            ))
        })
        .collect()
}

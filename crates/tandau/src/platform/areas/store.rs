//! Tables of areas.

use super::Area;
use crate::platform::audit::Audited;
use crate::platform::database::{Connection, DatabaseError, Row};
use crate::platform::search::patterns;
use crate::platform::{Error, Names, ids};
use crate::{bind, statements};
use jiff::civil::Date;

statements! {
    ADD_AREA = "insert into area (id, code, edition, kind, zone, valid_from, valid_until, note)
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    ADD_NAME = "insert into area_name (area_id, valid_from, valid_until, name_kk, name_ru, name_en, folded)
        values ($1, $2, $3, $4, $5, $6, $7)";
    ADD_PLACE = "insert into area_place (area_id, valid_from, valid_until, parent_id) values ($1, $2, $3, $4)";
    ADD_SELF = "insert into area_path (area_id, depth, ancestor_id) values ($1, 0, $1)";
    ADD_PATH = "insert into area_path (area_id, depth, ancestor_id)
        select $1, depth + 1, ancestor_id from area_path where area_id = $2";
    BY_ID = "select a.id, a.code, a.edition, a.kind, a.zone, a.valid_from, a.valid_until, a.note, n.name_kk, n.name_ru, n.name_en
        from area a join area_name n on n.area_id = a.id
        where a.id = $1 and n.valid_from <= $2 order by n.valid_from desc limit 1";
    FIRST_NAME_BY_ID = "select a.id, a.code, a.edition, a.kind, a.zone, a.valid_from, a.valid_until, a.note, n.name_kk, n.name_ru, n.name_en
        from area a join area_name n on n.area_id = a.id
        where a.id = $1 order by n.valid_from limit 1";
    BY_CODE = "select id from area where code = $1 and valid_from <= $2 and (valid_until is null or valid_until >= $2)
        order by valid_from desc limit 1";
    WITH_CODE_FROM = "select a.id, a.code, a.edition, a.kind, a.zone, a.valid_from, a.valid_until, a.note, n.name_kk, n.name_ru, n.name_en
        from area a join area_name n on n.area_id = a.id and n.valid_from = a.valid_from
        where a.code = $1 and a.valid_from = $2";
    ANY_BY_CODE = "select id from area where code = $1 order by valid_from desc limit 1";
    PATH = "select a.id, a.code, a.edition, a.kind, a.zone, a.valid_from, a.valid_until, a.note, n.name_kk, n.name_ru, n.name_en
        from area_path p join area a on a.id = p.ancestor_id join area_name n on n.area_id = a.id
        where p.area_id = $1 and n.valid_until is null order by p.depth desc";
    // As of a day: where each area lay, and what it was called.
    PATH_ON = "with recursive way (area_id, depth) as (
            select cast($1 as text), cast(0 as bigint)
            union all
            select p.parent_id, w.depth + 1 from way w join area_place p on p.area_id = w.area_id
                and p.valid_from = coalesce(
                    (select max(o.valid_from) from area_place o where o.area_id = w.area_id and o.valid_from <= $2),
                    (select min(o.valid_from) from area_place o where o.area_id = w.area_id))
            where w.depth < 20)
        select a.id, a.code, a.edition, a.kind, a.zone, a.valid_from, a.valid_until, a.note, n.name_kk, n.name_ru, n.name_en
        from way w join area a on a.id = w.area_id join area_name n on n.area_id = a.id and n.valid_from = coalesce(
            (select max(m.valid_from) from area_name m where m.area_id = a.id and m.valid_from <= $2),
            (select min(m.valid_from) from area_name m where m.area_id = a.id))
        order by w.depth desc";
    CHILDREN = "select a.id, a.code, a.edition, a.kind, a.zone, a.valid_from, a.valid_until, a.note, n.name_kk, n.name_ru, n.name_en
        from area_place p join area a on a.id = p.area_id join area_name n on n.area_id = a.id and n.valid_from = coalesce(
            (select max(m.valid_from) from area_name m where m.area_id = a.id and m.valid_from <= $2),
            (select min(m.valid_from) from area_name m where m.area_id = a.id))
        where p.parent_id = $1 and a.kind <> 'precinct' and p.valid_from <= $2 and (p.valid_until is null or p.valid_until >= $2)
            and a.valid_from <= $2 and (a.valid_until is null or a.valid_until >= $2) order by a.code";
    END_NAME = "update area_name set valid_until = $2 where area_id = $1 and valid_until is null";
    NEWEST_PLACE = "select valid_from, parent_id from area_place where area_id = $1 order by valid_from desc limit 1";
    END_PLACE = "update area_place set valid_until = $2 where area_id = $1 and valid_until is null";
    IS_BELOW = "select area_id from area_path where area_id = $1 and ancestor_id = $2";
    CUT_PATHS = "delete from area_path
        where area_id in (select p.area_id from area_path p where p.ancestor_id = $1)
            and ancestor_id not in (select q.area_id from area_path q where q.ancestor_id = $1)";
    JOIN_PATHS = "insert into area_path (area_id, depth, ancestor_id)
        select s.area_id, s.depth + t.depth + 1, t.ancestor_id from area_path s join area_path t on t.area_id = $2
        where s.ancestor_id = $1";
    LIVES_BELOW = "select a.id from area_path p join area a on a.id = p.area_id
        where p.ancestor_id = $1 and p.depth > 0 and (a.valid_until is null or a.valid_until > $2) limit 1";
    END_AREA = "update area set valid_until = $2 where id = $1 and valid_until is null";
    SEARCH = "select a.id, a.code, a.edition, a.kind, a.zone, a.valid_from, a.valid_until, a.note, n.name_kk, n.name_ru, n.name_en
        from area_name n join area a on a.id = n.area_id
        where n.valid_until is null and a.valid_until is null and a.kind <> 'precinct'
            and ' ' || n.folded like $1 and ' ' || n.folded like $2 and ' ' || n.folded like $3
        order by (select count(*) from area_path p where p.area_id = a.id), n.name_kk, a.id limit $4";
    NAMES = "select valid_from, valid_until, name_kk, name_ru, name_en from area_name where area_id = $1 order by valid_from desc";
    COUNTRY = "select id from area where kind = 'country' and valid_until is null order by valid_from, id limit 1";
    ZONES = "select zone, count(*) as n from area group by zone order by n desc, zone";
    COUNT_BY_KIND = "select kind, count(*) as n from area group by kind order by kind";
}

/// What the log of acts vouches for.
pub(crate) const AUDITED: &[Audited] = &[Audited {
    kind: "area_import",
    rows: &["select name, value from setting where name = 'area-import:' || $1"],
    ids: "select substr(name, 13) as object from setting where name like 'area-import:%'",
}];

fn area(row: &Row) -> Result<Area, DatabaseError> {
    Ok(Area {
        id: row.text("id")?,
        code: row.text("code")?,
        edition: row.text("edition")?,
        kind: row.text("kind")?,
        zone: row.text("zone")?,
        names: row.names("name")?,
        valid_from: row.date("valid_from")?,
        valid_until: row.opt_date("valid_until")?,
        note: row.text("note")?,
    })
}

/// The area with the name it bore on a day (its first name for a day before that).
///
/// # Errors
/// [`Error::NotFound`].
pub async fn by_id(connection: &mut Connection, id: &str, day: Date) -> Result<Area, Error> {
    let row = match connection.first(BY_ID, bind![id, day]).await? {
        Some(row) => row,
        None => connection
            .first(FIRST_NAME_BY_ID, bind![id])
            .await?
            .ok_or(Error::NotFound)?,
    };
    Ok(area(&row)?)
}

/// The id of the area that had a code on a day; otherwise of the newest that ever had it.
///
/// # Errors
/// What the database reports.
pub async fn by_code(
    connection: &mut Connection,
    code: &str,
    day: Date,
) -> Result<Option<String>, DatabaseError> {
    let row = match connection.first(BY_CODE, bind![code, day]).await? {
        Some(row) => Some(row),
        None => connection.first(ANY_BY_CODE, bind![code]).await?,
    };
    row.map(|row| row.text("id")).transpose()
}

/// The id of the area whose code somebody typed; none for what can't be a code.
///
/// # Errors
/// What the database reports.
pub async fn by_typed_code(
    connection: &mut Connection,
    code: &str,
    day: Date,
) -> Result<Option<String>, DatabaseError> {
    if ids::is_id(code) {
        by_code(connection, code, day).await
    } else {
        Ok(None)
    }
}

/// The country, above everything else.
///
/// # Errors
/// What the database reports.
pub async fn country(connection: &mut Connection) -> Result<Option<String>, DatabaseError> {
    let row = connection.first(COUNTRY, bind![]).await?;
    row.map(|row| row.text("id")).transpose()
}

/// The area whose code holds from a day on, with its first name.
///
/// # Errors
/// What the database reports.
pub(super) async fn with_code_from(
    connection: &mut Connection,
    code: &str,
    first_day: Date,
) -> Result<Option<Area>, DatabaseError> {
    let row = connection
        .first(WITH_CODE_FROM, bind![code, first_day])
        .await?;
    row.as_ref().map(area).transpose()
}

/// From the country down to the area itself.
///
/// # Errors
/// What the database reports.
pub async fn path(connection: &mut Connection, id: &str) -> Result<Vec<Area>, DatabaseError> {
    connection
        .all(PATH, bind![id])
        .await?
        .iter()
        .map(area)
        .collect()
}

/// From the country down to the area itself, as of a day: where it lay and what each was called.
///
/// # Errors
/// What the database reports.
pub async fn path_on(
    connection: &mut Connection,
    id: &str,
    day: Date,
) -> Result<Vec<Area>, DatabaseError> {
    connection
        .all(PATH_ON, bind![id, day])
        .await?
        .iter()
        .map(area)
        .collect()
}

/// Areas directly below, as of a day, without the territories of stations.
///
/// # Errors
/// What the database reports.
pub async fn children(
    connection: &mut Connection,
    id: &str,
    day: Date,
) -> Result<Vec<Area>, DatabaseError> {
    connection
        .all(CHILDREN, bind![id, day])
        .await?
        .iter()
        .map(area)
        .collect()
}

/// Open areas whose name in any language contains every word (the first three), whatever the diacritics and
/// the order; the higher ones first.
///
/// # Errors
/// What the database reports.
pub async fn search(
    connection: &mut Connection,
    words: &str,
    limit: i64,
) -> Result<Vec<Area>, DatabaseError> {
    if crate::platform::search::is_blank(words) {
        return Ok(Vec::new());
    }
    let [first, second, third] = patterns(words);
    connection
        .all(SEARCH, bind![first, second, third, limit])
        .await?
        .iter()
        .map(area)
        .collect()
}

/// A name with its first and last day.
pub type NameInTime = (Date, Option<Date>, Names);

/// Every name an area has borne, newest first.
///
/// # Errors
/// What the database reports.
pub async fn names_of(
    connection: &mut Connection,
    id: &str,
) -> Result<Vec<NameInTime>, DatabaseError> {
    let rows = connection.all(NAMES, bind![id]).await?;
    rows.iter()
        .map(|row| {
            let names = row.names("name")?;
            Ok((row.date("valid_from")?, row.opt_date("valid_until")?, names))
        })
        .collect()
}

/// Zones by whose clocks areas live, the one of most areas first.
///
/// # Errors
/// What the database reports.
pub async fn zones(connection: &mut Connection) -> Result<Vec<String>, DatabaseError> {
    let rows = connection.all(ZONES, bind![]).await?;
    rows.iter().map(|row| row.text("zone")).collect()
}

/// How many areas of each kind there are.
///
/// # Errors
/// What the database reports.
pub async fn count_by_kind(
    connection: &mut Connection,
) -> Result<Vec<(String, u64)>, DatabaseError> {
    connection
        .all(COUNT_BY_KIND, bind![])
        .await?
        .iter()
        .map(|row| Ok((row.text("kind")?, row.count("n")?)))
        .collect()
}

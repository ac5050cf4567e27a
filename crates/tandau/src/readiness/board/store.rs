//! Reads of the tables that the core of the room keeps. "The last row up to a day" is found key by key: keys are
//! stepped through with the index (`min(key) > the one before`), and each takes one look from the end, so that days
//! that are over cost nothing.

use super::model::{Counts, District, StationCounts, Sums};
use crate::platform::database::{DatabaseError, Row};
use crate::statements;

/// The name of an area on a day that is a parameter.
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
            ".valid_from = coalesce(
                (select max(x.valid_from) from area_name x where x.area_id = ",
            $area,
            " and x.valid_from <= ",
            $day,
            "),
                (select min(x.valid_from) from area_name x where x.area_id = ",
            $area,
            ")) "
        )
    };
}

/// Districts of an election ($1) with the last day up to one ($2) that has a row of a section ($3).
macro_rules! districts {
    () => {
        "with k as (
            select x.district_id, max(x.day) as day from readiness_district_day x
            where x.election_id = $1 and x.section = $3 and x.day <= $2 group by x.district_id) "
    };
}

statements! {
    /// Of the elections whose readiness is on record the one that people prepare on a day ($1): the nearest voting day that
    /// hasn't passed, else the last.
    CURRENT = "select e.id from election e where exists (select 1 from readiness_setup s where s.election_id = e.id)
            or exists (select 1 from readiness_district_day d where d.election_id = e.id)
        order by case when e.voting_day < $1 then 1 else 0 end, case when e.voting_day < $1 then '' else e.voting_day end,
            e.voting_day desc, e.id limit 1";
    /// The checklist that was answered at a moment.
    CHECKLIST = "select c.content from readiness_setup s
            join checklist c on c.id = s.checklist_id and c.version = s.checklist_version
        where s.election_id = $1 and s.made_at <= $2 order by s.sequence desc limit 1";
    /// Districts as of a day ($2) for a section ($3, '' for all), named as on a day ($4).
    DISTRICTS = concat!(districts!(),
        "select d.district_id, d.region_id, d.stations, d.ready, d.expected, d.met, d.unmet, d.unmet_critical, d.na,
            d.disputed, d.unanswered, a.code, a.zone, n.name_kk, n.name_ru, n.name_en,
            r.code as region_code, rn.name_kk as region_kk, rn.name_ru as region_ru, rn.name_en as region_en
        from k join readiness_district_day d on d.election_id = $1 and d.section = $3 and d.district_id = k.district_id
            and d.day = k.day
        join area a on a.id = d.district_id join area r on r.id = d.region_id ",
        named!("n", "d.district_id", "$4"), named!("rn", "d.region_id", "$4"),
        "where d.stations > 0 order by a.code, d.district_id");
    /// Sums of all districts as of a day ($2), or of those of one area ($4: a region, a district, '' for all).
    SUMS = concat!(districts!(),
        "select cast(coalesce(sum(d.stations), 0) as bigint) as stations, cast(coalesce(sum(d.ready), 0) as bigint) as ready,
            cast(coalesce(sum(d.expected), 0) as bigint) as expected, cast(coalesce(sum(d.met), 0) as bigint) as met,
            cast(coalesce(sum(d.unmet), 0) as bigint) as unmet, cast(coalesce(sum(d.unmet_critical), 0) as bigint) as unmet_critical,
            cast(coalesce(sum(d.na), 0) as bigint) as na, cast(coalesce(sum(d.disputed), 0) as bigint) as disputed,
            cast(coalesce(sum(d.unanswered), 0) as bigint) as unanswered
        from k join readiness_district_day d on d.election_id = $1 and d.section = $3 and d.district_id = k.district_id
            and d.day = k.day
        where ($4 = '' or d.region_id = $4 or d.district_id = $4)");
    /// Sums of each section as of a day ($2): all districts, or those of one area ($3).
    SUMS_BY_SECTION = "with k as (
            select x.section, x.district_id, max(x.day) as day from readiness_district_day x
            where x.election_id = $1 and x.section <> '' and x.day <= $2 group by x.section, x.district_id)
        select d.section, cast(sum(d.stations) as bigint) as stations, cast(sum(d.ready) as bigint) as ready,
            cast(sum(d.expected) as bigint) as expected, cast(sum(d.met) as bigint) as met, cast(sum(d.unmet) as bigint) as unmet,
            cast(sum(d.unmet_critical) as bigint) as unmet_critical, cast(sum(d.na) as bigint) as na,
            cast(sum(d.disputed) as bigint) as disputed, cast(sum(d.unanswered) as bigint) as unanswered
        from k join readiness_district_day d on d.election_id = $1 and d.section = k.section and d.district_id = k.district_id
            and d.day = k.day
        where ($3 = '' or d.region_id = $3 or d.district_id = $3) group by d.section";
    /// A section ($4, '' for all) of one district ($3) as of a day.
    DISTRICT_AT = "select d.stations, d.ready, d.expected, d.met, d.unmet, d.unmet_critical, d.na, d.disputed, d.unanswered
        from readiness_district_day d where d.election_id = $1 and d.section = $4 and d.district_id = $3 and d.day <= $2
        order by d.day desc limit 1";
    /// By how much the unmet items of an area ($4) changed on each day: as many rows as days.
    CHANGES_BY_DAY = "select t.day, cast(sum(t.change) as bigint) as change from (
            select d.day, d.unmet - coalesce(lag(d.unmet) over (partition by d.district_id order by d.day), 0) as change
            from readiness_district_day d
            where d.election_id = $1 and d.section = $3 and d.day <= $2 and ($4 = '' or d.region_id = $4 or d.district_id = $4)) t
        group by t.day order by t.day";
    /// All stations as of a day.
    STATIONS = "select d.station_id, d.region_id, d.district_id, d.expected, d.met, d.unmet, d.unmet_critical, d.na, d.disputed,
            d.unanswered, d.reported_at
        from (select x.station_id, max(x.day) as day from readiness_station_day x
                where x.election_id = $1 and x.day <= $2 group by x.station_id) k
            join readiness_station_day d on d.election_id = $1 and d.station_id = k.station_id and d.day = k.day
        where d.expected > 0 order by d.station_id";
    /// Stations of a district ($3) as of a day.
    OF_DISTRICT = "select d.station_id, d.region_id, d.district_id, d.expected, d.met, d.unmet, d.unmet_critical, d.na, d.disputed,
            d.unanswered, d.reported_at
        from readiness_station_day d
        where d.election_id = $1 and d.district_id = $3 and d.day <= $2 and d.expected > 0
            and not exists (select 1 from readiness_station_day n
                where n.election_id = d.election_id and n.station_id = d.station_id and n.day > d.day and n.day <= $2)
        order by d.station_id";
    /// One station ($3) as of a day.
    ONE = "select d.station_id, d.region_id, d.district_id, d.expected, d.met, d.unmet, d.unmet_critical, d.na, d.disputed,
            d.unanswered, d.reported_at
        from readiness_station_day d where d.election_id = $1 and d.station_id = $3 and d.day <= $2
        order by d.day desc limit 1";
    /// The worst stations now: the end of an index.
    WORST_NOW = "select d.station_id, d.region_id, d.district_id, d.expected, d.met, d.unmet, d.unmet_critical, d.na, d.disputed,
            d.unanswered, d.reported_at
        from readiness_station_day d
        where d.election_id = $1 and d.latest = true and (d.unmet > 0 or d.unanswered > 0)
            and not exists (select 1 from readiness_station_day n
                where n.election_id = d.election_id and n.station_id = d.station_id and n.day > d.day)
        order by d.unmet_critical desc, d.unmet desc, d.unanswered desc, d.station_id desc limit $2";
    /// Stations without news for longest: the other end of another. $2 is the moment after which nothing was heard.
    SILENT_NOW = "select d.station_id, d.region_id, d.district_id, d.expected, d.met, d.unmet, d.unmet_critical, d.na, d.disputed,
            d.unanswered, d.reported_at
        from readiness_station_day d
        where d.election_id = $1 and d.latest = true and d.expected > 0 and coalesce(d.reported_at, 0) < $2
            and not exists (select 1 from readiness_station_day n
                where n.election_id = d.election_id and n.station_id = d.station_id and n.day > d.day)
        order by coalesce(d.reported_at, 0), d.station_id limit $3";
    COUNT_SILENT_NOW = "select count(*) as n from readiness_station_day d
        where d.election_id = $1 and d.latest = true and d.expected > 0 and coalesce(d.reported_at, 0) < $2
            and not exists (select 1 from readiness_station_day n
                where n.election_id = d.election_id and n.station_id = d.station_id and n.day > d.day)";
    /// Stations with a row of today ($2) that became ready, stopped being so, or have more unmet than before.
    TURNED_NOW = "select d.station_id, d.expected, d.met, d.unmet, d.unmet_critical, d.na, d.disputed, d.unanswered,
            coalesce(b.expected, 0) as expected_before, coalesce(b.unmet, 0) as unmet_before, coalesce(b.disputed, 0) as disputed_before,
            coalesce(b.unanswered, 0) as unanswered_before
        from readiness_station_day d
        left join readiness_station_day b on b.election_id = d.election_id and b.station_id = d.station_id
            and b.day = (select max(x.day) from readiness_station_day x
                where x.election_id = d.election_id and x.station_id = d.station_id and x.day < $2)
        where d.election_id = $1 and d.day >= $2 and d.expected > 0
            and not exists (select 1 from readiness_station_day n
                where n.election_id = d.election_id and n.station_id = d.station_id and n.day > d.day)
            and (d.unmet > coalesce(b.unmet, 0)
                or (d.unmet + d.disputed + d.unanswered = 0) <> (coalesce(b.unmet + b.disputed + b.unanswered, 1) = 0))
        order by d.unmet_critical desc, d.unmet desc, d.station_id";
    /// What a station ($1) is called on a day.
    STATION_NAMES = concat!(
        "select v.number, v.name_kk, v.name_ru, v.name_en, v.address_kk, v.address_ru, v.address_en, v.district_id, v.region_id, a.zone,
            n.name_kk as district_kk, n.name_ru as district_ru, n.name_en as district_en,
            rn.name_kk as region_kk, rn.name_ru as region_ru, rn.name_en as region_en
        from station s join area a on a.id = s.area_id
        join station_version v on v.station_id = s.id and v.version = coalesce(
            (select max(x.version) from station_version x where x.station_id = s.id and x.valid_from <= $2),
            (select min(x.version) from station_version x where x.station_id = s.id)) ",
        named!("n", "v.district_id", "$2"), named!("rn", "v.region_id", "$2"),
        "where s.id = $1");
    /// Numbers and names of the stations of an election.
    ALL_NAMES = "select distinct s.id, v.number, v.name_kk, v.name_ru, v.name_en
        from contest_station c join station s on s.id = c.station_id
        join station_version v on v.station_id = s.id and v.version = coalesce(
            (select max(x.version) from station_version x where x.station_id = s.id and x.valid_from <= $2),
            (select min(x.version) from station_version x where x.station_id = s.id))
        where c.election_id = $1";
    /// Answers that count now, of one station.
    ITEMS_NOW = "select station_id, item, status, since from readiness_state where election_id = $1 and station_id = $2";
    /// All answers up to a moment, of one station; oldest first.
    ANSWERS = "select station_id, item, cause, status, conflict, made_at from readiness_answer
        where election_id = $1 and station_id = $2 and made_at < $3 order by item, sequence";
    /// Unmet items that somebody was putting right at a moment.
    MENDING = "select station_id, item, addressee_kind, opened_at, due_at, state from task
        where station_id = $2 and election_id = $1 and origin = $4 and opened_at <= $3 and (is_open = true or changed_at > $3)
        order by item, opened_at";
    /// The newest signature of each commission up to a moment.
    SIGNATURES = concat!(
        "select g.commission_id, g.version, g.level, g.area_id, g.exceptions, g.made_at, g.place, n.name_kk, n.name_ru, n.name_en
        from readiness_signature g ",
        named!("n", "g.area_id", "$2"),
        "where g.election_id = $1 and g.level <> $4 and g.made_at <= $3
            and not exists (select 1 from readiness_signature x where x.election_id = g.election_id
                and x.commission_id = g.commission_id and x.version > g.version and x.made_at <= $3)
        order by g.place desc, g.made_at desc, g.commission_id limit 1000");
    /// Something that was signed below an area ($1) after the signature with a place ($3) and before a moment.
    SIGNED_SINCE = "select p.area_id from area_path p join readiness_signature s on s.area_id = p.area_id
        where p.ancestor_id = $1 and p.area_id <> $1 and s.election_id = $2 and s.place > $3 and s.made_at < $4 limit 1";
    /// Something that was answered there. Cross joins are walked in this order by SQLite.
    ANSWERED_SINCE = "select p.area_id from area_path p cross join readiness_station r cross join readiness_answer a
        where p.ancestor_id = $1 and r.area_id = p.area_id and r.election_id = $2 and a.election_id = r.election_id
            and a.station_id = r.station_id and a.made_at > $3 and a.made_at < $4 limit 1";
    /// How many commissions of each level have signed up to a moment.
    SIGNED_BY_LEVEL = "select level, count(distinct commission_id) as n from readiness_signature
        where election_id = $1 and made_at <= $2 group by level";
}

pub(super) fn counts(row: &Row) -> Result<Counts, DatabaseError> {
    Ok(Counts {
        expected: row.count("expected")?,
        met: row.count("met")?,
        unmet: row.count("unmet")?,
        critical: row.count("unmet_critical")?,
        na: row.count("na")?,
        disputed: row.count("disputed")?,
        unanswered: row.count("unanswered")?,
    })
}

pub(super) fn sums(row: &Row) -> Result<Sums, DatabaseError> {
    Ok(Sums {
        stations: row.count("stations")?,
        ready: row.count("ready")?,
        counts: counts(row)?,
    })
}

/// A district with its sums and its region.
pub(super) fn district(row: &Row) -> Result<District, DatabaseError> {
    Ok(District {
        area_id: row.text("district_id")?,
        code: row.text("code")?,
        names: row.names("name")?,
        region_id: row.text("region_id")?,
        region_code: row.text("region_code")?,
        region_names: row.names("region")?,
        zone: row.text("zone")?,
        sums: sums(row)?,
    })
}

pub(super) fn station(row: &Row) -> Result<StationCounts, DatabaseError> {
    Ok(StationCounts {
        station_id: row.text("station_id")?,
        region_id: row.text("region_id")?,
        district_id: row.text("district_id")?,
        counts: counts(row)?,
        reported_at: row.opt_instant("reported_at")?,
    })
}

//! The SQL of what everybody reads, and of who was taught a text that has changed since.

use super::int;
use super::sessions::{sessions_of, somebody};
use crate::platform::database::{Connection, DatabaseError};
use crate::platform::{Error, Names};
use crate::training::model::{Session, Somebody};
use crate::{bind, statements};
use jiff::Timestamp;
use jiff::civil::Date;

/// Texts of a module ($1) that people were taught and that have changed since, where an area ($2) has to do with it: the session,
/// the commission for whose seat they were invited, or one in which they sit now lies at or under it. The area that is named is
/// that commission's, or the session's for people who came without a seat.
macro_rules! taught_here {
    () => {
        "
        from training_taught t join training_module m on m.id = t.module_id and t.module_version < m.version
            join training_session s on s.id = t.session_id join person p on p.id = t.person_id
            left join training_trainee i on i.session_id = t.session_id and i.person_id = t.person_id and i.added =
                (select max(z.added) from training_trainee z where z.session_id = t.session_id and z.person_id = t.person_id)
            left join commission c on c.id = i.commission_id
            join area_name n on n.area_id = coalesce(c.area_id, s.area_id) and n.valid_until is null
        where t.module_id = $1 and (exists (select 1 from area_path a where a.ancestor_id = $2 and a.area_id = s.area_id)
            or exists (select 1 from area_path a where a.ancestor_id = $2 and a.area_id = c.area_id)
            or exists (select 1 from commission_member k join commission h on h.id = k.commission_id
                join area_path a on a.area_id = h.area_id and a.ancestor_id = $2
                where k.person_id = t.person_id and k.valid_until is null))"
    };
}

statements! {
    // Sessions of an area and below it that had been held by a moment, as they were then.
    HELD_BY = "select s.id, s.election_id, s.programme_id, s.level, v.version, v.plan, v.act, v.state, v.area_id, v.place_kk, v.place_ru, v.place_en,
            v.station_id, v.latitude_microdeg, v.longitude_microdeg, v.starts_at, v.ends_at, v.seats, v.present, v.present_paper, v.reason, v.office, v.made_at
        from area_path p join training_session s on s.area_id = p.area_id
            join training_session_version v on v.session_id = s.id and v.version =
                (select max(x.version) from training_session_version x where x.session_id = s.id and x.made_at < $2)
        where p.ancestor_id = $1 and v.state = 'held' order by v.starts_at desc, s.id limit $3 offset $4";
    // Those of fewer people than are ever published are counted apart.
    COUNT_HELD_BY = "select s.level, count(*) as n, cast(sum(case when v.present >= $3 then 1 else 0 end) as bigint) as shown,
            cast(sum(case when v.present >= $3 then v.present else 0 end) as bigint) as people
        from area_path p join training_session s on s.area_id = p.area_id
            join training_session_version v on v.session_id = s.id and v.version =
                (select max(x.version) from training_session_version x where x.session_id = s.id and x.made_at < $2)
        where p.ancestor_id = $1 and v.state = 'held' group by s.level order by s.level";
    COUNT_PLANNED_BY = "select count(*) as n from area_path p join training_session s on s.area_id = p.area_id
            join training_session_version v on v.session_id = s.id and v.version =
                (select max(x.version) from training_session_version x where x.session_id = s.id and x.made_at < $2)
        where p.ancestor_id = $1 and v.state = 'planned'";
    // Who was last taught an older text than the newest, whether they sit in a commission or not.
    OUTDATED = concat!("select p.id, p.name_kk, p.name_ru, p.name_en, n.name_kk as area_kk, n.name_ru as area_ru, n.name_en as area_en,
            coalesce(i.seat_office, '') as seat_office, t.module_version, t.taught_at, t.session_id", taught_here!(), "
            and not exists (select y.person_id from training_taught y
                where y.person_id = t.person_id and y.module_id = t.module_id
                    and (y.module_version > t.module_version or (y.module_version = t.module_version and y.taught_at > t.taught_at)))
        order by t.module_version, n.name_kk, p.name_kk, p.id limit $3");
    COUNT_OUTDATED = concat!("select t.module_version, count(distinct t.person_id) as n", taught_here!(), "
            and not exists (select y.person_id from training_taught y
                where y.person_id = t.person_id and y.module_id = t.module_id and y.module_version > t.module_version)
        group by t.module_version order by t.module_version");
    // Whether a file ($1) belongs to a module of a session with which a person ($2) has to do on a day ($3): invited, trainer, taught
    // there, or of the commission that holds it.
    MAY_READ = "select d.module_id from (select i.session_id from training_trainee i where i.person_id = $2 and i.state = 'invited'
                union select r.session_id from training_session_trainer r join training_session q on q.id = r.session_id and q.plan = r.version
                    where r.person_id = $2
                union select h.session_id from training_taught h where h.person_id = $2
                union select q.id from commission_member k join commission c on c.id = k.commission_id join training_session q on q.area_id = c.area_id
                    where k.person_id = $2 and k.valid_from <= $3 and (k.valid_until is null or k.valid_until >= $3)) o
            join training_session s on s.id = o.session_id and s.state <> 'cancelled'
            join training_session_module x on x.session_id = s.id and x.version = s.plan
            join training_material d on d.module_id = x.module_id and d.file_id = $1
        limit 1";
    // Regions to choose from: those that had held a session by a moment.
    AREAS_HELD = "select distinct a.id, a.code, n.name_kk, n.name_ru, n.name_en from training_session s
            join training_session_version v on v.session_id = s.id and v.state = 'held' and v.made_at < $1
            join area_path up on up.area_id = s.area_id join area a on a.id = up.ancestor_id and a.kind in ('region', 'city_of_republican_significance')
            join area_name n on n.area_id = a.id and n.valid_until is null
        order by a.code limit 60";
}

/// Sessions that had been held by a moment in an area, the latest first.
pub(in crate::training) async fn held_by(
    connection: &mut Connection,
    (area_id, moment): (&str, Timestamp),
    (limit, offset): (i64, i64),
) -> Result<Vec<Session>, Error> {
    let values = bind![area_id, moment, limit, offset];
    sessions_of(&connection.all(HELD_BY, values).await?)
}

/// Sums of a level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// Level of the cascade.
    pub level: u64,
    /// Sessions held.
    pub sessions: u64,
    /// Those whose number of people may be published.
    pub shown: u64,
    /// People at those.
    pub people: u64,
}

pub(in crate::training) async fn sums_by(
    connection: &mut Connection,
    (area_id, moment): (&str, Timestamp),
    smallest: u64,
) -> Result<Vec<Sum>, Error> {
    let values = bind![area_id, moment, int(smallest)?];
    let mut found = Vec::new();
    for row in connection.all(COUNT_HELD_BY, values).await? {
        found.push(Sum {
            level: row.count("level")?,
            sessions: row.count("n")?,
            shown: row.count("shown")?,
            people: row.count("people")?,
        });
    }
    Ok(found)
}

pub(in crate::training) async fn planned_by(
    connection: &mut Connection,
    area_id: &str,
    moment: Timestamp,
) -> Result<u64, Error> {
    let row = connection
        .one(COUNT_PLANNED_BY, bind![area_id, moment])
        .await?;
    Ok(row.count("n")?)
}

/// Regions that had held a session by a moment: code and names.
pub(in crate::training) async fn regions(
    connection: &mut Connection,
    moment: Timestamp,
) -> Result<Vec<(String, Names)>, Error> {
    let rows = connection.all(AREAS_HELD, bind![moment]).await?;
    let pairs = rows
        .iter()
        .map(|row| Ok::<_, DatabaseError>((row.text("code")?, row.names("name")?)));
    Ok(pairs.collect::<Result<_, _>>()?)
}

/// Somebody who was taught a text that has changed since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outdated {
    /// Who.
    pub person: Somebody,
    /// Name of the area of their commission; of the session's for those who came without a seat.
    pub area: Names,
    /// Office of their seat; empty without one.
    pub office: String,
    /// Which text.
    pub version: u64,
    /// When.
    pub at: Timestamp,
    /// Where.
    pub session_id: String,
}

pub(in crate::training) async fn outdated(
    connection: &mut Connection,
    (module_id, area_id): (&str, &str),
    limit: i64,
) -> Result<Vec<Outdated>, Error> {
    let mut found = Vec::new();
    for row in connection
        .all(OUTDATED, bind![module_id, area_id, limit])
        .await?
    {
        found.push(Outdated {
            person: somebody(&row)?,
            area: row.names("area")?,
            office: row.text("seat_office")?,
            version: row.count("module_version")?,
            at: row.instant("taught_at")?,
            session_id: row.text("session_id")?,
        });
    }
    Ok(found)
}

/// Whether a material is for a person: they have to do with a session that teaches it.
pub(in crate::training) async fn may_read(
    connection: &mut Connection,
    file: &str,
    (person_id, day): (&str, Date),
) -> Result<bool, Error> {
    let values = bind![file, person_id, day];
    Ok(connection.first(MAY_READ, values).await?.is_some())
}

/// How many people were taught which older text: version and people.
pub(in crate::training) async fn count_outdated(
    connection: &mut Connection,
    module_id: &str,
    area_id: &str,
) -> Result<Vec<(u64, u64)>, Error> {
    let rows = connection
        .all(COUNT_OUTDATED, bind![module_id, area_id])
        .await?;
    let pairs = rows
        .iter()
        .map(|row| Ok::<_, DatabaseError>((row.count("module_version")?, row.count("n")?)));
    Ok(pairs.collect::<Result<_, _>>()?)
}

//! The SQL of sessions: what is planned, who trains, which texts. Versions are added, never changed.

use super::int;
use crate::platform::database::{Connection, DatabaseError, Row, Transaction};
use crate::platform::{Acting, Error};
use crate::training::model::{Act, NewSession, Session, SessionState, Somebody, Taught};
use crate::{bind, statements};
use jiff::Timestamp;

statements! {
    ADD = "insert into training_session (id, election_id, programme_id, version, plan, area_id, level, state, starts_at, ends_at)
        values ($1, $2, $3, 1, 1, $4, $5, 'planned', $6, $7) on conflict (id) do nothing";
    STEP = "update training_session set version = version + 1 where id = $1 and version = $2";
    // The session's row is touched, so that nothing is marked, keyed or decided while it is being closed.
    HOLD = "update training_session set version = version where id = $1";
    POINT = "update training_session set plan = $2, area_id = $3, state = $4, starts_at = $5, ends_at = $6, present = $7, present_paper = $8
        where id = $1";
    ADD_VERSION = "insert into training_session_version (session_id, version, act, state, plan, area_id, place_kk, place_ru, place_en, station_id,
            latitude_microdeg, longitude_microdeg, starts_at, ends_at, seats, present, present_paper, reason, made_by, office, made_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)";
    ADD_TRAINER = "insert into training_session_trainer (session_id, version, place, person_id) values ($1, $2, $3, $4)";
    ADD_MODULE = "insert into training_session_module (session_id, version, place, module_id, module_version) values ($1, $2, $3, $4, $5)";
    BY_ID = "select s.id, s.election_id, s.programme_id, s.level, v.version, v.plan, v.act, v.state, v.area_id, v.place_kk, v.place_ru, v.place_en,
            v.station_id, v.latitude_microdeg, v.longitude_microdeg, v.starts_at, v.ends_at, v.seats, v.present, v.present_paper, v.reason, v.office, v.made_at
        from training_session s join training_session_version v on v.session_id = s.id and v.version = s.version where s.id = $1";
    // As it was before a moment.
    BEFORE = "select s.id, s.election_id, s.programme_id, s.level, v.version, v.plan, v.act, v.state, v.area_id, v.place_kk, v.place_ru, v.place_en,
            v.station_id, v.latitude_microdeg, v.longitude_microdeg, v.starts_at, v.ends_at, v.seats, v.present, v.present_paper, v.reason, v.office, v.made_at
        from training_session s join training_session_version v on v.session_id = s.id and v.version =
            (select max(x.version) from training_session_version x where x.session_id = s.id and x.made_at < $2)
        where s.id = $1";
    VERSIONS = "select s.id, s.election_id, s.programme_id, s.level, v.version, v.plan, v.act, v.state, v.area_id, v.place_kk, v.place_ru, v.place_en,
            v.station_id, v.latitude_microdeg, v.longitude_microdeg, v.starts_at, v.ends_at, v.seats, v.present, v.present_paper, v.reason, v.office, v.made_at
        from training_session s join training_session_version v on v.session_id = s.id where s.id = $1 order by v.version";
    // Sessions of an area and below it, those to come first.
    UNDER = "select s.id, s.election_id, s.programme_id, s.level, v.version, v.plan, v.act, v.state, v.area_id, v.place_kk, v.place_ru, v.place_en,
            v.station_id, v.latitude_microdeg, v.longitude_microdeg, v.starts_at, v.ends_at, v.seats, v.present, v.present_paper, v.reason, v.office, v.made_at
        from area_path p join training_session s on s.area_id = p.area_id
            join training_session_version v on v.session_id = s.id and v.version = s.version
        where p.ancestor_id = $1 and s.state = $2 order by s.starts_at desc, s.id limit $3 offset $4";
    COUNT_UNDER = "select s.state, count(*) as n from area_path p join training_session s on s.area_id = p.area_id
        where p.ancestor_id = $1 group by s.state";
    TRAINERS = "select p.id, p.name_kk, p.name_ru, p.name_en from training_session_trainer t join person p on p.id = t.person_id
        where t.session_id = $1 and t.version = $2 order by t.place";
    MODULES = "select m.id, m.key, m.version as newest, t.module_version, v.title_kk, v.title_ru, v.title_en, v.minutes
        from training_session_module t join training_module m on m.id = t.module_id
            join training_module_version v on v.module_id = t.module_id and v.version = t.module_version
        where t.session_id = $1 and t.version = $2 order by t.place";
    // Other sessions that a person trains and that meet a time.
    BUSY = "select s.id, s.starts_at, s.ends_at from training_session_trainer t
            join training_session s on s.id = t.session_id and s.plan = t.version
        where t.person_id = $1 and s.id <> $2 and s.state <> 'cancelled' and s.starts_at < $4 and s.ends_at > $3
        order by s.starts_at limit 1";
    // Modules that a person was taught in sessions above a level, and passed after the same session; a programme without
    // a test is passed when all of it was taught, in however many sessions.
    PASSED_ABOVE = "select distinct t.module_id, t.level from training_taught t
            join training_passed p on p.person_id = t.person_id and p.programme_id = $2 and p.election_id = $3 and p.ended_at is null
                and (p.session_id = t.session_id or (p.level < $4 and exists (select 1 from training_programme r
                    join training_programme_version v on v.programme_id = r.id and v.version = r.version
                    where r.id = p.programme_id and not v.tested)))
            join training_session s on s.id = t.session_id and s.election_id = p.election_id
            join training_module m on m.id = t.module_id and m.programme_id = p.programme_id
        where t.person_id = $1 and t.level < $4 order by t.module_id, t.level";
    SITS_IN = "select m.id from commission_member m join commission c on c.id = m.commission_id
        where m.person_id = $1 and c.area_id = $2 and c.level = $3 and c.term_from <= $4 and c.term_until >= $4
            and m.valid_from <= $4 and (m.valid_until is null or m.valid_until >= $4) limit 1";
    // Who may train at the first level: the commission itself.
    OF_COMMISSION = "select p.id, p.name_kk, p.name_ru, p.name_en from commission c join commission_member m on m.commission_id = c.id
            join person p on p.id = m.person_id
        where c.area_id = $1 and c.level = $2 and c.term_from <= $3 and c.term_until >= $3
            and m.valid_from <= $3 and (m.valid_until is null or m.valid_until >= $3)
        order by p.name_kk, p.id limit 60";
    // Who passed a programme above a level and sits in a commission of this area or above it.
    PASSED_AROUND = "select distinct p.id, p.name_kk, p.name_ru, p.name_en from training_passed t join person p on p.id = t.person_id
            join commission_member m on m.person_id = p.id and m.valid_from <= $5 and (m.valid_until is null or m.valid_until >= $5)
            join commission c on c.id = m.commission_id and c.term_from <= $5 and c.term_until >= $5
            join area_path a on a.ancestor_id = c.area_id and a.area_id = $1
        where t.programme_id = $2 and t.election_id = $3 and t.level < $4 and t.ended_at is null
        order by p.name_kk, p.id limit 200";
}

fn session_of(row: &Row) -> Result<Session, DatabaseError> {
    let (act, state) = (row.text("act")?, row.text("state")?);
    let north = row.opt_int("latitude_microdeg")?;
    let east = row.opt_int("longitude_microdeg")?;
    Ok(Session {
        version: row.count("version")?,
        plan: row.count("plan")?,
        act: Act::parse(&act).ok_or_else(|| DatabaseError::unknown("act", &act))?,
        state: SessionState::parse(&state)
            .ok_or_else(|| DatabaseError::unknown("state", &state))?,
        says: NewSession {
            id: row.text("id")?,
            election_id: row.text("election_id")?,
            programme_id: row.text("programme_id")?,
            area_id: row.text("area_id")?,
            level: row.count("level")?,
            place: row.names("place")?,
            station_id: row.opt_text("station_id")?,
            coordinates: north.zip(east),
            starts_at: row.instant("starts_at")?,
            ends_at: row.instant("ends_at")?,
            seats: row.count("seats")?,
            modules: Vec::new(),
            trainers: Vec::new(),
        },
        present: row.opt_count("present")?,
        on_paper: row.opt_count("present_paper")?,
        reason: row.text("reason")?,
        office: row.text("office")?,
        made_at: row.instant("made_at")?,
    })
}

pub(super) fn sessions_of(rows: &[Row]) -> Result<Vec<Session>, Error> {
    Ok(rows.iter().map(session_of).collect::<Result<_, _>>()?)
}

pub(super) fn somebody(row: &Row) -> Result<Somebody, DatabaseError> {
    Ok(Somebody {
        id: row.text("id")?,
        names: row.names("name")?,
    })
}

fn people(rows: &[Row]) -> Result<Vec<Somebody>, Error> {
    Ok(rows.iter().map(somebody).collect::<Result<_, _>>()?)
}

pub(in crate::training) async fn by_id(
    connection: &mut Connection,
    id: &str,
) -> Result<Session, Error> {
    let row = connection.first(BY_ID, bind![id]).await?;
    Ok(session_of(&row.ok_or(Error::NotFound)?)?)
}

pub(in crate::training) async fn before(
    connection: &mut Connection,
    id: &str,
    moment: Timestamp,
) -> Result<Session, Error> {
    let row = connection.first(BEFORE, bind![id, moment]).await?;
    Ok(session_of(&row.ok_or(Error::NotFound)?)?)
}

/// Every version, the first first.
pub(in crate::training) async fn versions(
    connection: &mut Connection,
    id: &str,
) -> Result<Vec<Session>, Error> {
    sessions_of(&connection.all(VERSIONS, bind![id]).await?)
}

/// Sessions of a state in an area and below it, the latest first.
pub(in crate::training) async fn under(
    connection: &mut Connection,
    (area_id, state): (&str, SessionState),
    (limit, offset): (i64, i64),
) -> Result<Vec<Session>, Error> {
    let values = bind![area_id, state.as_str(), limit, offset];
    sessions_of(&connection.all(UNDER, values).await?)
}

/// How many sessions of a state an area has, with what lies below it.
pub(in crate::training) async fn count_under(
    connection: &mut Connection,
    area_id: &str,
    state: SessionState,
) -> Result<u64, Error> {
    for row in connection.all(COUNT_UNDER, bind![area_id]).await? {
        if row.text("state")? == state.as_str() {
            return Ok(row.count("n")?);
        }
    }
    Ok(0)
}

pub(in crate::training) async fn trainers(
    connection: &mut Connection,
    id: &str,
    plan: u64,
) -> Result<Vec<Somebody>, Error> {
    people(&connection.all(TRAINERS, bind![id, int(plan)?]).await?)
}

pub(in crate::training) async fn modules(
    connection: &mut Connection,
    id: &str,
    plan: u64,
) -> Result<Vec<Taught>, Error> {
    let mut found = Vec::new();
    for row in connection.all(MODULES, bind![id, int(plan)?]).await? {
        found.push(Taught {
            module_id: row.text("id")?,
            key: row.text("key")?,
            version: row.count("module_version")?,
            newest: row.count("newest")?,
            title: row.names("title")?,
            minutes: row.count("minutes")?,
        });
    }
    Ok(found)
}

/// When a person trains elsewhere between two moments.
pub(in crate::training) async fn busy(
    tx: &mut Transaction,
    (person_id, session_id): (&str, &str),
    (from, until): (Timestamp, Timestamp),
) -> Result<Option<Timestamp>, Error> {
    let values = bind![person_id, session_id, from, until];
    let row = tx.first(BUSY, values).await?;
    Ok(row.map(|row| row.instant("starts_at")).transpose()?)
}

/// Modules that a person passed above a level: module and level.
pub(in crate::training) async fn passed_above(
    connection: &mut Connection,
    person_id: &str,
    (programme_id, election_id): (&str, &str),
    level: u64,
) -> Result<std::collections::BTreeSet<(String, u64)>, Error> {
    let values = bind![person_id, programme_id, election_id, int(level)?];
    let rows = connection.all(PASSED_ABOVE, values).await?;
    let pairs = rows
        .iter()
        .map(|row| Ok::<_, DatabaseError>((row.text("module_id")?, row.count("level")?)));
    Ok(pairs.collect::<Result<_, _>>()?)
}

/// Whether a person sits in the commission of an area on a day.
pub(in crate::training) async fn sits_in(
    connection: &mut Connection,
    person_id: &str,
    (area_id, level): (&str, &str),
    day: jiff::civil::Date,
) -> Result<bool, Error> {
    let values = bind![person_id, area_id, level, day];
    Ok(connection.first(SITS_IN, values).await?.is_some())
}

/// Who might train: members of the commission, or whoever passed above.
pub(in crate::training) async fn might_train(
    connection: &mut Connection,
    new: &NewSession,
    commission: Option<&str>,
    day: jiff::civil::Date,
) -> Result<Vec<Somebody>, Error> {
    let rows = match commission {
        Some(level) => {
            let values = bind![&new.area_id, level, day];
            connection.all(OF_COMMISSION, values).await?
        }
        None => {
            let values = bind![
                &new.area_id,
                &new.programme_id,
                &new.election_id,
                int(new.level)?,
                day
            ];
            connection.all(PASSED_AROUND, values).await?
        }
    };
    people(&rows)
}

/// False when this id is on record.
pub(in crate::training) async fn add(
    tx: &mut Transaction,
    new: &NewSession,
) -> Result<bool, Error> {
    let values = bind![
        &new.id,
        &new.election_id,
        &new.programme_id,
        &new.area_id,
        int(new.level)?,
        new.starts_at,
        new.ends_at
    ];
    Ok(tx.execute(ADD, values).await? > 0)
}

/// Holds a session to the end of the transaction; false where there is none.
pub(in crate::training) async fn hold(tx: &mut Transaction, id: &str) -> Result<bool, Error> {
    Ok(tx.execute(HOLD, bind![id]).await? > 0)
}

/// The next act on a session; false when somebody else was faster.
pub(in crate::training) async fn step(
    tx: &mut Transaction,
    id: &str,
    seen: u64,
) -> Result<bool, Error> {
    Ok(tx.execute(STEP, bind![id, int(seen)?]).await? > 0)
}

/// A version of a session; the row above follows it.
pub(in crate::training) async fn add_version(
    tx: &mut Transaction,
    acting: &Acting,
    one: &Session,
) -> Result<(), Error> {
    let says = &one.says;
    let present = one.present.map(int).transpose()?;
    let values = bind![
        &says.id,
        int(one.version)?,
        one.act.as_str(),
        one.state.as_str(),
        int(one.plan)?,
        &says.area_id,
        &says.place.kk,
        &says.place.ru,
        &says.place.en,
        says.station_id.clone(),
        says.coordinates.map(|c| c.0),
        says.coordinates.map(|c| c.1),
        says.starts_at,
        says.ends_at,
        int(says.seats)?,
        present,
        one.on_paper.map(int).transpose()?,
        &one.reason,
        acting.person(),
        acting.actor().office(),
        acting.now()
    ];
    tx.execute(ADD_VERSION, values).await?;
    point(tx, one).await
}

/// The row above says what the newest version says.
pub(in crate::training) async fn point(tx: &mut Transaction, one: &Session) -> Result<(), Error> {
    let says = &one.says;
    let values = bind![
        &says.id,
        int(one.plan)?,
        &says.area_id,
        one.state.as_str(),
        says.starts_at,
        says.ends_at,
        one.present.map(int).transpose()?,
        one.on_paper.map(int).transpose()?
    ];
    tx.execute(POINT, values).await?;
    Ok(())
}

/// Trainers and texts of a plan.
pub(in crate::training) async fn add_plan(
    tx: &mut Transaction,
    (id, version): (&str, u64),
    trainers: &[String],
    texts: &[(String, u64)],
) -> Result<(), Error> {
    for (person, place) in trainers.iter().zip(1_i64..) {
        tx.execute(ADD_TRAINER, bind![id, int(version)?, place, person])
            .await?;
    }
    for ((module, text), place) in texts.iter().zip(1_i64..) {
        let values = bind![id, int(version)?, place, module, int(*text)?];
        tx.execute(ADD_MODULE, values).await?;
    }
    Ok(())
}

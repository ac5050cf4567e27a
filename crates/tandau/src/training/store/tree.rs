//! The SQL of the cascade: which session came of which, and who stands on a person's way to the centre.

use super::int;
use crate::platform::database::{Connection, DatabaseError};
use crate::platform::{Error, Names};
use crate::training::model::{Session, SessionState, Somebody};
use crate::{bind, statements};
use jiff::Timestamp;

statements! {
    // Sessions of a programme at or under an area, and those above from which they came are asked for by id.
    NODES = "select s.id, s.level, s.state, s.starts_at, s.present, n.name_kk, n.name_ru, n.name_en,
            (select count(*) from training_trainee t where t.session_id = s.id and t.state = 'invited') as invited
        from area_path p join training_session s on s.area_id = p.area_id
            join area_name n on n.area_id = s.area_id and n.valid_until is null
        where p.ancestor_id = $1 and s.election_id = $2 and s.programme_id = $3 and s.state <> 'cancelled'
        order by s.level, s.starts_at, s.id limit 4000";
    NODE = "select s.id, s.level, s.state, s.starts_at, s.present, n.name_kk, n.name_ru, n.name_en,
            (select count(*) from training_trainee t where t.session_id = s.id and t.state = 'invited') as invited
        from training_session s join area_name n on n.area_id = s.area_id and n.valid_until is null where s.id = $1";
    // Who trains at a session at or under an area, and the session above at which they were taught.
    EDGES = "select distinct s.id as child, up.id as parent, tr.place, w.id, w.name_kk, w.name_ru, w.name_en
        from area_path p join training_session s on s.area_id = p.area_id
            join training_session_trainer tr on tr.session_id = s.id and tr.version = s.plan
            join person w on w.id = tr.person_id
            left join training_taught x on x.person_id = tr.person_id and x.level < s.level
                and x.module_id in (select m.id from training_module m where m.programme_id = s.programme_id)
            left join training_session up on up.id = x.session_id and up.election_id = s.election_id
        where p.ancestor_id = $1 and s.election_id = $2 and s.programme_id = $3 and s.state <> 'cancelled'
        order by s.id, tr.place, up.id";
    // Held sessions at which a person was taught a programme, above a level.
    TAUGHT_AT = "select s.id, s.level from training_session s
        where s.programme_id = $2 and s.election_id = $3 and s.level < $4 and s.id in (select t.session_id from training_taught t where t.person_id = $1)
        order by s.level desc, s.starts_at desc limit 20";
    // Programmes and elections in which a person was taught, invited or trains.
    PROGRAMMES_OF = "select distinct s.programme_id, s.election_id from training_session s
        where s.state <> 'cancelled' and (s.id in (select t.session_id from training_trainee t where t.person_id = $1 and t.state = 'invited')
            or s.id in (select t.session_id from training_taught t where t.person_id = $1)
            or s.id in (select r.session_id from training_session_trainer r where r.person_id = $1))
        order by s.programme_id, s.election_id limit 50";
    // Sessions of a programme that concern a person, with what they are there.
    SESSIONS_OF = "select s.id, s.election_id, s.programme_id, s.level, v.version, v.plan, v.act, v.state, v.area_id, v.place_kk, v.place_ru, v.place_en,
            v.station_id, v.latitude_microdeg, v.longitude_microdeg, v.starts_at, v.ends_at, v.seats, v.present, v.present_paper, v.reason, v.office, v.made_at
        from training_session s join training_session_version v on v.session_id = s.id and v.version = s.version
        where s.programme_id = $2 and s.election_id = $3 and (s.id in (select t.session_id from training_trainee t where t.person_id = $1 and t.state = 'invited')
            or s.id in (select t.session_id from training_taught t where t.person_id = $1)
            or s.id in (select r.session_id from training_session_trainer r where r.person_id = $1 and r.version = s.plan))
        order by s.starts_at, s.id limit 50";
    TAUGHT_TO = "select m.id, m.key, m.version as newest, t.module_version, v.title_kk, v.title_ru, v.title_en, t.session_id, t.taught_at
        from training_taught t join training_module m on m.id = t.module_id
            join training_module_version v on v.module_id = t.module_id and v.version = t.module_version
        where t.person_id = $1 and m.programme_id = $2 order by m.place, t.taught_at limit 200";
    PASSED = "select passed_at from training_passed where person_id = $1 and programme_id = $2 and election_id = $3 and ended_at is null
        order by passed_at limit 1";
}

/// A session as the tree draws it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Id.
    pub id: String,
    /// Level of the cascade.
    pub level: u64,
    /// Where it is.
    pub state: SessionState,
    /// Begins.
    pub starts_at: Timestamp,
    /// The area of the commission that holds it.
    pub area: Names,
    /// People invited.
    pub invited: u64,
    /// People who were there.
    pub present: Option<u64>,
}

/// A trainer of a session, and where they were taught.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The session that they train.
    pub child: String,
    /// The session above at which they were taught; none for the commission's own.
    pub parent: Option<String>,
    /// The trainer.
    pub trainer: Somebody,
}

fn node_of(row: &crate::platform::database::Row) -> Result<Node, DatabaseError> {
    let state = row.text("state")?;
    Ok(Node {
        id: row.text("id")?,
        level: row.count("level")?,
        state: SessionState::parse(&state)
            .ok_or_else(|| DatabaseError::unknown("state", &state))?,
        starts_at: row.instant("starts_at")?,
        area: row.names("name")?,
        invited: row.count("invited")?,
        present: row.opt_count("present")?,
    })
}

pub(in crate::training) async fn nodes(
    connection: &mut Connection,
    area_id: &str,
    (election_id, programme_id): (&str, &str),
) -> Result<Vec<Node>, Error> {
    let values = bind![area_id, election_id, programme_id];
    let rows = connection.all(NODES, values).await?;
    Ok(rows.iter().map(node_of).collect::<Result<_, _>>()?)
}

pub(in crate::training) async fn node(
    connection: &mut Connection,
    id: &str,
) -> Result<Node, Error> {
    let row = connection.first(NODE, bind![id]).await?;
    Ok(node_of(&row.ok_or(Error::NotFound)?)?)
}

pub(in crate::training) async fn edges(
    connection: &mut Connection,
    area_id: &str,
    (election_id, programme_id): (&str, &str),
) -> Result<Vec<Edge>, Error> {
    let values = bind![area_id, election_id, programme_id];
    let mut found = Vec::new();
    for row in connection.all(EDGES, values).await? {
        found.push(Edge {
            child: row.text("child")?,
            parent: row.opt_text("parent")?,
            trainer: super::sessions::somebody(&row)?,
        });
    }
    Ok(found)
}

/// Held sessions above a level at which a person was taught, the nearest first.
pub(in crate::training) async fn taught_at(
    connection: &mut Connection,
    person_id: &str,
    (programme_id, election_id): (&str, &str),
    level: u64,
) -> Result<Vec<String>, Error> {
    let values = bind![person_id, programme_id, election_id, int(level)?];
    let rows = connection.all(TAUGHT_AT, values).await?;
    Ok(rows
        .iter()
        .map(|row| row.text("id"))
        .collect::<Result<_, _>>()?)
}

/// Programmes and elections in which a person was taught, is invited or trains.
pub(in crate::training) async fn programmes_of(
    connection: &mut Connection,
    person_id: &str,
) -> Result<Vec<(String, String)>, Error> {
    let rows = connection.all(PROGRAMMES_OF, bind![person_id]).await?;
    let pairs = rows
        .iter()
        .map(|row| Ok::<_, DatabaseError>((row.text("programme_id")?, row.text("election_id")?)));
    Ok(pairs.collect::<Result<_, _>>()?)
}

/// Sessions of a programme at which a person is a trainee or a trainer.
pub(in crate::training) async fn sessions_of(
    connection: &mut Connection,
    person_id: &str,
    (programme_id, election_id): (&str, &str),
) -> Result<Vec<Session>, Error> {
    let values = bind![person_id, programme_id, election_id];
    super::sessions::sessions_of(&connection.all(SESSIONS_OF, values).await?)
}

/// A text that a person was taught.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Learned {
    /// The module.
    pub module_id: String,
    /// Its key.
    pub key: String,
    /// What the text called it.
    pub title: Names,
    /// Which text.
    pub version: u64,
    /// The newest text there is.
    pub newest: u64,
    /// Where.
    pub session_id: String,
    /// When.
    pub at: Timestamp,
}

pub(in crate::training) async fn learned(
    connection: &mut Connection,
    person_id: &str,
    programme_id: &str,
) -> Result<Vec<Learned>, Error> {
    let mut found = Vec::new();
    for row in connection
        .all(TAUGHT_TO, bind![person_id, programme_id])
        .await?
    {
        found.push(Learned {
            module_id: row.text("id")?,
            key: row.text("key")?,
            title: row.names("title")?,
            version: row.count("module_version")?,
            newest: row.count("newest")?,
            session_id: row.text("session_id")?,
            at: row.instant("taught_at")?,
        });
    }
    Ok(found)
}

/// Since when a person counts as passed.
pub(in crate::training) async fn passed(
    connection: &mut Connection,
    person_id: &str,
    (programme_id, election_id): (&str, &str),
) -> Result<Option<Timestamp>, Error> {
    let values = bind![person_id, programme_id, election_id];
    let row = connection.first(PASSED, values).await?;
    Ok(row.map(|row| row.instant("passed_at")).transpose()?)
}

//! What training knows, for pages and other rooms.

use super::model::{
    Module, NewSession, Programme, Session, SessionState, Somebody, Taught, Trainee,
};
pub use super::store::read::{Outdated, Sum};
pub use super::store::tree::{Edge, Learned, Node};
use super::store::{self, people, read, sessions, tree};
use crate::platform::database::Connection;
use crate::platform::{Acting, App, Error, Names};
use jiff::Timestamp;
use jiff::civil::Date;

/// A programme.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn programme(connection: &mut Connection, id: &str) -> Result<Programme, Error> {
    store::programme(connection, id).await
}

/// All programmes by their keys.
///
/// # Errors
/// What the database reports.
pub async fn programmes(connection: &mut Connection) -> Result<Vec<Programme>, Error> {
    store::programmes(connection).await
}

/// The newest text of a module with its materials.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn module(connection: &mut Connection, id: &str) -> Result<Module, Error> {
    store::module(connection, id).await
}

/// The newest texts of a programme's modules in their order, without materials.
///
/// # Errors
/// What the database reports.
pub async fn modules(
    connection: &mut Connection,
    programme_id: &str,
) -> Result<Vec<Module>, Error> {
    store::modules(connection, programme_id).await
}

/// Every text of a module with its materials, the newest first.
///
/// # Errors
/// What the database reports.
pub async fn module_versions(connection: &mut Connection, id: &str) -> Result<Vec<Module>, Error> {
    let mut found = store::module_versions(connection, id).await?;
    for module in &mut found {
        module.says.materials = store::materials(connection, id, module.version).await?;
    }
    Ok(found)
}

/// Whether a file is a material of some text.
///
/// # Errors
/// What the database reports.
pub async fn is_material(connection: &mut Connection, file: &str) -> Result<bool, Error> {
    store::is_material(connection, file).await
}

/// Whether a file is a material of a session that a person was invited to, trains, was taught in, or whose commission they sit in.
///
/// # Errors
/// What the database reports.
pub async fn may_read(
    connection: &mut Connection,
    file: &str,
    who: (&str, Date),
) -> Result<bool, Error> {
    read::may_read(connection, file, who).await
}

/// A session as it stands.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn session(connection: &mut Connection, id: &str) -> Result<Session, Error> {
    sessions::by_id(connection, id).await
}

/// A session as it was before a moment.
///
/// # Errors
/// [`Error::NotFound`] where it was not planned by then.
pub async fn session_before(
    connection: &mut Connection,
    id: &str,
    moment: Timestamp,
) -> Result<Session, Error> {
    sessions::before(connection, id, moment).await
}

/// Every version of a session, the first first.
///
/// # Errors
/// What the database reports.
pub async fn versions(connection: &mut Connection, id: &str) -> Result<Vec<Session>, Error> {
    sessions::versions(connection, id).await
}

/// Sessions of a state in an area and below it, the latest first.
///
/// # Errors
/// What the database reports.
pub async fn under(
    connection: &mut Connection,
    of: (&str, SessionState),
    (limit, offset): (i64, i64),
) -> Result<Vec<Session>, Error> {
    sessions::under(connection, of, (limit, offset)).await
}

/// How many sessions of a state an area has, with what lies below it.
///
/// # Errors
/// What the database reports.
pub async fn count_under(
    connection: &mut Connection,
    (area_id, state): (&str, SessionState),
) -> Result<u64, Error> {
    sessions::count_under(connection, area_id, state).await
}

/// Trainers of a session.
///
/// # Errors
/// What the database reports.
pub async fn trainers(
    connection: &mut Connection,
    session: &Session,
) -> Result<Vec<Somebody>, Error> {
    sessions::trainers(connection, &session.says.id, session.plan).await
}

/// Modules of a session in their order, each with the text planned or taught.
///
/// # Errors
/// What the database reports.
pub async fn texts(connection: &mut Connection, session: &Session) -> Result<Vec<Taught>, Error> {
    sessions::modules(connection, &session.says.id, session.plan).await
}

/// Everybody who is or was invited.
///
/// # Errors
/// What the database reports.
pub async fn trainees(connection: &mut Connection, id: &str) -> Result<Vec<Trainee>, Error> {
    people::trainees(connection, id).await
}

/// Who might train such a session: the commission itself at the first level, else whoever passed the programme above.
///
/// # Errors
/// What the database reports.
pub async fn might_train(
    connection: &mut Connection,
    app: &App,
    new: &NewSession,
    day: Date,
) -> Result<Vec<Somebody>, Error> {
    let programme = store::programme(connection, &new.programme_id).await?;
    let level = app.rules.training().cascade.level(new.level);
    let commission = level
        .filter(|_| new.level <= programme.says.level_from)
        .map(|level| level.commission.as_str());
    sessions::might_train(connection, new, commission, day).await
}

/// People who might be invited and whose name has every word.
///
/// # Errors
/// What the database reports.
pub async fn might_come(
    connection: &mut Connection,
    acting: &Acting,
    session: &Session,
    words: &str,
) -> Result<Vec<Somebody>, Error> {
    match super::actions::seats_of(connection, acting, session).await? {
        Some(seats) => people::named(connection, &session.says.area_id, &seats, words).await,
        None => {
            let found = crate::people::queries::search(connection, words, 30).await?;
            let known = found.into_iter().map(|p| Somebody {
                id: p.id,
                names: p.names,
            });
            Ok(known.collect())
        }
    }
}

/// Sessions that had been held by a moment in an area, the latest first.
///
/// # Errors
/// What the database reports.
pub async fn held_by(
    connection: &mut Connection,
    of: (&str, Timestamp),
    page: (i64, i64),
) -> Result<Vec<Session>, Error> {
    read::held_by(connection, of, page).await
}

/// Sums of sessions held by a moment in an area, level by level. Sessions of fewer people than are ever published add
/// nothing to the sum of people.
///
/// # Errors
/// What the database reports.
pub async fn sums_by(
    connection: &mut Connection,
    app: &App,
    of: (&str, Timestamp),
) -> Result<Vec<Sum>, Error> {
    read::sums_by(connection, of, app.rules.smallest_group()).await
}

/// How many sessions were planned at a moment in an area and had not been held.
///
/// # Errors
/// What the database reports.
pub async fn planned_by(
    connection: &mut Connection,
    (area_id, moment): (&str, Timestamp),
) -> Result<u64, Error> {
    read::planned_by(connection, area_id, moment).await
}

/// Regions that had held a session by a moment: code and names.
///
/// # Errors
/// What the database reports.
pub async fn regions(
    connection: &mut Connection,
    moment: Timestamp,
) -> Result<Vec<(String, Names)>, Error> {
    read::regions(connection, moment).await
}

/// The number of people at a session as it may be published; none where it is too small to say.
#[must_use]
pub fn published(app: &App, session: &Session) -> Option<u64> {
    session.present.filter(|n| *n >= app.rules.smallest_group())
}

/// People with whom an area has to do and who were last taught an older text of a module than the newest, at most `limit`.
///
/// # Errors
/// What the database reports.
pub async fn outdated(
    connection: &mut Connection,
    of: (&str, &str),
    limit: i64,
) -> Result<Vec<Outdated>, Error> {
    read::outdated(connection, of, limit).await
}

/// How many people of an area were last taught which older text: version and people.
///
/// # Errors
/// What the database reports.
pub async fn count_outdated(
    connection: &mut Connection,
    (module_id, area_id): (&str, &str),
) -> Result<Vec<(u64, u64)>, Error> {
    read::count_outdated(connection, module_id, area_id).await
}

/// The cascade of a programme at and below an area, with the sessions above from which it came.
///
/// # Errors
/// What the database reports.
pub async fn cascade(
    connection: &mut Connection,
    area_id: &str,
    of: (&str, &str),
) -> Result<(Vec<Node>, Vec<Edge>), Error> {
    let mut nodes = tree::nodes(connection, area_id, of).await?;
    let edges = tree::edges(connection, area_id, of).await?;
    let known: std::collections::HashSet<String> = nodes.iter().map(|n| n.id.clone()).collect();
    let mut above: Vec<String> = edges.iter().filter_map(|e| e.parent.clone()).collect();
    above.sort_unstable();
    above.dedup();
    for id in above {
        if !known.contains(&id) {
            nodes.push(tree::node(connection, &id).await?);
        }
    }
    nodes.sort_by(|a, b| (a.level, a.starts_at, &a.id).cmp(&(b.level, b.starts_at, &b.id)));
    Ok((nodes, edges))
}

/// A step of a person's way to the centre: a session at which they, or their trainer, were taught, and who trained there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The session.
    pub session: Session,
    /// Its trainers.
    pub trainers: Vec<Somebody>,
}

/// A person's way to the centre, from the centre down.
///
/// # Errors
/// What the database reports.
pub async fn line(
    connection: &mut Connection,
    person_id: &str,
    of: (&str, &str),
) -> Result<Vec<Step>, Error> {
    let mut way = Vec::new();
    let mut people = vec![person_id.to_owned()];
    let mut level = u64::from(u32::MAX);
    while level > 0 {
        let mut found = None;
        for person in &people {
            if let Some(id) = tree::taught_at(connection, person, of, level)
                .await?
                .into_iter()
                .next()
            {
                found = Some(id);
                break;
            }
        }
        let Some(id) = found else { break };
        let session = sessions::by_id(connection, &id).await?;
        let trainers = sessions::trainers(connection, &id, session.plan).await?;
        level = session.says.level;
        people = trainers.iter().map(|t| t.id.clone()).collect();
        way.push(Step { session, trainers });
    }
    way.reverse();
    Ok(way)
}

/// What a programme is to a person in an election.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    /// The programme.
    pub programme: Programme,
    /// The election.
    pub election_id: String,
    /// Sessions at which they are trainee or trainer.
    pub sessions: Vec<Session>,
    /// Texts that they were taught.
    pub learned: Vec<Learned>,
    /// Since when they have passed.
    pub passed: Option<Timestamp>,
    /// Their way to the centre.
    pub line: Vec<Step>,
}

/// Everything about a person's own training.
///
/// # Errors
/// What the database reports.
pub async fn own(connection: &mut Connection, person_id: &str) -> Result<Vec<Own>, Error> {
    let mut found = Vec::new();
    for (programme_id, election_id) in tree::programmes_of(connection, person_id).await? {
        let of = (programme_id.as_str(), election_id.as_str());
        found.push(Own {
            programme: store::programme(connection, &programme_id).await?,
            sessions: tree::sessions_of(connection, person_id, of).await?,
            learned: tree::learned(connection, person_id, &programme_id).await?,
            passed: tree::passed(connection, person_id, of).await?,
            line: line(connection, person_id, of).await?,
            election_id,
        });
    }
    Ok(found)
}

//! Sessions for programs: what everybody may see of them, as of a moment.

use super::model::{Session, SessionState};
use super::queries;
use crate::platform::areas::Area;
use crate::platform::database::Connection;
use crate::platform::{App, Error, areas};
use crate::results::export::{Localised, instant_text};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use utoipa::ToSchema;

/// Sessions that were held, the latest first.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SessionList {
    /// Sessions.
    pub sessions: Vec<SessionInfo>,
}

/// A session that was held.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SessionInfo {
    /// Id.
    pub id: String,
    /// Id of the election that it prepares.
    pub election: String,
    /// Key of the programme: `voting_day`.
    pub programme: String,
    /// Level of the cascade: 0 centre, 1 region, 2 district, 3 polling station.
    pub level: u64,
    /// Code of the area of the commission that held it.
    pub area: String,
    /// Its name.
    pub area_name: Localised,
    /// Place.
    pub place: Localised,
    /// Began, with the offset of the area.
    pub starts_at: String,
    /// Ended.
    pub ends_at: String,
    /// People who were there, each once; null where they are too few to be published.
    pub present: Option<u64>,
}

/// A session with what was taught.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SessionDocument {
    /// The session.
    pub session: SessionInfo,
    /// The moment that this is as of, with offset.
    pub as_of: String,
    /// Title of the programme.
    pub title: Localised,
    /// Modules, each with the text that was taught.
    pub modules: Vec<ModuleInfo>,
}

/// A module as it was taught.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ModuleInfo {
    /// Key: `M1`.
    pub key: String,
    /// What it is called.
    pub title: Localised,
    /// Number of the text.
    pub version: u64,
    /// Minutes.
    pub minutes: u64,
}

fn info(app: &App, session: &Session, key: &str, area: &Area) -> Result<SessionInfo, Error> {
    let says = &session.says;
    let zone = area.time_zone()?;
    Ok(SessionInfo {
        id: says.id.clone(),
        election: says.election_id.clone(),
        programme: key.to_owned(),
        level: says.level,
        area_name: (&area.names).into(),
        area: area.code.clone(),
        place: (&says.place).into(),
        starts_at: instant_text(says.starts_at, &zone),
        ends_at: instant_text(says.ends_at, &zone),
        present: queries::published(app, session),
    })
}

/// Sessions held by a moment in an area.
///
/// # Errors
/// What the database reports.
pub async fn sessions(
    connection: &mut Connection,
    app: &App,
    of: (&str, Timestamp),
    page: (i64, i64),
) -> Result<Vec<SessionInfo>, Error> {
    let programmes = queries::programmes(connection).await?;
    let keys: HashMap<String, String> = programmes
        .into_iter()
        .map(|p| (p.says.id, p.says.key))
        .collect();
    // Many sessions are held in few areas.
    let mut seen: HashMap<String, Area> = HashMap::new();
    let mut found = Vec::new();
    for session in queries::held_by(connection, of, page).await? {
        let key = keys
            .get(&session.says.programme_id)
            .map_or("", String::as_str);
        let id = session.says.area_id.as_str();
        let area = match seen.entry(id.to_owned()) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(areas::by_id(connection, id, app.today()).await?),
        };
        found.push(info(app, &session, key, area)?);
    }
    Ok(found)
}

/// A session as it was before a moment.
///
/// # Errors
/// [`Error::NotFound`] where it had not been held by then.
pub async fn document(
    connection: &mut Connection,
    app: &App,
    id: &str,
    before: Timestamp,
) -> Result<SessionDocument, Error> {
    let session = queries::session_before(connection, id, before).await?;
    if session.state != SessionState::Held {
        return Err(Error::NotFound);
    }
    let programme = queries::programme(connection, &session.says.programme_id).await?;
    let texts = queries::texts(connection, &session).await?;
    let area = areas::by_id(connection, &session.says.area_id, app.today()).await?;
    Ok(SessionDocument {
        session: info(app, &session, &programme.says.key, &area)?,
        as_of: instant_text(before, &app.home_zone),
        title: (&programme.says.title).into(),
        modules: texts
            .into_iter()
            .map(|x| ModuleInfo {
                key: x.key,
                title: (&x.title).into(),
                version: x.version,
                minutes: x.minutes,
            })
            .collect(),
    })
}

//! What a note may be about. Areas are known here; other records (a visit) are linked in `lib.rs` through [`Records`].

use super::figures::Found;
use crate::platform::app::Answer;
use crate::platform::areas;
use crate::platform::database::Connection;
use crate::platform::{App, Error, Names, ids};
use electoral::press::Place;
use jiff::Timestamp;
use std::sync::Arc;

/// The kind of notes about an area and its election.
pub const AREA: &str = "area";

/// What a note is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Kind: `area`, `visit`.
    pub kind: String,
    /// Id.
    pub id: String,
    /// The area whose commission speaks of it.
    pub area_id: String,
    /// The election it belongs to; may be empty.
    pub election_id: String,
    /// What it is called.
    pub names: Names,
    /// Its public page; empty for none.
    pub href: String,
}

/// What an event of a subject leads to: figures asked with `event=E01` are asked of these.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Event {
    /// The area it was about.
    pub area_id: Option<String>,
    /// The surveys held there.
    pub surveys: Vec<String>,
    /// The station that was looked at.
    pub station_id: Option<String>,
}

/// Records that a note can be about: a room implements it for its own.
pub trait Records: Send + Sync + std::fmt::Debug {
    /// The kind, as templates name it in `about`.
    fn kind(&self) -> &'static str;

    /// Names of questions that these records answer themselves, for the editor's list.
    fn questions(&self) -> &'static [&'static str];

    /// What has this id; none where nothing public does.
    fn find<'a>(
        &'a self,
        connection: &'a mut Connection,
        id: &'a str,
    ) -> Answer<'a, Option<Subject>>;

    /// What an event leads to; none where there is no such event.
    fn event<'a>(
        &'a self,
        connection: &'a mut Connection,
        id: &'a str,
        event: &'a str,
    ) -> Answer<'a, Option<Event>>;

    /// The answer to a question of one's own as of a moment; none where the records don't hold it. What was put on record wrongly
    /// is answered as it was corrected since.
    fn ask<'a>(
        &'a self,
        connection: &'a mut Connection,
        app: &'a App,
        id: &'a str,
        place: &'a Place,
        before: Timestamp,
    ) -> Answer<'a, Option<Found>>;
}

/// All records that were linked.
#[derive(Clone, Debug, Default)]
pub struct Linked(pub Arc<[Arc<dyn Records>]>);

impl Linked {
    /// What the program linked.
    #[must_use]
    pub fn of(app: &App) -> Self {
        app.links.get::<Self>().cloned().unwrap_or_default()
    }

    /// Records of a kind.
    #[must_use]
    pub fn kind(&self, kind: &str) -> Option<&Arc<dyn Records>> {
        self.0.iter().find(|records| records.kind() == kind)
    }
}

/// What a note is about; an area is looked at as it is called now.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn find(
    connection: &mut Connection,
    app: &App,
    kind: &str,
    id: &str,
    election_id: &str,
) -> Result<Subject, Error> {
    if !ids::is_id(id) {
        return Err(Error::NotFound);
    }
    if kind == AREA {
        let area = areas::by_id(connection, id, app.today()).await?;
        let href = href_of(&area.kind, &area.id, election_id);
        if href.is_empty() {
            return Err(Error::NotFound);
        }
        return Ok(Subject {
            kind: AREA.to_owned(),
            href,
            area_id: area.id.clone(),
            id: area.id,
            election_id: election_id.to_owned(),
            names: area.names,
        });
    }
    let linked = Linked::of(app);
    let records = linked.kind(kind).ok_or(Error::NotFound)?;
    let mut subject = records.find(connection, id).await?.ok_or(Error::NotFound)?;
    if subject.election_id.is_empty() {
        election_id.clone_into(&mut subject.election_id);
    }
    Ok(subject)
}

/// The public page of an area's readiness; empty for areas that have none.
pub(super) fn href_of(kind: &str, area_id: &str, election_id: &str) -> String {
    let page = match kind {
        "country" => "/readiness".to_owned(),
        "region" | "city_of_republican_significance" => format!("/readiness/regions/{area_id}"),
        "district" => format!("/readiness/districts/{area_id}"),
        kind if kind.starts_with("city") => format!("/readiness/districts/{area_id}"),
        _ => return String::new(),
    };
    if election_id.is_empty() {
        page
    } else {
        format!("{page}?election={election_id}")
    }
}

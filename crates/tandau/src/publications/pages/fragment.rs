//! The note about something as a piece of another room's page. That room stands to the left: it declares a trait, and
//! `lib.rs` connects it with [`note_about`].

use crate::platform::database::Connection;
use crate::platform::i18n::instant_long;
use crate::platform::{App, Error, T};
use crate::publications::queries;
use crate::publications::shown::{self, Shown};
use askama::Template;
use jiff::Timestamp;

#[derive(Template)]
#[template(path = "publications/pages/fragment.html")]
struct Fragment {
    t: T,
    id: String,
    when: String,
    withdrawn: bool,
    shown: Shown,
}

/// The newest published note about something (`"visit"`, its id) as it was read before a moment, as HTML without a frame:
/// a heading of the second level, text, sources, the way to its own page. None where nothing had been published.
///
/// # Errors
/// What the database reports.
pub async fn note_about(
    connection: &mut Connection,
    app: &App,
    t: T,
    (kind, id): (&str, &str),
    before: Timestamp,
) -> Result<Option<String>, Error> {
    let Some(note) = queries::about(connection, kind, id).await? else {
        return Ok(None);
    };
    let reading = match queries::reading(connection, &note, before, None).await {
        Err(Error::NotFound) => return Ok(None),
        other => other?,
    };
    let fragment = Fragment {
        t,
        when: t.publications_published_at(
            instant_long(t.lang, reading.revision.published_at, &app.home_zone),
            reading.revision.revision,
        ),
        withdrawn: reading.withdrawn,
        shown: shown::published(app, t, &reading)?,
        id: note,
    };
    Ok(Some(fragment.render().map_err(Error::internal)?))
}

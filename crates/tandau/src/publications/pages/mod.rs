//! Pages of publications: the office writes, publishes and puts on record what was told; everybody reads.

mod desk;
mod edit;
mod files;
mod fragment;
mod list;
mod new;
mod notice;
mod notices;
mod public;
mod show;
mod visit;

pub(crate) use desk::notices_waiting;
pub use fragment::note_about;

use super::model::{Note, State};
use crate::platform::access::Action;
use crate::platform::web::fields::{names, pair, seen, three};
use crate::platform::web::{Crumb, Ctx, Guard, Routes, day};
use crate::platform::{Error, ids};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;

/// Routes of publications.
#[must_use]
pub fn routes() -> Routes {
    let writes = Guard::Power(Action::NoteWrite);
    let publishes = Guard::Power(Action::NotePublish);
    let tells = Guard::Power(Action::NoticeTell);
    Routes::new()
        .get("/visits", Guard::Public, visit::list)
        .get("/visits/{id}", Guard::Public, visit::page)
        .get("/news", Guard::Public, public::list)
        .get("/news.json", Guard::Public, files::list_json)
        .get("/news/{id}", Guard::Public, public::page)
        .get("/notices", Guard::Public, notices::list)
        .get("/notices.csv", Guard::Public, notices::csv)
        .get("/notices.json", Guard::Public, notices::json)
        .get("/notices/{area}", Guard::Public, notices::area)
        .get("/notices/papers/{file}", Guard::Public, notices::paper)
        .get("/office/notes", writes, list::page)
        .get("/office/notes/new", writes, new::page)
        .post("/office/notes/new", writes, new::create)
        .get("/office/notes/{id}", writes, show::page)
        .get("/office/notes/{id}/edit", writes, edit::page)
        .post("/office/notes/{id}/edit", writes, edit::edit)
        .post("/office/notes/{id}/publish", publishes, show::publish)
        .post("/office/notes/{id}/withdraw", publishes, show::withdraw)
        .get("/office/notices", tells, notice::list)
        .get("/office/notices/{kind}/{area}", tells, notice::page)
        .post("/office/notices/{kind}/{area}", tells, notice::tell)
        .post(
            "/office/notices/{kind}/{area}/take-back",
            tells,
            notice::take_back,
        )
}

/// What may stand behind the question mark.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Asked {
    /// A day; now without it.
    #[serde(default)]
    pub(super) as_of: String,
    /// Number of a revision.
    #[serde(default)]
    pub(super) revision: String,
    /// Id of an election.
    #[serde(default)]
    pub(super) election: String,
    /// Number of a page, from 1.
    #[serde(default)]
    pub(super) page: String,
}

impl Asked {
    /// The first moment that no longer counts, and the day, where one was asked for.
    pub(super) fn before(&self, ctx: &Ctx) -> Result<(Timestamp, Option<Date>), Error> {
        day::before(&ctx.app, &self.as_of, &ctx.t.form_date())
    }
}

/// The way to a page of notes in the office.
fn crumbs(ctx: &Ctx, here: String) -> Vec<Crumb> {
    vec![
        Crumb::to("/office", ctx.t.shell_nav_office()),
        Crumb::to("/office/notes", ctx.t.publications_office_title()),
        Crumb::here(here),
    ]
}

/// Shape and word of a state.
fn state(ctx: &Ctx, state: State) -> (&'static str, String) {
    let shape = match state {
        State::Draft => "open",
        State::Published => "done",
        State::Withdrawn => "trouble",
    };
    let word = ctx
        .t
        .word(&format!("publications-state-{}", state.as_str()));
    (shape, word)
}

/// The note of an address, for somebody who has a power over it.
async fn own(ctx: &Ctx, id: &str, action: Action) -> Result<Note, Error> {
    if !ids::is_id(id) {
        return Err(Error::NotFound);
    }
    let mut reader = ctx.read().await?;
    let note = super::queries::by_id(&mut reader, id).await?;
    ctx.acting()?
        .require(&mut reader, action, &note.area_id, None)
        .await?;
    Ok(note)
}

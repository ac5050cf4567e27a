//! `/office/notes/{id}`: the note as it would read now, its figures with their sources, what to do next.

use super::{crumbs, own, seen, state};
use crate::platform::Error;
use crate::platform::access::Action;
use crate::platform::i18n::{date_long, instant_long};
use crate::platform::web::{
    Ctx, FieldErrors, FormData, Shell, page as render, page_with_errors, see,
};
use crate::publications::figures::{Asked, ask_all};
use crate::publications::model::{Note, State};
use crate::publications::shown::{self, Shown};
use crate::publications::visits::VISIT;
use crate::publications::{actions, queries, subjects};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;

struct Act {
    what: String,
    reason: String,
    who: String,
    at: String,
}

#[derive(Template)]
#[template(path = "publications/pages/show.html")]
struct ShowPage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    id: String,
    version: u64,
    shape: &'static str,
    state: String,
    about: String,
    about_href: String,
    /// The office page of the records it is about; empty where there is none.
    office_href: String,
    day: String,
    shown: Shown,
    typed_reason: String,
    is_draft: bool,
    is_published: bool,
    may_publish: bool,
    acts: Vec<Act>,
}

async fn build(
    ctx: &Ctx,
    note: Note,
    form: FormData,
    errors: FieldErrors,
) -> Result<ShowPage, Error> {
    let t = ctx.t;
    let mut reader = ctx.read().await?;
    let subject = subjects::find(
        &mut reader,
        &ctx.app,
        &note.subject_kind,
        &note.subject_id,
        &note.election_id,
    )
    .await?;
    let places = note.text.check(t)?;
    let asked = Asked {
        app: &ctx.app,
        subject: &subject,
        records_on: note.text.records_on,
        now: ctx.app.clock.now(),
    };
    let found = ask_all(&mut reader, &asked, &places).await?;
    let shown = shown::draft(&ctx.app, t, &note.text, &found)?;
    let may_publish = ctx
        .acting()?
        .may(&mut reader, Action::NotePublish, &note.area_id, None)
        .await?;
    let acts = queries::events(&mut reader, &note.id)
        .await?
        .into_iter()
        .map(|event| Act {
            what: t.word(&format!("event-note-{}", event.kind)),
            reason: event.reason,
            who: t.word(&format!("office-{}", event.office.replace('.', "-"))),
            at: instant_long(t.lang, event.made_at, &ctx.app.home_zone),
        })
        .collect();
    let (shape, word) = state(ctx, note.state);
    let title = shown.title();
    Ok(ShowPage {
        s: ctx.shell("office", title.clone(), crumbs(ctx, title)),
        version: note.version,
        about: subject.names.get(t.lang).to_owned(),
        about_href: subject.href,
        office_href: if note.subject_kind == VISIT {
            format!("/office/visits/{}", note.subject_id)
        } else {
            String::new()
        },
        day: date_long(t.lang, note.text.records_on),
        typed_reason: note.text.typed_reason,
        is_draft: note.state == State::Draft,
        is_published: note.state == State::Published,
        id: note.id,
        state: word,
        shape,
        shown,
        may_publish,
        acts,
        errors,
        form,
    })
}

pub(super) async fn page(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    let note = own(&ctx, &id, Action::NoteWrite).await?;
    render(&build(&ctx, note, FormData::default(), FieldErrors::new()).await?)
}

async fn after(
    ctx: &Ctx,
    id: &str,
    form: FormData,
    word: &str,
    done: Result<(), Error>,
) -> Result<Response, Error> {
    match done {
        Ok(()) => Ok(see(&format!("/office/notes/{id}?done={word}"))),
        Err(error) => {
            let errors = FieldErrors::take(error)?;
            let note = own(ctx, id, Action::NotePublish).await?;
            page_with_errors(&build(ctx, note, form, errors).await?)
        }
    }
}

pub(super) async fn publish(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    own(&ctx, &id, Action::NotePublish).await?;
    let done = actions::publish(&ctx.acting()?, &id, seen(&form), form.text("reason")).await;
    after(&ctx, &id, form, "note-published", done.map(drop)).await
}

pub(super) async fn withdraw(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    own(&ctx, &id, Action::NotePublish).await?;
    let done = actions::withdraw(&ctx.acting()?, &id, seen(&form), form.text("why")).await;
    let done = done.map_err(|error| error.renamed("reason", "why"));
    after(&ctx, &id, form, "note-withdrawn", done).await
}

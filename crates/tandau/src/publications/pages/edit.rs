//! `/office/notes/{id}/edit`: the text in three languages, with the figures that can be asked.

use super::{crumbs, names, own, pair, seen, three};
use crate::platform::access::Action;
use crate::platform::web::{
    Ctx, FieldErrors, FormData, Shell, page as render, page_with_errors, page_with_status, see,
};
use crate::platform::{Error, Lang};
use crate::publications::actions;
use crate::publications::figures::questions_of;
use crate::publications::model::{Note, NoteText, State};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

#[derive(Template)]
#[template(path = "publications/pages/edit.html")]
struct EditPage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    id: String,
    /// Somebody else was faster: their text stands below, and saving again puts this one in its place.
    overtaken: bool,
    theirs: Vec<(&'static str, String)>,
    questions: Vec<String>,
    published: bool,
}

fn build(ctx: &Ctx, note: Note, form: FormData, errors: FieldErrors) -> EditPage {
    let title = ctx.t.publications_edit();
    EditPage {
        s: ctx.shell("office", title.clone(), crumbs(ctx, title)),
        questions: questions_of(&ctx.app, &note.subject_kind),
        published: note.state == State::Published,
        overtaken: false,
        theirs: Lang::ALL
            .map(|lang| (lang.code(), note.text.body.get(lang).to_owned()))
            .into(),
        id: note.id,
        errors,
        form,
    }
}

fn fields(note: &Note) -> Vec<(String, String)> {
    let text = &note.text;
    let mut fields = vec![
        pair("version", note.version.to_string()),
        pair("typed_reason", &text.typed_reason),
        pair("records_on", text.records_on.to_string()),
    ];
    fields.extend(three("title", &text.title));
    fields.extend(three("body", &text.body));
    fields
}

pub(super) async fn page(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    let note = own(&ctx, &id, Action::NoteWrite).await?;
    let form = FormData::from_fields(fields(&note));
    render(&build(&ctx, note, form, FieldErrors::new()))
}

fn read(ctx: &Ctx, form: &FormData) -> Result<NoteText, Error> {
    let mut errors = FieldErrors::new();
    let records_on = errors.date(ctx.t, form, "records_on");
    errors.done()?;
    Ok(NoteText {
        title: names(form, "title"),
        body: names(form, "body"),
        typed_reason: form.text("typed_reason").to_owned(),
        records_on: records_on.ok_or_else(|| Error::field("records_on", ctx.t.form_date()))?,
    })
}

pub(super) async fn edit(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    own(&ctx, &id, Action::NoteWrite).await?;
    let done = async {
        let text = read(&ctx, &form)?;
        actions::edit(&ctx.acting()?, &id, seen(&form), text).await
    };
    match done.await {
        Ok(()) => Ok(see(&format!("/office/notes/{id}?done=note-edited"))),
        Err(Error::Conflict(sentence)) => overtaken(&ctx, &id, form, sentence).await,
        Err(error) => {
            let errors = FieldErrors::take(error)?;
            let note = own(&ctx, &id, Action::NoteWrite).await?;
            page_with_errors(&build(&ctx, note, form, errors))
        }
    }
}

/// Nothing that was typed is lost: it stands in the form, what somebody else wrote meanwhile beside it.
async fn overtaken(
    ctx: &Ctx,
    id: &str,
    form: FormData,
    sentence: String,
) -> Result<Response, Error> {
    let note = own(ctx, id, Action::NoteWrite).await?;
    if note.state == State::Withdrawn {
        return Err(Error::Conflict(sentence));
    }
    let mut kept: Vec<(String, String)> = form
        .fields()
        .iter()
        .filter(|(name, _)| name != "version")
        .cloned()
        .collect();
    kept.push(pair("version", note.version.to_string()));
    let mut errors = FieldErrors::new();
    errors.add("theirs", sentence);
    let mut page = build(ctx, note, FormData::from_fields(kept), errors);
    page.overtaken = true;
    page_with_status(&page, StatusCode::CONFLICT)
}

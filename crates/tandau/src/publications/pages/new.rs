//! `/office/notes/new`: a note is drafted from a template.

use super::{crumbs, pair};
use crate::commissions::pages::home_code;
use crate::elections::pages::choices;
use crate::elections::queries as elections;
use crate::platform::web::fields::area_of;
use crate::platform::web::{
    Choice, Ctx, FieldErrors, FormData, Shell, page as render, page_with_errors, see,
};
use crate::platform::{Error, ids};
use crate::publications::actions;
use crate::publications::model::{NewNote, language};
use crate::publications::subjects::AREA;
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;

/// What a link to this page may fill in.
#[derive(Deserialize)]
pub(super) struct From {
    #[serde(default)]
    template: String,
    #[serde(default)]
    subject: String,
    #[serde(default)]
    election: String,
}

#[derive(Template)]
#[template(path = "publications/pages/new.html")]
struct NewPage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    templates: Vec<Choice>,
    elections: Vec<Choice>,
}

async fn build(ctx: &Ctx, form: FormData, errors: FieldErrors) -> Result<NewPage, Error> {
    let t = ctx.t;
    let current = form.text("template");
    let templates = ctx
        .app
        .rules
        .press()
        .templates
        .iter()
        .map(|template| {
            let name = template.name.get(language(t.lang));
            Choice::new(&template.id, name, current)
        })
        .collect();
    let current = form.text("election");
    let mut reader = ctx.read().await?;
    let choices = choices(ctx, &mut reader, t.publications_election_none(), current).await?;
    let title = t.publications_new();
    Ok(NewPage {
        s: ctx.shell("office", title.clone(), crumbs(ctx, title)),
        templates,
        elections: choices,
        errors,
        form,
    })
}

pub(super) async fn page(ctx: Ctx, Query(from): Query<From>) -> Result<Response, Error> {
    let mut subject = from.subject;
    if subject.is_empty() {
        subject = home_code(&ctx).await?;
    }
    let mut reader = ctx.read().await?;
    let election = match elections::elections(&mut reader).await?.into_iter().next() {
        Some(newest) if from.election.is_empty() => newest.id,
        _ => from.election,
    };
    drop(reader);
    let template = if from.template.is_empty() {
        "readiness".to_owned()
    } else {
        from.template
    };
    let form = FormData::from_fields(vec![
        pair("id", ids::new_id()),
        pair("template", template),
        pair("subject", subject),
        pair("election", election),
        pair("records_on", ctx.app.today().to_string()),
    ]);
    render(&build(&ctx, form, FieldErrors::new()).await?)
}

async fn read(ctx: &Ctx, form: &FormData) -> Result<NewNote, Error> {
    let t = ctx.t;
    let mut errors = FieldErrors::new();
    let records_on = errors.date(t, form, "records_on");
    let template = ctx.app.rules.press().template(form.text("template"));
    if template.is_none() {
        errors.add("template", t.form_choice());
    }
    let mut subject_id = form.text("subject").to_owned();
    // People know an area by its code.
    if template.is_some_and(|template| template.about == AREA) {
        subject_id = area_of(ctx, &subject_id).await?.unwrap_or_default();
    }
    if !ids::is_id(&subject_id) {
        errors.add("subject", t.publications_subject_unknown());
    }
    errors.done()?;
    Ok(NewNote {
        id: form.text("id").to_owned(),
        template: form.text("template").to_owned(),
        subject_id,
        election_id: form.text("election").to_owned(),
        records_on: records_on.ok_or_else(|| Error::field("records_on", t.form_date()))?,
    })
}

pub(super) async fn create(ctx: Ctx, form: FormData) -> Result<Response, Error> {
    let done = async {
        let new = read(&ctx, &form).await?;
        actions::create(&ctx.acting()?, new).await
    };
    match done.await {
        Ok(note) => Ok(see(&format!("/office/notes/{}?done=note-created", note.id))),
        Err(error) => {
            let errors = FieldErrors::take(error)?;
            page_with_errors(&build(&ctx, form, errors).await?)
        }
    }
}

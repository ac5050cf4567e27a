//! `/office/organisations`: parties and public associations on record, and a new one. State bodies and their officers
//! have pages of their own.

mod bodies;
mod officer;

use super::{Kind, NewOrganisation, actions, queries};
use crate::people::model::MAX_NAME_CHARS;
use crate::platform::access::{Action, Role};
use crate::platform::web::{
    Choice, Crumb, Ctx, FieldErrors, FormData, Guard, Routes, Shell, page as render,
    page_with_errors, see,
};
use crate::platform::{Error, T};
use askama::Template;
use axum::response::Response;

/// Routes of the room.
#[must_use]
pub fn routes() -> Routes {
    let keeps = Guard::Power(Action::RegisterImport);
    let accounts = Guard::Power(Action::AccountManage);
    Routes::new()
        .get("/office/organisations", keeps, page)
        .post("/office/organisations", keeps, add)
        .get("/office/state-bodies", keeps, bodies::page)
        .post("/office/state-bodies", keeps, bodies::add)
        .get("/office/accounts/officer", accounts, officer::page)
        .post("/office/accounts/officer", accounts, officer::make)
}

#[derive(Template)]
#[template(path = "organisations/pages/office.html")]
struct OrganisationsPage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    kinds: Vec<Choice>,
    lines: Vec<Line>,
}

struct Line {
    name: String,
    kind: String,
}

fn kind_word(t: T, kind: Kind) -> String {
    match kind {
        Kind::Party => t.organisations_party(),
        Kind::Association => t.organisations_association(),
    }
}

async fn build(ctx: &Ctx, form: FormData, errors: FieldErrors) -> Result<OrganisationsPage, Error> {
    let t = ctx.t;
    let mut reader = ctx.read().await?;
    let all = queries::all(&mut reader).await?;
    let crumbs = vec![
        Crumb::to("/office", t.shell_nav_office()),
        Crumb::here(t.organisations_title()),
    ];
    Ok(OrganisationsPage {
        s: ctx.shell("office", t.organisations_title(), crumbs),
        kinds: Kind::ALL
            .into_iter()
            .map(|kind| Choice::new(kind.as_str(), kind_word(t, kind), form.text("kind")))
            .collect(),
        lines: all
            .into_iter()
            .map(|o| Line {
                name: o.names.get(t.lang).to_owned(),
                kind: kind_word(t, o.kind),
            })
            .collect(),
        errors,
        form,
    })
}

async fn page(ctx: Ctx) -> Result<Response, Error> {
    render(&build(&ctx, FormData::default(), FieldErrors::new()).await?)
}

async fn add(ctx: Ctx, form: FormData) -> Result<Response, Error> {
    match try_add(&ctx, &form).await {
        Ok(_) => Ok(see("/office/organisations?done=organisation-added")),
        Err(error) => {
            let errors = FieldErrors::take(error)?;
            page_with_errors(&build(&ctx, form, errors).await?)
        }
    }
}

async fn try_add(ctx: &Ctx, form: &FormData) -> Result<String, Error> {
    let t = ctx.t;
    let mut errors = FieldErrors::new();
    let kind = Kind::parse(form.text("kind"));
    if kind.is_none() {
        errors.add("kind", t.form_choice());
    }
    let names = errors.names(t, form, "name", MAX_NAME_CHARS);
    errors.done()?;
    let new = NewOrganisation {
        kind: kind.ok_or_else(|| Error::field("kind", t.form_choice()))?,
        names,
        synthetic: ctx.app.settings.demo,
    };
    actions::add(&ctx.acting()?, new).await
}

/// Kinds of state bodies to choose from.
fn body_kinds(t: T, current: &str) -> Vec<Choice> {
    Role::BODIES
        .into_iter()
        .map(|kind| Choice::new(kind, t.word(&format!("body-{kind}")), current))
        .collect()
}

//! `/office/state-bodies`: bodies outside the commissions, as they are called in their areas, and a new one.

use super::body_kinds;
use crate::organisations::{NewStateBody, actions, queries};
use crate::people::model::MAX_NAME_CHARS;
use crate::platform::Error;
use crate::platform::web::fields::area_of;
use crate::platform::web::{
    Choice, Crumb, Ctx, FieldErrors, FormData, Shell, page as render, page_with_errors, see,
};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;

/// Bodies shown at most; a search finds the others.
const SHOWN: u32 = 200;
/// Characters of a search at most.
const MAX_WORDS: usize = 100;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Search {
    #[serde(default)]
    q: String,
}

#[derive(Template)]
#[template(path = "organisations/pages/bodies.html")]
struct BodiesPage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    q: String,
    kinds: Vec<Choice>,
    lines: Vec<Line>,
    all: bool,
}

struct Line {
    name: String,
    kind: String,
    area: String,
}

async fn build(
    ctx: &Ctx,
    q: &str,
    form: FormData,
    errors: FieldErrors,
) -> Result<BodiesPage, Error> {
    let t = ctx.t;
    let q: String = q.trim().chars().take(MAX_WORDS).collect();
    let mut reader = ctx.read().await?;
    let found = queries::bodies(&mut reader, &q, SHOWN).await?;
    let crumbs = vec![
        Crumb::to("/office", t.shell_nav_office()),
        Crumb::here(t.bodies_title()),
    ];
    Ok(BodiesPage {
        s: ctx.shell("office", t.bodies_title(), crumbs),
        kinds: body_kinds(t, form.text("kind")),
        all: found.len() < usize::try_from(SHOWN).unwrap_or(usize::MAX),
        lines: found
            .into_iter()
            .map(|body| Line {
                name: body.names.get(t.lang).to_owned(),
                kind: t.word(&format!("body-{}", body.kind)),
                area: body.area.get(t.lang).to_owned(),
            })
            .collect(),
        q,
        errors,
        form,
    })
}

pub(super) async fn page(ctx: Ctx, Query(search): Query<Search>) -> Result<Response, Error> {
    render(&build(&ctx, &search.q, FormData::default(), FieldErrors::new()).await?)
}

pub(super) async fn add(ctx: Ctx, form: FormData) -> Result<Response, Error> {
    match try_add(&ctx, &form).await {
        Ok(_) => Ok(see("/office/state-bodies?done=body-added")),
        Err(error) => {
            let errors = FieldErrors::take(error)?;
            page_with_errors(&build(&ctx, "", form, errors).await?)
        }
    }
}

async fn try_add(ctx: &Ctx, form: &FormData) -> Result<String, Error> {
    let t = ctx.t;
    let mut errors = FieldErrors::new();
    let names = errors.names(t, form, "name", MAX_NAME_CHARS);
    let area_id = area_of(ctx, form.text("area_code")).await?;
    if area_id.is_none() {
        errors.add("area_code", t.areas_unknown());
    }
    errors.done()?;
    let new = NewStateBody {
        kind: form.text("kind").to_owned(),
        area_id: area_id.ok_or_else(|| Error::field("area_code", t.areas_unknown()))?,
        names,
        synthetic: ctx.app.settings.demo,
    };
    actions::add_body(&ctx.acting()?, new).await
}

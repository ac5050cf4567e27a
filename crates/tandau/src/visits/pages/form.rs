//! `/office/visits/new` and `…/edit`: what a visit is, when and what for.

use super::{crumbs, names, own, pair, seen, three};
use crate::commissions::pages::home_code;
use crate::elections::pages::choices;
use crate::platform::access::Action;
use crate::platform::web::fields::area_of;
use crate::platform::web::{
    Choice, Ctx, FieldErrors, FormData, Shell, page as render, page_with_status, see,
};
use crate::platform::{Error, ids};
use crate::visits::actions;
use crate::visits::model::{NewVisit, Visit};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;

#[derive(Template)]
#[template(path = "visits/pages/form.html")]
struct FormPage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    action: String,
    title: String,
    editing: bool,
    elections: Vec<Choice>,
}

async fn build(
    ctx: &Ctx,
    form: FormData,
    errors: FieldErrors,
    visit: Option<&Visit>,
) -> Result<FormPage, Error> {
    let t = ctx.t;
    let title = if visit.is_some() {
        t.visits_edit()
    } else {
        t.visits_new()
    };
    let current = form.text("election");
    let mut reader = ctx.read().await?;
    let choices = choices(ctx, &mut reader, t.visits_election_none(), current).await?;
    Ok(FormPage {
        s: ctx.shell(
            "office",
            title.clone(),
            crumbs(ctx, visit, None, title.clone()),
        ),
        action: match visit {
            Some(visit) => format!("/office/visits/{}/edit", visit.id),
            None => "/office/visits/new".to_owned(),
        },
        editing: visit.is_some(),
        title,
        elections: choices,
        errors,
        form,
    })
}

pub(super) async fn new(ctx: Ctx) -> Result<Response, Error> {
    let code = home_code(&ctx).await?;
    let form = FormData::from_fields(vec![
        pair("id", ids::new_id()),
        pair("area", code),
        pair("starts_on", ctx.app.today().to_string()),
        pair("ends_on", ctx.app.today().to_string()),
    ]);
    render(&build(&ctx, form, FieldErrors::new(), None).await?)
}

/// What the form says. The area and the id of a visit that is there don't change.
async fn read(ctx: &Ctx, form: &FormData, visit: Option<&Visit>) -> Result<NewVisit, Error> {
    let t = ctx.t;
    let mut errors = FieldErrors::new();
    let starts_on = errors.date(t, form, "starts_on");
    let ends_on = errors.date(t, form, "ends_on");
    let (id, area_id) = match visit {
        Some(visit) => (visit.id.clone(), visit.area_id.clone()),
        None => {
            let found = area_of(ctx, form.text("area")).await?;
            if found.is_none() {
                errors.add("area", t.areas_unknown());
            }
            (form.text("id").to_owned(), found.unwrap_or_default())
        }
    };
    errors.done()?;
    let day = |day: Option<_>, field| day.ok_or_else(|| Error::field(field, t.form_date()));
    Ok(NewVisit {
        id,
        area_id,
        election_id: form.text("election").to_owned(),
        title: names(form, "title"),
        head: names(form, "head"),
        members: names(form, "members"),
        purpose: names(form, "purpose"),
        starts_on: day(starts_on, "starts_on")?,
        ends_on: day(ends_on, "ends_on")?,
    })
}

pub(super) async fn create(ctx: Ctx, form: FormData) -> Result<Response, Error> {
    let done = async {
        let new = read(&ctx, &form, None).await?;
        actions::create(&ctx.acting()?, new).await
    };
    match done.await {
        Ok(visit) => Ok(see(&format!(
            "/office/visits/{}?done=visits-created",
            visit.id
        ))),
        Err(error) => {
            let (errors, status) = FieldErrors::or_conflict(error, "")?;
            page_with_status(&build(&ctx, form, errors, None).await?, status)
        }
    }
}

pub(super) async fn editing(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    let visit = own(&ctx, &id, Action::VisitPlan).await?;
    let mut fields = vec![
        pair("version", visit.version.to_string()),
        pair("election", &visit.election_id),
        pair("starts_on", visit.starts_on.to_string()),
        pair("ends_on", visit.ends_on.to_string()),
    ];
    fields.extend(three("title", &visit.title));
    fields.extend(three("head", &visit.head));
    fields.extend(three("members", &visit.members));
    fields.extend(three("purpose", &visit.purpose));
    let form = FormData::from_fields(fields);
    render(&build(&ctx, form, FieldErrors::new(), Some(&visit)).await?)
}

pub(super) async fn edit(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    let visit = own(&ctx, &id, Action::VisitPlan).await?;
    let done = async {
        let new = read(&ctx, &form, Some(&visit)).await?;
        actions::edit(&ctx.acting()?, seen(&form), new).await
    };
    match done.await {
        Ok(()) => Ok(see(&format!("/office/visits/{id}?done=visits-saved"))),
        Err(error) => {
            let (errors, status) = FieldErrors::or_conflict(error, "")?;
            page_with_status(&build(&ctx, form, errors, Some(&visit)).await?, status)
        }
    }
}

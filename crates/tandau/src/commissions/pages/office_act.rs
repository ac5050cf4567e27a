//! `/office/acts/new`: the act of another body (a maslikhat, an akim) on which an election rests goes on record.

use super::{concerns, kind_name};
use crate::commissions::actions;
use crate::commissions::basis::ACT_KINDS;
use crate::commissions::model::NewAct;
use crate::platform::web::fields::{area_of, names};
use crate::platform::web::{
    Choice, Crumb, Ctx, FieldErrors, FormData, Shell, page as render, page_with_errors, see,
};
use crate::platform::{Error, areas};
use askama::Template;
use axum::response::Response;

/// Longest text of one field, in characters; a form takes 20,000 bytes in one.
const MAX_TEXT: usize = 9_000;

#[derive(Template)]
#[template(path = "commissions/pages/office_act.html")]
struct NewActPage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    area_code: String,
    kinds: Vec<Choice>,
    concerns: Vec<Choice>,
}

async fn build(ctx: &Ctx, form: FormData, errors: FieldErrors) -> Result<NewActPage, Error> {
    let acting = ctx.acting()?;
    let t = ctx.t;
    let mut reader = ctx.read().await?;
    let home = acting.actor().home_area().ok_or(Error::NotFound)?;
    let area = areas::by_id(&mut reader, home, ctx.app.today()).await?;
    let crumbs = vec![
        Crumb::to("/office", t.shell_nav_office()),
        Crumb::here(t.commissions_act_new()),
    ];
    Ok(NewActPage {
        s: ctx.shell("office", t.commissions_act_new(), crumbs),
        area_code: if form.fields().is_empty() {
            area.code
        } else {
            form.text("area_code").to_owned()
        },
        kinds: ACT_KINDS
            .iter()
            .map(|kind| Choice::new(*kind, kind_name(t, kind), form.text("kind")))
            .collect(),
        concerns: concerns::choices(ctx, &mut reader, home, &form).await?,
        errors,
        form,
    })
}

pub(super) async fn page(ctx: Ctx) -> Result<Response, Error> {
    render(&build(&ctx, FormData::default(), FieldErrors::new()).await?)
}

pub(super) async fn record(ctx: Ctx, form: FormData) -> Result<Response, Error> {
    match try_record(&ctx, &form).await {
        Ok(act) => Ok(see(&format!("/decisions/{act}?done=act-recorded"))),
        Err(Error::Unsupported) => {
            let mut errors = FieldErrors::new();
            errors.add("paper", ctx.t.error_415_text());
            page_with_errors(&build(&ctx, form, errors).await?)
        }
        Err(error) => {
            let errors = FieldErrors::take(error)?;
            page_with_errors(&build(&ctx, form, errors).await?)
        }
    }
}

async fn try_record(ctx: &Ctx, form: &FormData) -> Result<String, Error> {
    let t = ctx.t;
    let mut errors = FieldErrors::new();
    let kind = form.text("kind");
    if !ACT_KINDS.contains(&kind) {
        errors.add("kind", t.form_choice());
    }
    let decided_on = errors.date(t, form, "decided_on");
    let text = errors.limited(t, form, "text", MAX_TEXT).to_owned();
    let area_id = area_of(ctx, form.text("area_code")).await?;
    if area_id.is_none() {
        errors.add("area_code", t.commissions_act_area_unknown());
    }
    errors.done()?;
    let (Some(decided_on), Some(area_id)) = (decided_on, area_id) else {
        return Err(Error::field("decided_on", t.form_date()));
    };
    let (election_id, contest_id) = concerns::read(form);
    let new = NewAct {
        body: names(form, "body"),
        area_id,
        kind,
        number: form.text("number").to_owned(),
        decided_on,
        title: names(form, "title"),
        text,
        file_id: None,
        election_id,
        contest_id,
    };
    let paper = form.bytes("paper");
    actions::record_act(&ctx.acting()?, new, paper).await
}

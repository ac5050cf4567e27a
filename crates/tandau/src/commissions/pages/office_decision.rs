//! `/office/commissions/{id}/decisions/new`: a commission puts its decision on record: votes, dissents, paper.

use super::fields::{DecisionFields, read_decision};
use super::{concerns, crumbs, id_of, kind_name};
use crate::commissions::actions;
use crate::commissions::model::DECISION_KINDS;
use crate::commissions::queries;
use crate::platform::Error;
use crate::platform::access::Action;
use crate::platform::web::{
    Choice, Ctx, FieldErrors, FormData, Shell, page as render, page_with_errors, see,
};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;

#[derive(Template)]
#[template(path = "commissions/pages/office_decision.html")]
struct NewDecisionPage {
    s: Shell,
    errors: FieldErrors,
    id: String,
    name: String,
    form: FormData,
    kinds: Vec<Choice>,
    concerns: Vec<Choice>,
    fields: DecisionFields,
}

async fn build(
    ctx: &Ctx,
    id: &str,
    form: FormData,
    errors: FieldErrors,
) -> Result<NewDecisionPage, Error> {
    let acting = ctx.acting()?;
    let t = ctx.t;
    let mut reader = ctx.read().await?;
    let commission = queries::by_id(&mut reader, id_of(id)?).await?;
    acting
        .require(
            &mut reader,
            Action::DecisionRecord,
            &commission.area_id,
            None,
        )
        .await?;
    let fields = DecisionFields::of(ctx, &mut reader, &commission).await?;
    let name = commission.name(t);
    let crumbs = crumbs(&mut reader, ctx, &commission.area_id, name.clone()).await?;
    Ok(NewDecisionPage {
        kinds: DECISION_KINDS
            .iter()
            .map(|kind| Choice::new(*kind, kind_name(t, kind), form.text("kind")))
            .collect(),
        concerns: concerns::choices(ctx, &mut reader, &commission.area_id, &form).await?,
        fields,
        s: ctx.shell("office", t.commissions_decision_new(), crumbs),
        errors,
        name,
        form,
        id: commission.id,
    })
}

pub(super) async fn page(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    render(&build(&ctx, &id, FormData::default(), FieldErrors::new()).await?)
}

pub(super) async fn record(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    match try_record(&ctx, id_of(&id)?, &form).await {
        Ok(decision) => Ok(see(&format!(
            "/decisions/{decision}?done=decision-recorded"
        ))),
        Err(Error::Unsupported) => {
            let mut errors = FieldErrors::new();
            errors.add("paper", ctx.t.error_415_text());
            page_with_errors(&build(&ctx, &id, form, errors).await?)
        }
        Err(error) => {
            let errors = FieldErrors::take(error)?;
            page_with_errors(&build(&ctx, &id, form, errors).await?)
        }
    }
}

async fn try_record(ctx: &Ctx, id: &str, form: &FormData) -> Result<String, Error> {
    let t = ctx.t;
    let mut errors = FieldErrors::new();
    if !DECISION_KINDS.contains(&form.text("kind")) {
        errors.add("kind", t.form_choice());
    }
    let acting = ctx.acting()?;
    let mut new = read_decision(ctx, form, errors, id, form.text("kind")).await?;
    (new.election_id, new.contest_id) = concerns::read(form);
    let paper = form.bytes("paper");
    actions::record_decision_with_paper(&acting, new, paper).await
}

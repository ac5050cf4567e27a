//! `/office/commissions/{id}/decisions/new`: a commission puts its decision on record: votes, dissents, paper.

use super::{crumbs, id_of, kind_name};
use crate::commissions::actions;
use crate::commissions::model::{DECISION_KINDS, Member, NewDecision};
use crate::commissions::queries;
use crate::platform::access::Action;
use crate::platform::web::{
    Choice, Ctx, FieldErrors, FormData, Shell, page as render, page_with_errors, see,
};
use crate::platform::{Error, Names};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;

/// Longest opinion or text of one field, in characters; a form takes 20,000 bytes in one.
const MAX_TEXT: usize = 9_000;

#[derive(Template)]
#[template(path = "commissions/pages/office_decision.html")]
struct NewDecisionPage {
    s: Shell,
    errors: FieldErrors,
    id: String,
    name: String,
    form: FormData,
    kinds: Vec<Choice>,
    members: Vec<(String, String)>,
    present_hint: String,
    votes_hint: String,
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
    let members = queries::composition(&mut reader, &commission.id, ctx.app.today()).await?;
    let total = u32::try_from(members.len()).map_err(Error::internal)?;
    let (present_hint, votes_hint) = match actions::rules(&ctx.app) {
        Some(rules) => (
            t.commissions_quorum(electoral::commission::quorum(total, rules.quorum.value)),
            t.commissions_majority(electoral::commission::majority(total, rules.majority.value)),
        ),
        None => (String::new(), String::new()),
    };
    let name = commission.name(t);
    let crumbs = crumbs(&mut reader, ctx, &commission.area_id, name.clone()).await?;
    Ok(NewDecisionPage {
        kinds: DECISION_KINDS
            .iter()
            .map(|kind| Choice::new(*kind, kind_name(t, kind), form.text("kind")))
            .collect(),
        members: members
            .iter()
            .map(|m| (m.person_id.clone(), m.names.get(t.lang).to_owned()))
            .collect(),
        present_hint,
        votes_hint,
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
    let decided_on = errors.date(t, form, "decided_on");
    let present = errors.count(t, form, "present");
    let votes_for = errors.count(t, form, "votes_for");
    let votes_against = errors.count(t, form, "votes_against");
    let text = errors.limited(t, form, "text", MAX_TEXT).to_owned();
    errors.done()?;
    let (Some(decided_on), Some(present), Some(votes_for), Some(votes_against)) =
        (decided_on, present, votes_for, votes_against)
    else {
        return Err(Error::field("decided_on", t.form_date()));
    };
    let acting = ctx.acting()?;
    let composition = {
        let mut reader = ctx.read().await?;
        queries::composition(&mut reader, id, decided_on).await?
    };
    let new = NewDecision {
        commission_id: id.to_owned(),
        kind: form.text("kind"),
        number: form.text("number").to_owned(),
        decided_on,
        title: Names::new(
            form.text("title_kk"),
            form.text("title_ru"),
            form.text("title_en"),
        ),
        text,
        present,
        votes_for,
        votes_against,
        dissents: dissents(form, &composition),
        file_id: None,
        election_id: None,
        contest_id: None,
    };
    let paper = form.upload("paper").map(|u| u.bytes.clone());
    actions::record_decision_with_paper(&acting, new, paper).await
}

/// Opinions that were written, each with its member.
fn dissents(form: &FormData, members: &[Member]) -> Vec<(String, String)> {
    members
        .iter()
        .filter_map(|m| {
            let opinion = form.text(&format!("dissent-{}", m.person_id));
            (!opinion.is_empty()).then(|| (m.person_id.clone(), opinion.to_owned()))
        })
        .collect()
}

//! A proposal: written down at an event, answered by a body or a commission.

use super::event::{self, proposal_state, topic};
use super::{crumbs, names, own_event, pair, seen, three};
use crate::platform::access::Action;
use crate::platform::web::{
    Choice, Ctx, FieldErrors, FormData, Shell, page as render, page_with_status, see,
};
use crate::platform::{Error, areas, ids};
use crate::tasks;
use crate::visits::model::{Event, NewProposal, Proposal, ProposalState, Visit, words};
use crate::visits::{actions, papers, queries};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;

#[derive(Template)]
#[template(path = "visits/pages/propose.html")]
struct ProposePage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    id: String,
    title: String,
    topics: Vec<Choice>,
    wishes: Vec<Choice>,
    kinds: Vec<Choice>,
}

fn form_page(
    ctx: &Ctx,
    form: FormData,
    errors: FieldErrors,
    (visit, event): (&Visit, &Event),
) -> ProposePage {
    let t = ctx.t;
    let title = t.visits_propose();
    let rules = ctx.app.rules.visits();
    let (at_topic, at_wish) = (form.text("topic"), form.text("wish"));
    let topics = rules.topics.iter();
    let wishes = rules.wishes.iter();
    let mut kinds = vec![Choice::new("", t.visits_body_none(), form.text("kind"))];
    kinds.extend(tasks::addressee_kinds(t, form.text("kind")));
    let mut chosen = vec![Choice::new("", t.visits_wish_none(), at_wish)];
    chosen.extend(wishes.map(|w| Choice::new(w.id.clone(), words(&w.title, t.lang), at_wish)));
    ProposePage {
        s: ctx.shell(
            "office",
            title.clone(),
            crumbs(ctx, Some(visit), Some(event), title.clone()),
        ),
        id: event.planned.id.clone(),
        topics: topics
            .map(|o| Choice::new(o.id.clone(), words(&o.title, t.lang), at_topic))
            .collect(),
        wishes: chosen,
        kinds,
        title,
        errors,
        form,
    }
}

pub(super) async fn new(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    let mut reader = ctx.read().await?;
    let (visit, event) = own_event(&ctx, &mut reader, &id, Action::VisitRecord).await?;
    let area = areas::by_id(&mut reader, &event.planned.area_id, visit.starts_on).await?;
    let form = FormData::from_fields(vec![
        pair("id", ids::new_id()),
        pair("area_code", area.code),
    ]);
    render(&form_page(&ctx, form, FieldErrors::new(), (&visit, &event)))
}

pub(super) async fn propose(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    let (visit, event) = {
        let mut reader = ctx.read().await?;
        own_event(&ctx, &mut reader, &id, Action::VisitRecord).await?
    };
    let done = async {
        let body = if form.text("kind").is_empty() {
            None
        } else {
            let mut reader = ctx.read().await?;
            let found = tasks::addressee(&ctx, &mut reader, &form, "kind", "area_code").await?;
            Some(found.ok_or_else(|| Error::field("area_code", ctx.t.areas_unknown()))?)
        };
        let new = NewProposal {
            id: form.text("id").to_owned(),
            topic: form.text("topic").to_owned(),
            wish: form.text("wish").to_owned(),
            text: names(&form, "text"),
            body,
        };
        actions::propose(&ctx.acting()?, &id, new).await
    };
    match done.await {
        Ok(()) => Ok(see(&format!(
            "/office/visits/events/{id}?done=visits-proposed"
        ))),
        Err(error) => {
            let (errors, status) = FieldErrors::or_conflict(error, "")?;
            page_with_status(&form_page(&ctx, form, errors, (&visit, &event)), status)
        }
    }
}

#[derive(Template)]
#[template(path = "visits/pages/proposal.html")]
struct ProposalPage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    id: String,
    version: u64,
    title: String,
    text: String,
    topic: String,
    shape: &'static str,
    state: String,
    event: String,
    event_href: String,
    body: String,
    reason: String,
    answered: bool,
    open: bool,
    kinds: Vec<Choice>,
}

/// A proposal for somebody who may answer it.
async fn own(ctx: &Ctx, id: &str) -> Result<Proposal, Error> {
    if !ids::is_id(id) {
        return Err(Error::NotFound);
    }
    let mut reader = ctx.read().await?;
    let found = queries::proposal(&mut reader, id).await?;
    let body = found.body.as_ref().ok_or(Error::NotFound)?;
    let acting = ctx.acting()?;
    if !actions::may_answer(&mut reader, &acting, body).await? {
        return Err(Error::Forbidden(Action::ProposalAnswer.name()));
    }
    Ok(found)
}

async fn build(
    ctx: &Ctx,
    one: Proposal,
    form: FormData,
    errors: FieldErrors,
) -> Result<ProposalPage, Error> {
    let t = ctx.t;
    let mut reader = ctx.read().await?;
    let event = queries::event(&mut reader, &one.event_id).await?;
    let visit = queries::by_id(&mut reader, &event.visit_id).await?;
    let area = areas::by_id(&mut reader, &event.planned.area_id, visit.starts_on).await?;
    let day = papers::day_of(&event, &area.time_zone()?);
    let kind = papers::kind(&ctx.app, &event.planned.kind, t.lang);
    let body = match &one.body {
        Some(body) => tasks::queries::body_names(&mut reader, body, ctx.app.today())
            .await?
            .get(t.lang)
            .to_owned(),
        None => String::new(),
    };
    let (shape, state) = proposal_state(ctx, one.state);
    let title = t.visits_proposal();
    let crumbs = vec![
        crate::platform::web::Crumb::to("/office", t.shell_nav_office()),
        crate::platform::web::Crumb::to("/office/visits/proposals", t.visits_proposals_office()),
        crate::platform::web::Crumb::here(title.clone()),
    ];
    Ok(ProposalPage {
        s: ctx.shell("office", title.clone(), crumbs),
        text: one.text.get(t.lang).to_owned(),
        topic: topic(ctx, &one.topic),
        event: t.visits_said_at(
            area.names.get(t.lang),
            crate::platform::i18n::date_long(t.lang, day),
            kind,
        ),
        event_href: if visit.state.is_public() {
            format!("/visits/{}/events/{}", visit.id, event.planned.id)
        } else {
            String::new()
        },
        body,
        reason: one.reason.clone(),
        answered: one.state == ProposalState::Answered,
        open: one.state == ProposalState::Open,
        kinds: tasks::addressee_kinds(t, form.text("kind")),
        id: one.id,
        version: one.version,
        title,
        shape,
        state,
        errors,
        form,
    })
}

pub(super) async fn page(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    let one = own(&ctx, &id).await?;
    let form = FormData::from_fields(three("answer", &one.answer).to_vec());
    render(&build(&ctx, one, form, FieldErrors::new()).await?)
}

async fn after(
    ctx: &Ctx,
    one: Proposal,
    form: FormData,
    done: Result<(), Error>,
) -> Result<Response, Error> {
    match done {
        Ok(()) => Ok(see("/office/visits/proposals?done=visits-answered")),
        Err(error) => {
            let (errors, status) = FieldErrors::or_conflict(error, "")?;
            page_with_status(&build(ctx, one, form, errors).await?, status)
        }
    }
}

pub(super) async fn answer(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    let one = own(&ctx, &id).await?;
    let said = names(&form, "answer");
    let acting = ctx.acting()?;
    let done = actions::answer(&acting, &id, seen(&form), &said, form.text("reason")).await;
    after(&ctx, one, form, done).await
}

pub(super) async fn hand_on(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    let one = own(&ctx, &id).await?;
    let done = async {
        let to = {
            let mut reader = ctx.read().await?;
            tasks::addressee(&ctx, &mut reader, &form, "kind", "area_code").await?
        };
        let to = to.ok_or_else(|| Error::field("area_code", ctx.t.areas_unknown()))?;
        let acting = ctx.acting()?;
        actions::hand_on(&acting, &id, seen(&form), to, form.text("reason")).await
    };
    let done = done.await;
    after(&ctx, one, form, done).await
}

pub(super) async fn withdraw(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    if !ids::is_id(&id) {
        return Err(Error::NotFound);
    }
    let event = {
        let mut reader = ctx.read().await?;
        let one = queries::proposal(&mut reader, &id).await?;
        own_event(&ctx, &mut reader, &one.event_id, Action::VisitRecord).await?;
        one.event_id
    };
    let acting = ctx.acting()?;
    match actions::withdraw(&acting, &id, seen(&form), form.text("reason")).await {
        Ok(()) => Ok(see(&format!(
            "/office/visits/events/{event}?done=visits-saved"
        ))),
        Err(error) => event::again(&ctx, &event, Action::VisitRecord, error).await,
    }
}

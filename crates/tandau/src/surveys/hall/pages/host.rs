//! The host's page: how the hall is doing, open and close, how many are present.

use super::super::presence::Numbers;
use super::super::room::{Halls, Now};
use super::phone::json_answer;
use super::screen::{Current, counts, of_present, version};
use super::{short_link, spoken};
use crate::platform::Error;
use crate::platform::access::Action;
use crate::platform::i18n::number;
use crate::platform::web::{self, Crumb, Ctx, ErrorItem, FieldErrors, FormData, Shell, see};
use crate::surveys::model::State;
use crate::surveys::{actions, queries};
use askama::Template;
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "surveys/hall/pages/host.html")]
struct HostPage {
    s: Shell,
    errors: Vec<ErrorItem>,
    lead: String,
    live: String,
    version: String,
    here: String,
    connected: String,
    answered: String,
    of_present: String,
    failing: String,
    silent: String,
    texts: String,
    texts_href: String,
    results: String,
    state: &'static str,
    state_words: String,
    shape: &'static str,
    sure_error: String,
    present: String,
    present_error: String,
    screen: String,
    phone: String,
    short: String,
    back: String,
}

/// The survey as it is now, for somebody who may run it.
async fn run_by(ctx: &Ctx, id: &str) -> Result<(Arc<Now>, Numbers), Error> {
    let halls = Halls::of(&ctx.app);
    let mut reader = ctx.read().await?;
    let survey = queries::by_id(&mut reader, id).await?;
    ctx.acting()?
        .require(&mut reader, Action::SurveyRun, &survey.area_id, None)
        .await?;
    drop(reader);
    let now = halls.now(&ctx.app, &survey.code).await?;
    let numbers = halls.presence.numbers(&survey.id, ctx.app.clock.wall());
    Ok((now, numbers))
}

fn built(
    ctx: &Ctx,
    headers: &HeaderMap,
    (now, numbers): &(Arc<Now>, Numbers),
    form: &FormData,
    errors: &FieldErrors,
) -> HostPage {
    let t = ctx.t;
    let survey = &now.survey;
    let n = |value: u64| number(t.lang, value);
    let link = short_link(ctx, headers, &survey.code);
    let here = format!("/office/surveys/{}/hall", survey.id);
    let title = survey.title.get(t.lang);
    let (state_words, shape) = match survey.state {
        State::Draft => (t.hall_host_state_draft(), "open"),
        State::Open => (t.hall_host_state_open(), "partial"),
        State::Closed => (t.hall_host_state_closed(), "done"),
    };
    let typed = form.text("present");
    HostPage {
        s: ctx.shell(
            "office",
            t.hall_host_title(),
            vec![
                Crumb::to("/office", t.shell_nav_office()),
                Crumb::to(format!("/office/surveys/{}", survey.id), title),
                Crumb::here(t.hall_host_title()),
            ],
        ),
        errors: errors.summary(),
        lead: t.hall_host_lead(title),
        live: format!("{here}/live?lang={}", t.lang.code()),
        version: version(now),
        connected: n(numbers.connected),
        answered: n(now.answered),
        of_present: of_present(t, now),
        failing: n(numbers.failing),
        silent: n(numbers.silent),
        texts: n(now.texts_waiting),
        texts_href: format!("/office/surveys/{}/texts", survey.id),
        results: format!("/surveys/{}", survey.id),
        state: survey.state.as_str(),
        state_words,
        shape,
        sure_error: errors.of("sure").to_owned(),
        present: if typed.is_empty() {
            survey.present.map_or_else(String::new, |p| p.to_string())
        } else {
            typed.to_owned()
        },
        present_error: errors.of("present").to_owned(),
        screen: format!("/s/{}/screen", survey.code),
        phone: format!("/s/{}", survey.code),
        short: spoken(&link),
        back: format!("/office/surveys/{}", survey.id),
        here,
    }
}

pub(super) async fn page(
    ctx: Ctx,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let now = run_by(&ctx, &id).await?;
    let nothing = (FormData::default(), FieldErrors::new());
    web::page(&built(&ctx, &headers, &now, &nothing.0, &nothing.1))
}

pub(super) async fn live(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    let (now, numbers) = run_by(&ctx, &id).await?;
    let n = |value: u64| number(ctx.lang(), value);
    let mut texts = counts(ctx.t, &now);
    texts.extend([
        ("connected", n(numbers.connected)),
        ("failing", n(numbers.failing)),
        ("silent", n(numbers.silent)),
        ("texts", n(now.texts_waiting)),
    ]);
    let current = Current {
        version: version(&now),
        texts,
    };
    Ok(json_answer(
        serde_json::to_string(&current).map_err(Error::internal)?,
    ))
}

/// The page again after an act, or with what was wrong.
async fn after(
    ctx: &Ctx,
    id: &str,
    headers: &HeaderMap,
    form: &FormData,
    done: (&str, Result<(), Error>),
) -> Result<Response, Error> {
    match done {
        (word, Ok(())) => {
            let (now, _) = run_by(ctx, id).await?;
            Halls::of(&ctx.app).forget(&now.survey.code);
            Ok(see(&format!("/office/surveys/{id}/hall?done={word}")))
        }
        (_, Err(error)) => {
            let errors = FieldErrors::take(error)?;
            let now = run_by(ctx, id).await?;
            web::page_with_errors(&built(ctx, headers, &now, form, &errors))
        }
    }
}

pub(super) async fn open(
    ctx: Ctx,
    Path(id): Path<String>,
    headers: HeaderMap,
    form: FormData,
) -> Result<Response, Error> {
    let done = actions::open(&ctx.acting()?, &id).await;
    after(&ctx, &id, &headers, &form, ("hall-opened", done)).await
}

pub(super) async fn close(
    ctx: Ctx,
    Path(id): Path<String>,
    headers: HeaderMap,
    form: FormData,
) -> Result<Response, Error> {
    // Who may not close it is told so first.
    run_by(&ctx, &id).await?;
    let done = if form.ticked("sure") {
        actions::close(&ctx.acting()?, &id).await
    } else {
        Err(Error::field("sure", ctx.t.hall_host_sure_error()))
    };
    after(&ctx, &id, &headers, &form, ("hall-closed", done)).await
}

pub(super) async fn present(
    ctx: Ctx,
    Path(id): Path<String>,
    headers: HeaderMap,
    form: FormData,
) -> Result<Response, Error> {
    run_by(&ctx, &id).await?;
    let mut errors = FieldErrors::new();
    let count = errors.count(ctx.t, &form, "present");
    let done = match (errors.done(), count) {
        (Ok(()), Some(count)) => actions::set_present(&ctx.acting()?, &id, count).await,
        (Ok(()), None) => Ok(()),
        (Err(error), _) => Err(error),
    };
    after(&ctx, &id, &headers, &form, ("hall-present", done)).await
}

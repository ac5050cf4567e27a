//! The projector: code, live count, and the results when they may be shown.

use super::super::qr;
use super::super::room::{Halls, Now};
use super::phone::{code_of, json_answer};
use super::show::{ResultView, views};
use super::{short_link, spoken};
use crate::platform::i18n::{number, tenths_percent};
use crate::platform::web::{Ctx, Shell, page};
use crate::platform::{Error, T};
use crate::surveys::model::State;
use crate::surveys::queries;
use askama::Template;
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;
use electoral::survey::SurveyRules;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "surveys/hall/pages/screen.html")]
struct ScreenPage {
    s: Shell,
    live: String,
    version: String,
    answered: String,
    answered_word: String,
    of_present: String,
    sentence: String,
    joins: bool,
    qr: String,
    short: String,
    /// How many of those present answered.
    response: String,
    results: Vec<ResultView>,
    all: String,
}

/// What a page of the hall asks for again and again.
#[derive(Serialize)]
pub(super) struct Current {
    pub(super) version: String,
    pub(super) texts: BTreeMap<&'static str, String>,
}

/// Texts about the count that both pages of the hall show.
pub(super) fn counts(t: T, now: &Now) -> BTreeMap<&'static str, String> {
    let word = if now.survey.wants_tokens {
        t.hall_screen_cards(now.answered)
    } else {
        t.hall_screen_answered(now.answered)
    };
    BTreeMap::from([
        ("answered", number(t.lang, now.answered)),
        ("answered-word", word),
        ("of-present", of_present(t, now)),
    ])
}

pub(super) fn of_present(t: T, now: &Now) -> String {
    now.survey
        .present
        .map_or_else(String::new, |present| t.hall_screen_of_present(present))
}

/// When this changes, the page fetches itself anew.
pub(super) fn version(now: &Now) -> String {
    format!(
        "{}.{}.{}",
        now.survey.state.as_str(),
        now.survey.present.unwrap_or(0),
        now.shown.unwrap_or(0)
    )
}

pub(super) async fn live(ctx: Ctx, Path(typed): Path<String>) -> Result<Response, Error> {
    let code = code_of(&typed)?;
    let now = Halls::of(&ctx.app).now(&ctx.app, &code).await?;
    let current = Current {
        version: version(&now),
        texts: counts(ctx.t, &now),
    };
    Ok(json_answer(
        serde_json::to_string(&current).map_err(Error::internal)?,
    ))
}

fn sentence(t: T, now: &Now, rules: &SurveyRules, behind: u64) -> String {
    match (now.survey.state, now.survey.live, now.shown) {
        (State::Draft, _, _) => t.hall_screen_draft(),
        (State::Closed, _, _) => t.hall_screen_closed(),
        (State::Open, false, _) => t.hall_screen_hidden(),
        (State::Open, true, None) => {
            t.hall_screen_live_later(rules.live_from.value.saturating_add(behind))
        }
        (State::Open, true, Some(step)) => t.hall_screen_live(step, rules.live_step.value),
    }
}

pub(super) async fn screen(
    ctx: Ctx,
    Path(typed): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let t = ctx.t;
    let code = code_of(&typed)?;
    let now = Halls::of(&ctx.app).now(&ctx.app, &code).await?;
    let survey = &now.survey;
    let mut reader = ctx.read().await?;
    let shown = queries::shown(&mut reader, &ctx.app, survey).await?;
    drop(reader);
    let response = shown.as_ref().and_then(|results| results.response);
    let link = short_link(&ctx, &headers, &survey.code);
    let short = spoken(&link);
    let mut counts = counts(t, &now);
    page(&ScreenPage {
        s: ctx.shell("", survey.title.get(t.lang), Vec::new()),
        live: format!("/s/{}/live?lang={}", survey.code, t.lang.code()),
        version: version(&now),
        answered: counts.remove("answered").unwrap_or_default(),
        answered_word: counts.remove("answered-word").unwrap_or_default(),
        of_present: of_present(t, &now),
        sentence: sentence(
            t,
            &now,
            ctx.app.rules.surveys(),
            ctx.app.rules.smallest_group(),
        ),
        joins: survey.state != State::Closed,
        qr: qr::svg(&link, &t.hall_screen_qr(short.as_str()))?,
        short,
        response: response.map_or_else(String::new, |share| {
            t.hall_screen_response(tenths_percent(t.lang, share.tenths()))
        }),
        results: shown.map_or_else(Vec::new, |results| views(t, &results)),
        all: format!("/surveys/{}", survey.id),
    })
}

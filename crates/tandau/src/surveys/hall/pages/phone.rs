//! The phone page: one form in three languages.

use super::super::device::{self, Sent};
use super::super::form::{self, Field};
use super::super::limits::Kind;
use super::super::presence::{Doing, Place};
use super::super::room::{Halls, Now, problem, wants_json};
use super::Asker;
use crate::platform::Error;
use crate::platform::web::{self, Ctx, ErrorItem, FieldErrors, FormData, Shell, Shows, see};
use crate::surveys::model::{State, Submission};
use crate::surveys::{actions, queries};
use askama::Template;
use axum::extract::{Path, RawForm};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse as _, Response};
use serde::Serialize;

/// A word of presence in bytes at most.
const WORD_BYTES: usize = 200;

/// Said instead of the form.
struct Counted {
    title: String,
    text: String,
}

#[derive(Template)]
#[template(path = "surveys/hall/pages/phone.html")]
struct PhonePage {
    s: Shell,
    id: String,
    path: String,
    state: &'static str,
    texts: String,
    counted: Option<Counted>,
    results: String,
    wants_tokens: bool,
    errors: Vec<ErrorItem>,
    fields: Vec<Field>,
    token: String,
    token_error: String,
}

/// Sentences for the page's script.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Texts {
    sending: String,
    sending_text: String,
    failing: String,
    failing_text: String,
    now: String,
    counted: String,
    counted_text: String,
    over: String,
    mend: String,
}

fn texts(ctx: &Ctx) -> Result<String, Error> {
    let t = ctx.t;
    serde_json::to_string(&Texts {
        sending: t.hall_sending(),
        sending_text: t.hall_sending_text(),
        failing: t.hall_failing(),
        failing_text: t.hall_failing_text(),
        now: t.hall_send_now(),
        counted: t.hall_counted(),
        counted_text: t.hall_counted_text(),
        over: t.hall_over(),
        mend: t.hall_errors_title(),
    })
    .map_err(Error::internal)
}

fn built(ctx: &Ctx, now: &Now) -> Result<PhonePage, Error> {
    let survey = &now.survey;
    Ok(PhonePage {
        s: ctx.shell("", survey.title.get(ctx.lang()), Vec::new()),
        id: survey.id.clone(),
        path: format!("/s/{}", survey.code),
        state: survey.state.as_str(),
        texts: texts(ctx)?,
        counted: None,
        results: format!("/surveys/{}", survey.id),
        wants_tokens: survey.wants_tokens,
        errors: Vec::new(),
        fields: Vec::new(),
        token: String::new(),
        token_error: String::new(),
    })
}

/// The page with its questions, as typed so far.
async fn with_questions(
    ctx: &Ctx,
    now: &Now,
    form: &FormData,
    errors: &FieldErrors,
) -> Result<PhonePage, Error> {
    let mut page = built(ctx, now)?;
    let mut reader = ctx.read().await?;
    let questions = queries::questions(&mut reader, &now.survey.id).await?;
    drop(reader);
    page.fields = form::fields(ctx.t, &questions, form, errors);
    page.errors = errors.summary();
    form.text("token").clone_into(&mut page.token);
    errors.of("token").clone_into(&mut page.token_error);
    Ok(page)
}

/// A code typed by hand, as it stands in addresses; nothing that can't be one reaches the database.
pub(super) fn code_of(typed: &str) -> Result<String, Error> {
    let code = typed.to_ascii_uppercase();
    if code.len() <= 12 && !code.is_empty() && code.bytes().all(|b| b.is_ascii_alphanumeric()) {
        Ok(code)
    } else {
        Err(Error::NotFound)
    }
}

pub(super) async fn show(
    ctx: Ctx,
    Path(typed): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let code = code_of(&typed)?;
    if code != typed {
        return Ok(see(&format!("/s/{code}")));
    }
    let now = Halls::of(&ctx.app).now(&ctx.app, &code).await?;
    let sent = device::sent(&ctx.app, &code, &headers);
    let survey = &now.survey;
    // With cards one device may serve many people.
    if survey.state == State::Open
        && !survey.wants_tokens
        && let Some(device) = sent.device()
    {
        let mut reader = ctx.read().await?;
        if queries::has_answered(&mut reader, &survey.id, device).await? {
            drop(reader);
            return web::page(&counted(&ctx, &now, true)?);
        }
    }
    let render = async {
        let page = if survey.state == State::Open {
            with_questions(&ctx, &now, &FormData::default(), &FieldErrors::new()).await?
        } else {
            built(&ctx, &now)?
        };
        page.render().map_err(Error::internal)
    };
    let mut response = ctx
        .app
        .kept
        .or_render(&ctx, &headers, Shows::All, render)
        .await?;
    if sent.device().is_none() && survey.state != State::Closed {
        give_cookie(&ctx, &code, &mut response)?;
    }
    Ok(response)
}

fn give_cookie(ctx: &Ctx, code: &str, response: &mut Response) -> Result<(), Error> {
    let cookie = device::fresh(&ctx.app, code);
    let head = response.headers_mut();
    head.append(
        header::SET_COOKIE,
        HeaderValue::from_str(&cookie).map_err(Error::internal)?,
    );
    // One phone's cookie is not for another behind the same proxy.
    head.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-cache"),
    );
    Ok(())
}

fn counted(ctx: &Ctx, now: &Now, before: bool) -> Result<PhonePage, Error> {
    let t = ctx.t;
    let mut page = built(ctx, now)?;
    page.counted = Some(if before {
        Counted {
            title: t.hall_already(),
            text: t.hall_already_text(),
        }
    } else {
        Counted {
            title: t.hall_counted(),
            text: t.hall_counted_text(),
        }
    });
    Ok(page)
}

pub(super) async fn answer(
    ctx: Ctx,
    Path(typed): Path<String>,
    from: Asker,
    headers: HeaderMap,
    form: Result<FormData, Error>,
) -> Result<Response, Error> {
    let json = wants_json(&headers);
    match taken(&ctx, &typed, &from, &headers, form).await {
        Err(error) if json => problem(ctx.t, error),
        other => other,
    }
}

/// What the script hears.
#[derive(Serialize)]
struct Said {
    state: &'static str,
    message: String,
}

async fn taken(
    ctx: &Ctx,
    typed: &str,
    from: &Asker,
    headers: &HeaderMap,
    form: Result<FormData, Error>,
) -> Result<Response, Error> {
    let t = ctx.t;
    let halls = Halls::of(&ctx.app);
    let wall = ctx.app.clock.wall();
    if let Some(address) = from.0 {
        halls.limits.spend(Kind::Address, address, wall)?;
    }
    let code = code_of(typed)?;
    let form = form?;
    let now = halls.now(&ctx.app, &code).await?;
    let token = form::token(&form);
    let sent = device::sent(&ctx.app, &code, headers);
    let device = sent.device();
    if let Some(sender) = token.as_deref().or(device) {
        halls.limits.spend(Kind::Device, (&code, sender), wall)?;
    }
    let questions = {
        let mut reader = ctx.read().await?;
        queries::questions(&mut reader, &now.survey.id).await?
    };
    let (answers, mut errors) = form::answers(t, &questions, &form);
    if token.is_none() {
        match sent {
            Sent::Nothing => errors.add("cookie", t.hall_error_cookie()),
            Sent::Forged => errors.add("cookie", t.hall_error_forged()),
            Sent::Device(_) => {}
        }
    }
    let outcome = match errors.done() {
        Err(error) => Err(error),
        Ok(()) => {
            let submission = Submission {
                device: device.unwrap_or_default().to_owned(),
                token,
                lang: ctx.lang(),
                answers,
            };
            actions::answer(&ctx.app, &code, submission).await
        }
    };
    let again = match outcome {
        Ok(accepted) => accepted == actions::Accepted::Again,
        Err(error @ Error::Invalid(_)) if !wants_json(headers) => {
            let errors = FieldErrors::take(error)?;
            let page = with_questions(ctx, &now, &form, &errors).await?;
            let mut response = web::page_with_errors(&page)?;
            if sent.device().is_none() {
                give_cookie(ctx, &code, &mut response)?;
            }
            return Ok(response);
        }
        Err(error) => return Err(error),
    };
    if wants_json(headers) {
        let (state, message) = if again {
            ("again", t.hall_already_text())
        } else {
            ("taken", t.hall_counted_text())
        };
        let body = serde_json::to_string(&Said { state, message }).map_err(Error::internal)?;
        return Ok(json_answer(body));
    }
    let mut response = Html(
        counted(ctx, &now, again)?
            .render()
            .map_err(Error::internal)?,
    )
    .into_response();
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// A small document that nobody keeps.
pub(super) fn json_answer(body: String) -> Response {
    (
        [
            (header::CONTENT_TYPE, "application/json"),
            (header::CACHE_CONTROL, "no-store"),
        ],
        body,
    )
        .into_response()
}

/// What a phone hears after its word.
#[derive(Serialize)]
struct HeardNow {
    place: String,
    pause_s: u64,
    state: &'static str,
}

/// A phone says what it is doing. The request bears no cookie and leaves nothing behind.
pub(super) async fn here(
    ctx: Ctx,
    Path(typed): Path<String>,
    from: Asker,
    RawForm(body): RawForm,
) -> Result<Response, Error> {
    let halls = Halls::of(&ctx.app);
    let wall = ctx.app.clock.wall();
    let heard = async {
        if let Some(address) = from.0 {
            halls.limits.spend(Kind::Word, address, wall)?;
        }
        if body.len() > WORD_BYTES {
            return Err(Error::TooLarge);
        }
        let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(&body)
            .map_err(|_| Error::field("", ctx.t.error_400_text()))?;
        let text = |name: &str| {
            pairs
                .iter()
                .find(|(n, _)| n == name)
                .map_or("", |(_, v)| v.as_str())
        };
        let doing = match text("now") {
            "" => None,
            word => Some(
                Doing::parse(word).ok_or_else(|| Error::field("now", ctx.t.error_400_text()))?,
            ),
        };
        let code = code_of(&typed)?;
        let now = halls.now(&ctx.app, &code).await?;
        let heard = halls
            .presence
            .hear(&now.survey.id, Place::parse(text("was")), doing, wall);
        Ok((now, heard))
    };
    let (now, heard) = match heard.await {
        Ok(heard) => heard,
        Err(error) => return problem(ctx.t, error),
    };
    let Some(heard) = heard else {
        return Ok(StatusCode::NO_CONTENT.into_response());
    };
    let body = serde_json::to_string(&HeardNow {
        place: heard.place.map_or_else(String::new, |p| p.to_string()),
        pause_s: heard.pause_s,
        state: now.survey.state.as_str(),
    })
    .map_err(Error::internal)?;
    Ok(json_answer(body))
}

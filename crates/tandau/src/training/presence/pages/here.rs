//! The phone of whoever marks themselves: one field, one button. The page is kept on the phone, so that the code can be
//! typed without a network.

use super::At;
use crate::platform::i18n::instant_short;
use crate::platform::inbox;
use crate::platform::web::{
    Crumb, Ctx, ErrorItem, FieldErrors, FormData, Shell, page, page_with_errors, see,
};
use crate::platform::{Error, T, ids};
use crate::training::model::SessionState;
use crate::training::presence::model::{MARK, Mark, Plan, Why};
use crate::training::presence::queries;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use electoral::training::attendance::typed;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "training/presence/pages/own.html")]
struct OwnPage {
    s: Shell,
    rows: Vec<OwnRow>,
}

struct OwnRow {
    href: String,
    title: String,
    when: String,
    place: String,
}

/// `GET /office/training/here`: sessions to which the reader is invited.
pub(super) async fn list(ctx: Ctx) -> Result<Response, Error> {
    let t = ctx.t;
    let acting = ctx.acting()?;
    let mut reader = ctx.read().await?;
    let day = jiff::SignedDuration::from_hours(24);
    let after = ctx.app.clock.now().checked_sub(day)?;
    let mut rows = Vec::new();
    for session in queries::own(&mut reader, acting.person(), after).await? {
        let at = At::read(&ctx, &mut reader, &session.says.id).await?;
        rows.push(OwnRow {
            href: format!("/office/training/here/{}", session.says.id),
            title: at.title,
            when: at.when,
            place: at.place,
        });
    }
    drop(reader);
    let title = t.presence_own_title();
    page(&OwnPage {
        s: ctx.shell(
            "office",
            title.clone(),
            vec![
                Crumb::to("/office", t.shell_nav_office()),
                Crumb::here(title),
            ],
        ),
        rows,
    })
}

#[derive(Template)]
#[template(path = "training/presence/pages/here.html")]
struct HerePage {
    s: Shell,
    errors: Vec<ErrorItem>,
    title: String,
    when: String,
    place: String,
    shape: &'static str,
    state: String,
    takes: bool,
    href: String,
    envelope: String,
    session: String,
    code: String,
    code_error: String,
    latitude: String,
    longitude: String,
    position_error: String,
}

/// What the code on the screen leads to.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    code: String,
}

/// `GET /office/training/here/{session}`.
pub(super) async fn form(
    ctx: Ctx,
    Path(session): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let code = typed(&asked.code).unwrap_or_default();
    page(&view(&ctx, &session, (code, None), FieldErrors::default()).await?)
}

/// `POST /office/training/here/{session}`.
pub(super) async fn mark(
    ctx: Ctx,
    Path(session): Path<String>,
    data: FormData,
) -> Result<Response, Error> {
    // The address says which session it is.
    if data.text("session") != session {
        return Err(Error::NotFound);
    }
    let acting = ctx.acting()?;
    match inbox::take_form(&acting, MARK, &data).await {
        Ok(taken) => Ok(see(&taken.href)),
        Err(Error::Invalid(problems)) => {
            let errors = FieldErrors::take(Error::Invalid(problems))?;
            let code = data.text("code").to_owned();
            page_with_errors(&view(&ctx, &session, (code, Some(&data)), errors).await?)
        }
        Err(other) => Err(other),
    }
}

/// Where the reader stands, in a shape and a sentence.
fn standing(t: T, at: &At, marks: &[Mark]) -> (&'static str, String) {
    if let Some(mark) = marks.iter().find(|m| m.accepted) {
        let when = instant_short(t.lang, mark.marked_at, &at.zone);
        return ("done", t.presence_you_are_in(when));
    }
    match marks.iter().filter_map(|m| m.why).next_back() {
        Some(why) => ("attention", why.words(t)),
        None => ("open", String::new()),
    }
}

async fn view(
    ctx: &Ctx,
    session: &str,
    (code, sent): (String, Option<&FormData>),
    errors: FieldErrors,
) -> Result<HerePage, Error> {
    let t = ctx.t;
    let acting = ctx.acting()?;
    let mut reader = ctx.read().await?;
    let at = At::read(ctx, &mut reader, session).await?;
    let mut marks = queries::marks_of(&mut reader, session, acting.person()).await?;
    let plan = Plan::of(&ctx.app.rules.training().attendance, &at.session);
    for mark in &mut marks {
        // Made before the session was moved.
        let is_old = !plan.window.holds(mark.marked_at.as_second());
        if mark.accepted && is_old && at.session.state == SessionState::Planned {
            mark.accepted = false;
            mark.why = Some(Why::Moved);
        }
    }
    drop(reader);
    let (mut shape, mut state) = standing(t, &at, &marks);
    let is_in = shape == "done";
    match at.session.state {
        SessionState::Cancelled => (shape, state) = ("trouble", t.presence_cancelled()),
        SessionState::Held if !is_in => (shape, state) = ("open", t.presence_closed_already()),
        _ => {}
    }
    let text = |name: &str| sent.map_or("", |d| d.text(name)).to_owned();
    let envelope = text("envelope");
    Ok(HerePage {
        s: ctx.shell(
            "office",
            at.title.clone(),
            vec![
                Crumb::to("/office", t.shell_nav_office()),
                Crumb::to("/office/training/here", t.presence_own_title()),
                Crumb::here(at.title.as_str()),
            ],
        ),
        errors: errors.summary(),
        shape,
        state,
        takes: at.session.state == SessionState::Planned && !is_in,
        href: format!("/office/training/here/{session}"),
        envelope: if envelope.is_empty() {
            ids::random_id()
        } else {
            envelope
        },
        session: session.to_owned(),
        code,
        code_error: errors.of("code").to_owned(),
        latitude: text("latitude"),
        longitude: text("longitude"),
        position_error: [errors.of("latitude"), errors.of("longitude")].concat(),
        title: at.title,
        when: at.when,
        place: at.place,
    })
}

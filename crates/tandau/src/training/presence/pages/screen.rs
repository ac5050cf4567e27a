//! The trainer's screen: the code that holds now, as digits and as a picture that leads to the page where people mark
//! themselves. The page asks for itself again when the code changes, without scripts.

use super::{At, n};
use crate::platform::Error;
use crate::platform::web::{Ctx, Shell, page};
use crate::surveys::hall::{link_here, qr_svg, spoken};
use crate::training::model::SessionState;
use crate::training::presence::code::Codes;
use crate::training::presence::model::Plan;
use crate::training::presence::queries;
use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;

#[derive(Template)]
#[template(path = "training/presence/pages/screen.html")]
struct ScreenPage {
    s: Shell,
    when: String,
    place: String,
    now: Option<Now>,
    closed: String,
    marked: String,
    marked_word: String,
    back: String,
}

struct Now {
    code: String,
    seconds: i64,
    qr: String,
    short: String,
}

/// Seconds after which a screen without a code asks again.
const IDLE_SECONDS: u32 = 60;

/// `GET /office/training/sessions/{id}/screen`.
pub(super) async fn screen(
    ctx: Ctx,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let t = ctx.t;
    let mut reader = ctx.read().await?;
    let at = At::run(&ctx, &mut reader, &id).await?;
    let known = queries::known(&mut reader, &ctx.app, &at.session).await?;
    drop(reader);
    let rules = &ctx.app.rules.training().attendance;
    let rhythm = rules.rhythm();
    let plan = Plan::of(rules, &at.session);
    let seconds = ctx.app.clock.now().as_second();
    let is_open = at.session.state == SessionState::Planned && plan.window.holds(seconds);
    let here = link_here(&ctx, &headers, &format!("/office/training/here/{id}"));
    let now = if is_open {
        let codes = Codes::of(&ctx.app.secret, &id, rules.digits.value);
        let code = codes.at(rhythm.step(seconds));
        let link = format!("{here}?code={code}");
        let short = spoken(&here);
        Some(Now {
            qr: qr_svg(&link, &t.presence_screen_qr(short.as_str()))?,
            code: spaced(&code),
            seconds: i64::from(rhythm.seconds_left(seconds)),
            short,
        })
    } else {
        None
    };
    let wait = if now.is_some() {
        rhythm.seconds_left(seconds)
    } else {
        IDLE_SECONDS
    };
    let marked = known.reconciled().in_records;
    let mut response = page(&ScreenPage {
        s: ctx.shell("", at.title.as_str(), Vec::new()),
        back: format!("{}/attendance", at.href()),
        when: at.when,
        place: at.place,
        now,
        closed: match at.session.state {
            SessionState::Planned if seconds < plan.window.opens => t.presence_screen_early(),
            SessionState::Planned => t.presence_screen_late(),
            SessionState::Held => t.presence_closed_already(),
            SessionState::Cancelled => t.presence_cancelled(),
        },
        marked: n(t, marked),
        marked_word: t.presence_screen_marked(marked),
    })?;
    let refresh = HeaderValue::from_str(&wait.to_string()).map_err(Error::internal)?;
    response.headers_mut().insert("refresh", refresh);
    Ok(response)
}

/// Digits in two halves, as people read them aloud.
fn spaced(code: &str) -> String {
    let (left, right) = code.split_at(code.len() / 2);
    format!("{left}\u{a0}{right}")
}

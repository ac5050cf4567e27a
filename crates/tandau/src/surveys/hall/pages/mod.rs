//! Pages of the hall.

mod host;
mod phone;
mod screen;
mod show;

use super::room::Asker;
use crate::platform::access::Action;
use crate::platform::web::{Ctx, Guard, Routes};
use axum::http::{HeaderMap, header};

/// Routes of the hall.
#[must_use]
pub fn routes() -> Routes {
    const HOST: Guard = Guard::Power(Action::SurveyRun);
    Routes::new()
        .get("/s/{code}", Guard::Public, phone::show)
        .post("/s/{code}", Guard::Public, phone::answer)
        .post("/s/{code}/here", Guard::Public, phone::here)
        .get("/s/{code}/screen", Guard::Public, screen::screen)
        .get("/s/{code}/live", Guard::Public, screen::live)
        .get("/office/surveys/{id}/hall", HOST, host::page)
        .get("/office/surveys/{id}/hall/live", HOST, host::live)
        .post("/office/surveys/{id}/hall/open", HOST, host::open)
        .post("/office/surveys/{id}/hall/close", HOST, host::close)
        .post("/office/surveys/{id}/hall/present", HOST, host::present)
}

/// The whole short link, as a phone needs it.
fn short_link(ctx: &Ctx, headers: &HeaderMap, code: &str) -> String {
    link_here(ctx, headers, &format!("/s/{code}"))
}

/// A whole link to a path of this site, under the name by which it was asked for.
pub(crate) fn link_here(ctx: &Ctx, headers: &HeaderMap, path: &str) -> String {
    let host = headers
        .get(header::HOST)
        .and_then(|v| v.to_str().ok())
        .filter(|host| {
            !host.is_empty()
                && host.len() <= 255
                && host.bytes().all(|b| {
                    b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':' | b'[' | b']')
                })
        })
        .unwrap_or("localhost");
    let scheme = if ctx.app.settings.secure_cookies {
        "https"
    } else {
        "http"
    };
    format!("{scheme}://{host}{path}")
}

/// The link as it is read aloud and typed: without what every browser adds by itself.
pub(crate) fn spoken(link: &str) -> String {
    link.split_once("://")
        .map_or(link, |(_, rest)| rest)
        .to_owned()
}

/// The address of a survey as it is printed on a card: whoever has the card alone can type it.
pub(in crate::surveys) fn printed_link(ctx: &Ctx, headers: &HeaderMap, code: &str) -> String {
    spoken(&short_link(ctx, headers, code))
}

//! What stands before every handler: who is asking, whether the route's power is held, whether an
//! unsafe request came from our own page.

use super::context::SignedIn;
use super::cookies;
use super::routes::Guard;
use crate::platform::app::Secret;
use crate::platform::{App, Error, access};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::CookieJar;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use hmac::Mac as _;
use std::sync::Arc;

/// The purpose of a form's token.
const FORM: &str = "form";

/// The token a form must carry: tied to the session, useless for another.
#[must_use]
pub fn form_token(secret: &Secret, session: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(secret.mac(FORM, session.as_bytes()).finalize().into_bytes())
}

pub(super) fn token_fits(secret: &Secret, session: &str, token: &str) -> bool {
    BASE64_URL_SAFE_NO_PAD.decode(token).is_ok_and(|bytes| {
        secret
            .mac(FORM, session.as_bytes())
            .verify_slice(&bytes)
            .is_ok()
    })
}

/// Finds out who is asking and puts it into the request.
pub(super) async fn identify(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let jar = CookieJar::from_headers(request.headers());
    if let Some(token) = cookies::session_token(&app.settings, &jar) {
        match access::sessions::resume(&app, &token).await {
            Ok(Some(session)) => {
                request.extensions_mut().insert(SignedIn {
                    actor: Arc::new(session.actor),
                    session: session.id,
                    account_id: session.account_id,
                    must_change: session.must_change,
                });
            }
            Ok(None) => {}
            Err(e) => return e.into_response(),
        }
    }
    let person = request
        .extensions()
        .get::<SignedIn>()
        .map(|who| who.actor.person_id.clone());
    let mut response = next.run(request).await;
    if let Some(person) = person {
        // The service worker keeps nothing of one person for another.
        if let Ok(value) = HeaderValue::from_str(&person) {
            response.headers_mut().insert("tandau-person", value);
        }
        // Pages that an older program made are not kept on.
        response.headers_mut().insert(
            "tandau-program",
            HeaderValue::from_static(super::assets::PROGRAM),
        );
        // What an office sees is not for the next reader of a shared computer.
        response
            .headers_mut()
            .entry(header::CACHE_CONTROL)
            .or_insert(HeaderValue::from_static("no-store"));
    }
    response
}

/// Refuses unsafe requests that another site made the browser send.
pub(super) async fn same_origin(request: Request, next: Next) -> Response {
    if is_unsafe(request.method()) && !from_own_page(request.headers()) {
        return Error::Forged.into_response();
    }
    next.run(request).await
}

fn is_unsafe(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// A browser says where a request comes from; a program that is no browser has no cookies of somebody else.
fn from_own_page(headers: &HeaderMap) -> bool {
    let text = |name: header::HeaderName| headers.get(name).and_then(|v| v.to_str().ok());
    if let Some(site) = headers.get("sec-fetch-site").and_then(|v| v.to_str().ok()) {
        return matches!(site, "same-origin" | "none");
    }
    match (text(header::ORIGIN), text(header::HOST)) {
        (None, _) => true,
        (Some(origin), Some(host)) => origin
            .split_once("://")
            .is_some_and(|(_, authority)| authority == host),
        (Some(_), None) => false,
    }
}

/// Enforces what a route declares.
pub(super) async fn enforce(
    guard: Guard,
    State(app): State<App>,
    request: Request,
    next: Next,
) -> Response {
    let signed_in = request.extensions().get::<SignedIn>();
    match (guard, signed_in) {
        (Guard::Public, _) | (Guard::SignedInFirst, Some(_)) => next.run(request).await,
        // A password that somebody else made opens one page: the one that changes it.
        (Guard::SignedIn | Guard::Power(_), Some(who)) if who.must_change => {
            super::see("/office/password")
        }
        (Guard::SignedIn, Some(_)) => next.run(request).await,
        (Guard::Power(action), Some(who)) if app.policy.could(&who.actor, action) => {
            next.run(request).await
        }
        (Guard::Power(action), Some(_)) => Error::Forbidden(action.name()).into_response(),
        (Guard::SignedIn | Guard::SignedInFirst | Guard::Power(_), None) => {
            Error::SignIn.into_response()
        }
    }
}

//! The cookie by which a device counts once. It means nothing beyond its survey: a random number with the mark by which this
//! installation knows that it gave it out, sent to this survey's address alone, kept by nobody but the browser; the database
//! holds a keyed hash of it until the survey is closed. A device can't make one up. It can ask for another: that is said on the
//! page.

use crate::platform::App;
use crate::platform::app::{Secret, Settings};
use axum::http::HeaderMap;
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

/// 128 bits.
const BYTES: usize = 16;
/// A hall's survey takes an hour, one by link some weeks: sixty days.
const MAX_AGE_S: u32 = 60 * 24 * 60 * 60;
/// The number and its mark as text, at most.
const CHARS_MOST: usize = 100;

/// What a browser sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sent {
    /// No cookie.
    Nothing,
    /// One that was never given out here for this survey.
    Forged,
    /// One of ours.
    Device(String),
}

impl Sent {
    /// The device, where it is one.
    pub(super) fn device(&self) -> Option<&str> {
        match self {
            Self::Device(device) => Some(device),
            Self::Nothing | Self::Forged => None,
        }
    }
}

fn name(settings: &Settings, code: &str) -> String {
    let prefix = if settings.secure_cookies {
        "__Secure-"
    } else {
        ""
    };
    format!("{prefix}tandau-s-{code}")
}

/// What vouches for a number, for one survey.
fn mark(secret: &Secret, code: &str, number: &[u8]) -> Hmac<Sha256> {
    let mut mark = secret.mac("survey device", code.as_bytes());
    mark.update(b"\0");
    mark.update(number);
    mark
}

fn is_ours(secret: &Secret, code: &str, value: &str) -> bool {
    if value.len() > CHARS_MOST {
        return false;
    }
    let Ok(bytes) = BASE64_URL_SAFE_NO_PAD.decode(value) else {
        return false;
    };
    bytes
        .split_at_checked(BYTES)
        .is_some_and(|(number, said)| mark(secret, code, number).verify_slice(said).is_ok())
}

/// What the browser sent.
pub(super) fn sent(app: &App, code: &str, headers: &HeaderMap) -> Sent {
    let jar = CookieJar::from_headers(headers);
    match jar.get(&name(&app.settings, code)).map(Cookie::value) {
        None => Sent::Nothing,
        Some(value) if is_ours(&app.secret, code, value) => Sent::Device(value.to_owned()),
        Some(_) => Sent::Forged,
    }
}

/// A new one, as the header says it.
pub(super) fn fresh(app: &App, code: &str) -> String {
    let number = rand::random::<[u8; BYTES]>();
    let mut bytes = number.to_vec();
    bytes.extend_from_slice(&mark(&app.secret, code, &number).finalize().into_bytes());
    let value = BASE64_URL_SAFE_NO_PAD.encode(bytes);
    let cookie = Cookie::build((name(&app.settings, code), value))
        .path(format!("/s/{code}"))
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(app.settings.secure_cookies)
        .build();
    format!("{cookie}; Max-Age={MAX_AGE_S}")
}

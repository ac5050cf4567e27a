//! The cookie by which a device counts once. It means nothing beyond its survey: a random text, sent to this survey's
//! address alone, kept by nobody but the browser; the database holds a keyed hash of it until the survey is closed.

use crate::platform::app::Settings;
use axum::http::HeaderMap;
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

/// 128 bits.
const BYTES: usize = 16;
/// Those 16 bytes as text.
const CHARS: usize = 22;
/// A hall's survey takes an hour, one by link some weeks: sixty days.
const MAX_AGE_S: u32 = 60 * 24 * 60 * 60;

fn name(settings: &Settings, code: &str) -> String {
    let prefix = if settings.secure_cookies {
        "__Secure-"
    } else {
        ""
    };
    format!("{prefix}tandau-s-{code}")
}

/// What the browser sent, when it could be ours.
pub(super) fn sent(settings: &Settings, code: &str, headers: &HeaderMap) -> Option<String> {
    CookieJar::from_headers(headers)
        .get(&name(settings, code))
        .map(|c| c.value().to_owned())
        .filter(|value| {
            value.len() == CHARS
                && BASE64_URL_SAFE_NO_PAD
                    .decode(value)
                    .is_ok_and(|bytes| bytes.len() == BYTES)
        })
}

/// A new one, as the header says it.
pub(super) fn fresh(settings: &Settings, code: &str) -> String {
    let value = BASE64_URL_SAFE_NO_PAD.encode(rand::random::<[u8; BYTES]>());
    let cookie = Cookie::build((name(settings, code), value))
        .path(format!("/s/{code}"))
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(settings.secure_cookies)
        .build();
    format!("{cookie}; Max-Age={MAX_AGE_S}")
}

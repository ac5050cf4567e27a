//! Cookies: the session, and the language last chosen.

use crate::platform::app::Settings;
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};

/// Over TLS the prefix lets no other host or path set it; a demo on loopback has no TLS.
const fn session_name(settings: &Settings) -> &'static str {
    if settings.secure_cookies {
        "__Host-session"
    } else {
        "tandau-session"
    }
}

/// The cookie that carries a session's token.
#[must_use]
pub fn session_cookie(settings: &Settings, token: String) -> Cookie<'static> {
    Cookie::build((session_name(settings), token))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(settings.secure_cookies)
        .build()
}

/// Takes the session's cookie away.
#[must_use]
pub fn clear_session_cookie(settings: &Settings) -> Cookie<'static> {
    let mut cookie = session_cookie(settings, String::new());
    cookie.make_removal();
    cookie
}

/// The token that the browser sent.
#[must_use]
pub fn session_token(settings: &Settings, jar: &CookieJar) -> Option<String> {
    jar.get(session_name(settings))
        .map(|c| c.value().to_owned())
        .filter(|token| token.len() <= 128 && !token.is_empty())
}

/// Remembers the language for a year.
pub(super) fn language_cookie(settings: &Settings, code: &'static str) -> Cookie<'static> {
    Cookie::build(("tandau-lang", code))
        .path("/")
        .same_site(SameSite::Lax)
        .secure(settings.secure_cookies)
        .permanent()
        .build()
}

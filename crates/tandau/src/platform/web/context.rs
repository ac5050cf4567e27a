//! What a page handler is given: who asks, in which language, with which program.

use super::shell::{Crumb, DemoBanner, LanguageLink, PersonBadge, Shell};
use super::{cookies, guard, peer};
use crate::platform::access::Actor;
use crate::platform::database::Reader;
use crate::platform::i18n::instant_long;
use crate::platform::{Acting, App, Error, Lang, T};
use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri, header};
use axum_extra::extract::cookie::CookieJar;
use std::net::IpAddr;
use std::sync::Arc;

/// Somebody who has signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The person with the offices that hold today.
    pub actor: Arc<Actor>,
    /// Hash of the session's token: names the session, opens nothing.
    pub session: String,
    /// The account.
    pub account_id: String,
    /// The password was made by somebody else: nothing but changing it is open yet.
    pub must_change: bool,
}

/// The context of a request.
#[derive(Clone, Debug)]
pub struct Ctx {
    /// The program.
    pub app: App,
    /// Messages in the reader's language.
    pub t: T,
    /// Who has signed in.
    pub signed_in: Option<SignedIn>,
    /// Path and query of the request.
    pub uri: Uri,
    /// From where, to share out what is scarce; never to be kept.
    pub(super) asker: Option<IpAddr>,
    flash: Option<String>,
}

impl Ctx {
    /// The reader's language.
    #[must_use]
    pub const fn lang(&self) -> Lang {
        self.t.lang
    }

    /// One reading connection for this request.
    ///
    /// # Errors
    /// When none is to be had.
    pub async fn read(&self) -> Result<Reader, Error> {
        self.app.read().await
    }

    /// The one who acts.
    ///
    /// # Errors
    /// [`Error::SignIn`] when nobody has signed in.
    pub fn acting(&self) -> Result<Acting, Error> {
        let signed_in = self.signed_in.as_ref().ok_or(Error::SignIn)?;
        Ok(Acting::new(
            self.app.clone(),
            Arc::clone(&signed_in.actor),
            self.t,
        ))
    }

    /// The token that forms of this session carry; empty when nobody is signed in.
    #[must_use]
    pub fn form_token(&self) -> String {
        self.signed_in
            .as_ref()
            .map(|s| guard::form_token(&self.app.secret, &s.session))
            .unwrap_or_default()
    }

    /// Whether a request that is no form bears the session's token, in its header `x-csrf-token`.
    ///
    /// # Errors
    /// [`Error::SignIn`] when nobody has signed in, [`Error::Forged`] without the token.
    pub fn check_token(&self, headers: &HeaderMap) -> Result<(), Error> {
        let who = self.signed_in.as_ref().ok_or(Error::SignIn)?;
        let token = headers
            .get("x-csrf-token")
            .and_then(|v| v.to_str().ok())
            .unwrap_or_default();
        if guard::token_fits(&self.app.secret, &who.session, token) {
            Ok(())
        } else {
            Err(Error::Forged)
        }
    }

    /// The frame of a page. `section` is the item of the navigation it belongs to.
    #[must_use]
    pub fn shell(
        &self,
        section: &'static str,
        title: impl Into<String>,
        breadcrumbs: Vec<Crumb>,
    ) -> Shell {
        Shell {
            t: self.t,
            title: title.into(),
            breadcrumbs,
            demo: self.app.settings.demo.then(|| DemoBanner {
                clock: instant_long(self.t.lang, self.app.clock.now(), &self.app.home_zone),
            }),
            person: self.signed_in.as_ref().map(|s| PersonBadge {
                id: s.actor.person_id.clone(),
                name: s.actor.name.get(self.t.lang).to_owned(),
                office: s
                    .actor
                    .grants
                    .first()
                    .map_or_else(String::new, |g| self.t.word(&g.role.message_key())),
            }),
            csrf: self.form_token(),
            languages: Lang::ALL
                .into_iter()
                .map(|lang| LanguageLink {
                    code: lang.code(),
                    name: lang.own_name(),
                    href: with_language(&self.uri, lang),
                    current: lang == self.t.lang,
                })
                .collect(),
            section,
            flash: self.flash.as_deref().and_then(|key| self.t.dynamic(key)),
        }
    }
}

/// The address of this page in a language, other parts of the query kept.
fn with_language(uri: &Uri, lang: Lang) -> String {
    let kept: Vec<&str> = uri
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|part| !part.is_empty() && !part.starts_with("lang=") && !part.starts_with("done="))
        .collect();
    let mut query = kept.join("&");
    if !query.is_empty() {
        query.push('&');
    }
    format!("{}?{query}lang={}", uri.path(), lang.code())
}

/// `?lang=`, then the cookie, then the browser's wish, then Kazakh.
pub(super) fn language_of(uri: &Uri, headers: &HeaderMap) -> Lang {
    query_value(uri, "lang")
        .and_then(Lang::from_code)
        .or_else(|| {
            CookieJar::from_headers(headers)
                .get("tandau-lang")
                .and_then(|c| Lang::from_code(c.value()))
        })
        .or_else(|| {
            headers
                .get(header::ACCEPT_LANGUAGE)?
                .to_str()
                .ok()
                .and_then(Lang::from_accept)
        })
        .unwrap_or_default()
}

pub(super) fn query_value<'u>(uri: &'u Uri, name: &str) -> Option<&'u str> {
    uri.query()?.split('&').find_map(|part| {
        part.split_once('=')
            .filter(|(key, _)| *key == name)
            .map(|(_, value)| value)
    })
}

/// The language explicitly asked for in the address, to be remembered.
pub(super) fn asked_language(uri: &Uri) -> Option<Lang> {
    query_value(uri, "lang").and_then(Lang::from_code)
}

impl FromRequestParts<App> for Ctx {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        Ok(Self {
            app: app.clone(),
            t: T::new(language_of(&parts.uri, &parts.headers)),
            signed_in: parts.extensions.get::<SignedIn>().cloned(),
            uri: parts.uri.clone(),
            asker: peer::address(parts),
            // `?done=key` names one of our own messages about what was done; nothing else shows.
            flash: query_value(&parts.uri, "done")
                .filter(|key| {
                    key.len() < 60 && key.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
                })
                .map(|key| format!("done-{key}")),
        })
    }
}

impl OptionalFromRequestParts<App> for SignedIn {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Option<Self>, Error> {
        Ok(parts.extensions.get::<Self>().cloned())
    }
}

/// Remembers an explicitly chosen language.
pub(super) fn remember_language(app: &App, uri: &Uri, response: &mut axum::response::Response) {
    // A page's choice, not that of a file that the page names.
    let is_page = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_none_or(|v| v.as_bytes().starts_with(b"text/html"));
    if let Some(lang) = asked_language(uri)
        && is_page
        && let Ok(value) = cookies::language_cookie(&app.settings, lang.code())
            .to_string()
            .parse()
    {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

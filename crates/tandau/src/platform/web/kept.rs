//! Public pages kept as they were last rendered, so that a whole country can look at one page.
//!
//! A page is rendered anew when something it shows has changed, which the follower of the log of acts
//! ([`crate::platform::live`]) tells, and after a second at the latest, because it says what time it is.
//! Many readers who ask at once wait for one rendering. Pages of people who have signed in are never kept.

use super::Ctx;
use crate::platform::{Error, Lang};
use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::io::Write as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

/// Longer than this no page is shown without looking again.
const FRESH: Duration = Duration::from_secs(1);
/// Pages kept; beyond that all are forgotten. An election night has about 1,600 pages in three languages.
const PAGES_MAX: usize = 6_000;
/// The largest page that is kept, in bytes.
const PAGE_BYTES_MAX: usize = 2 * 1024 * 1024;

/// The pages of one program.
#[derive(Debug, Default)]
pub struct Kept {
    pages: Mutex<HashMap<Key, Slot>>,
    versions: RwLock<Versions>,
    /// Without a follower nobody would tell of changes: then nothing is kept.
    followed: AtomicBool,
}

type Slot = Arc<tokio::sync::Mutex<Option<Arc<Page>>>>;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    path: String,
    lang: Lang,
}

#[derive(Debug)]
struct Page {
    version: (u64, u64),
    rendered: Instant,
    tag: HeaderValue,
    plain: Bytes,
    gzip: Bytes,
}

/// How often things have changed, since the program runs.
#[derive(Debug, Default)]
struct Versions {
    /// Anything at all.
    all: u64,
    /// What belongs to no contest.
    general: u64,
    contests: HashMap<String, u64>,
}

/// What a page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows<'a> {
    /// One contest and what belongs to none.
    Contest(&'a str),
    /// Anything.
    All,
}

impl Kept {
    /// Somebody follows the log from now on (or no longer).
    pub fn set_followed(&self, followed: bool) {
        self.followed.store(followed, Ordering::SeqCst);
    }

    /// Something changed; an empty id belongs to no contest.
    pub fn changed(&self, contest_id: &str) {
        let mut versions = self
            .versions
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        versions.all += 1;
        if contest_id.is_empty() {
            versions.general += 1;
        } else if let Some(version) = versions.contests.get_mut(contest_id) {
            *version += 1;
        } else {
            versions.contests.insert(contest_id.to_owned(), 1);
        }
    }

    fn version(&self, shows: Shows<'_>) -> (u64, u64) {
        let versions = self.versions.read().unwrap_or_else(PoisonError::into_inner);
        match shows {
            Shows::All => (versions.all, 0),
            Shows::Contest(id) => (
                versions.general,
                versions.contests.get(id).copied().unwrap_or(0),
            ),
        }
    }

    fn slot(&self, key: Key) -> Slot {
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        if pages.len() >= PAGES_MAX && !pages.contains_key(&key) {
            pages.clear();
        }
        Arc::clone(pages.entry(key).or_default())
    }

    /// The kept page, or a new rendering that is kept from now on.
    ///
    /// # Errors
    /// Those of the rendering.
    pub async fn or_render<F>(
        &self,
        ctx: &Ctx,
        headers: &HeaderMap,
        shows: Shows<'_>,
        render: F,
    ) -> Result<Response, Error>
    where
        F: Future<Output = Result<String, Error>>,
    {
        let Some(key) = self.key(ctx) else {
            return Ok(axum::response::Html(render.await?).into_response());
        };
        let slot = self.slot(key);
        let mut held = slot.lock().await;
        let version = self.version(shows);
        let page = match held.as_ref() {
            Some(page) if page.version == version && page.rendered.elapsed() < FRESH => {
                Arc::clone(page)
            }
            _ => {
                let text = render.await?;
                if text.len() > PAGE_BYTES_MAX {
                    return Ok(axum::response::Html(text).into_response());
                }
                let page = Arc::new(Page::new(version, text)?);
                *held = Some(Arc::clone(&page));
                page
            }
        };
        drop(held);
        Ok(page.answer(headers))
    }

    /// Only plain addresses are kept: a made-up query must not fill the memory.
    fn key(&self, ctx: &Ctx) -> Option<Key> {
        let plain = match ctx.uri.query() {
            None => true,
            Some(query) => query
                .strip_prefix("lang=")
                .is_some_and(|code| Lang::from_code(code).is_some()),
        };
        (plain && ctx.signed_in.is_none() && self.followed.load(Ordering::SeqCst)).then(|| Key {
            path: ctx.uri.path().to_owned(),
            lang: ctx.lang(),
        })
    }
}

impl Page {
    fn new(version: (u64, u64), text: String) -> Result<Self, Error> {
        let hash = crate::platform::files::hex(&Sha256::digest(text.as_bytes()));
        let mut encoder = GzEncoder::new(Vec::new(), Compression::new(5));
        encoder.write_all(text.as_bytes())?;
        Ok(Self {
            version,
            rendered: Instant::now(),
            tag: HeaderValue::from_str(&format!("W/\"{}\"", hash.get(..24).unwrap_or(&hash)))
                .map_err(Error::internal)?,
            gzip: encoder.finish()?.into(),
            plain: text.into(),
        })
    }

    fn answer(&self, headers: &HeaderMap) -> Response {
        let sent = |name| {
            headers
                .get(name)
                .and_then(|v: &HeaderValue| v.to_str().ok())
        };
        let mut response = if self
            .tag
            .to_str()
            .is_ok_and(|tag| sent(header::IF_NONE_MATCH) == Some(tag))
        {
            StatusCode::NOT_MODIFIED.into_response()
        } else if sent(header::ACCEPT_ENCODING).is_some_and(|v| v.contains("gzip")) {
            let mut response = self.gzip.clone().into_response();
            response
                .headers_mut()
                .insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            response
        } else {
            self.plain.clone().into_response()
        };
        let head = response.headers_mut();
        head.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        );
        head.insert(header::ETAG, self.tag.clone());
        head.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        head.insert(
            header::VARY,
            HeaderValue::from_static("accept-encoding, accept-language, cookie"),
        );
        response
    }
}

#[cfg(test)]
#[path = "kept_tests.rs"]
mod tests;

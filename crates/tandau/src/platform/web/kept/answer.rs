//! What is kept of a page or file, and how it is sent.

use super::Version;
use crate::platform::Error;
use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest as _, Sha256};
use std::io::Write as _;
use std::time::{Duration, Instant};

/// Larger ones are packed off the threads that answer requests.
const PACKED_AT_ONCE_BYTES: usize = 128 * 1024;

/// How something is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// Media type.
    pub media_type: &'static str,
    /// `Cache-Control`.
    pub cache: &'static str,
    /// On what else the answer depends.
    pub vary: &'static str,
    /// Further headers.
    pub head: Vec<(header::HeaderName, HeaderValue)>,
}

impl Form {
    /// A page.
    #[must_use]
    pub const fn page() -> Self {
        Self {
            media_type: "text/html; charset=utf-8",
            cache: "no-cache",
            vary: "accept-encoding, accept-language, cookie",
            head: Vec::new(),
        }
    }

    /// A file that is the same for everybody and may be kept for a moment.
    #[must_use]
    pub const fn file(media_type: &'static str) -> Self {
        Self {
            media_type,
            cache: "public, max-age=5",
            vary: "accept-encoding",
            head: Vec::new(),
        }
    }

    /// With a further header.
    ///
    /// # Errors
    /// A value that can't stand in a header.
    pub fn with(mut self, name: header::HeaderName, value: &str) -> Result<Self, Error> {
        let value = HeaderValue::from_str(value).map_err(Error::internal)?;
        self.head.push((name, value));
        Ok(self)
    }

    /// PDF is packed already.
    fn is_packed(&self) -> bool {
        matches!(self.media_type, "application/pdf" | "image/png")
    }
}

#[derive(Debug)]
pub(super) struct Page {
    version: Version,
    made: Instant,
    form: Form,
    tag: HeaderValue,
    plain: Bytes,
    gzip: Bytes,
}

impl Page {
    pub(super) async fn new(version: Version, form: Form, bytes: Vec<u8>) -> Result<Self, Error> {
        let made = Instant::now();
        let packs = !form.is_packed();
        let large = bytes.len() > PACKED_AT_ONCE_BYTES;
        let work = move || -> Result<(HeaderValue, Bytes, Bytes), Error> {
            let hash = crate::platform::files::hex(&Sha256::digest(&bytes));
            let tag = format!("W/\"{}\"", hash.get(..24).unwrap_or(&hash));
            let tag = HeaderValue::from_str(&tag).map_err(Error::internal)?;
            let mut packed = Vec::new();
            if packs {
                let mut encoder = GzEncoder::new(Vec::new(), Compression::new(5));
                encoder.write_all(&bytes)?;
                packed = encoder.finish()?;
            }
            Ok((tag, bytes.into(), packed.into()))
        };
        let (tag, plain, gzip) = if large {
            tokio::task::spawn_blocking(work)
                .await
                .map_err(Error::internal)??
        } else {
            work()?
        };
        Ok(Self {
            version,
            made,
            form,
            tag,
            plain,
            gzip,
        })
    }

    pub(super) fn is_of(&self, version: Version, for_at_most: Duration) -> bool {
        self.version == version && self.made.elapsed() < for_at_most
    }

    pub(super) fn size(&self) -> usize {
        self.plain.len().saturating_add(self.gzip.len())
    }

    pub(super) fn answer(&self, headers: &HeaderMap) -> Response {
        let sent = |name| {
            headers
                .get(name)
                .and_then(|v: &HeaderValue| v.to_str().ok())
        };
        let tag = self.tag.to_str().unwrap_or_default();
        let known = sent(header::IF_NONE_MATCH)
            .is_some_and(|sent| sent.split(',').any(|one| one.trim() == tag));
        let mut response = if known {
            StatusCode::NOT_MODIFIED.into_response()
        } else if !self.gzip.is_empty()
            && sent(header::ACCEPT_ENCODING).is_some_and(|v| v.contains("gzip"))
        {
            let mut response = self.gzip.clone().into_response();
            response
                .headers_mut()
                .insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            response
        } else {
            self.plain.clone().into_response()
        };
        let head = response.headers_mut();
        for (name, value) in [
            (header::CONTENT_TYPE, self.form.media_type),
            (header::CACHE_CONTROL, self.form.cache),
            (header::VARY, self.form.vary),
        ] {
            head.insert(name, HeaderValue::from_static(value));
        }
        head.insert(header::ETAG, self.tag.clone());
        for (name, value) in &self.form.head {
            head.insert(name.clone(), value.clone());
        }
        response
    }
}

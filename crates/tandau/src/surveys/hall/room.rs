//! What the running program remembers of its halls: presence, limits, and for a moment what the database said, so that
//! hundreds of phones and a projector cost one reading.

use super::limits::Limits;
use super::presence::Presence;
use crate::platform::web::{Problem, ProblemField, address};
use crate::platform::{App, Error, T};
use crate::surveys::model::{State, Survey};
use crate::surveys::queries;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use electoral::survey::shown_step;
use std::collections::HashMap;
use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// So long a reading serves everybody.
const FRESH: Duration = Duration::from_millis(200);
/// Readings kept before old ones are thrown away.
const KEPT_MAX: usize = 256;

/// What a survey is like now.
#[derive(Debug)]
pub(super) struct Now {
    pub(super) survey: Survey,
    pub(super) answered: u64,
    pub(super) texts_waiting: u64,
    /// As of how many answers results are shown.
    pub(super) shown: Option<u64>,
    read: Instant,
}

/// What this process remembers; linked in `lib.rs`.
#[derive(Clone, Debug, Default)]
pub struct Halls {
    /// Phones.
    pub(super) presence: Presence,
    /// How much they may send.
    pub(super) limits: Limits,
    now: Arc<Mutex<HashMap<String, Arc<Now>>>>,
}

impl Halls {
    /// Those of a running program.
    pub(super) fn of(app: &App) -> Self {
        app.links.get::<Self>().cloned().unwrap_or_default()
    }

    /// The survey with this code, as it was a moment ago at most.
    pub(super) async fn now(&self, app: &App, code: &str) -> Result<Arc<Now>, Error> {
        if let Some(now) = self.kept(code) {
            return Ok(now);
        }
        let read = Instant::now();
        let mut reader = app.read().await?;
        let survey = queries::by_code(&mut reader, code).await?;
        let live = queries::live(&mut reader, &survey.id).await?;
        drop(reader);
        let rules = app.rules.surveys();
        let shown = match survey.state {
            State::Open if survey.live => {
                let (from, size) = (rules.live_from.value, rules.live_step.value);
                shown_step(live.answered, from, size, app.rules.smallest_group())
            }
            State::Draft | State::Open | State::Closed => None,
        };
        let now = Arc::new(Now {
            survey,
            answered: live.answered,
            texts_waiting: live.texts_waiting,
            shown,
            read,
        });
        let mut all = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= KEPT_MAX {
            all.retain(|_, now| now.read.elapsed() < FRESH);
        }
        all.insert(code.to_owned(), Arc::clone(&now));
        Ok(now)
    }

    fn kept(&self, code: &str) -> Option<Arc<Now>> {
        let all = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(code)
            .filter(|now| now.read.elapsed() < FRESH)
            .cloned()
    }

    /// Forgets what was read: the host has just changed it.
    pub(super) fn forget(&self, code: &str) {
        let mut all = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        all.remove(code);
    }
}

/// The address of who asks; none where nobody is on the line.
pub(super) struct Asker(pub(super) Option<IpAddr>);

impl<S: Sync> FromRequestParts<S> for Asker {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(address(parts)))
    }
}

/// Whether a script asks, which reads no pages.
pub(super) fn wants_json(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|accept| accept.contains("application/json"))
}

/// An error as the script reads it; the page's own errors stay errors.
pub(super) fn problem(t: T, error: Error) -> Result<Response, Error> {
    let status = error.status();
    if matches!(error, Error::Database(_) | Error::Internal(_)) {
        return Err(error);
    }
    let (detail, errors, wait) = match error {
        Error::Conflict(sentence) => (sentence, Vec::new(), 0),
        Error::Invalid(fields) => (t.hall_errors_title(), fields, 0),
        Error::TooMany {
            retry_after_seconds,
        } => (t.hall_too_often(), Vec::new(), retry_after_seconds),
        _ => (t.word(&format!("error-{status}-text")), Vec::new(), 0),
    };
    let body = Problem {
        r#type: format!("urn:tandau:problem:{status}"),
        title: t.hall_over(),
        status,
        detail,
        errors: errors
            .into_iter()
            .map(|p| ProblemField {
                field: p.field,
                message: p.message,
            })
            .collect(),
    };
    let text = serde_json::to_string(&body).map_err(Error::internal)?;
    let mut response = (
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
        [
            (header::CONTENT_TYPE, "application/problem+json"),
            (header::CACHE_CONTROL, "no-store"),
        ],
        text,
    )
        .into_response();
    if wait > 0 {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, wait.into());
    }
    Ok(response)
}

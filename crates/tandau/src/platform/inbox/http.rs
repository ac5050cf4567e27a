//! `POST /office/inbox`: several envelopes at once, each taken by itself and in their order.

use super::limits::{Kind, Limits};
use super::store::{self, Device};
use super::take::{envelope_id, take_from};
use super::{Envelope, Intakes, Taken};
use crate::platform::web::{Ctx, MAX_FIELDS, fits};
use crate::platform::{Acting, Error, FieldProblem};
use axum::Json;
use axum::body::Bytes;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Response};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Envelopes in one request.
const MAX_ENVELOPES: usize = 50;
/// Photos in one envelope.
const MAX_PHOTOS: usize = 100;
/// A form that was filled in earlier counts as filled in so long ago.
const OLDEST: SignedDuration = SignedDuration::from_hours(30 * 24);

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Post {
    sent_at: Timestamp,
    envelopes: Vec<Sent>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent {
    id: String,
    kind: String,
    made_at: Timestamp,
    person: String,
    #[serde(default)]
    fields: BTreeMap<String, String>,
    #[serde(default)]
    files: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Serialize)]
struct Problem {
    field: String,
    message: String,
}

/// What a phone does with an envelope now.
#[derive(Debug, Serialize)]
#[serde(tag = "state", rename_all = "lowercase")]
enum Outcome {
    /// Done: forget it.
    Taken { taken: Taken },
    /// Show what is to be mended.
    Again { problems: Vec<Problem> },
    /// Will not be taken: say so.
    Refused { message: String },
    /// Keep it and send it again; photos that are missing first.
    Later { missing: Vec<String> },
}

#[derive(Debug, Serialize)]
struct Answer {
    id: String,
    #[serde(flatten)]
    outcome: Outcome,
}

#[derive(Debug, Serialize)]
struct Answers {
    answers: Vec<Answer>,
}

pub(super) async fn post(ctx: Ctx, headers: HeaderMap, body: Bytes) -> Result<Response, Error> {
    ctx.check_token(&headers)?;
    let acting = ctx.acting()?;
    Limits::of(&ctx.app).spend(acting.person(), Kind::Request, 1, ctx.app.clock.wall())?;
    if !is_json(&headers) {
        return Err(Error::Unsupported);
    }
    let post: Post = serde_json::from_slice(&body)
        .map_err(|e| Error::field("", format!("{}: {e}", ctx.t.error_400_title())))?;
    if post.envelopes.len() > MAX_ENVELOPES {
        return Err(Error::TooLarge);
    }
    let skew = acting.now().duration_since(post.sent_at);
    let mut answers = Vec::with_capacity(post.envelopes.len());
    let mut stopped = false;
    for sent in post.envelopes {
        let id = sent.id.clone();
        // What follows a fault waits, so that nothing overtakes it.
        let outcome = if stopped {
            Outcome::Later {
                missing: Vec::new(),
            }
        } else {
            one(&acting, sent, skew).await
        };
        stopped |= matches!(outcome, Outcome::Later { .. });
        answers.push(Answer { id, outcome });
    }
    Ok(Json(Answers { answers }).into_response())
}

fn is_json(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|v| v.split(';').next().unwrap_or_default().trim() == "application/json")
}

async fn one(acting: &Acting, sent: Sent, skew: SignedDuration) -> Outcome {
    let t = acting.t();
    if sent.person != acting.person() {
        return Outcome::Refused {
            message: t.offline_other_person(),
        };
    }
    match try_one(acting, sent, skew).await {
        Ok(outcome) => outcome,
        Err(Error::Invalid(problems)) => Outcome::Again {
            problems: problems
                .into_iter()
                .map(|FieldProblem { field, message }| Problem { field, message })
                .collect(),
        },
        Err(Error::Conflict(message)) => Outcome::Refused { message },
        Err(Error::Forbidden(_) | Error::Forged) => Outcome::Refused {
            message: t.error_403_text(),
        },
        Err(Error::NotFound) => Outcome::Refused {
            message: t.error_404_text(),
        },
        Err(Error::TooLarge) => Outcome::Refused {
            message: t.error_413_text(),
        },
        Err(Error::Unsupported) => Outcome::Refused {
            message: t.error_415_text(),
        },
        Err(Error::TooMany { .. } | Error::SignIn) => Outcome::Later {
            missing: Vec::new(),
        },
        Err(fault @ (Error::Database(_) | Error::Internal(_))) => {
            tracing::error!(error = %fault, "an envelope could not be taken");
            Outcome::Later {
                missing: Vec::new(),
            }
        }
    }
}

async fn try_one(acting: &Acting, sent: Sent, skew: SignedDuration) -> Result<Outcome, Error> {
    let t = acting.t();
    let id = envelope_id(&sent.id).ok_or_else(|| Error::field("id", t.offline_form_old()))?;
    let photos: usize = sent.files.values().map(Vec::len).sum();
    if sent.fields.len() > MAX_FIELDS || photos > MAX_PHOTOS {
        return Err(Error::TooLarge);
    }
    for (name, value) in &sent.fields {
        fits(name, value)?;
    }
    let files = match resolve(acting, &sent.files).await? {
        Ok(files) => files,
        Err(missing) => return Ok(Outcome::Later { missing }),
    };
    let envelope = Envelope {
        id,
        kind: sent.kind,
        made_at: by_our_clock(sent.made_at, skew, acting.now())?,
        fields: sent.fields,
        files,
    };
    let device = Device {
        made_at: sent.made_at,
        skew_seconds: skew.as_secs(),
    };
    let taken = take_from(acting, &envelope, device).await?;
    Ok(Outcome::Taken { taken })
}

/// When a form was filled in, by the server's clock.
fn by_our_clock(
    made_at: Timestamp,
    skew: SignedDuration,
    now: Timestamp,
) -> Result<Timestamp, Error> {
    let corrected = made_at.checked_add(skew).unwrap_or(now);
    Ok(corrected.clamp(now.checked_sub(OLDEST)?, now))
}

type Files = BTreeMap<String, Vec<String>>;

/// Kept files for the phone's ids of photos; otherwise those of this person that did not arrive.
async fn resolve(acting: &Acting, sent: &Files) -> Result<Result<Files, Vec<String>>, Error> {
    let mut files = Files::new();
    let mut missing = Vec::new();
    if sent.is_empty() {
        return Ok(Ok(files));
    }
    let mut reader = acting.app().read().await?;
    for (field, photos) in sent {
        for photo in photos {
            let id = envelope_id(photo)
                .ok_or_else(|| Error::field(field, acting.t().offline_photo_broken()))?;
            match store::file(&mut reader, &id).await? {
                Some((person, file)) if person == acting.person() => {
                    files.entry(field.clone()).or_default().push(file);
                }
                _ => missing.push(photo.clone()),
            }
        }
    }
    Ok(if missing.is_empty() {
        Ok(files)
    } else {
        Err(missing)
    })
}

#[derive(Debug, Serialize)]
struct Hello {
    person: String,
    office: String,
    csrf: String,
    now: String,
    forms: BTreeMap<&'static str, String>,
}

/// `GET /office/inbox/hello`: who is signed in, and what a phone needs to send.
pub(super) async fn hello(ctx: Ctx) -> Result<Response, Error> {
    let acting = ctx.acting()?;
    Limits::of(&ctx.app).spend(acting.person(), Kind::Request, 1, ctx.app.clock.wall())?;
    let mut forms = BTreeMap::new();
    for intake in Intakes::of(&ctx.app).iter() {
        forms.insert(intake.kind(), intake.version(&acting).await?);
    }
    Ok(Json(Hello {
        person: acting.person().to_owned(),
        office: acting.actor().office().to_owned(),
        csrf: ctx.form_token(),
        now: acting.now().to_string(),
        forms,
    })
    .into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_clock_changes_nothing() {
        let now: Timestamp = "2023-11-04T10:00:00Z".parse().unwrap();
        let hour = SignedDuration::from_hours(1);
        for wrong_by in [-24 * 365, -24, 0, 5, 24, 24 * 365] {
            let wrong_by = SignedDuration::from_hours(wrong_by);
            let phone = now.checked_add(wrong_by).unwrap();
            let made = phone.checked_sub(hour).unwrap();
            let skew = now.duration_since(phone);
            let ours = by_our_clock(made, skew, now).unwrap();
            assert_eq!(ours, now.checked_sub(hour).unwrap(), "{wrong_by:?}");
        }
        let zero = SignedDuration::ZERO;
        let later = now.checked_add(hour).unwrap();
        assert_eq!(by_our_clock(later, zero, now).unwrap(), now);
        let oldest = now.checked_sub(OLDEST).unwrap();
        assert_eq!(by_our_clock(Timestamp::MIN, zero, now).unwrap(), oldest);
        assert!(by_our_clock(Timestamp::MAX, SignedDuration::MAX, now).unwrap() <= now);
    }
}

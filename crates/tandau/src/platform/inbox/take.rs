//! Takes one envelope, once.

use super::limits::Limits;
use super::store::{self, Device};
use super::{Envelope, Intakes, Taken};
use crate::platform::database::Transaction;
use crate::platform::files::{CleanError, hex};
use crate::platform::web::FormData;
use crate::platform::{Acting, Error, T};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Takes an envelope in a transaction of its own. One that was taken before gets the same answer again.
///
/// # Errors
/// What the room's intake says; [`Error::Conflict`] when this id belongs to another person or another content. Nothing
/// is left behind then.
pub async fn take(acting: &Acting, envelope: &Envelope) -> Result<Taken, Error> {
    let device = Device {
        made_at: envelope.made_at,
        skew_seconds: 0,
    };
    take_from(acting, envelope, device).await
}

/// The same, with what the phone's own clock said.
pub(super) async fn take_from(
    acting: &Acting,
    envelope: &Envelope,
    device: Device,
) -> Result<Taken, Error> {
    let mut tx = acting.begin().await?;
    match take_in(&mut tx, acting, envelope, device).await? {
        Answer::New(taken) => {
            tx.commit().await?;
            Ok(taken)
        }
        Answer::Before(taken) => Ok(taken),
    }
}

/// Takes a form that was posted without scripts. Its hidden field `envelope` is the id; photos are kept with it.
///
/// # Errors
/// As [`take`]; a photo that can't be taken is a problem of its field; [`Error::TooMany`] for a person who posts too often.
pub async fn take_form(acting: &Acting, kind: &str, form: &FormData) -> Result<Taken, Error> {
    let t = acting.t();
    Limits::spend_form(acting.app(), acting.person(), form)?;
    let id = envelope_id(form.text("envelope"))
        .ok_or_else(|| Error::field("envelope", t.offline_form_old()))?;
    // Pictures are decoded before the transaction, so that nobody waits for them.
    let mut prepared = Vec::new();
    for upload in form.all_uploads().iter().filter(|u| !u.bytes.is_empty()) {
        let done = acting.app().files.prepare(upload.bytes.clone()).await?;
        let file = done.map_err(|e| Error::field(&upload.field, photo_problem(t, e)))?;
        prepared.push((upload.field.clone(), file));
    }
    let mut fields: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in form.fields() {
        if name == "csrf" || name == "envelope" {
            continue;
        }
        fields
            .entry(name.clone())
            .and_modify(|known| {
                known.push('\n');
                known.push_str(value);
            })
            .or_insert_with(|| value.clone());
    }
    let mut tx = acting.begin().await?;
    let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (field, file) in prepared {
        let kept = acting
            .app()
            .files
            .note(&mut tx, acting, &file, false)
            .await?;
        files.entry(field).or_default().push(kept.id);
    }
    let now = acting.now();
    let envelope = Envelope {
        id,
        kind: kind.to_owned(),
        made_at: now,
        fields,
        files,
    };
    let device = Device {
        made_at: now,
        skew_seconds: 0,
    };
    match take_in(&mut tx, acting, &envelope, device).await? {
        Answer::New(taken) => {
            tx.commit().await?;
            Ok(taken)
        }
        Answer::Before(taken) => Ok(taken),
    }
}

/// What an envelope gets.
enum Answer {
    /// Taken now: to be committed.
    New(Taken),
    /// Taken before: nothing to commit.
    Before(Taken),
}

async fn take_in(
    tx: &mut Transaction,
    acting: &Acting,
    envelope: &Envelope,
    device: Device,
) -> Result<Answer, Error> {
    let intake = Intakes::of(acting.app())
        .find(&envelope.kind)
        .cloned()
        .ok_or_else(|| Error::field("kind", acting.t().offline_kind_unknown()))?;
    let body = body_sha256(tx, acting, envelope).await?;
    let now = acting.now();
    if !store::claim(tx, envelope, acting.person(), &body, device, now).await? {
        let before = store::arrived(tx, &envelope.id).await?;
        if before.person != acting.person() || before.body_sha256 != body {
            return Err(Error::Conflict(acting.t().offline_id_taken()));
        }
        let taken = serde_json::from_str(&before.outcome).map_err(Error::internal)?;
        return Ok(Answer::Before(taken));
    }
    let taken = intake.take(tx, acting, envelope).await?;
    let outcome = serde_json::to_string(&taken).map_err(Error::internal)?;
    store::keep_outcome(tx, &envelope.id, &outcome);
    Ok(Answer::New(taken))
}

/// A hash of what stands in an envelope: kind, fields, and the content of its photos. Times are not part of it: the
/// same envelope sent again reaches us by another clock.
async fn body_sha256(
    tx: &mut Transaction,
    acting: &Acting,
    envelope: &Envelope,
) -> Result<String, Error> {
    let mut photos: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (field, ids) in &envelope.files {
        for id in ids {
            let file = acting.app().files.find(tx, id).await?;
            photos.entry(field).or_default().push(file.sha256);
        }
    }
    let body = serde_json::to_vec(&(&envelope.kind, &envelope.fields, &photos))
        .map_err(Error::internal)?;
    Ok(hex(&Sha256::digest(&body)))
}

/// A random id as phones make it, in its usual form.
pub(super) fn envelope_id(text: &str) -> Option<String> {
    Uuid::try_parse(text.trim()).ok().map(|id| id.to_string())
}

/// Why a photo is not taken, for whoever took it.
pub(super) fn photo_problem(t: T, problem: CleanError) -> String {
    match problem {
        CleanError::Kind => t.offline_photo_kind(),
        CleanError::Broken => t.offline_photo_broken(),
        CleanError::Active => t.offline_photo_active(),
        CleanError::TooLarge => t.offline_photo_large(),
    }
}

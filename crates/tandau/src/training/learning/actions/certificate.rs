//! Certificates: issued with the pass, withdrawn by decision of whoever writes programmes.

use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::i18n::in_all;
use crate::platform::{Acting, Error, areas, ids};
use crate::training::learning::code;
use crate::training::learning::model::{Attempt, LIST};
use crate::training::learning::store::{attempts, certificates as store};
use crate::training::passes::{self, Pass};

/// Tries at a free place in the last list of states before a further one is begun.
const TRIES: u32 = 20;

/// Issues the certificate of an attempt that was passed.
pub(super) async fn issue_in(
    tx: &mut Transaction,
    acting: &Acting,
    attempt: &Attempt,
) -> Result<(), Error> {
    let id = ids::random_id();
    let last = store::last_list(tx).await?;
    for n in 0..=TRIES {
        let list = last.saturating_add(u64::from(n == TRIES));
        // By chance: a place says neither whose it is nor when it was given.
        let place = u64::from(rand::random::<u32>()) % LIST;
        let place = list.saturating_mul(LIST).saturating_add(place);
        let code = code::fresh()?;
        if store::add(tx, acting, (&id, &code, place), attempt).await? {
            return record(tx, acting, "training.certificate_issued", &id, 1).await;
        }
        if store::is_issued(tx, &attempt.id).await? {
            return Ok(());
        }
    }
    Err(Error::internal("no place in the lists of states"))
}

async fn record(
    tx: &mut Transaction,
    acting: &Acting,
    event: &'static str,
    id: &str,
    sequence: u64,
) -> Result<(), Error> {
    let act = (event, "training_certificate");
    acting.note(tx, act, &[id, &sequence.to_string()]).await
}

/// Withdraws a certificate. Its address goes on to say that it was, and why; what it certified counts no longer, and its
/// holder may take the test again.
///
/// # Errors
/// No power; no such certificate; no reason; withdrawn before.
pub async fn withdraw(acting: &Acting, code: &str, reason: &str) -> Result<(), Error> {
    let t = acting.t();
    let mut tx = acting.begin().await?;
    let country = areas::country(&mut tx).await?.ok_or(Error::NotFound)?;
    acting
        .require(&mut tx, Action::TrainingMake, &country, None)
        .await?;
    let certificate = store::by_code(&mut tx, code).await?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::field("reason", t.learning_reason_needed()));
    }
    if reason.chars().count() > 500 {
        return Err(Error::field("reason", t.form_too_long(500)));
    }
    let attempt = attempts::by_id(&mut tx, &certificate.attempt_id).await?;
    // The session before the certificate, as a correction takes them.
    passes::hold(&mut tx, &attempt.session_id).await?;
    if certificate.withdrawn.is_some()
        || !store::withdraw(&mut tx, acting, &certificate, reason).await?
    {
        return Err(Error::Conflict(t.learning_already_withdrawn()));
    }
    let pass = Pass {
        person_id: &attempt.person_id,
        session_id: &attempt.session_id,
    };
    passes::ended(&mut tx, acting, pass, reason).await?;
    let next = certificate.version.saturating_add(1);
    record(
        &mut tx,
        acting,
        "training.certificate_withdrawn",
        &certificate.id,
        next,
    )
    .await?;
    Ok(tx.commit().await?)
}

/// Withdraws what certifies that somebody passed after a session at which they were not. The record of the session says
/// why; here everybody reads only that it was corrected.
pub(in crate::training::learning) async fn withdraw_absent_in(
    tx: &mut Transaction,
    acting: &Acting,
    (session_id, person_id): (&str, &str),
) -> Result<(), Error> {
    let reason = in_all(|t| t.learning_withdrawn_corrected());
    for certificate in store::of_session(tx, session_id, person_id).await? {
        if store::withdraw(tx, acting, &certificate, &reason).await? {
            let next = certificate.version.saturating_add(1);
            let event = "training.certificate_withdrawn";
            record(tx, acting, event, &certificate.id, next).await?;
        }
    }
    Ok(())
}

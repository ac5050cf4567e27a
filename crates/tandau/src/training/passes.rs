//! Who counts as trained and passed. The one place that writes it: closing a session whose programme has no test, the test of
//! a programme that has one, and the correction of a session that was closed. Coverage hears of it in the same transaction,
//! and the log vouches for all who passed after a session together, so that it names nobody.

use super::coverage::{self, Affected};
use super::store::{passes as store, sessions};
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error, audit};
use std::collections::BTreeSet;

/// That somebody passed a programme in an election, after a session.
#[derive(Clone, Copy, Debug)]
pub struct Pass<'a> {
    /// The person.
    pub person_id: &'a str,
    /// The session after which.
    pub session_id: &'a str,
}

/// Puts on record who has passed after a session, as it now is. Whoever calls it holds the session.
async fn vouch(
    tx: &mut Transaction,
    acting: &Acting,
    event: &'static str,
    session_id: &str,
) -> Result<(), Error> {
    let event = audit::Event {
        event,
        kind: "training_passes",
        object: &[session_id],
        contest_id: "",
    };
    acting.record(tx, event).await
}

/// Nobody else changes who passed after a session until the transaction ends.
///
/// # Errors
/// [`Error::NotFound`] without such a session; what the database reports.
pub(in crate::training) async fn hold(tx: &mut Transaction, session_id: &str) -> Result<(), Error> {
    if sessions::hold(tx, session_id).await? {
        Ok(())
    } else {
        Err(Error::NotFound)
    }
}

/// Whoever was there when a session was held has passed, once they were taught all modules of its programme in this
/// election; for programmes without a test. Answers how many are new.
///
/// # Errors
/// What the database reports.
pub(super) async fn all_of_session(
    tx: &mut Transaction,
    acting: &Acting,
    session_id: &str,
) -> Result<u64, Error> {
    let new = store::add_all(tx, acting, session_id).await?;
    if new > 0 {
        vouch(tx, acting, "training.passed", session_id).await?;
    }
    Ok(new)
}

/// Whether somebody may pass by a test after a session: it was held, it teaches this programme for this election, they were
/// taught there and are invited still.
///
/// # Errors
/// What the database reports.
pub(in crate::training) async fn may_pass(
    tx: &mut Transaction,
    pass: Pass<'_>,
    of: (&str, &str),
) -> Result<bool, Error> {
    store::may_pass(tx, (pass.person_id, pass.session_id), of).await
}

/// Somebody passed the test of a programme. Twice is once; whoever was not there has not passed. Answers whether it is new.
///
/// # Errors
/// [`Error::NotFound`] without such a session; what the database reports.
pub(in crate::training) async fn passed(
    tx: &mut Transaction,
    acting: &Acting,
    pass: Pass<'_>,
) -> Result<bool, Error> {
    hold(tx, pass.session_id).await?;
    let election = store::election_of(tx, pass.session_id).await?;
    let new = store::add(tx, acting, pass.person_id, pass.session_id).await?;
    if new {
        vouch(tx, acting, "training.passed", pass.session_id).await?;
        let people = [pass.person_id.to_owned()];
        coverage::changed(tx, acting, &election, Affected::People(&people)).await?;
    }
    Ok(new)
}

/// What somebody passed after a session holds no longer. Answers whether it did.
///
/// # Errors
/// [`Error::NotFound`] without such a session; what the database reports.
pub(in crate::training) async fn ended(
    tx: &mut Transaction,
    acting: &Acting,
    pass: Pass<'_>,
    reason: &str,
) -> Result<bool, Error> {
    hold(tx, pass.session_id).await?;
    let election = store::election_of(tx, pass.session_id).await?;
    let held = store::end(tx, acting, (pass.person_id, pass.session_id), reason).await?;
    if held {
        vouch(tx, acting, "training.pass_ended", pass.session_id).await?;
        let people = [pass.person_id.to_owned()];
        coverage::changed(tx, acting, &election, Affected::People(&people)).await?;
    }
    Ok(held)
}

/// A session that was closed is put right by a version of it: those who are `gone` were not there, so what they passed by it
/// ends, after this session and wherever it rests on it; those who have `come` were there and may have passed by it. Whoever
/// calls it holds the session and tells coverage.
///
/// # Errors
/// What the database reports.
pub(super) async fn corrected(
    tx: &mut Transaction,
    acting: &Acting,
    (session_id, version): (&str, u64),
    (gone, come): (&[String], &[String]),
    reason: &str,
) -> Result<(), Error> {
    let mut changed = BTreeSet::new();
    for person in gone {
        for other in store::resting(tx, (session_id, version), person).await? {
            hold(tx, &other).await?;
            if store::end(tx, acting, (person, &other), reason).await? {
                changed.insert(other);
            }
        }
    }
    for person in come {
        if store::add_one(tx, acting, (person, session_id)).await? {
            changed.insert(session_id.to_owned());
        }
    }
    for session in &changed {
        vouch(tx, acting, "training.passes_corrected", session).await?;
    }
    Ok(())
}

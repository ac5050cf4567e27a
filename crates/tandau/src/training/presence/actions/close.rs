//! Closing a session: who was there is settled, then it counts as held.

use super::run_in;
use super::sheets::still_open;
use crate::platform::{Acting, Error};
use crate::training::actions::held_in;
use crate::training::model::{HeldSession, Way};
use crate::training::presence::model::Why;
use crate::training::presence::{queries, store};
use crate::training::store::people as trainees;
use std::collections::BTreeSet;

/// How a session is closed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Close {
    /// The version of the session that was seen.
    pub seen: u64,
    /// People who were there, as the page showed it: somebody may have come since.
    pub present: u64,
    /// A word about it; where signatures and keyed lines of a sheet differ, it says why.
    pub reason: String,
}

/// Closes a session with those who were there. Whoever came uninvited is invited by the closing itself; a mark of
/// somebody who was not there counts no longer. Returns how many were there.
///
/// # Errors
/// [`Error::Conflict`] while paper and records disagree about somebody, while nobody has found who stands behind a name,
/// and when the figures are others than those that were seen; [`Error::Invalid`] without a word about signatures that
/// nobody keyed; as [`crate::training::actions::held`].
pub async fn close(acting: &Acting, session_id: &str, close: &Close) -> Result<u64, Error> {
    let t = acting.t();
    let mut tx = acting.begin().await?;
    let mut session = run_in(&mut tx, acting, session_id).await?;
    still_open(acting, session.state)?;
    let known = queries::known(&mut tx, acting.app(), &session).await?;
    if !known.is_settled() {
        return Err(Error::Conflict(t.presence_not_settled()));
    }
    let sides = known.reconciled();
    let there: BTreeSet<&str> = sides.present.iter().copied().collect();
    if u64::try_from(there.len()).unwrap_or(u64::MAX) != close.present {
        return Err(Error::Conflict(t.presence_changed()));
    }
    if let Some((lines, people)) = known.miscounted()
        && close.reason.trim().is_empty()
    {
        let message = t.presence_close_signatures(lines, people);
        return Err(Error::field("word", message));
    }
    for person in known
        .accepted
        .iter()
        .filter(|p| !there.contains(p.as_str()))
    {
        store::deny(&mut tx, session_id, person, Why::Denied).await?;
    }
    // What the closing writes belongs to the version that it makes.
    session.version = session.version.saturating_add(1);
    for person in &sides.uninvited {
        trainees::invite_person(&mut tx, &session, person).await?;
    }
    for person in &there {
        let traces = known.traces.get(*person).copied().unwrap_or_default();
        if known.accepted.contains(*person) {
            continue;
        }
        let way = if traces.on_paper {
            Way::Paper
        } else {
            Way::Hand
        };
        let id = format!("{session_id}-{person}-{}", session.version);
        let mark = store::NewMark {
            id: &id,
            session_id,
            person_id: person,
            way: way.as_str(),
            marked_at: acting.now(),
            position: None,
            why: None,
        };
        store::add_mark(&mut tx, acting, &mark).await?;
    }
    let absent = sides.absent.iter().map(|p| (*p).to_owned()).collect();
    let how = HeldSession {
        absent,
        way: Some(Way::Hand),
        on_paper: known.has_paper().then(|| known.on_paper()),
        texts: Vec::new(),
        reason: close.reason.clone(),
    };
    let present = held_in(&mut tx, acting, (session_id, close.seen), how).await?;
    tx.commit().await?;
    Ok(present)
}

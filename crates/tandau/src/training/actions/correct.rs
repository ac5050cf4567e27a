//! A session that is closed, put right: who was there after all, who was not, and all that followed from it.

use super::{keep, outdated, reasoned};
use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error};
use crate::training::model::{Act, SessionState};
use crate::training::store::{self, people as trainees, sessions};
use crate::training::{learning, passes};

/// What was wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::training) struct Corrected {
    /// They were counted and were not there; their marks count no longer.
    pub(in crate::training) gone: Vec<String>,
    /// They were there and not counted; they are invited and have a mark by now.
    pub(in crate::training) come: Vec<String>,
    /// People on the list on paper; none where there was none.
    pub(in crate::training) on_paper: Option<u64>,
}

/// Puts the record of a session that was held right, as a further version of it. What people were taught there, what they
/// passed by it, certificates and coverage follow; what the versions before it said stays. Answers how many were there.
///
/// # Errors
/// No power; somebody else was faster; a session that is not closed; no reason; nobody is left.
pub(in crate::training) async fn corrected_in(
    tx: &mut Transaction,
    acting: &Acting,
    (id, seen): (&str, u64),
    how: &Corrected,
    reason: &str,
) -> Result<u64, Error> {
    let t = acting.t();
    let mut session = sessions::by_id(tx, id).await?;
    acting
        .require(tx, Action::TrainingRun, &session.says.area_id, None)
        .await?;
    if session.version != seen || !sessions::step(tx, id, seen).await? {
        return Err(outdated(acting));
    }
    if session.state != SessionState::Held {
        return Err(Error::Conflict(t.presence_correct_open()));
    }
    let reason = reasoned(acting, reason)?;
    session.version = session.version.saturating_add(1);
    for person in &how.gone {
        trainees::unteach(tx, &session, person).await?;
        learning::absent(tx, acting, (id, person)).await?;
    }
    // Whoever has come is taught by this version; the others have been.
    trainees::teach(tx, &session).await?;
    let programme = store::programme(tx, &session.says.programme_id).await?;
    let come: &[String] = if programme.says.tested {
        &[]
    } else {
        &how.come
    };
    let version = (id, session.version);
    passes::corrected(tx, acting, version, (&how.gone, come), &reason).await?;
    let present = trainees::count_present(tx, id).await?;
    if present == 0 {
        return Err(Error::field("decide", t.presence_correct_nobody()));
    }
    session.present = Some(present);
    session.on_paper = how.on_paper;
    keep(tx, acting, &mut session, (Act::Corrected, reason)).await?;
    Ok(present)
}

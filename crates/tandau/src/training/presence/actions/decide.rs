//! What whoever was there says where paper and records disagree.

use super::sheets::still_open;
use super::{reason_of, run_in};
use crate::platform::{Acting, Error};
use crate::training::presence::model::Decided;
use crate::training::presence::{queries, store};

/// What is said of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Says {
    /// The person.
    pub person_id: String,
    /// Whether they were there.
    pub present: bool,
}

/// Decides about people, all with one reason. Only whoever has to do with the session can be decided about: invited,
/// marked, or on a list. The same said again is no new word.
///
/// # Errors
/// [`Error::Forbidden`] for whoever may not run the session; nobody said, no reason; oneself; somebody unknown here.
pub async fn decide(
    acting: &Acting,
    session_id: &str,
    says: &[Says],
    reason: &str,
) -> Result<(), Error> {
    let t = acting.t();
    let mut tx = acting.begin().await?;
    let session = run_in(&mut tx, acting, session_id).await?;
    still_open(acting, session.state)?;
    if says.is_empty() {
        return Err(Error::field("decide", t.presence_decide_nobody()));
    }
    if says.iter().any(|one| one.person_id == acting.person()) {
        return Err(Error::field("decide", t.presence_decide_self()));
    }
    let reason = reason_of(acting, reason)?;
    let known = queries::known(&mut tx, acting.app(), &session).await?;
    for one in says {
        if !known.traces.contains_key(&one.person_id) {
            return Err(Error::NotFound);
        }
        let said = Decided {
            present: one.present,
            reason: reason.clone(),
        };
        if known.decisions.get(&one.person_id) == Some(&said) {
            continue;
        }
        let key = (session_id, one.person_id.as_str());
        let sequence = store::decide(&mut tx, acting, key, &said)
            .await?
            .to_string();
        let event = ("training.presence_decided", "training_presence");
        let object = [session_id, &one.person_id, &sequence];
        acting.note(&mut tx, event, &object).await?;
    }
    tx.commit().await?;
    Ok(())
}

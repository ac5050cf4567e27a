//! A person decides between two answers.

use super::reason_of;
use crate::platform::access::Action;
use crate::platform::{Acting, Error, audit};
use crate::readiness::held::{Held, Purpose};
use crate::readiness::model::{Cause, ItemStatus, is_party, judged};
use crate::readiness::store;

/// Which answer counts, and why.
#[derive(Clone, Debug)]
pub struct Settle {
    /// The election.
    pub election_id: String,
    /// The station.
    pub station_id: String,
    /// The item.
    pub item: String,
    /// The answer that counts.
    pub sequence: u64,
    /// The newest answer that was before the person who decides.
    pub seen: u64,
    /// Why.
    pub reason: String,
}

/// Ends a dispute: the chosen answer is given again, with the reason, and stands as the checklist in force judges it.
///
/// # Errors
/// No power at the station; one of the answers is the actor's own; nothing is disputed, or another answer came meanwhile; no such answer; no reason.
pub async fn settle(acting: &Acting, input: &Settle) -> Result<(), Error> {
    let t = acting.t();
    let mut tx = acting.begin().await?;
    let key = (input.election_id.as_str(), input.station_id.as_str());
    let purpose = Purpose {
        power: Some(Action::ReadinessSettle),
        items: &[&input.item],
        ..Purpose::default()
    };
    let mut held = Held::take_in(&mut tx, acting, key, purpose).await?;
    let now = held.states.get(&input.item).ok_or(Error::NotFound)?;
    if now.status != ItemStatus::Disputed {
        return Err(Error::Conflict(t.readiness_not_disputed()));
    }
    if now.sequence != input.seen {
        return Err(Error::Conflict(t.readiness_answered_meanwhile()));
    }
    let reason = reason_of(t, "reason", &input.reason)?;
    let answers = store::read::answers(&mut tx, key.0, key.1, Some(&input.item)).await?;
    if is_party(answers.iter(), acting.person()) {
        return Err(Error::Conflict(t.readiness_settle_own()));
    }
    let chosen = answers
        .into_iter()
        .find(|a| a.sequence == input.sequence)
        .ok_or_else(|| Error::field("sequence", t.form_choice()))?;
    let voting_day = held.force.voting_day;
    let status = held.list.item(&input.item).map_or(chosen.status, |item| {
        judged(item, &chosen.value, voting_day)
    });
    let mut answer = held.next(acting, &input.item, chosen.value, status);
    reason.clone_into(&mut answer.note);
    let sequence = answer.sequence.to_string();
    held.write(&mut tx, acting, ("", Cause::Settled), &[answer])
        .await?;
    acting
        .record(
            &mut tx,
            audit::Event {
                event: "readiness.settled",
                kind: "readiness_answer",
                object: &[key.0, key.1, &input.item, &sequence],
                contest_id: "",
            },
        )
        .await?;
    tx.commit().await?;
    Ok(())
}

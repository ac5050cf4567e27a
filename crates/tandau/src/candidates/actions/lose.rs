//! Refusal, withdrawal, cancellation: each with a reason of the rules.

use super::{Change, Place, write};
use crate::candidates::model::{CandidateState, last_day_of_change};
use crate::commissions::{Basis, Purpose};
use crate::platform::database::Transaction;
use crate::platform::i18n::date_long;
use crate::platform::{Acting, Error};
use jiff::civil::Date;

/// Somebody leaves the race.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss<'a> {
    /// The candidate.
    pub candidate_id: String,
    /// The day.
    pub on: Date,
    /// Code of the reason in the rules.
    pub reason_code: String,
    /// More about it; may be empty.
    pub note: String,
    /// The commission's decision; needed to refuse and to cancel.
    pub basis: Option<Basis<'a>>,
}

/// Refuses registration.
///
/// # Errors
/// As [`refuse_in`].
pub async fn refuse(acting: &Acting, input: Loss<'_>) -> Result<(), Error> {
    let mut tx = acting.begin().await?;
    refuse_in(&mut tx, acting, input).await?;
    tx.commit().await?;
    Ok(())
}

/// As [`refuse`], inside another act.
///
/// # Errors
/// No power; a reason that the rules don't give for this act; no decision; within the last days before voting
/// (art. 113-5(12)); a state in which it can't be done.
pub async fn refuse_in(
    tx: &mut Transaction,
    acting: &Acting,
    input: Loss<'_>,
) -> Result<(), Error> {
    lose(tx, acting, input, CandidateState::Refused).await
}

/// Records that a nominee or candidate withdrew, or that the nominator recalled.
///
/// # Errors
/// As [`withdraw_in`].
pub async fn withdraw(acting: &Acting, input: Loss<'_>) -> Result<(), Error> {
    let mut tx = acting.begin().await?;
    withdraw_in(&mut tx, acting, input).await?;
    tx.commit().await?;
    Ok(())
}

/// As [`withdraw`], inside another act. A decision may stand behind it but isn't needed: it is the person's
/// own act (art. 113-6).
///
/// # Errors
/// As [`refuse_in`], but for the decision.
pub async fn withdraw_in(
    tx: &mut Transaction,
    acting: &Acting,
    input: Loss<'_>,
) -> Result<(), Error> {
    lose(tx, acting, input, CandidateState::Withdrawn).await
}

/// Cancels a registration.
///
/// # Errors
/// As [`refuse_in`].
pub async fn cancel(acting: &Acting, input: Loss<'_>) -> Result<(), Error> {
    let mut tx = acting.begin().await?;
    cancel_in(&mut tx, acting, input).await?;
    tx.commit().await?;
    Ok(())
}

/// As [`cancel`], inside another act.
///
/// # Errors
/// As [`refuse_in`].
pub async fn cancel_in(
    tx: &mut Transaction,
    acting: &Acting,
    input: Loss<'_>,
) -> Result<(), Error> {
    lose(tx, acting, input, CandidateState::Cancelled).await
}

async fn lose(
    tx: &mut Transaction,
    acting: &Acting,
    input: Loss<'_>,
    to: CandidateState,
) -> Result<(), Error> {
    let (place, candidate) = Place::of_candidate(tx, acting, &input.candidate_id).await?;
    let t = acting.t();
    if input.on > place.today(acting)? {
        return Err(Error::field("on", t.candidates_day_future()));
    }
    let known = place
        .pack
        .loss(&input.reason_code)
        .is_some_and(|loss| to.loss_act().is_some_and(|act| loss.acts.contains(&act)));
    if !known {
        return Err(Error::field("reason_code", t.form_choice()));
    }
    if input.note.chars().count() > 2000 {
        return Err(Error::field("note", t.form_too_long(2000)));
    }
    // Both days count: the one it is said to have happened on, and today.
    if let Some(last) = last_day_of_change(&place.pack, place.contest.voting_day)
        && place.today(acting)?.max(input.on) > last
    {
        return Err(Error::Conflict(
            t.candidates_last_days(date_long(t.lang, last)),
        ));
    }
    let purpose = match to {
        CandidateState::Refused => Purpose::Refuse,
        CandidateState::Cancelled => Purpose::Cancel,
        _ => Purpose::Withdraw,
    };
    // A commission may note a withdrawal after its day; it refuses and cancels from the day of its decision on.
    let last = (to != CandidateState::Withdrawn).then_some(input.on);
    let days = (Some(candidate.nominated_on), last);
    let decision_id = match input.basis {
        Some(basis) => Some(place.decision(tx, acting, basis, purpose, days).await?),
        None if to == CandidateState::Withdrawn => None,
        None => return Err(Error::field("decision_id", t.form_required())),
    };
    let change = Change {
        event: match to {
            CandidateState::Refused => "candidate.refused",
            CandidateState::Cancelled => "candidate.cancelled",
            _ => "candidate.withdrawn",
        },
        to,
        on: input.on,
        reason_code: &input.reason_code,
        note: input.note.trim(),
        decision_id: decision_id.as_deref(),
        ballot_position: None,
    };
    write(tx, acting, &candidate, change).await
}

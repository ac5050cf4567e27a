//! What the law asks for where there are too few: nomination is extended, voting is moved.

use super::Place;
use crate::candidates::queries;
use crate::commissions::{Basis, Purpose};
use crate::elections::actions::{
    ContestChangeKind, NewChange, change_contest_in, retime_counting_units_in,
};
use crate::elections::{ContestState, queries as elections};
use crate::platform::database::Transaction;
use crate::platform::i18n::{date_long, instant_long};
use crate::platform::{Acting, Error};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

/// Nomination goes on for some days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extension<'a> {
    /// The contest.
    pub contest_id: String,
    /// The new last moment.
    pub until: Timestamp,
    /// The commission's decision.
    pub basis: Basis<'a>,
}

/// Voting is held on a later day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Postponement<'a> {
    /// The contest.
    pub contest_id: String,
    /// The new day.
    pub voting_day: Date,
    /// The commission's decision.
    pub basis: Basis<'a>,
}

/// Extends nomination in a contest with too few nominees (art. 113-3(6)).
///
/// # Errors
/// As [`extend_nomination_in`].
pub async fn extend_nomination(acting: &Acting, input: Extension<'_>) -> Result<(), Error> {
    let mut tx = acting.begin().await?;
    extend_nomination_in(&mut tx, acting, input).await?;
    tx.commit().await?;
    Ok(())
}

/// As [`extend_nomination`], inside another act.
///
/// # Errors
/// No power; rules without an extension; before nomination has ended; enough nominees; longer than the rules
/// allow; a second extension.
pub async fn extend_nomination_in(
    tx: &mut Transaction,
    acting: &Acting,
    input: Extension<'_>,
) -> Result<(), Error> {
    let place = Place::open(tx, acting, &input.contest_id).await?;
    let t = acting.t();
    let zone = place.contest.time_zone()?;
    let rules = place.pack.candidates.as_ref();
    let Some((rules, days)) = rules.and_then(|r| Some((r, r.extension_days.as_ref()?.value)))
    else {
        return Err(Error::Conflict(t.candidates_no_extension()));
    };
    let plan = elections::plan(tx, acting.app(), &place.election, Some(&place.contest)).await?;
    let Some(ends) = plan.until("nomination_end") else {
        return Err(Error::Conflict(t.candidates_no_extension()));
    };
    if acting.now() < ends {
        let when = instant_long(t.lang, ends, &zone);
        return Err(Error::Conflict(t.candidates_extension_early(when)));
    }
    if place.contest.nomination_until.is_some_and(|u| u > ends) {
        return Err(Error::Conflict(t.candidates_extended_already()));
    }
    let nominated = queries::all_of_contest(tx, &input.contest_id)
        .await?
        .iter()
        .filter(|c| c.state.is_active())
        .count();
    if usize::try_from(rules.minimum.value).is_ok_and(|minimum| nominated >= minimum) {
        return Err(Error::Conflict(t.candidates_enough(rules.minimum.value)));
    }
    // "Up to n days": to the end of the n-th day after the day on which nomination ended.
    let last = ends
        .to_zoned_datetime(zone.clone())
        .date()
        .checked_add(i64::from(days).saturating_add(1).days())?
        .to_zoned_datetime(zone)?
        .timestamp();
    if input.until <= ends || input.until > last {
        return Err(Error::field("until", t.candidates_extension_long(days)));
    }
    let days = (place.day_of(Some(ends))?, None);
    let decision_id = place
        .decision(tx, acting, input.basis, Purpose::Extend, days)
        .await?;
    let change = NewChange {
        kind: ContestChangeKind::NominationExtended,
        state: place.contest.state,
        voting_day: place.contest.voting_day,
        nomination_until: Some(input.until),
        decision_id: Some(decision_id),
        reason: String::new(),
    };
    change_contest_in(tx, acting, &place.contest, change).await
}

/// Moves voting in a contest with too few candidates (art. 113-7).
///
/// # Errors
/// As [`postpone_in`].
pub async fn postpone(acting: &Acting, input: Postponement<'_>) -> Result<(), Error> {
    let mut tx = acting.begin().await?;
    postpone_in(&mut tx, acting, input).await?;
    tx.commit().await?;
    Ok(())
}

/// As [`postpone`], inside another act. The counting units get the hours of the new day.
///
/// # Errors
/// No power; rules without it; before registration has ended; enough candidates; a day that is not later, or
/// later than the rules allow (counted from the day first set).
pub async fn postpone_in(
    tx: &mut Transaction,
    acting: &Acting,
    input: Postponement<'_>,
) -> Result<(), Error> {
    let place = Place::open(tx, acting, &input.contest_id).await?;
    let t = acting.t();
    let rules = place.pack.candidates.as_ref();
    let Some((rules, days)) = rules.and_then(|r| Some((r, r.postponement_days.as_ref()?.value)))
    else {
        return Err(Error::Conflict(t.candidates_no_postponement()));
    };
    let plan = elections::plan(tx, acting.app(), &place.election, None).await?;
    let registered_until = plan.until("registration_end");
    if let Some(end) = registered_until
        && acting.now() < end
    {
        let when = instant_long(t.lang, end, &place.contest.time_zone()?);
        return Err(Error::Conflict(t.candidates_postponement_early(when)));
    }
    let registered = queries::all_of_contest(tx, &input.contest_id)
        .await?
        .iter()
        .filter(|c| c.state.is_registered())
        .count();
    if usize::try_from(rules.minimum.value).is_ok_and(|minimum| registered >= minimum) {
        return Err(Error::Conflict(t.candidates_enough(rules.minimum.value)));
    }
    let first_set = place.election.voting_day;
    let last = first_set.checked_add(i64::from(days).days())?;
    if input.voting_day <= place.contest.voting_day || input.voting_day > last {
        return Err(Error::field(
            "voting_day",
            t.candidates_postponement_long(days, date_long(t.lang, last)),
        ));
    }
    let days = (place.day_of(registered_until)?, None);
    let decision_id = place
        .decision(tx, acting, input.basis, Purpose::Postpone, days)
        .await?;
    let change = NewChange {
        kind: ContestChangeKind::Postponed,
        state: ContestState::Postponed,
        voting_day: input.voting_day,
        nomination_until: place.contest.nomination_until,
        decision_id: Some(decision_id),
        reason: String::new(),
    };
    change_contest_in(tx, acting, &place.contest, change).await?;
    retime_counting_units_in(tx, acting, &input.contest_id).await
}

//! Registration.

use super::{Change, Place, write};
use crate::bind;
use crate::candidates::model::{AgeCheck, Candidate, CandidateState, check_age};
use crate::candidates::store;
use crate::commissions::{Basis, Purpose};
use crate::elections::queries as elections;
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error};
use jiff::civil::Date;

/// Row of the eligibility table whose value is the least age.
const AGE: &str = "age";

/// A registration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration<'a> {
    /// The candidate.
    pub candidate_id: String,
    /// The day of the decision's effect.
    pub on: Date,
    /// Valid signatures found, where the nominator needs them.
    pub signatures_valid: Option<u64>,
    /// The commission's decision.
    pub basis: Basis<'a>,
}

/// Registers a candidate.
///
/// # Errors
/// As [`register_in`].
pub async fn register(acting: &Acting, input: Registration<'_>) -> Result<(), Error> {
    let mut tx = acting.begin().await?;
    register_in(&mut tx, acting, input).await?;
    tx.commit().await?;
    Ok(())
}

/// As [`register`], inside another act.
///
/// # Errors
/// No power; too few valid signatures (art. 113-4(1)); too young on voting day; a day in the future or after
/// the end of registration; a decision that can't register; a state from which nobody is registered.
pub async fn register_in(
    tx: &mut Transaction,
    acting: &Acting,
    input: Registration<'_>,
) -> Result<(), Error> {
    let (place, candidate) = Place::of_candidate(tx, acting, &input.candidate_id).await?;
    let t = acting.t();
    if input.on > place.today(acting)? {
        return Err(Error::field("on", t.candidates_day_future()));
    }
    let plan = elections::plan(tx, acting.app(), &place.election, Some(&place.contest)).await?;
    if let Some(end) = plan.until("registration_end")
        && input.on > end.to_zoned_datetime(place.contest.time_zone()?).date()
    {
        return Err(Error::field("on", t.candidates_registration_over()));
    }
    age(tx, acting, &place, &candidate).await?;
    signatures(tx, acting, &place, &candidate, input.signatures_valid).await?;
    let days = (Some(candidate.nominated_on), Some(input.on));
    let decision_id = place
        .decision(tx, acting, input.basis, Purpose::Register, days)
        .await?;
    let change = Change {
        event: "candidate.registered",
        to: CandidateState::Registered,
        on: input.on,
        reason_code: "",
        note: "",
        decision_id: Some(&decision_id),
        ballot_position: None,
    };
    write(tx, acting, &candidate, change).await
}

async fn age(
    tx: &mut Transaction,
    acting: &Acting,
    place: &Place,
    candidate: &Candidate,
) -> Result<(), Error> {
    let least = place
        .pack
        .eligibility
        .iter()
        .find(|row| row.id == AGE)
        .and_then(|row| row.value);
    let Some(least) = least else {
        return Ok(());
    };
    let person = tx.one(store::PERSON, bind![&candidate.person_id]).await?;
    let checked = check_age(
        least,
        person.int("birth_year")?,
        person.opt_date("birth_date")?,
        place.contest.voting_day,
    );
    match checked {
        AgeCheck::Met => Ok(()),
        AgeCheck::NotMet => Err(Error::field(
            "candidate_id",
            acting.t().candidates_too_young(least),
        )),
        AgeCheck::Unknown => Err(Error::field(
            "candidate_id",
            acting.t().candidates_age_unknown(least),
        )),
    }
}

async fn signatures(
    tx: &mut Transaction,
    acting: &Acting,
    place: &Place,
    candidate: &Candidate,
    valid: Option<u64>,
) -> Result<(), Error> {
    let t = acting.t();
    let percent = place
        .pack
        .nominator(&candidate.nominated_by)
        .and_then(|n| n.signatures_percent);
    let Some(percent) = percent else {
        return match valid {
            None => Ok(()),
            Some(_) => Err(Error::field(
                "signatures_valid",
                t.candidates_signatures_not(),
            )),
        };
    };
    // Lists may have grown since the nomination: the constituency's voters of today decide.
    let needed = electoral::signatures::threshold(place.contest.voters_on_lists, percent);
    let Some(valid) = valid else {
        return Err(Error::field("signatures_valid", t.form_required()));
    };
    if valid < needed {
        return Err(Error::field(
            "signatures_valid",
            t.candidates_signatures_few(needed, valid),
        ));
    }
    let database = |n: u64| i64::try_from(n).map_err(Error::internal);
    tx.execute(
        store::SET_SIGNATURES,
        bind![&candidate.id, database(needed)?, database(valid)?],
    )
    .await?;
    Ok(())
}

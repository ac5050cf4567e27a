//! Fixing the ballot.

use super::{Change, Place, write};
use crate::candidates::model::{Candidate, CandidateState};
use crate::candidates::queries;
use crate::commissions::{Basis, Purpose};
use crate::elections::queries as elections;
use crate::platform::database::Transaction;
use crate::platform::i18n::instant_long;
use crate::platform::{Acting, Error};

/// The ballot's text is decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FixBallot<'a> {
    /// The contest.
    pub contest_id: String,
    /// The commission's decision on the ballot's text.
    pub basis: Basis<'a>,
}

/// Puts every registered candidate on the ballot. Returns how many.
///
/// # Errors
/// As [`fix_ballot_in`].
pub async fn fix_ballot(acting: &Acting, input: FixBallot<'_>) -> Result<u64, Error> {
    let mut tx = acting.begin().await?;
    let lines = fix_ballot_in(&mut tx, acting, &input.contest_id, input.basis).await?;
    tx.commit().await?;
    Ok(lines)
}

/// As [`fix_ballot`], inside another act. The order is the alphabet of the state language (art. 37(1)). Done
/// again after somebody left the ballot, it numbers those who are left anew.
///
/// # Errors
/// No power; [`Error::Conflict`] before registration has ended, with fewer candidates than the rules ask for,
/// or with a nomination still undecided.
pub async fn fix_ballot_in(
    tx: &mut Transaction,
    acting: &Acting,
    contest_id: &str,
    basis: Basis<'_>,
) -> Result<u64, Error> {
    let place = Place::open(tx, acting, contest_id).await?;
    let t = acting.t();
    let plan = elections::plan(tx, acting.app(), &place.election, Some(&place.contest)).await?;
    let registered_until = plan.until("registration_end");
    if let Some(end) = registered_until
        && acting.now() < end
    {
        let when = instant_long(t.lang, end, &place.contest.time_zone()?);
        return Err(Error::Conflict(t.candidates_ballot_early(when)));
    }
    let all = queries::all_of_contest(tx, contest_id).await?;
    if all.iter().any(|c| c.state == CandidateState::Nominated) {
        return Err(Error::Conflict(t.candidates_ballot_undecided()));
    }
    let mut lines: Vec<Candidate> = all
        .into_iter()
        .filter(|c| c.state.is_registered())
        .collect();
    let minimum = place
        .pack
        .candidates
        .as_ref()
        .map_or(1, |rules| rules.minimum.value);
    if usize::try_from(minimum).is_ok_and(|minimum| lines.len() < minimum) {
        return Err(Error::Conflict(t.candidates_ballot_few(minimum)));
    }
    let days = (place.day_of(registered_until)?, None);
    let decision_id = place
        .decision(tx, acting, basis, Purpose::Ballot, days)
        .await?;
    sort_for_ballot(&mut lines);
    let today = place.today(acting)?;
    let mut position: u64 = 0;
    for candidate in &lines {
        position = position.saturating_add(1);
        let change = Change {
            event: "candidate.on_ballot",
            to: CandidateState::OnBallot,
            on: today,
            reason_code: "",
            note: "",
            decision_id: Some(&decision_id),
            ballot_position: Some(position),
        };
        write(tx, acting, candidate, change).await?;
    }
    Ok(position)
}

/// Alphabetical order of the state language; namesakes by their names in Russian, then by nomination.
fn sort_for_ballot(lines: &mut [Candidate]) {
    lines.sort_by_cached_key(|c| {
        (
            electoral::collation::sort_key(&c.names.kk),
            electoral::collation::sort_key(&c.names.ru),
            c.nominated_on,
            c.id.clone(),
        )
    });
}

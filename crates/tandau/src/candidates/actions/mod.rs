//! What is done to candidates: each function one act.

mod ballot;
mod lose;
mod nominate;
mod register;
mod too_few;

pub use ballot::{FixBallot, fix_ballot, fix_ballot_in};
pub use lose::{Loss, cancel, cancel_in, refuse, refuse_in, withdraw, withdraw_in};
pub use nominate::{NewCandidate, nominate, nominate_in, nominate_person};
pub use register::{Registration, register, register_in};
pub use too_few::{
    Extension, Postponement, extend_nomination, extend_nomination_in, postpone, postpone_in,
};

use super::model::{Candidate, CandidateState};
use super::{queries, store};
use crate::bind;
use crate::commissions::actions::rest_on;
use crate::commissions::{Asked, Basis, Purpose};
use crate::elections::{Contest, Election, queries as elections};
use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error, audit};
use electoral::RulePack;
use jiff::Timestamp;
use jiff::civil::Date;
use std::sync::Arc;

/// The contest of an act with everything that decides on it.
struct Place {
    election: Election,
    contest: Contest,
    pack: Arc<RulePack>,
}

impl Place {
    /// Reads the contest and asks for the power to change its candidates.
    async fn open(tx: &mut Transaction, acting: &Acting, contest_id: &str) -> Result<Self, Error> {
        let contest = elections::contest(tx, contest_id).await?;
        let election = elections::election(tx, &contest.election_id).await?;
        let phase = elections::phase(tx, &election, &contest, acting.now()).await?;
        acting
            .require(
                tx,
                Action::CandidateChange,
                &contest.area_id,
                Some(phase.as_str()),
            )
            .await?;
        if contest.state.is_settled() {
            return Err(Error::Conflict(acting.t().elections_contest_settled()));
        }
        let pack = acting.app().rules.get(&election.rules_id)?;
        Ok(Self {
            election,
            contest,
            pack,
        })
    }

    /// Reads a candidate with the contest; the power is asked for first.
    async fn of_candidate(
        tx: &mut Transaction,
        acting: &Acting,
        candidate_id: &str,
    ) -> Result<(Self, Candidate), Error> {
        let candidate = queries::candidate(tx, candidate_id).await?;
        let place = Self::open(tx, acting, &candidate.contest_id).await?;
        Ok((place, candidate))
    }

    /// Today by the clocks of the constituency.
    fn today(&self, acting: &Acting) -> Result<Date, Error> {
        Ok(acting
            .now()
            .to_zoned_datetime(self.contest.time_zone()?)
            .date())
    }

    /// The decision of the contest's commission or of one above it: on record, or taken with the act. It
    /// bears a day between the first and the last. Returns its id.
    async fn decision(
        &self,
        tx: &mut Transaction,
        acting: &Acting,
        basis: Basis<'_>,
        purpose: Purpose,
        (not_before, not_after): (Option<Date>, Option<Date>),
    ) -> Result<String, Error> {
        let asked = Asked {
            purpose,
            area_id: &self.contest.area_id,
            election_id: Some(&self.election.id),
            contest_id: Some(&self.contest.id),
            not_before,
            not_after,
        };
        let basis = basis.of(&self.contest.commission_id);
        Ok(rest_on(tx, acting, basis, &asked).await?.id)
    }

    /// The day of a moment by the clocks of the constituency.
    fn day_of(&self, at: Option<Timestamp>) -> Result<Option<Date>, Error> {
        let zone = self.contest.time_zone()?;
        Ok(at.map(|at| at.to_zoned_datetime(zone).date()))
    }
}

/// A change to write.
struct Change<'a> {
    event: &'static str,
    to: CandidateState,
    on: Date,
    reason_code: &'a str,
    note: &'a str,
    decision_id: Option<&'a str>,
    ballot_position: Option<u64>,
}

/// Moves a candidate, with its event and its record.
async fn write(
    tx: &mut Transaction,
    acting: &Acting,
    candidate: &Candidate,
    change: Change<'_>,
) -> Result<(), Error> {
    let t = acting.t();
    let to = candidate
        .state
        .advance(change.to)
        .ok_or_else(|| not_from(acting, candidate.state, change.to))?;
    let last = tx
        .one(store::LAST_DAY, bind![&candidate.id])
        .await?
        .opt_date("day")?;
    if last.is_some_and(|last| change.on < last) {
        return Err(Error::field("on", t.candidates_day_before_last()));
    }
    let position = change
        .ballot_position
        .map(|p| i64::try_from(p).map_err(Error::internal))
        .transpose()?;
    let changed = tx
        .execute(
            store::SET_STATE,
            bind![
                &candidate.id,
                candidate.state.as_str(),
                to.as_str(),
                change.reason_code,
                position
            ],
        )
        .await?;
    if changed != 1 {
        return Err(Error::Conflict(t.candidates_changed_meanwhile()));
    }
    add_event(tx, acting, &candidate.id, &change).await?;
    record(tx, acting, change.event, candidate).await
}

async fn add_event(
    tx: &mut Transaction,
    acting: &Acting,
    candidate_id: &str,
    change: &Change<'_>,
) -> Result<(), Error> {
    let sequence = tx
        .one(store::NEXT_EVENT, bind![candidate_id])
        .await?
        .int("n")?;
    tx.execute(
        store::ADD_EVENT,
        bind![
            candidate_id,
            sequence,
            change.to.as_str(),
            change.on,
            change.reason_code,
            change.note,
            change.decision_id,
            acting.person(),
            acting.now()
        ],
    )
    .await?;
    Ok(())
}

async fn record(
    tx: &mut Transaction,
    acting: &Acting,
    event: &'static str,
    candidate: &Candidate,
) -> Result<(), Error> {
    let event = audit::Event {
        event,
        kind: "candidate",
        object: &[&candidate.id],
        contest_id: &candidate.contest_id,
    };
    acting.record(tx, event).await
}

fn not_from(acting: &Acting, from: CandidateState, to: CandidateState) -> Error {
    let t = acting.t();
    let word = |state: CandidateState| t.word(&format!("candidates-state-{}", state.as_str()));
    Error::Conflict(t.candidates_not_from(word(from), word(to)))
}

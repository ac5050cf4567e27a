//! Moving an election to its next state.

use super::decided;
use crate::bind;
use crate::commissions::{Asked, Basis, Purpose};
use crate::elections::neighbours::Neighbours;
use crate::elections::state::{ElectionState, Refusal};
use crate::elections::{queries, store};
use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::i18n::instant_long;
use crate::platform::{Acting, Error, audit};
use jiff::tz::TimeZone;

/// Moves an election on.
///
/// # Errors
/// As [`move_in`].
pub async fn move_to(
    acting: &Acting,
    election_id: &str,
    to: ElectionState,
    basis: Option<Basis<'_>>,
) -> Result<(), Error> {
    let mut tx = acting.begin().await?;
    move_in(&mut tx, acting, election_id, to, basis).await?;
    tx.commit().await?;
    Ok(())
}

/// As [`move_to`], inside another act.
///
/// # Errors
/// No power; [`Error::Conflict`] with the sentence that says what is missing: the moment of the calendar, an
/// outcome, a state in between, a decision; a decision that doesn't fit.
pub async fn move_in(
    tx: &mut Transaction,
    acting: &Acting,
    election_id: &str,
    to: ElectionState,
    basis: Option<Basis<'_>>,
) -> Result<(), Error> {
    let election = queries::election(tx, election_id).await?;
    let power = if to == ElectionState::Published {
        Action::ResultsPublish
    } else {
        Action::ElectionMove
    };
    acting
        .require(tx, power, &election.area_id, Some(election.state.as_str()))
        .await?;
    let publish = to == ElectionState::Published;
    let asked = Asked {
        purpose: if publish {
            Purpose::Publish
        } else {
            Purpose::Move
        },
        area_id: &election.area_id,
        election_id: Some(&election.id),
        contest_id: None,
        not_before: publish.then_some(election.voting_day),
        not_after: None,
    };
    let decision_id = match basis {
        Some(basis) => Some(decided(tx, acting, basis, &asked).await?.id),
        None => None,
    };
    let facts = queries::facts(
        tx,
        acting.app(),
        &election,
        acting.now(),
        decision_id.is_some(),
    )
    .await?;
    let zone = election.time_zone()?;
    let next = election
        .state
        .advance(to, &facts)
        .map_err(|refusal| Error::Conflict(sentence(acting, refusal, &zone)))?;
    let changed = tx
        .execute(
            store::SET_STATE,
            bind![
                election_id,
                election.state.as_str(),
                next.as_str(),
                acting.now()
            ],
        )
        .await?;
    if changed != 1 {
        return Err(Error::Conflict(acting.t().elections_moved_meanwhile()));
    }
    let sequence = tx
        .one(store::NEXT_STATE, bind![election_id])
        .await?
        .int("n")?;
    tx.execute(
        store::ADD_STATE,
        bind![
            election_id,
            sequence,
            next.as_str(),
            acting.now(),
            decision_id.as_deref(),
            acting.person()
        ],
    )
    .await?;
    if next == ElectionState::Voting {
        // From now on every station owes a protocol, whoever made its counting unit.
        for contest in queries::contests(tx, election_id).await? {
            for neighbour in Neighbours::of(acting.app()).iter() {
                neighbour.units_changed(tx, acting, &contest.id).await?;
            }
        }
    }
    let event = audit::Event {
        event: "election.moved",
        kind: "election_state",
        object: &[election_id, &sequence.to_string()],
        contest_id: "",
    };
    acting.record(tx, event).await
}

/// Why the election stays, in the reader's language.
pub(crate) fn sentence(acting: &Acting, refusal: Refusal, zone: &TimeZone) -> String {
    let t = acting.t();
    let word = |state: ElectionState| t.word(&format!("elections-state-{}", state.as_str()));
    match refusal {
        Refusal::NotNext { from, to } => t.elections_move_not_next(word(from), word(to)),
        Refusal::TooEarly { at } => t.elections_move_too_early(instant_long(t.lang, at, zone)),
        Refusal::NeedsDecision => t.elections_move_needs_decision(),
        Refusal::NotCalled { open, of } => t.elections_move_not_called(of, open),
        Refusal::NoContests => t.elections_move_no_contests(),
        Refusal::ContestsOpen { open, of } => t.elections_move_contests_open(of, open),
    }
}

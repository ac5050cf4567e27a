//! Contests: added to an election, changed by decisions, settled when their outcome is known.

use super::{check_basis, decided};
use crate::bind;
use crate::commissions::{Asked, Purpose};
use crate::elections::calendar::{Plan, language};
use crate::elections::model::{Contest, ContestState, NewContest, SOURCING};
use crate::elections::state::{ElectionState, states};
use crate::elections::{queries, store};
use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::web::FieldErrors;
use crate::platform::{Acting, Error, areas, audit};
use electoral::RulePack;
use electoral::rules::Caller;
use jiff::Timestamp;
use jiff::civil::Date;

/// Adds a contest: by the decision that calls it, while the election is only called. Returns its id,
/// `{election id}.{area code}`.
///
/// # Errors
/// No power; [`Error::Conflict`] once nomination has begun; a decision or act that can't carry it; fields to mend: an unknown area or commission, a second contest in the area, seats that the rules
/// don't give, a call later than the rules allow.
pub async fn add_contest_in(
    tx: &mut Transaction,
    acting: &Acting,
    new: NewContest<'_>,
) -> Result<String, Error> {
    let election = queries::election(tx, &new.election_id).await?;
    acting
        .require(
            tx,
            Action::ElectionMove,
            &new.area_id,
            Some(election.state.as_str()),
        )
        .await?;
    write(tx, acting, new, Called::ByTheRules).await
}

/// Which term of the law the call of a contest keeps.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Called {
    /// That of the calendar.
    ByTheRules,
    /// A repeat election is called after the first one: the calendar's term can't hold, and the act about the
    /// territory is that of the first one.
    AsRepeat,
}

/// Puts a contest on record. The power is the caller's matter.
pub(super) async fn write(
    tx: &mut Transaction,
    acting: &Acting,
    new: NewContest<'_>,
    called: Called,
) -> Result<String, Error> {
    let t = acting.t();
    let election = queries::election(tx, &new.election_id).await?;
    if election.state != ElectionState::Called {
        return Err(Error::Conflict(t.elections_contests_fixed()));
    }
    let area = match areas::by_id(tx, &new.area_id, election.voting_day).await {
        Err(Error::NotFound) => return Err(Error::field("area_id", t.elections_area_unknown())),
        other => other?,
    };
    let pack = acting.app().rules.get(&election.rules_id)?;
    check_new(tx, acting, &pack, &new).await?;
    let id = format!("{}.{}", election.id, area.code);
    if tx.first(store::CONTEST, bind![&id]).await?.is_some() {
        return Err(Error::field("area_id", t.elections_contest_taken()));
    }
    let asked = |purpose, not_before, not_after| Asked {
        purpose,
        area_id: &area.id,
        election_id: Some(&election.id),
        contest_id: Some(&id),
        not_before,
        not_after,
    };
    let fixed_on = match &new.basis_decision_id {
        Some(act) if called == Called::ByTheRules => {
            let act = check_basis(tx, acting, act, &asked(Purpose::Territory, None, None)).await;
            let act = act.map_err(|e| e.renamed("decision_id", "basis_decision_id"))?;
            Some(act.decided_on)
        }
        _ => None,
    };
    let basis = new.called_by.of(&new.commission_id);
    let call = decided(tx, acting, basis, &asked(Purpose::Call, fixed_on, None)).await;
    let call = call.map_err(|e| e.renamed("decision_id", "called_by_decision_id"))?;
    // A repeat election is always called by its commission (L 113-9).
    let by_commission = called != Called::ByTheRules || pack.contest.caller == Caller::Commission;
    if by_commission != call.commission_id.is_some() {
        return Err(Error::field(
            "called_by_decision_id",
            t.elections_caller(
                pack.contest
                    .called_by
                    .value
                    .get(language(t.lang))
                    .to_owned(),
            ),
        ));
    }
    let zone = area.time_zone()?;
    let home = election.time_zone()?;
    let entries = queries::entries(tx, &election.id, "").await?;
    let plan = Plan::compute(&pack, election.voting_day, &zone, &home, None, &entries)?;
    let called_at = call.decided_on.to_zoned_datetime(zone.clone())?.timestamp();
    let late = plan.until("call").is_some_and(|last| called_at >= last);
    if late && called == Called::ByTheRules {
        return Err(Error::field(
            "called_by_decision_id",
            t.elections_called_late(),
        ));
    }
    tx.execute(
        store::ADD_CONTEST,
        bind![
            &id,
            &election.id,
            number(new.number)?,
            &new.area_id,
            &new.region_id,
            &new.commission_id,
            number(new.seats)?,
            ContestState::Open.as_str(),
            &new.sourcing,
            new.basis_decision_id.as_deref(),
            &call.id,
            election.voting_day,
            plan.until("nomination_end")
        ],
    )
    .await?;
    let added = audit::Event {
        event: "contest.added",
        kind: "contest",
        object: &[&id],
        contest_id: &id,
    };
    acting.record(tx, added).await?;
    let contest = queries::contest(tx, &id).await?;
    let first = NewChange {
        kind: ContestChangeKind::Added,
        state: ContestState::Open,
        voting_day: contest.voting_day,
        nomination_until: contest.nomination_until,
        decision_id: contest.called_by_decision_id.clone(),
        reason: String::new(),
    };
    write_change(tx, acting, &contest, first).await?;
    Ok(id)
}

async fn check_new(
    tx: &mut Transaction,
    acting: &Acting,
    pack: &RulePack,
    new: &NewContest<'_>,
) -> Result<(), Error> {
    let t = acting.t();
    let mut errors = FieldErrors::new();
    if new.number == 0 {
        errors.add("number", t.form_number());
    }
    let seats = pack.contest.seats.as_ref().map(|s| u64::from(s.value));
    if new.seats == 0 || seats.is_some_and(|s| s != new.seats) {
        errors.add("seats", t.elections_seats());
    }
    if !SOURCING.contains(&new.sourcing.as_str()) {
        errors.add("sourcing", t.form_choice());
    }
    let commission = tx
        .first(store::COMMISSION, bind![&new.commission_id])
        .await?;
    if commission.is_none() {
        errors.add("commission_id", t.elections_commission_unknown());
    }
    errors.done()
}

states! {
    /// What changed in a contest.
    ContestChangeKind {
        /// It was added.
        Added = "added",
        /// Nomination was extended.
        NominationExtended = "nomination_extended",
        /// Voting was moved.
        Postponed = "postponed",
        /// Its outcome was determined, or it was cancelled.
        Settled = "settled",
        /// A recount was ordered after that.
        RecountOrdered = "recount_ordered",
    }
}

impl ContestChangeKind {
    /// What the decision behind it must be.
    const fn purpose(self) -> Purpose {
        match self {
            Self::Added => Purpose::Call,
            Self::NominationExtended => Purpose::Extend,
            Self::Postponed => Purpose::Postpone,
            Self::Settled => Purpose::Settle,
            Self::RecountOrdered => Purpose::Recount,
        }
    }
}

/// A change of a contest, with everything that holds from then on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewChange {
    /// What changed.
    pub kind: ContestChangeKind,
    /// State.
    pub state: ContestState,
    /// Day of voting.
    pub voting_day: Date,
    /// Last moment of nomination.
    pub nomination_until: Option<Timestamp>,
    /// The decision.
    pub decision_id: Option<String>,
    /// Why.
    pub reason: String,
}

/// Changes a contest. The power and the law's conditions are the caller's matter: rooms to the right know
/// candidates and results; here the state's own rules are kept.
///
/// # Errors
/// [`Error::Conflict`] where the state can't change so; a decision that doesn't fit.
pub async fn change_contest_in(
    tx: &mut Transaction,
    acting: &Acting,
    contest: &Contest,
    change: NewChange,
) -> Result<(), Error> {
    if contest.state.change(change.state).is_none() {
        return Err(Error::Conflict(acting.t().elections_contest_settled()));
    }
    if let Some(id) = &change.decision_id {
        let asked = Asked {
            purpose: change.kind.purpose(),
            area_id: &contest.area_id,
            election_id: Some(&contest.election_id),
            contest_id: Some(&contest.id),
            not_before: None,
            not_after: None,
        };
        check_basis(tx, acting, id, &asked).await?;
    }
    tx.execute(
        store::SET_CONTEST,
        bind![
            &contest.id,
            change.state.as_str(),
            change.voting_day,
            change.nomination_until
        ],
    )
    .await?;
    write_change(tx, acting, contest, change).await
}

/// Says that a contest has its outcome: `Determined`, `Repeat` (a tie, or invalid) or `Cancelled`. The room
/// that determines outcomes calls this in the same transaction; the election can only become `determined`
/// when every contest is settled. Settling again (a corrected outcome) is allowed.
///
/// # Errors
/// As [`change_contest_in`].
pub async fn settle_contest_in(
    tx: &mut Transaction,
    acting: &Acting,
    contest_id: &str,
    state: ContestState,
    decision_id: Option<&str>,
) -> Result<(), Error> {
    if !state.is_settled() {
        return Err(Error::internal("a contest is settled with an open state"));
    }
    let contest = queries::contest(tx, contest_id).await?;
    let change = NewChange {
        kind: ContestChangeKind::Settled,
        state,
        voting_day: contest.voting_day,
        nomination_until: contest.nomination_until,
        decision_id: decision_id.map(str::to_owned),
        reason: String::new(),
    };
    change_contest_in(tx, acting, &contest, change).await
}

/// Says that a recount was ordered after a contest was settled: its outcome waits to be determined anew, and
/// nothing is published before.
///
/// # Errors
/// As [`change_contest_in`].
pub async fn recount_contest_in(
    tx: &mut Transaction,
    acting: &Acting,
    contest_id: &str,
    reason: &str,
) -> Result<(), Error> {
    let contest = queries::contest(tx, contest_id).await?;
    let change = NewChange {
        kind: ContestChangeKind::RecountOrdered,
        state: ContestState::Recount,
        voting_day: contest.voting_day,
        nomination_until: contest.nomination_until,
        decision_id: None,
        reason: reason.to_owned(),
    };
    change_contest_in(tx, acting, &contest, change).await
}

async fn write_change(
    tx: &mut Transaction,
    acting: &Acting,
    contest: &Contest,
    change: NewChange,
) -> Result<(), Error> {
    let sequence = tx
        .one(store::NEXT_CHANGE, bind![&contest.id])
        .await?
        .int("n")?;
    tx.execute(
        store::ADD_CHANGE,
        bind![
            &contest.id,
            sequence,
            change.kind.as_str(),
            change.state.as_str(),
            change.voting_day,
            change.nomination_until,
            change.decision_id.as_deref(),
            &change.reason,
            acting.person(),
            acting.now()
        ],
    )
    .await?;
    let event = audit::Event {
        event: "contest.changed",
        kind: "contest_change",
        object: &[&contest.id, &sequence.to_string()],
        contest_id: &contest.id,
    };
    acting.record(tx, event).await
}

pub(super) fn number(value: u64) -> Result<i64, Error> {
    i64::try_from(value).map_err(Error::internal)
}

//! The commission's own calendar: other dates for a step, and what was done.

use super::check_decision;
use crate::bind;
use crate::elections::calendar::{EntryKind, Plan};
use crate::elections::{queries, store};
use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error, audit};
use jiff::Timestamp;

/// What is said about a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanStep {
    /// The election.
    pub election_id: String,
    /// The contest; none for the whole election.
    pub contest_id: Option<String>,
    /// Id of the step.
    pub step: String,
    /// What is said.
    pub kind: EntryKind,
    /// First moment, for [`EntryKind::Plan`].
    pub from: Option<Timestamp>,
    /// Last moment, for [`EntryKind::Plan`].
    pub until: Option<Timestamp>,
    /// When it was done, for [`EntryKind::Done`].
    pub done_at: Option<Timestamp>,
    /// Why; needed for everything but `Done`.
    pub reason: String,
    /// The decision behind it.
    pub decision_id: Option<String>,
    /// The version that the office saw; 0 when there was none. Another one since then is a conflict.
    pub seen_version: Option<u64>,
}

/// Longest reason, in characters.
const MAX_REASON: usize = 2000;

/// Says something about a step, as a new version. Returns the version.
///
/// # Errors
/// No power; fields to mend; [`Error::Conflict`] when somebody else was faster.
pub async fn plan_step(acting: &Acting, input: PlanStep) -> Result<u64, Error> {
    let mut tx = acting.begin().await?;
    let version = plan_step_in(&mut tx, acting, &input).await?;
    tx.commit().await?;
    Ok(version)
}

/// Marks a step of the whole election as done now.
///
/// # Errors
/// As [`plan_step`].
pub async fn mark(acting: &Acting, election_id: &str, step: &str) -> Result<u64, Error> {
    let input = PlanStep {
        election_id: election_id.to_owned(),
        contest_id: None,
        step: step.to_owned(),
        kind: EntryKind::Done,
        from: None,
        until: None,
        done_at: Some(acting.now()),
        reason: String::new(),
        decision_id: None,
        seen_version: None,
    };
    plan_step(acting, input).await
}

pub(super) async fn plan_step_in(
    tx: &mut Transaction,
    acting: &Acting,
    input: &PlanStep,
) -> Result<u64, Error> {
    let election = queries::election(tx, &input.election_id).await?;
    let contest = match &input.contest_id {
        Some(id) => Some(queries::contest_of(tx, &election.id, id).await?),
        None => None,
    };
    let area = contest.as_ref().map_or(&election.area_id, |c| &c.area_id);
    acting
        .require(
            tx,
            Action::CalendarChange,
            area,
            Some(election.state.as_str()),
        )
        .await?;
    check(acting, input)?;
    let contest_id = contest.as_ref().map_or("", |c| c.id.as_str());
    if let Some(id) = &input.decision_id {
        check_decision(
            tx,
            acting,
            id,
            &election.id,
            contest.as_ref().map(|c| c.id.as_str()),
        )
        .await?;
    }
    let version = tx
        .one(
            store::NEXT_ENTRY,
            bind![&election.id, contest_id, &input.step],
        )
        .await?
        .int("n")?;
    if let Some(seen) = input.seen_version
        && i64::try_from(seen).ok() != version.checked_sub(1)
    {
        return Err(Error::Conflict(acting.t().elections_calendar_meanwhile()));
    }
    tx.execute(
        store::ADD_ENTRY,
        bind![
            &election.id,
            contest_id,
            &input.step,
            version,
            input.kind.as_str(),
            input.from,
            input.until,
            input.done_at,
            input.reason.trim(),
            input.decision_id.as_deref(),
            acting.person(),
            acting.now()
        ],
    )
    .await?;
    // The whole calendar must still compute: what counts from this step follows it.
    let plan: Plan = queries::plan(tx, acting.app(), &election, contest.as_ref()).await?;
    if plan.item(&input.step).is_none() {
        return Err(Error::field("step", acting.t().form_choice()));
    }
    let event = audit::Event {
        event: "calendar.changed",
        kind: "calendar_entry",
        object: &[&election.id, contest_id, &input.step, &version.to_string()],
        contest_id,
    };
    acting.record(tx, event).await?;
    u64::try_from(version).map_err(Error::internal)
}

fn check(acting: &Acting, input: &PlanStep) -> Result<(), Error> {
    let t = acting.t();
    if !crate::platform::ids::is_id(&input.step) {
        return Err(Error::field("step", t.form_choice()));
    }
    if input.kind != EntryKind::Done && input.reason.trim().is_empty() {
        return Err(Error::field("reason", t.form_required()));
    }
    if input.reason.chars().count() > MAX_REASON {
        let max = i64::try_from(MAX_REASON).unwrap_or(i64::MAX);
        return Err(Error::field("reason", t.form_too_long(max)));
    }
    let is_plan = input.kind == EntryKind::Plan;
    if is_plan && input.from.is_none() && input.until.is_none() {
        return Err(Error::field("until", t.form_required()));
    }
    if let (Some(from), Some(until)) = (input.from, input.until)
        && until < from
    {
        return Err(Error::field("until", t.elections_plan_order()));
    }
    let has_dates = input.from.is_some() || input.until.is_some();
    let done_ok = match input.kind {
        EntryKind::Done => input.done_at.is_some_and(|at| at <= acting.now()),
        _ => input.done_at.is_none(),
    };
    if !done_ok {
        return Err(Error::field("done_at", t.elections_done_future()));
    }
    if has_dates && !is_plan {
        return Err(Error::field("until", t.form_choice()));
    }
    Ok(())
}

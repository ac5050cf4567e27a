//! The commission's own calendar: other dates for a step, and what was done.

use super::decided;
use crate::bind;
use crate::commissions::{Asked, Basis, Purpose};
use crate::elections::calendar::{EntryKind, Plan};
use crate::elections::{Election, queries, store};
use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error, audit};
use jiff::Timestamp;

/// What is said about a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanStep<'a> {
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
    pub basis: Option<Basis<'a>>,
    /// The version that the office saw; 0 when there was none. Another one since then is a conflict.
    pub seen_version: Option<u64>,
}

impl PlanStep<'_> {
    /// A step that is done now; of one contest, or of the whole election.
    #[must_use]
    pub fn done_now(
        acting: &Acting,
        election_id: &str,
        contest_id: Option<&str>,
        step: &str,
    ) -> Self {
        Self {
            election_id: election_id.to_owned(),
            contest_id: contest_id.map(str::to_owned),
            step: step.to_owned(),
            kind: EntryKind::Done,
            from: None,
            until: None,
            done_at: Some(acting.now()),
            reason: String::new(),
            basis: None,
            seen_version: None,
        }
    }
}

/// Longest reason, in characters.
const MAX_REASON: usize = 2000;

/// Says something about a step, as a new version. Returns the version.
///
/// # Errors
/// No power; fields to mend; [`Error::Conflict`] when somebody else was faster.
pub async fn plan_step(acting: &Acting, input: PlanStep<'_>) -> Result<u64, Error> {
    let mut tx = acting.begin().await?;
    let version = plan_step_in(&mut tx, acting, input).await?;
    tx.commit().await?;
    Ok(version)
}

/// Marks a step of the whole election as done now.
///
/// # Errors
/// As [`plan_step`].
pub async fn mark(acting: &Acting, election_id: &str, step: &str) -> Result<u64, Error> {
    plan_step(acting, PlanStep::done_now(acting, election_id, None, step)).await
}

/// As [`plan_step`], inside another act.
///
/// # Errors
/// As [`plan_step`].
pub async fn plan_step_in(
    tx: &mut Transaction,
    acting: &Acting,
    mut input: PlanStep<'_>,
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
    check(acting, &input)?;
    check_day(acting, &election, &input)?;
    let contest_id = contest.as_ref().map_or("", |c| c.id.as_str());
    let asked = Asked {
        purpose: Purpose::Calendar,
        area_id: area,
        election_id: Some(&election.id),
        contest_id: contest.as_ref().map(|c| c.id.as_str()),
        not_before: None,
        not_after: None,
    };
    let decision_id = match input.basis.take() {
        Some(basis) => Some(decided(tx, acting, basis, &asked).await?.id),
        None => None,
    };
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
            decision_id.as_deref(),
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

/// What is said to have been done before there was an election on record needs a reason.
fn check_day(acting: &Acting, election: &Election, input: &PlanStep<'_>) -> Result<(), Error> {
    let zone = election.time_zone()?;
    let day = |at: Timestamp| at.to_zoned_datetime(zone.clone()).date();
    let before = input
        .done_at
        .is_some_and(|at| day(at) < day(election.created_at));
    if before && input.reason.trim().is_empty() {
        return Err(Error::field("reason", acting.t().elections_done_before()));
    }
    Ok(())
}

fn check(acting: &Acting, input: &PlanStep<'_>) -> Result<(), Error> {
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
        return Err(Error::field("done_on", t.elections_done_future()));
    }
    if has_dates && !is_plan {
        return Err(Error::field("until", t.form_choice()));
    }
    Ok(())
}

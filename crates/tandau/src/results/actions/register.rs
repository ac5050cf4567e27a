//! The territorial commission registers the elected person.

use crate::bind;
use crate::commissions::NewDecision;
use crate::commissions::actions::record_decision_with_paper_in;
use crate::elections::ContestState;
use crate::platform::access::Action;
use crate::platform::{Acting, App, Error, audit};
use crate::results::model::{OutcomeKind, TakingOffice};
use crate::results::{queries, store};
use jiff::civil::Date;

/// What is needed to register the elected person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterElected<'a> {
    /// The contest.
    pub contest_id: String,
    /// Day of the written resignation from incompatible duties; the law asks for it first.
    pub resigned_on: Option<Date>,
    /// The decision; commission, kind, election and contest are set here.
    pub decision: NewDecision<'a>,
    /// The signed paper, as it was sent.
    pub paper: Option<Vec<u8>>,
}

/// Registers the elected person: powers begin with the registration (art. 113-11(1), law on local government
/// 32(1)), and only after a written resignation from incompatible duties (art. 45). A registration after the
/// rules' days is recorded and shown as late.
///
/// # Errors
/// No power; [`Error::Conflict`] when nobody is elected or the person is registered already;
/// [`Error::Invalid`] without the resignation, or with one after the decision.
pub async fn register_elected(
    acting: &Acting,
    input: RegisterElected<'_>,
) -> Result<TakingOffice, Error> {
    let t = acting.t();
    let mut tx = acting.begin().await?;
    let contest = crate::elections::queries::contest(&mut tx, &input.contest_id).await?;
    let election = crate::elections::queries::election(&mut tx, &contest.election_id).await?;
    acting
        .require(
            &mut tx,
            Action::ElectedRegister,
            &contest.area_id,
            Some(election.state.as_str()),
        )
        .await?;
    if contest.state == ContestState::Recount {
        return Err(Error::Conflict(t.results_register_recount()));
    }
    let elected = queries::outcome(&mut tx, &contest.id)
        .await?
        .filter(|outcome| outcome.kind == OutcomeKind::Elected)
        .and_then(|outcome| outcome.candidate_id)
        .ok_or_else(|| Error::Conflict(t.results_nobody_elected()))?;
    if queries::taking_office(&mut tx, &contest.id)
        .await?
        .is_some()
    {
        return Err(Error::Conflict(t.results_registered_already()));
    }
    let powers_from = input.decision.decided_on;
    let resigned_on = input
        .resigned_on
        .ok_or_else(|| Error::field("resigned_on", t.results_resignation_needed()))?;
    if resigned_on > powers_from {
        return Err(Error::field(
            "resigned_on",
            t.results_resignation_after_registration(),
        ));
    }
    let decision_id = record_decision_with_paper_in(
        &mut tx,
        acting,
        NewDecision {
            commission_id: contest.commission_id.clone(),
            kind: "elected_registered",
            election_id: Some(election.id.clone()),
            contest_id: Some(contest.id.clone()),
            ..input.decision
        },
        input.paper,
    )
    .await?;
    tx.execute(
        store::ADD_TAKING_OFFICE,
        bind![
            &contest.id,
            &elected,
            resigned_on,
            &decision_id,
            powers_from,
            acting.person(),
            acting.now()
        ],
    )
    .await?;
    acting
        .record(
            &mut tx,
            audit::Event {
                event: "elected.registered",
                kind: "taking_office",
                object: &[&contest.id],
                contest_id: &contest.id,
            },
        )
        .await?;
    tx.commit().await?;
    Ok(TakingOffice {
        candidate_id: elected,
        resigned_on,
        decision_id,
        powers_from,
    })
}

/// Days by which a registration is later than the rules give, counted from voting day; `None` in time.
///
/// # Errors
/// Unknown rules.
pub fn registration_is_late(
    app: &App,
    rules_id: &str,
    voting_day: Date,
    registered_on: Date,
) -> Result<Option<u64>, Error> {
    let pack = app.rules.get(rules_id)?;
    let Some(days) = pack.result.as_ref().and_then(|r| r.register_days.as_ref()) else {
        return Ok(None);
    };
    let last = voting_day.checked_add(jiff::Span::new().days(i64::from(days.value)))?;
    let late = last.until(registered_on)?.get_days();
    Ok(u64::try_from(late).ok().filter(|days| *days > 0))
}

//! The territorial commission calls the repeat election.

use crate::bind;
use crate::commissions::{Basis, NewDecision};
use crate::elections::actions::{NewRepeat, repeat_in};
use crate::elections::{Contest, ContestState, NewElection};
use crate::platform::access::Action;
use crate::platform::web::FieldErrors;
use crate::platform::{Acting, Error, Names, audit};
use crate::results::model::RepeatTerm;
use crate::results::{queries, store};
use electoral::RulePack;
use jiff::civil::Date;

/// What is needed to call a repeat election.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallRepeat<'a> {
    /// The contest that is repeated.
    pub contest_id: String,
    /// The new day of voting.
    pub voting_day: Date,
    /// Last day of nomination.
    pub nomination_until: Date,
    /// Last day of registration.
    pub registration_until: Date,
    /// The decision; commission, kind and election are set here.
    pub decision: NewDecision<'a>,
    /// The signed paper, as it was sent.
    pub paper: Option<Vec<u8>>,
}

/// Calls the repeat election after a tie, a contest without votes or an invalid one (art. 113-9): an election of
/// its own with one contest, the same stations and lists, within the months that the rules give. Returns the id
/// of the contest.
///
/// # Errors
/// No power; [`Error::Conflict`] when nothing is to be repeated or it is called already; days that don't fit.
pub async fn call_repeat(acting: &Acting, input: CallRepeat<'_>) -> Result<String, Error> {
    let t = acting.t();
    let mut tx = acting.begin().await?;
    let contest = crate::elections::queries::contest(&mut tx, &input.contest_id).await?;
    let election = crate::elections::queries::election(&mut tx, &contest.election_id).await?;
    acting
        .require(
            &mut tx,
            Action::ElectionRepeat,
            &contest.area_id,
            Some(election.state.as_str()),
        )
        .await?;
    if contest.state == ContestState::Recount {
        return Err(Error::Conflict(t.results_register_recount()));
    }
    if !queries::outcome(&mut tx, &contest.id)
        .await?
        .is_some_and(|outcome| outcome.kind.is_repeated())
    {
        return Err(Error::Conflict(t.results_repeat_not_needed()));
    }
    if queries::repeated_by(&mut tx, &contest.id).await?.is_some() {
        return Err(Error::Conflict(t.results_repeat_called_already()));
    }
    let pack = acting.app().rules.get(&election.rules_id)?;
    check(acting, &pack, &contest, &input)?;
    let id = format!("{}-r{}", election.id, contest.number);
    if !NewElection::is_slug(&id) {
        return Err(Error::internal(format!("{id} is too long for an election")));
    }
    let new = NewRepeat {
        id,
        title: Names::each(|t| t.results_repeat_title(contest.names.get(t.lang))),
        voting_day: input.voting_day,
        nomination_until: input.nomination_until,
        registration_until: input.registration_until,
        reason: t.results_repeat_calendar(),
        contest: contest.clone(),
    };
    // No decision on record can name an election that isn't there yet: it is taken with the call.
    let called_by = Basis::Taken {
        decision: Box::new(input.decision),
        paper: input.paper,
    };
    let (repeat_id, decision_id) = repeat_in(&mut tx, acting, new, called_by).await?;
    tx.execute(
        store::ADD_REPEAT,
        bind![
            &contest.id,
            &repeat_id,
            &decision_id,
            acting.person(),
            acting.now()
        ],
    )
    .await?;
    let event = audit::Event {
        event: "repeat.called",
        kind: "contest_repeat",
        object: &[&contest.id],
        contest_id: &contest.id,
    };
    acting.record(&mut tx, event).await?;
    tx.commit().await?;
    Ok(repeat_id)
}

/// The days in their order, the last one within the term of the rules.
fn check(
    acting: &Acting,
    pack: &RulePack,
    contest: &Contest,
    input: &CallRepeat<'_>,
) -> Result<(), Error> {
    let t = acting.t();
    let mut errors = FieldErrors::new();
    if input.nomination_until <= input.decision.decided_on {
        errors.add("nomination_until", t.results_repeat_nomination_after_call());
    }
    if input.registration_until < input.nomination_until {
        errors.add("registration_until", t.results_repeat_registration_order());
    }
    if input.voting_day <= input.registration_until || input.voting_day <= acting.today() {
        errors.add("voting_day", t.results_repeat_voting_order());
    } else if let Some(term) = RepeatTerm::after(pack, contest.voting_day)?
        && input.voting_day > term.last
    {
        errors.add(
            "voting_day",
            t.results_repeat_too_late(crate::platform::i18n::date_long(t.lang, term.last)),
        );
    }
    errors.done()
}

//! A repeat election: a new election of one contest, at the same stations, by the same lists.

use super::contests::{self, Called};
use super::{PlanStep, create, decided, plan, units};
use crate::commissions::{Asked, Basis, Purpose};
use crate::elections::calendar::{EntryKind, Plan};
use crate::elections::model::{Contest, NewContest, NewElection};
use crate::elections::queries;
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error, Names};
use jiff::civil::Date;

/// A repeat election to call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRepeat {
    /// The contest that is repeated.
    pub contest: Contest,
    /// Id of the new election.
    pub id: String,
    /// Its title.
    pub title: Names,
    /// Its day of voting.
    pub voting_day: Date,
    /// Last day of nomination, which the commission sets: the rules count it from a day before the call.
    pub nomination_until: Date,
    /// Last day of registration.
    pub registration_until: Date,
    /// Why the calendar differs, as the calendar says it.
    pub reason: String,
}

/// What stands in the calendar of the rules at these hours, and on which days here.
const OWN_STEPS: [&str; 2] = ["nomination_end", "registration_end"];

/// Creates the election by a decision of its commission, which names the election it calls. Returns the ids
/// of the contest and of the decision. Whether a repeat election is to be called, and by whom, is the
/// caller's matter: rooms to the right know outcomes.
///
/// # Errors
/// Fields to mend; what is wrong with the decision.
pub async fn repeat_in(
    tx: &mut Transaction,
    acting: &Acting,
    new: NewRepeat,
    called_by: Basis<'_>,
) -> Result<(String, String), Error> {
    let repeated = &new.contest;
    let election = queries::election(tx, &repeated.election_id).await?;
    let id = create::write(
        tx,
        acting,
        NewElection {
            id: new.id,
            rules_id: election.rules_id,
            title: new.title,
            area_id: repeated.area_id.clone(),
            zone: repeated.zone.clone(),
            voting_day: new.voting_day,
            synthetic: election.synthetic,
        },
    )
    .await?;
    let asked = Asked {
        purpose: Purpose::Call,
        area_id: &repeated.area_id,
        election_id: Some(&id),
        contest_id: None,
        not_before: Some(repeated.voting_day),
        not_after: None,
    };
    let called_by = called_by.of(&repeated.commission_id);
    let decision_id = decided(tx, acting, called_by, &asked).await?.id;
    let pack = acting
        .app()
        .rules
        .get(&queries::election(tx, &id).await?.rules_id)?;
    let zone = repeated.time_zone()?;
    let by_rules = Plan::compute(&pack, new.voting_day, &zone, &zone, None, &[])?;
    for (step, day) in OWN_STEPS
        .into_iter()
        .zip([new.nomination_until, new.registration_until])
    {
        let Some(hour) = by_rules.item(step).and_then(|i| i.step.until.as_ref()) else {
            continue;
        };
        let until = day
            .to_datetime(hour.time())
            .to_zoned_datetime(zone.clone())?;
        let own = PlanStep {
            election_id: id.clone(),
            contest_id: None,
            step: step.to_owned(),
            kind: EntryKind::Plan,
            from: None,
            until: Some(until.timestamp()),
            done_at: None,
            reason: new.reason.clone(),
            basis: Some(Basis::recorded(&decision_id)),
            seen_version: None,
        };
        plan::plan_step_in(tx, acting, own).await?;
    }
    let contest_id = contests::write(
        tx,
        acting,
        NewContest {
            election_id: id,
            number: 1,
            area_id: repeated.area_id.clone(),
            region_id: repeated.region_id.clone(),
            commission_id: repeated.commission_id.clone(),
            seats: repeated.seats,
            sourcing: repeated.sourcing.clone(),
            basis_decision_id: repeated.basis_decision_id.clone(),
            called_by: Basis::recorded(&decision_id),
        },
        Called::AsRepeat,
    )
    .await?;
    let contest = queries::contest(tx, &contest_id).await?;
    units::same_units_in(tx, acting, repeated, &contest).await?;
    Ok((contest_id, decision_id))
}

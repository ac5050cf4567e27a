//! What is done to elections: each function one act.

mod contests;
mod create;
mod moves;
mod plan;
mod repeat;
mod units;

pub use contests::{
    ContestChangeKind, NewChange, add_contest_in, change_contest_in, settle_contest_in,
};
pub use create::{create, create_in};
pub(crate) use moves::sentence;
pub use moves::{move_in, move_to};
pub use plan::{PlanStep, mark, plan_step};
pub use repeat::{NewRepeat, repeat_in};
pub use units::{add_counting_units_in, retime_counting_units_in};

use super::queries::{self, DecisionRef};
use crate::platform::database::Connection;
use crate::platform::{Acting, Error};

/// A decision that an act rests on: it must exist, not lie in the future, and not belong to another election
/// or contest. Problems are named `decision_id`.
pub(crate) async fn check_decision(
    connection: &mut Connection,
    acting: &Acting,
    decision_id: &str,
    election_id: &str,
    contest_id: Option<&str>,
) -> Result<DecisionRef, Error> {
    let unknown = || Error::field("decision_id", acting.t().elections_decision_unknown());
    let decision = match queries::decision(connection, decision_id).await {
        Err(Error::NotFound) => return Err(unknown()),
        other => other?,
    };
    let other_election = decision
        .election_id
        .as_deref()
        .is_some_and(|id| id != election_id);
    let other_contest = contest_id.is_some()
        && decision.contest_id.is_some()
        && decision.contest_id.as_deref() != contest_id;
    if other_election || other_contest {
        return Err(Error::field(
            "decision_id",
            acting.t().elections_decision_other(),
        ));
    }
    if decision.decided_on > acting.today() {
        return Err(Error::field(
            "decision_id",
            acting.t().elections_decision_future(),
        ));
    }
    Ok(decision)
}

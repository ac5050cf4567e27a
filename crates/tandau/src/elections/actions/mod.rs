//! What is done to elections: each function one act.

mod call;
mod contests;
mod create;
mod moves;
mod plan;
mod repeat;
mod units;

pub use call::{CallContest, call_contest};
pub use contests::{
    ContestChangeKind, NewChange, add_contest_in, change_contest_in, recount_contest_in,
    settle_contest_in,
};
pub use create::{create, create_in};
pub(crate) use moves::sentence;
pub use moves::{move_in, move_to};
pub use plan::{PlanStep, mark, plan_step, plan_step_in};
pub use repeat::{NewRepeat, repeat_in};
pub use units::{add_counting_units_in, refresh_counting_units, retime_counting_units_in};

use crate::commissions::actions::{check_basis, rest_on};
use crate::commissions::model::Decision;
use crate::commissions::{self, Asked, Basis};
use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error};

/// The decision that an act rests on. One that is taken with the act is only taken by those who put the
/// commission's decisions on record: powers over elections reach beyond one's own commission.
async fn decided(
    tx: &mut Transaction,
    acting: &Acting,
    basis: Basis<'_>,
    asked: &Asked<'_>,
) -> Result<Decision, Error> {
    if let Basis::Taken { decision, .. } = &basis {
        let commission = commissions::queries::by_id(tx, &decision.commission_id).await?;
        acting
            .require(tx, Action::DecisionRecord, &commission.area_id, None)
            .await?;
    }
    rest_on(tx, acting, basis, asked).await
}

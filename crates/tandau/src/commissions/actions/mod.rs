//! Use cases. `x_in` is part of an act that its caller has authorised and commits; `x` is an act by itself.

mod basis;
mod decisions;
mod seats;

pub use basis::{check_basis, rest_on};
pub use decisions::{
    record_act, record_act_in, record_decision, record_decision_in, record_decision_with_paper,
    record_decision_with_paper_in, rules,
};
pub use seats::{EndSeat, Who, end, end_in, form_in, seat, seat_in};

use super::model::{NewCommission, check_size};
use super::store;
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error, areas, audit, ids};

/// Forms a commission without members yet. Returns the id.
///
/// # Errors
/// [`Error::Invalid`]: a size outside the rules, an area of another kind, a commission above that is not
/// the next one up, a second commission of the area in one term.
pub async fn add_in(
    transaction: &mut Transaction,
    acting: &Acting,
    new: NewCommission,
) -> Result<String, Error> {
    let id = add_unrecorded(transaction, acting, &new).await?;
    record_commission(transaction, acting, "commission.formed", &id).await?;
    Ok(id)
}

async fn add_unrecorded(
    transaction: &mut Transaction,
    acting: &Acting,
    new: &NewCommission,
) -> Result<String, Error> {
    let t = acting.t();
    if new.term_until < new.term_from {
        return Err(Error::field("term_until", t.commissions_dates()));
    }
    if let Some(rules) = rules(acting.app()) {
        check_size(&rules, new.level, new.size)
            .map_err(|_| Error::field("size", t.commissions_size()))?;
    }
    let area = areas::by_id(transaction, &new.area_id, new.term_from).await?;
    if !new
        .level
        .fits_area(acting.app().rules.country(), &area.kind)
    {
        return Err(Error::field("area", t.commissions_area_kind()));
    }
    let above = match &new.parent_id {
        Some(id) => Some(store::by_id(transaction, id).await?),
        None => None,
    };
    if above.as_ref().and_then(|c| c.level.below()) != Some(new.level)
        && !(above.is_none() && new.level == super::Level::Central)
    {
        return Err(Error::field("parent", t.commissions_parent()));
    }
    let taken = store::by_area(transaction, &new.area_id, new.term_from).await?;
    if taken.is_some() {
        return Err(Error::field("area", t.commissions_area_taken()));
    }
    let id = ids::new_id();
    store::add(transaction, &id, new).await?;
    Ok(id)
}

/// The commission as it now is, with its seats, goes on record.
pub(super) async fn record_commission(
    transaction: &mut Transaction,
    acting: &Acting,
    event: &'static str,
    id: &str,
) -> Result<(), Error> {
    let event = audit::Event {
        event,
        kind: "commission",
        object: &[id],
        contest_id: "",
    };
    acting.record(transaction, event).await
}

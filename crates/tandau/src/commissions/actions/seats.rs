//! Seating members and ending their time.

use super::{add_unrecorded, check_basis, record_commission};
use crate::commissions::basis::{Asked, Purpose};
use crate::commissions::model::{
    Commission, Member, NewCommission, NewMember, SeatProblem, check_seat,
};
use crate::commissions::seats::tell;
use crate::commissions::store;
use crate::people::{self, NewPerson};
use crate::platform::access::{Action, store as grants};
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error, ids};
use jiff::civil::Date;

/// The kind of the decision by which a commission shares out its offices.
const OFFICERS_ELECTED: &str = "officers_elected";

/// A seat to end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndSeat {
    /// The seat.
    pub member_id: String,
    /// The decision that ends it.
    pub decision_id: String,
    /// The last day it is held.
    pub last_day: Date,
    /// Why, one of the country's reasons.
    pub reason: String,
}

/// Forms a commission together with its members: one act, one record. `commission_id` of the members is
/// not read; the decisions are those of the formation itself, put on record by the caller. Returns the id.
///
/// # Errors
/// As [`super::add_in`] and [`seat_in`].
pub async fn form_in(
    transaction: &mut Transaction,
    acting: &Acting,
    new: NewCommission,
    members: Vec<NewMember>,
) -> Result<String, Error> {
    let id = add_unrecorded(transaction, acting, &new).await?;
    let commission = store::by_id(transaction, &id).await?;
    let mut seats = Vec::with_capacity(members.len());
    for mut member in members {
        member.commission_id.clone_from(&id);
        let seated = put(transaction, acting, &commission, &seats, member).await?;
        seats.push(seated);
    }
    record_commission(transaction, acting, "commission.formed", &id).await?;
    tell(transaction, acting, &commission).await?;
    Ok(id)
}

/// Seats a member by a decision or act and gives the powers of the office. Returns the id of the seat.
///
/// # Errors
/// [`Error::Invalid`]: the office is taken in that time, all seats are taken, the person already sits
/// there, a word that nobody knows, a decision that can't seat.
pub async fn seat_in(
    transaction: &mut Transaction,
    acting: &Acting,
    new: NewMember,
) -> Result<String, Error> {
    let commission = store::by_id(transaction, &new.commission_id).await?;
    let days = (None, Some(new.valid_from));
    decided_above(
        transaction,
        acting,
        &commission,
        &new.decision_id,
        Purpose::Seat,
        days,
    )
    .await?;
    let seats = store::members(transaction, &commission.id).await?;
    let seated = put(transaction, acting, &commission, &seats, new).await?;
    record_commission(transaction, acting, "member.seated", &commission.id).await?;
    tell(transaction, acting, &commission).await?;
    Ok(seated.id)
}

/// Whom to seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// Somebody on record, by id.
    Known(String),
    /// Somebody who is put on record by the same act.
    New(NewPerson),
}

/// As [`seat_in`], as an act of the higher commission. `person_id` of the seat is not read.
///
/// # Errors
/// As [`seat_in`]; [`Error::Forbidden`] without the power over this commission.
pub async fn seat(acting: &Acting, who: Who, mut new: NewMember) -> Result<String, Error> {
    let mut transaction = acting.begin().await?;
    let commission = store::by_id(&mut transaction, &new.commission_id).await?;
    acting
        .require(
            &mut transaction,
            Action::MemberSeat,
            &commission.area_id,
            None,
        )
        .await?;
    new.person_id = match who {
        Who::Known(id) => people::queries::by_id(&mut transaction, &id).await?.id,
        Who::New(person) => people::actions::add_in(&mut transaction, acting, person).await?,
    };
    let id = seat_in(&mut transaction, acting, new).await?;
    transaction.commit().await?;
    Ok(id)
}

/// The higher commission seats and ends, or the body that forms the commission (L 10(3), 19(8)); its own
/// decision only shares out the offices.
async fn decided_above(
    transaction: &mut Transaction,
    acting: &Acting,
    commission: &Commission,
    decision_id: &str,
    purpose: Purpose,
    (not_before, not_after): (Option<Date>, Option<Date>),
) -> Result<(), Error> {
    let asked = Asked {
        purpose,
        area_id: &commission.area_id,
        election_id: None,
        contest_id: None,
        not_before,
        not_after,
    };
    let decision = check_basis(transaction, acting, decision_id, &asked).await?;
    let own = decision.commission_id.as_deref() == Some(&commission.id);
    if own != (decision.kind == OFFICERS_ELECTED) {
        return Err(Error::field(
            "decision_id",
            acting.t().commissions_basis_seat(),
        ));
    }
    Ok(())
}

async fn put(
    transaction: &mut Transaction,
    acting: &Acting,
    commission: &Commission,
    seats: &[Member],
    new: NewMember,
) -> Result<Member, Error> {
    let t = acting.t();
    if !acting.app().rules.country().has_nominator(&new.nominator) {
        return Err(Error::field("nominator", t.form_choice()));
    }
    let fits = check_seat(
        commission.size,
        seats,
        &new.person_id,
        new.office,
        new.valid_from,
        new.valid_until,
    );
    fits.map_err(|problem| match problem {
        SeatProblem::Dates => Error::field("valid_until", t.commissions_dates()),
        SeatProblem::AlreadySeated => Error::field("person", t.commissions_already_seated()),
        SeatProblem::OfficeTaken => Error::field("office", t.commissions_office_taken()),
        SeatProblem::Full => Error::field("commission", t.commissions_full()),
    })?;
    let id = ids::new_id();
    store::add_member(transaction, &id, &new).await?;
    grants::add_grant(
        transaction,
        &new.person_id,
        &commission.role(new.office),
        &commission.area_id,
        new.valid_from,
        new.valid_until,
        &source(&id),
    )
    .await?;
    Ok(Member {
        id,
        commission_id: commission.id.clone(),
        person_id: new.person_id,
        names: crate::platform::Names::default(),
        office: new.office,
        nominator: new.nominator,
        organisation: None,
        seated_by: new.decision_id,
        valid_from: new.valid_from,
        valid_until: new.valid_until,
        ended_by: None,
        end_reason: String::new(),
    })
}

/// What a grant that follows from a seat names as its source.
fn source(member_id: &str) -> String {
    format!("member:{member_id}")
}

/// Ends a seat by a decision, and the powers with it.
///
/// # Errors
/// [`Error::Conflict`] when it has been ended before; [`Error::Invalid`] for a day outside the seat's
/// time, a reason that nobody knows, a decision that can't end it.
pub async fn end_in(
    transaction: &mut Transaction,
    acting: &Acting,
    end: EndSeat,
) -> Result<(), Error> {
    let t = acting.t();
    let member = store::member_by_id(transaction, &end.member_id).await?;
    if !acting.app().rules.country().has_end_reason(&end.reason) {
        return Err(Error::field("reason", t.form_choice()));
    }
    if end.last_day < member.valid_from || member.valid_until.is_some_and(|d| d < end.last_day) {
        return Err(Error::field("last_day", t.commissions_last_day()));
    }
    if end.decision_id == member.seated_by {
        return Err(Error::field("decision_id", t.commissions_basis_seated()));
    }
    let commission = store::by_id(transaction, &member.commission_id).await?;
    let days = (Some(member.valid_from), None);
    decided_above(
        transaction,
        acting,
        &commission,
        &end.decision_id,
        Purpose::EndSeat,
        days,
    )
    .await?;
    let ended = store::end_member(
        transaction,
        &member.id,
        end.last_day,
        &end.decision_id,
        &end.reason,
    )
    .await?;
    if !ended {
        return Err(Error::Conflict(t.commissions_already_ended()));
    }
    grants::end_grants(transaction, &source(&member.id), end.last_day).await?;
    record_commission(transaction, acting, "member.ended", &member.commission_id).await?;
    tell(transaction, acting, &commission).await
}

/// As [`end_in`], as an act of the higher commission.
///
/// # Errors
/// As [`end_in`]; [`Error::Forbidden`] without the power over this commission.
pub async fn end(acting: &Acting, end: EndSeat) -> Result<(), Error> {
    let mut transaction = acting.begin().await?;
    let member = store::member_by_id(&mut transaction, &end.member_id).await?;
    let commission = store::by_id(&mut transaction, &member.commission_id).await?;
    acting
        .require(
            &mut transaction,
            Action::MemberSeat,
            &commission.area_id,
            None,
        )
        .await?;
    end_in(&mut transaction, acting, end).await?;
    transaction.commit().await?;
    Ok(())
}

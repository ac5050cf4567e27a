//! State bodies go on record.

use crate::organisations::{NewStateBody, store};
use crate::people::model::name_problems;
use crate::platform::access::{Action, Role, store as grants};
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error, audit, ids};
use jiff::civil::Date;

/// As [`add_body_in`], as an act of those who keep the registers.
///
/// # Errors
/// As [`add_body_in`]; [`Error::Forbidden`] without the power over the area.
pub async fn add_body(acting: &Acting, new: NewStateBody) -> Result<String, Error> {
    let mut transaction = acting.begin().await?;
    acting
        .require(&mut transaction, Action::RegisterImport, &new.area_id, None)
        .await?;
    let id = add_body_in(&mut transaction, acting, new).await?;
    transaction.commit().await?;
    Ok(id)
}

/// Puts a state body on record. Returns the id.
///
/// # Errors
/// [`Error::Invalid`] for an unknown kind, a missing or too long name, or a second one of a kind in an area.
pub async fn add_body_in(
    transaction: &mut Transaction,
    acting: &Acting,
    new: NewStateBody,
) -> Result<String, Error> {
    let t = acting.t();
    if !Role::BODIES.contains(&new.kind.as_str()) {
        return Err(Error::field("kind", t.form_choice()));
    }
    let problems = name_problems(t, &new.names);
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let known = store::body_names(transaction, &new.kind, &new.area_id).await?;
    if known.is_some() {
        return Err(Error::field("area_code", t.bodies_taken()));
    }
    let id = ids::new_id();
    store::add_body(transaction, acting, &id, &new).await?;
    acting
        .record(
            transaction,
            audit::Event {
                event: "state_body.added",
                kind: "state_body",
                object: &[&id],
                contest_id: "",
            },
        )
        .await?;
    Ok(id)
}

/// Puts on record who answers for a body, without an account: the office that a person of it holds.
///
/// # Errors
/// [`Error::NotFound`] for a body that isn't on record.
pub async fn seat_officer_in(
    transaction: &mut Transaction,
    acting: &Acting,
    body_id: &str,
    person_id: &str,
    from: Date,
) -> Result<(), Error> {
    let (kind, area_id) = store::body_of(transaction, body_id)
        .await?
        .ok_or(Error::NotFound)?;
    let (role, source) = (format!("body.{kind}"), format!("state_body:{body_id}"));
    grants::add_grant(transaction, person_id, &role, &area_id, from, None, &source).await?;
    acting
        .record(
            transaction,
            audit::Event {
                event: "state_body.officer",
                kind: "state_body",
                object: &[body_id],
                contest_id: "",
            },
        )
        .await
}

//! State bodies go on record.

use crate::organisations::{NewStateBody, store};
use crate::people::model::name_problems;
use crate::platform::access::{Action, Role};
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error, audit, ids};

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

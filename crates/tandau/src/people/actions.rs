//! Putting people on record. Always part of another act (a seat, a nomination, an account), which has
//! been authorised before.

use super::{NewPerson, store};
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error, audit, ids};

/// Puts one person on record, with a record of the act. Returns the id.
///
/// # Errors
/// As [`NewPerson::check`].
pub async fn add_in(
    transaction: &mut Transaction,
    acting: &Acting,
    new: NewPerson,
) -> Result<String, Error> {
    new.check(acting.t(), acting.app().today())?;
    let id = ids::random_id();
    store::add(transaction, acting, &id, &new, "").await?;
    acting
        .record(
            transaction,
            audit::Event {
                event: "person.added",
                kind: "person",
                object: &[&id],
                contest_id: "",
            },
        )
        .await?;
    Ok(id)
}

/// Puts many people on record as one act with one record. Returns their ids in the same order.
///
/// # Errors
/// As [`NewPerson::check`], for the first person that can't be taken.
pub async fn add_many_in(
    transaction: &mut Transaction,
    acting: &Acting,
    people: &[NewPerson],
) -> Result<Vec<String>, Error> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let batch = ids::new_id();
    let today = acting.app().today();
    let mut added = Vec::with_capacity(people.len());
    for new in people {
        new.check(acting.t(), today)?;
        let id = ids::random_id();
        store::add(transaction, acting, &id, new, &batch).await?;
        added.push(id);
    }
    acting
        .record(
            transaction,
            audit::Event {
                event: "people.added",
                kind: "people",
                object: &[&batch],
                contest_id: "",
            },
        )
        .await?;
    Ok(added)
}

//! Putting organisations on record, as part of another act that has been authorised before.

use super::{NewOrganisation, store};
use crate::people::model::name_problems;
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error, audit, ids};

/// Puts an organisation on record. Returns the id.
///
/// # Errors
/// [`Error::Invalid`] for a missing or too long name.
pub async fn add_in(
    transaction: &mut Transaction,
    acting: &Acting,
    new: NewOrganisation,
) -> Result<String, Error> {
    let problems = name_problems(acting.t(), &new.names);
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let id = ids::new_id();
    store::add(transaction, acting, &id, &new).await?;
    acting
        .record(
            transaction,
            audit::Event {
                event: "organisation.added",
                kind: "organisation",
                object: &[&id],
                contest_id: "",
            },
        )
        .await?;
    Ok(id)
}

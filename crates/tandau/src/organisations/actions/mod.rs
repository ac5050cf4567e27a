//! Putting organisations on record. `add_in` is part of an act that its caller has authorised and commits;
//! `add` is an act by itself.

mod bodies;
mod officers;

pub use bodies::{add_body, add_body_in, seat_officer_in};
pub use officers::{NewOfficer, make_officer};

use super::{NewOrganisation, store};
use crate::people::model::name_problems;
use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error, audit, ids};

/// As [`add_in`], as an act of those who keep the registers.
///
/// # Errors
/// As [`add_in`]; [`Error::Forbidden`] without the power.
pub async fn add(acting: &Acting, new: NewOrganisation) -> Result<String, Error> {
    let mut transaction = acting.begin().await?;
    // Organisations belong to the whole country: whoever keeps registers keeps them from there.
    let country = store::country(&mut transaction).await?;
    acting
        .require(&mut transaction, Action::RegisterImport, &country, None)
        .await?;
    let id = add_in(&mut transaction, acting, new).await?;
    transaction.commit().await?;
    Ok(id)
}

/// Puts an organisation on record. Returns the id.
///
/// # Errors
/// [`Error::Invalid`] for a missing or too long name, or one that is on record already.
pub async fn add_in(
    transaction: &mut Transaction,
    acting: &Acting,
    new: NewOrganisation,
) -> Result<String, Error> {
    let problems = name_problems(acting.t(), &new.names);
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let fold = electoral::collation::fold;
    for known in store::all(transaction).await? {
        for (field, own, other) in [
            ("name_kk", &new.names.kk, &known.names.kk),
            ("name_ru", &new.names.ru, &known.names.ru),
            ("name_en", &new.names.en, &known.names.en),
        ] {
            if fold(own) == fold(other) {
                return Err(Error::field(field, acting.t().organisations_taken()));
            }
        }
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

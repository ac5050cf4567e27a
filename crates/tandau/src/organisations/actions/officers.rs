//! Officers of state bodies: a person, the office that lets them see what is addressed to their body, an account.
//! Closing the account ends the office (`platform::access::accounts_office::disable`).

use crate::people::{self, NewPerson};
use crate::platform::access::accounts_office::{self, Handed};
use crate::platform::access::{Action, Role};
use crate::platform::{Acting, Error};

/// An officer to be given an account.
#[derive(Clone, Debug)]
pub struct NewOfficer {
    /// The person.
    pub person: NewPerson,
    /// Kind of the body: one of [`Role::BODIES`].
    pub kind: String,
    /// Area of the body.
    pub area_id: String,
    /// The account's login.
    pub login: String,
}

/// Puts an officer on record with an account. The password is for handing over.
///
/// # Errors
/// [`Error::Forbidden`] for whoever looks after no accounts there; [`Error::Invalid`] for the kind, the person or the
/// login.
pub async fn make_officer(acting: &Acting, new: NewOfficer) -> Result<Handed, Error> {
    let mut transaction = acting.begin().await?;
    acting
        .require(&mut transaction, Action::AccountManage, &new.area_id, None)
        .await?;
    let role = Role::parse(&format!("body.{}", new.kind))
        .ok_or_else(|| Error::field("kind", acting.t().form_choice()))?;
    let person = people::actions::add_in(&mut transaction, acting, new.person).await?;
    let made = accounts_office::create_with_office_in(
        &mut transaction,
        acting,
        &person,
        &new.login,
        (&role, &new.area_id),
    )
    .await?;
    transaction.commit().await?;
    Ok(made)
}

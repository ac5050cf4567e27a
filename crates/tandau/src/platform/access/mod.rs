//! Who may do what: accounts and sessions say who somebody is, grants say which offices the person
//! holds where, and one readable table (`policies/kz.toml`) says what an office may do.

mod account_pages;
pub mod accounts;
pub mod accounts_office;
mod action;
mod actor;
pub mod own;
mod own_pages;
mod pages;
pub mod passwords;
mod policy;
pub mod sessions;
pub mod store;
pub mod tries;

pub use action::Action;
pub use actor::{Actor, Grant, Role};
pub use pages::routes;
pub(crate) use pages::start as start_session;
pub use policy::{Policy, PolicyError, Power, Reach};

use super::Error;
use super::database::Connection;

/// Decides on an object: may this actor do this here, in this state of the election?
///
/// `area_id` is the area to which the object belongs; `state` the election's state where the power
/// depends on it.
///
/// # Errors
/// [`Error::Forbidden`] when no office of the actor gives the power.
pub async fn require(
    connection: &mut Connection,
    policy: &Policy,
    actor: &Actor,
    action: Action,
    area_id: &str,
    state: Option<&str>,
) -> Result<(), Error> {
    if actor.is_operator() {
        return Ok(());
    }
    let above = store::ancestors(connection, area_id).await?;
    if policy.allows(actor, action, &above, state) {
        Ok(())
    } else {
        Err(Error::Forbidden(action.name()))
    }
}

#[cfg(test)]
mod tests;

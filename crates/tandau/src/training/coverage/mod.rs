//! Which stations are covered, from the country down to one station, as of a day.
//!
//! A station is covered when those of its commission have passed who must (`rules/kz/training.toml`, `[coverage]`). Where it
//! stands, the sums of its district by day and the answers to its checklist change in the transaction of the act that
//! changed who is invited, taught or passed, or who sits in the commission. Rows of several stations are taken in the order of
//! their ids, everywhere (`actions.rs`).

pub mod actions;
pub mod export;
pub(crate) mod frame;
pub mod model;
mod pages;
pub mod queries;
pub(crate) mod store;
mod sweep;
mod told;

pub use pages::routes;
pub use sweep::{Swept, run, sweep};
pub use told::Hears;

#[cfg(test)]
pub(crate) mod tests;

use crate::platform::audit::Audited;
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error};

/// What the log of acts vouches for: nothing of its own. Where a station stands follows from acts that are on record.
pub(crate) const AUDITED: &[Audited] = &[];

/// Whose standing changed.
#[derive(Clone, Copy, Debug)]
pub enum Affected<'a> {
    /// Everybody who is or was invited to these sessions, or was taught there.
    Sessions(&'a [String]),
    /// These people.
    People(&'a [String]),
}

/// Hears, in the transaction of the act, that who is invited, taught or passed changed in an election. The first time,
/// the election's stations are put on record.
///
/// # Errors
/// What the database reports.
pub(in crate::training) async fn changed(
    tx: &mut Transaction,
    acting: &Acting,
    election_id: &str,
    of: Affected<'_>,
) -> Result<(), Error> {
    if !store::is_set_up(tx, election_id).await? {
        actions::set_up_in(tx, acting, election_id).await?;
        return Ok(());
    }
    let mut stations = std::collections::BTreeSet::new();
    match of {
        Affected::Sessions(sessions) => {
            for session in sessions {
                stations.extend(store::of_session(tx, election_id, session).await?);
            }
        }
        Affected::People(people) => {
            for person in people {
                stations.extend(store::of_person(tx, election_id, person).await?);
            }
        }
    }
    actions::settle_in(tx, acting, election_id, stations).await
}

//! Who counts as trained and passed. The one place that writes it: closing a session whose programme has no test,
//! and the test of a programme that has one. Coverage hears of it in the same transaction.

use super::coverage::{self, Affected};
use super::store::passes as store;
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error};

/// That somebody passed a programme in an election, after a session.
#[derive(Clone, Copy, Debug)]
pub struct Pass<'a> {
    /// The person.
    pub person_id: &'a str,
    /// The session after which.
    pub session_id: &'a str,
}

/// Whoever was there when a session was held has passed, once they were taught all modules of its programme in this
/// election; for programmes without a test. Answers how many are new.
///
/// # Errors
/// What the database reports.
pub(super) async fn all_of_session(
    tx: &mut Transaction,
    acting: &Acting,
    session_id: &str,
) -> Result<u64, Error> {
    store::add_all(tx, acting, session_id).await
}

/// Somebody passed the test of a programme. Twice is once. Answers whether it is new.
///
/// # Errors
/// [`Error::NotFound`] without such a session; what the database reports.
pub(in crate::training) async fn passed(
    tx: &mut Transaction,
    acting: &Acting,
    pass: Pass<'_>,
) -> Result<bool, Error> {
    let election = store::election_of(tx, pass.session_id).await?;
    let new = store::add(tx, acting, pass.person_id, pass.session_id).await?;
    if new {
        let people = [pass.person_id.to_owned()];
        coverage::changed(tx, acting, &election, Affected::People(&people)).await?;
    }
    Ok(new)
}

/// What somebody passed after a session holds no longer. Answers whether it did.
///
/// # Errors
/// [`Error::NotFound`] without such a session; what the database reports.
pub(in crate::training) async fn ended(
    tx: &mut Transaction,
    acting: &Acting,
    pass: Pass<'_>,
    reason: &str,
) -> Result<bool, Error> {
    let election = store::election_of(tx, pass.session_id).await?;
    let held = store::end(tx, acting, (pass.person_id, pass.session_id), reason).await?;
    if held {
        let people = [pass.person_id.to_owned()];
        coverage::changed(tx, acting, &election, Affected::People(&people)).await?;
    }
    Ok(held)
}

//! What commissions do with counted votes: determine, register, publish.

mod determine;
mod published;
mod register;
mod repeat;
mod verify;

pub use determine::{Determine, by_the_rules, determine};
pub use published::{NewPublishedFigure, add_published_in, read_published};
pub use register::{RegisterElected, register_elected, registration_is_late};
pub use repeat::{CallRepeat, call_repeat};

use crate::commissions::Basis;
use crate::elections::actions::move_to;
use crate::elections::{ElectionState, queries};
use crate::platform::database::Connection;
use crate::platform::{Acting, Error};
use jiff::Timestamp;

/// The state by which powers over a contest are decided; a contest of a later day has its own.
///
/// # Errors
/// [`Error::NotFound`].
pub(super) async fn phase_of(
    connection: &mut Connection,
    contest_id: &str,
    now: Timestamp,
) -> Result<ElectionState, Error> {
    let contest = queries::contest(connection, contest_id).await?;
    let election = queries::election(connection, &contest.election_id).await?;
    queries::phase(connection, &election, &contest, now).await
}

/// The central commission publishes the results of an election by a decision (L 44(4), 113-10). Only what
/// every commission has determined can be published.
///
/// # Errors
/// No power; [`Error::Conflict`] while an outcome is missing or when it is published already; a decision that
/// can't carry it.
pub async fn publish(acting: &Acting, election_id: &str, basis: Basis<'_>) -> Result<(), Error> {
    move_to(acting, election_id, ElectionState::Published, Some(basis)).await
}

//! What other rooms and pages may read of tasks.

use super::{Task, store};
use crate::platform::Error;
use crate::platform::database::Connection;

/// A task.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn by_id(connection: &mut Connection, id: &str) -> Result<Task, Error> {
    store::by_id(connection, id).await
}

/// The open task of an origin, if there is one.
///
/// # Errors
/// What the database reports.
pub async fn open_by_origin(
    connection: &mut Connection,
    origin: &str,
    key: &str,
) -> Result<Option<Task>, Error> {
    Ok(store::open_by_origin(connection, origin, key).await?)
}

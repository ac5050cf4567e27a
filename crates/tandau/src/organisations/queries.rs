//! What other rooms and pages may read of organisations.

use super::{Organisation, store};
use crate::platform::database::Connection;
use crate::platform::{Error, Names};

/// An organisation on record.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn by_id(connection: &mut Connection, id: &str) -> Result<Organisation, Error> {
    store::by_id(connection, id).await
}

/// The names of an organisation.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn names(connection: &mut Connection, id: &str) -> Result<Names, Error> {
    Ok(store::by_id(connection, id).await?.names)
}

/// All organisations (the first thousand), parties first.
///
/// # Errors
/// What the database reports.
pub async fn all(connection: &mut Connection) -> Result<Vec<Organisation>, Error> {
    Ok(store::all(connection).await?)
}

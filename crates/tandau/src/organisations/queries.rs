//! What other rooms and pages may read of organisations.

use super::{Organisation, StateBody, store};
use crate::platform::database::Connection;
use crate::platform::{Error, Names, search};

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

/// State bodies on record whose area's name has the words (blank for all), the higher ones first; at most `limit`.
///
/// # Errors
/// What the database reports.
pub async fn bodies(
    connection: &mut Connection,
    words: &str,
    limit: u32,
) -> Result<Vec<StateBody>, Error> {
    Ok(store::bodies(connection, search::patterns(words), i64::from(limit)).await?)
}

/// What the body of a kind is called in an area, if it is on record.
///
/// # Errors
/// What the database reports.
pub async fn body_names(
    connection: &mut Connection,
    kind: &str,
    area_id: &str,
) -> Result<Option<Names>, Error> {
    Ok(store::body_names(connection, kind, area_id).await?)
}

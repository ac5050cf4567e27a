//! What other rooms and pages may read of people.

use super::{Person, store};
use crate::platform::database::Connection;
use crate::platform::{Error, Names, search};

/// A person on record.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn by_id(connection: &mut Connection, id: &str) -> Result<Person, Error> {
    store::by_id(connection, id).await
}

/// The names of a person.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn names(connection: &mut Connection, id: &str) -> Result<Names, Error> {
    Ok(store::by_id(connection, id).await?.names)
}

/// People whose name in any language contains every word (the first three), whatever the diacritics.
///
/// # Errors
/// What the database reports.
pub async fn search(
    connection: &mut Connection,
    words: &str,
    limit: u32,
) -> Result<Vec<Person>, Error> {
    if search::is_blank(words) {
        return Ok(Vec::new());
    }
    let patterns = search::patterns(words);
    Ok(store::search(connection, &patterns, i64::from(limit)).await?)
}

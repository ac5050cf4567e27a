//! What other rooms and pages may read of people.

use super::{Person, store};
use crate::platform::areas::store::like;
use crate::platform::database::Connection;
use crate::platform::{Error, Names};

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
    let folded = electoral::collation::fold(words);
    let patterns = patterns(&folded);
    if patterns[0] == "%" {
        return Ok(Vec::new());
    }
    Ok(store::search(connection, &patterns, i64::from(limit)).await?)
}

/// One `like` pattern for each of the first words; `%` where there are fewer.
pub(crate) fn patterns<const N: usize>(folded: &str) -> [String; N] {
    let mut words = folded.split_whitespace();
    std::array::from_fn(|_| words.next().map_or_else(|| "%".to_owned(), like))
}

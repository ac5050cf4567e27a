//! Figures in words, where a paper's words differ from its digits.

use super::super::model::Protocol;
use super::*;
use crate::bind;
use crate::platform::Error;
use crate::platform::database::{Connection, DatabaseError, Transaction};
use electoral::protocol::{LineKey, TypedWords};
use electoral::text::Language;

pub(crate) async fn words(
    connection: &mut Connection,
    station_id: &str,
    contest_id: &str,
    version: u64,
) -> Result<Vec<TypedWords>, DatabaseError> {
    let number = i64::try_from(version).unwrap_or(i64::MAX);
    let rows = connection
        .all(WORDS, bind![station_id, contest_id, number])
        .await?;
    rows.iter()
        .map(|row| {
            let code = row.text("language")?;
            let language = Language::ALL
                .into_iter()
                .find(|language| language.code() == code)
                .ok_or_else(|| odd("language", &code))?;
            Ok(TypedWords {
                key: key_of(&row.text("line")?, &row.text("item")?)?,
                language,
                words: row.text("words")?,
            })
        })
        .collect()
}

/// Keeps the words of one figure in one language; empty words remove them.
pub(crate) async fn put_words(
    tx: &mut Transaction,
    protocol: &Protocol,
    key: &LineKey,
    language: Language,
    words: &str,
) -> Result<(), Error> {
    let mut values = bind![
        &protocol.station_id,
        &protocol.contest_id,
        i64::try_from(protocol.version).map_err(Error::internal)?,
        key.line(),
        key.item_id().unwrap_or_default(),
        language.code()
    ];
    if words.is_empty() {
        tx.execute(DROP_WORDS, values).await?;
    } else {
        values.extend(bind![words]);
        tx.execute(PUT_WORDS, values).await?;
    }
    Ok(())
}

//! Reading the places of a note.

use super::{Format, Part, Place};
use std::collections::BTreeMap;

/// Longest text of a note, in bytes.
const LONGEST: usize = 40_000;
/// Most places of a note.
const MOST_PLACES: usize = 200;

/// Why the text of a note is refused. Positions are counted in characters, from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// Too long.
    #[error("the text has more than {LONGEST} bytes")]
    TooLong,
    /// Too many places.
    #[error("the text has more than {MOST_PLACES} figures")]
    TooMany,
    /// `{` without `}`.
    #[error("the place begun at character {0} has no end")]
    Open(usize),
    /// `}` without `{`.
    #[error("the bracket at character {0} ends nothing")]
    Close(usize),
    /// No such place.
    #[error("at character {0}: {1:?} is no place of a figure")]
    Bad(usize, String),
}

/// Reads a text with places: `{name param=value …|format}`.
///
/// # Errors
/// What is wrong, and where.
pub fn parse(text: &str) -> Result<Vec<Part>, NoteError> {
    if text.len() > LONGEST {
        return Err(NoteError::TooLong);
    }
    let mut parts = Vec::new();
    let (mut words, mut inside) = (String::new(), None::<(usize, String)>);
    let mut count = 0;
    for (index, sign) in text.chars().enumerate() {
        let at = index + 1;
        match (sign, inside.as_mut()) {
            ('{', None) => {
                if !words.is_empty() {
                    parts.push(Part::Words(std::mem::take(&mut words)));
                }
                inside = Some((at, String::new()));
            }
            ('{', Some((begun, _))) => return Err(NoteError::Open(*begun)),
            ('}', None) => return Err(NoteError::Close(at)),
            ('}', Some((begun, said))) => {
                let place = place(said)
                    .ok_or_else(|| NoteError::Bad(*begun, said.chars().take(60).collect()))?;
                parts.push(Part::Figure(place));
                inside = None;
                count += 1;
                if count > MOST_PLACES {
                    return Err(NoteError::TooMany);
                }
            }
            (sign, Some((_, said))) => said.push(sign),
            (sign, None) => words.push(sign),
        }
    }
    if let Some((begun, _)) = inside {
        return Err(NoteError::Open(begun));
    }
    if !words.is_empty() {
        parts.push(Part::Words(words));
    }
    Ok(parts)
}

fn place(said: &str) -> Option<Place> {
    let (asked, format) = match said.split_once('|') {
        Some((asked, word)) => (asked, Format::from_word(word)?),
        None => (said, Format::Plain),
    };
    let mut words = asked.split_ascii_whitespace();
    let name = words.next().filter(|name| is_word(name))?.to_owned();
    let mut params = BTreeMap::new();
    for word in words {
        let (key, value) = word.split_once('=')?;
        if !is_word(key)
            || !is_word(value)
            || params.insert(key.to_owned(), value.to_owned()).is_some()
        {
            return None;
        }
    }
    Some(Place {
        name,
        params,
        format,
    })
}

fn is_word(word: &str) -> bool {
    (1..=60).contains(&word.len())
        && word
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
}

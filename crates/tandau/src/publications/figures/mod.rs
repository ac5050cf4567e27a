//! Figures asked of the records: a place of a note goes in, its value comes back with the page that shows the records.
//!
//! `QUESTIONS` lists what can be asked here and with which parameters; what belongs to a subject's own records is asked
//! of them (`subjects::Records`). Figures that may not be shown stay silent, as on every page.

mod ask;
mod value;

pub use ask::{QUESTIONS, Question, ask, questions_of};
pub use value::{Of, Value, digest};

use super::model::query;
use super::subjects::Subject;
use crate::platform::database::Connection;
use crate::platform::{App, Error, T};
use electoral::press::Place;
use jiff::Timestamp;
use jiff::civil::Date;

/// An answer of the records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The value.
    pub value: Value,
    /// Page that shows the records it came from; always within this site.
    pub href: String,
}

/// Why the records give no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silence {
    /// No such question.
    Question,
    /// Not with these parameters.
    Parameters,
    /// The records don't hold it.
    Nothing,
    /// It is not published: so small a number is a person, or the rules say later.
    Hidden,
}

impl Silence {
    /// All.
    pub const ALL: [Self; 4] = [
        Self::Question,
        Self::Parameters,
        Self::Nothing,
        Self::Hidden,
    ];

    /// Key of its sentence.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Question => "publications-silence-question",
            Self::Parameters => "publications-silence-parameters",
            Self::Nothing => "publications-silence-nothing",
            Self::Hidden => "publications-silence-hidden",
        }
    }
}

/// What came of a question.
pub type Outcome = Result<Found, Silence>;

/// What questions are asked of.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The program.
    pub app: &'a App,
    /// What the note is about.
    pub subject: &'a Subject,
    /// The day whose records are asked.
    pub records_on: Date,
    /// The moment.
    pub now: Timestamp,
}

impl<'a> Asked<'a> {
    /// The same for hashing.
    #[must_use]
    pub fn of(&self) -> Of<'a> {
        Of {
            subject_kind: &self.subject.kind,
            subject_id: &self.subject.id,
            election_id: &self.subject.election_id,
            records_on: self.records_on,
        }
    }
}

/// A figure with where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// What was asked.
    pub query: String,
    /// The value.
    pub value: Value,
    /// Page that shows the records.
    pub href: String,
    /// SHA-256 over question, answer and day.
    pub digest: String,
    /// When it was asked.
    pub asked_at: Timestamp,
}

/// Asks all places of a note, each question once, in their order.
///
/// # Errors
/// What the database reports.
pub async fn ask_all(
    connection: &mut Connection,
    asked: &Asked<'_>,
    places: &[Place],
) -> Result<Vec<(Place, Result<Figure, Silence>)>, Error> {
    let mut all = Vec::new();
    for place in places {
        let answer = ask(connection, asked, place).await?.map(|found| {
            let query = query(place);
            Figure {
                digest: digest(asked.of(), &query, &found.value.canonical()),
                query,
                value: found.value,
                href: found.href,
                asked_at: asked.now,
            }
        });
        all.push((place.clone(), answer));
    }
    Ok(all)
}

/// A question in words: what is asked, and with what.
#[must_use]
pub fn in_words(t: T, place: &Place) -> String {
    let name = t
        .dynamic(&format!(
            "publications-figure-{}",
            place.name.replace('_', "-")
        ))
        .unwrap_or_else(|| place.name.clone());
    if place.params.is_empty() {
        return name;
    }
    let with: Vec<String> = place
        .params
        .iter()
        .map(|(key, value)| format!("{key} = {value}"))
        .collect();
    format!("{name} ({})", with.join(", "))
}

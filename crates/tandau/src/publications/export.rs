//! A note for programs: with everything needed to ask its figures again and to hash the answers.

use super::queries::Reading;
use super::{figures::Value, shown};
use crate::platform::{App, Error, Lang, T};
use crate::results::export::Localised;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A note as it was published.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NoteDocument {
    /// Id.
    pub id: String,
    /// Kind of the records it is about: `visit`, `area`.
    pub subject_kind: String,
    /// Their id.
    pub subject_id: String,
    /// Id of the election; may be empty.
    pub election: String,
    /// The day whose records were asked, `2023-10-02`.
    pub records_on: String,
    /// Number of the revision, from 1.
    pub revision: u64,
    /// When it was published, UTC.
    pub published_at: String,
    /// What it corrects; empty for the first.
    pub corrects: String,
    /// When and why it was withdrawn.
    pub withdrawn: Option<Withdrawn>,
    /// Demonstration data.
    pub synthetic: bool,
    /// Title with its places.
    pub title: Localised,
    /// Text with its places.
    pub body: Localised,
    /// Why digits stand in the words.
    pub typed_reason: String,
    /// How it reads, by language.
    pub reads: BTreeMap<String, Reads>,
    /// Figures in their order.
    pub figures: Vec<NoteFigure>,
    /// SHA-256 of text and figures.
    pub sha256: String,
    /// All revisions.
    pub revisions: Vec<NoteRevision>,
}

/// A note that holds no longer.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Withdrawn {
    /// When, UTC.
    pub at: Option<String>,
    /// Why.
    pub reason: String,
}

/// A note as it reads in one language.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Reads {
    /// Title.
    pub title: String,
    /// Text.
    pub text: String,
}

/// A figure of a note.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NoteFigure {
    /// What was asked, as it stands in the note.
    pub query: String,
    /// The answer as it is hashed: `count 540`, `share 124/327`.
    pub value: String,
    /// Page that shows the records.
    pub href: String,
    /// When it was asked, UTC.
    pub asked_at: String,
    /// SHA-256 over question, answer and day.
    pub sha256: String,
    /// What the records said later.
    pub changes: Vec<FigureChange>,
}

/// What the records said later.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FigureChange {
    /// The answer; null where they no longer tell it.
    pub value: Option<String>,
    /// When it was noticed, UTC.
    pub noticed_at: String,
    /// SHA-256 over question, answer and day.
    pub sha256: String,
}

/// A revision of a note.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NoteRevision {
    /// From 1.
    pub revision: u64,
    /// When it was published, UTC.
    pub published_at: String,
    /// What it corrects.
    pub corrects: String,
    /// SHA-256 of text and figures.
    pub sha256: String,
}

/// The note with its places, its figures as they are hashed, and how it reads in three languages.
///
/// # Errors
/// A text on record that can't be read, which publishing prevents.
pub fn document(app: &App, reading: &Reading) -> Result<NoteDocument, Error> {
    let mut reads = BTreeMap::new();
    for lang in Lang::ALL {
        let shown = shown::published(app, T::new(lang), reading)?;
        let said = Reads {
            title: shown.title(),
            text: shown.text(),
        };
        reads.insert(lang.code().to_owned(), said);
    }
    let figures = reading
        .figures
        .iter()
        .zip(1_u64..)
        .map(|(figure, position)| NoteFigure {
            query: figure.query.clone(),
            value: figure.value.canonical(),
            href: figure.href.clone(),
            asked_at: figure.asked_at.to_string(),
            sha256: figure.digest.clone(),
            changes: reading
                .changes
                .iter()
                .filter(|change| change.position == position)
                .map(|change| FigureChange {
                    value: change.value.as_ref().map(Value::canonical),
                    noticed_at: change.noticed_at.to_string(),
                    sha256: change.digest.clone(),
                })
                .collect(),
        })
        .collect();
    let (note, revision) = (&reading.note, &reading.revision);
    Ok(NoteDocument {
        id: note.id.clone(),
        subject_kind: note.subject_kind.clone(),
        subject_id: note.subject_id.clone(),
        election: note.election_id.clone(),
        records_on: revision.text.records_on.to_string(),
        revision: revision.revision,
        published_at: revision.published_at.to_string(),
        corrects: revision.reason.clone(),
        withdrawn: reading.withdrawn.then(|| Withdrawn {
            at: note.withdrawn_at.map(|at| at.to_string()),
            reason: note.withdrawn_reason.clone(),
        }),
        synthetic: note.synthetic,
        title: (&revision.text.title).into(),
        body: (&revision.text.body).into(),
        typed_reason: revision.text.typed_reason.clone(),
        reads,
        figures,
        sha256: revision.digest.clone(),
        revisions: reading
            .revisions
            .iter()
            .map(|one| NoteRevision {
                revision: one.revision,
                published_at: one.published_at.to_string(),
                corrects: one.reason.clone(),
                sha256: one.digest.clone(),
            })
            .collect(),
    })
}

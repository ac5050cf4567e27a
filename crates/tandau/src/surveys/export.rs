//! Results for programs, named after the parts of DDI Codebook 2.5. A figure that is too small to say is null.

use super::model::Survey;
use super::queries::{Cross, OptionResult, QuestionResult, Results};
use crate::results::export::Localised;
use serde::Serialize;
use utoipa::ToSchema;

/// A survey with its results as everybody may see them.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Study {
    /// What was done.
    #[serde(rename = "stdyDscr")]
    pub study: StudyDescription,
    /// What came of it.
    #[serde(rename = "dataDscr")]
    pub data: DataDescription,
    /// How to read it.
    pub notes: StudyNotes,
}

/// What was done.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StudyDescription {
    /// Id of the survey.
    #[serde(rename = "IDNo")]
    pub id: String,
    /// Title.
    #[serde(rename = "titl")]
    pub title: Localised,
    /// Day, `2023-09-30`.
    #[serde(rename = "collDate")]
    pub held_on: String,
    /// When it was opened, UTC.
    pub opened: Option<String>,
    /// When it was closed, UTC.
    pub closed: Option<String>,
    /// Who answered.
    #[serde(rename = "anlyUnit")]
    pub unit: &'static str,
    /// Who could.
    pub universe: &'static str,
    /// How they were chosen.
    #[serde(rename = "sampProc")]
    pub sampling: &'static str,
    /// How they were asked.
    #[serde(rename = "collMode")]
    pub mode: &'static str,
    /// Whether cards made sure that nobody answered twice.
    pub one_answer_per_person_enforced: bool,
    /// People in the room.
    pub present: Option<u64>,
    /// How many answered.
    pub answered: u64,
    /// Of those in the room.
    #[serde(rename = "respRate")]
    pub response: Option<Part>,
}

/// A part of a whole.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Part {
    /// Part.
    pub count: u64,
    /// Whole.
    pub base: u64,
}

/// What came of it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DataDescription {
    /// Questions.
    #[serde(rename = "var")]
    pub questions: Vec<Variable>,
    /// Declared two-way tables.
    pub tables: Vec<CrossTable>,
}

/// A question with its figures.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Variable {
    /// Key.
    pub name: String,
    /// Kind: `one`, `several`, `scale`, `ranking`, `text`.
    #[serde(rename = "responseDomainType")]
    pub kind: &'static str,
    /// The exact words asked.
    #[serde(rename = "qstnLit")]
    pub wording: Localised,
    /// Whether it had to be answered.
    pub required: bool,
    /// Options at least, the lower end of a scale.
    pub least: i64,
    /// Options at most, the upper end of a scale, characters of a text.
    pub most: i64,
    /// The same question has the same hash in every survey.
    pub wording_sha256: String,
    /// How many answered it.
    pub base: Option<u64>,
    /// Answers.
    #[serde(rename = "catgry")]
    pub categories: Vec<Category>,
    /// Answers in words that were looked through and are shown.
    pub texts: Vec<String>,
}

/// An answer.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Category {
    /// Key.
    #[serde(rename = "catValu")]
    pub key: String,
    /// Words.
    #[serde(rename = "labl")]
    pub wording: Localised,
    /// How many gave it.
    #[serde(rename = "catStat")]
    pub statistic: Statistic,
    /// Of those who answered the question.
    pub share: Option<Part>,
    /// Wilson score interval, 95 %, lower and upper end in tenths of a per cent.
    #[serde(rename = "interval95_tenths_percent")]
    pub interval: Option<[u64; 2]>,
    /// What may be said about a majority.
    pub claim: Option<&'static str>,
    /// For a ranking: how many gave it each place.
    pub places: Vec<Option<u64>>,
}

/// A statistic of DDI.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Statistic {
    /// `freq`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Value.
    pub value: Option<u64>,
}

/// A two-way table.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CrossTable {
    /// Key of the question in the rows.
    pub rows: String,
    /// Key of the question in the columns.
    pub columns: String,
    /// Figures, row by row.
    pub cells: Vec<Vec<Option<u64>>>,
}

/// How to read it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StudyNotes {
    /// What null means.
    pub null: &'static str,
    /// What the interval is.
    pub interval: &'static str,
}

/// A survey in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SurveyEntry {
    /// Id.
    pub id: String,
    /// Title.
    pub title: Localised,
    /// `open` or `closed`.
    pub state: &'static str,
    /// Day, `2023-09-30`.
    pub held_on: String,
}

impl From<&Survey> for SurveyEntry {
    fn from(survey: &Survey) -> Self {
        Self {
            id: survey.id.clone(),
            title: (&survey.title).into(),
            state: survey.state.as_str(),
            held_on: survey.held_on.to_string(),
        }
    }
}

impl Study {
    /// The document of a survey's results.
    #[must_use]
    pub fn of(results: &Results) -> Self {
        let survey = &results.survey;
        Self {
            study: StudyDescription {
                id: survey.id.clone(),
                title: (&survey.title).into(),
                held_on: survey.held_on.to_string(),
                opened: survey.opened_at.map(|at| at.to_string()),
                closed: survey.closed_at.map(|at| at.to_string()),
                unit: "person in the room who answered",
                universe: "people present in the room",
                sampling: "none: whoever was present and wanted to answered; the room is no sample of any population",
                mode: "self-administered questionnaire on a phone",
                one_answer_per_person_enforced: results.enforced,
                present: results.present,
                answered: results.answered,
                response: results.response.map(Part::from),
            },
            data: DataDescription {
                questions: results.questions.iter().map(Variable::from).collect(),
                tables: results.crosses.iter().map(CrossTable::from).collect(),
            },
            notes: StudyNotes {
                null: "too few people, or a figure from which too few would follow",
                interval: "Wilson score interval, 95 %, tenths of a per cent, rounded outward",
            },
        }
    }
}

impl From<super::model::Share> for Part {
    fn from(share: super::model::Share) -> Self {
        Self {
            count: share.count,
            base: share.base,
        }
    }
}

impl From<&QuestionResult> for Variable {
    fn from(asked: &QuestionResult) -> Self {
        let question = &asked.question;
        Self {
            name: question.key.clone(),
            kind: question.kind.as_str(),
            wording: (&question.wording).into(),
            required: question.required,
            least: question.least,
            most: question.most,
            wording_sha256: asked.wording_sha256.clone(),
            base: asked.base,
            categories: asked.options.iter().map(Category::from).collect(),
            texts: asked.texts.clone(),
        }
    }
}

impl From<&OptionResult> for Category {
    fn from(option: &OptionResult) -> Self {
        Self {
            key: option.key.clone(),
            wording: (&option.wording).into(),
            statistic: Statistic {
                kind: "freq",
                value: option.count,
            },
            share: option.share.map(Part::from),
            interval: option.wilson.map(|i| [i.low_tenths, i.high_tenths]),
            claim: option.claim.map(|claim| claim.as_str()),
            places: option.places.clone(),
        }
    }
}

impl From<&Cross> for CrossTable {
    fn from(cross: &Cross) -> Self {
        Self {
            rows: cross.rows.clone(),
            columns: cross.columns.clone(),
            cells: cross.cells.clone(),
        }
    }
}

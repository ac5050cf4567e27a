//! A commission's decision: taken by more than half of all members, signed by chair and secretary
//! (Constitutional Law on Elections, art. 20: quorum, dissent attached).

use serde::Serialize;

use crate::error::PrintError;
use crate::figures;
use crate::parts::{Edition, PaperSignature};
use crate::press::{self, Form};

/// Everything a decision shows. Texts are printed as given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct DecisionPaper {
    /// Languages of the paper.
    pub edition: Edition,
    /// Name of the commission in Kazakh.
    pub commission_kk: String,
    /// Name of the commission in Russian.
    pub commission_ru: String,
    /// Name of the commission in English.
    pub commission_en: String,
    /// The decision's number.
    pub number: String,
    /// Date in Kazakh.
    pub date_kk: String,
    /// Date in Russian.
    pub date_ru: String,
    /// Date in English.
    pub date_en: String,
    /// Place in Kazakh.
    pub place_kk: String,
    /// Place in Russian.
    pub place_ru: String,
    /// Place in English.
    pub place_en: String,
    /// What it is about, in Kazakh.
    pub title_kk: String,
    /// What it is about, in Russian.
    pub title_ru: String,
    /// What it is about, in English.
    pub title_en: String,
    /// The text in Kazakh; each line is a paragraph.
    pub text_kk: String,
    /// The text in Russian; each line is a paragraph.
    pub text_ru: String,
    /// The text in English; each line is a paragraph.
    pub text_en: String,
    /// All members of the commission.
    #[serde(serialize_with = "figures::figure")]
    pub members: u32,
    /// Members present.
    #[serde(serialize_with = "figures::figure")]
    pub present: u32,
    /// Votes for.
    #[serde(serialize_with = "figures::figure")]
    pub votes_for: u32,
    /// Votes against.
    #[serde(serialize_with = "figures::figure")]
    pub votes_against: u32,
    /// The chair, or the deputy in the chair's place.
    pub chair: PaperSignature,
    /// The secretary.
    pub secretary: PaperSignature,
    /// A member's dissenting opinion, as written; line breaks are kept.
    pub dissent: Option<String>,
    /// Puts the demo mark on every page.
    pub synthetic: bool,
}

/// Prints a decision.
///
/// # Errors
/// [`PrintError::TooLong`] for texts beyond the form.
pub fn decision_paper(paper: &DecisionPaper) -> Result<Vec<u8>, PrintError> {
    press::print(Form::Decision, paper, false)
}

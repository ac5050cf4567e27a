//! The territorial commission's protocol of results for one contest
//! (Constitutional Law on Elections, art. 43(8-1), 44: totals, votes, outcome, signatures, copy posted).

use serde::Serialize;

use crate::error::PrintError;
use crate::figures;
use crate::parts::{Edition, PaperLine, PaperSignature};
use crate::press::{self, Form};

/// A candidate's row in the protocol of results; "against all" is a row like any other.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ResultCandidate {
    /// Place on the ballot; may be empty for "against all".
    pub number: String,
    /// Name as on the ballot, in Kazakh.
    pub name_kk: String,
    /// Name as on the ballot, in Russian; printed once if it equals the Kazakh one.
    pub name_ru: String,
    /// Name in English.
    pub name_en: String,
    /// Votes from all stations of the contest.
    #[serde(serialize_with = "figures::figure")]
    pub votes: u64,
    /// Share of those who took part, in hundredths of a percent (`4567` is 45.67 %).
    #[serde(serialize_with = "figures::share")]
    pub share: Option<u32>,
    /// Votes in Kazakh words; the column appears if any row has words.
    pub words_kk: String,
    /// Votes in Russian words.
    pub words_ru: String,
    /// Votes in English words.
    pub words_en: String,
    /// Sets the row in bold.
    pub elected: bool,
}

/// Everything the protocol of results shows. Texts are printed as given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ResultPaper {
    /// Languages of the paper.
    pub edition: Edition,
    /// Title in Kazakh.
    pub title_kk: String,
    /// Title in Russian.
    pub title_ru: String,
    /// Title in English.
    pub title_en: String,
    /// Name of the election in Kazakh.
    pub election_kk: String,
    /// Name of the election in Russian.
    pub election_ru: String,
    /// Name of the election in English.
    pub election_en: String,
    /// Contest or territory in Kazakh.
    pub contest_kk: String,
    /// Contest or territory in Russian.
    pub contest_ru: String,
    /// Contest or territory in English.
    pub contest_en: String,
    /// Name of the commission in Kazakh.
    pub commission_kk: String,
    /// Name of the commission in Russian.
    pub commission_ru: String,
    /// Name of the commission in English.
    pub commission_en: String,
    /// Date of the protocol in Kazakh.
    pub date_kk: String,
    /// Date of the protocol in Russian.
    pub date_ru: String,
    /// Date of the protocol in English.
    pub date_en: String,
    /// Stations whose protocols were accepted.
    #[serde(serialize_with = "figures::figure")]
    pub stations_counted: u32,
    /// Stations of the contest.
    #[serde(serialize_with = "figures::figure")]
    pub stations_expected: u32,
    /// Totals of the contest, line by line.
    pub lines: Vec<PaperLine>,
    /// Votes for each candidate in the order of the ballot.
    pub candidates: Vec<ResultCandidate>,
    /// What the commission determined, in Kazakh; line breaks are kept.
    pub outcome_kk: String,
    /// What the commission determined, in Russian.
    pub outcome_ru: String,
    /// What the commission determined, in English.
    pub outcome_en: String,
    /// The members who sign, in order.
    pub signatures: Vec<PaperSignature>,
    /// A member's dissenting opinion, as written; line breaks are kept.
    pub dissent: Option<String>,
    /// When the copy was posted; empty leaves a line to fill in.
    pub posted_at: String,
    /// Puts the demo mark on every page.
    pub synthetic: bool,
    /// Version of the protocol, from 1.
    pub version: u32,
}

/// Prints the protocol of results of one contest.
///
/// # Errors
/// [`PrintError::TooLong`] and [`PrintError::TooMany`] for texts and lists beyond the form.
pub fn result_protocol(paper: &ResultPaper) -> Result<Vec<u8>, PrintError> {
    press::print(Form::Result, paper, false)
}

//! The protocol of a polling station on the count of votes
//! (Constitutional Law on Elections, art. 43: lines, figures repeated in words, signatures, copy posted at once).

use serde::Serialize;

use crate::error::PrintError;
use crate::parts::{Edition, PaperCandidate, PaperLine, PaperSignature};
use crate::press::{self, Form};

/// Everything a station's protocol shows. Texts are printed as given; dates and times come already
/// written out in the station's own zone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ProtocolPaper {
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
    /// The station's number.
    pub station_number: String,
    /// The station's address in Kazakh.
    pub address_kk: String,
    /// The station's address in Russian.
    pub address_ru: String,
    /// The station's address in English.
    pub address_en: String,
    /// Voting day in Kazakh.
    pub date_kk: String,
    /// Voting day in Russian.
    pub date_ru: String,
    /// Voting day in English.
    pub date_en: String,
    /// The lines of the form, in order.
    pub lines: Vec<PaperLine>,
    /// Votes for each candidate, in ballot order, "against all" last where it is on the ballot.
    pub candidates: Vec<PaperCandidate>,
    /// The members who sign, in order.
    pub signatures: Vec<PaperSignature>,
    /// A member's dissenting opinion, as written; line breaks are kept.
    pub dissent: Option<String>,
    /// When the copy was posted at the station; empty leaves a line to fill in.
    pub posted_at: String,
    /// Puts the demo mark on every page.
    pub synthetic: bool,
    /// Draws figures and signatures as if written by hand, a stand-in for the photo of a signed paper.
    /// Allowed only together with `synthetic`.
    pub handwriting: bool,
    /// Version of the protocol, from 1.
    pub version: u32,
}

/// Prints a station's protocol with its figures; signatures stay open for the pen unless `handwriting` is set.
///
/// # Errors
/// [`PrintError::ImitatedHand`] for handwriting on a paper that isn't synthetic, [`PrintError::TooLong`] and
/// [`PrintError::TooMany`] for texts and lists beyond the form.
pub fn precinct_protocol(paper: &ProtocolPaper) -> Result<Vec<u8>, PrintError> {
    if paper.handwriting && !paper.synthetic {
        return Err(PrintError::ImitatedHand);
    }
    press::print(Form::Protocol, paper, false)
}

/// Prints the same form with figures, words and signatures empty, to be filled in by hand at the station.
///
/// # Errors
/// As [`precinct_protocol`]; `handwriting` is ignored.
pub fn blank_precinct_protocol(paper: &ProtocolPaper) -> Result<Vec<u8>, PrintError> {
    press::print(Form::Protocol, paper, true)
}

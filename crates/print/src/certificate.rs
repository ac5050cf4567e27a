//! A certificate of training, as its holder prints or shows it.
//!
//! It is in one language, and every word of it comes from the caller.

use serde::Serialize;

use crate::error::PrintError;
use crate::parts::Edition;
use crate::press::{self, Form};
use crate::programme::ProgrammeFact;
use crate::readiness::PaperLanguage;

/// Everything the certificate shows. Texts are printed as given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CertificatePaper {
    /// Always the official one: the language says the rest.
    pub edition: Edition,
    /// Its language.
    pub language: PaperLanguage,
    /// Who issues it.
    pub issuer: String,
    /// What kind of paper it is; the title of the document.
    pub title: String,
    /// Whose it is.
    pub name: String,
    /// What was done: a sentence.
    pub sentence: String,
    /// What was learned.
    pub programme: String,
    /// Day, code, result.
    pub facts: Vec<ProgrammeFact>,
    /// How to verify it: a sentence.
    pub verify: String,
    /// The address that verifies it.
    pub address: String,
    /// The same address as a QR code: rows of dark modules, with nothing around them.
    pub qr: Vec<Vec<bool>>,
    /// At the foot of each page.
    pub foot: String,
    /// Puts the demo mark on every page.
    pub synthetic: bool,
}

/// Prints a certificate.
///
/// # Errors
/// [`PrintError::TooLong`] and [`PrintError::TooMany`] for texts and lists beyond the form.
pub fn certificate_paper(paper: &CertificatePaper) -> Result<Vec<u8>, PrintError> {
    press::print(Form::Certificate, paper, false)
}

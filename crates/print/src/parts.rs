//! Rows and lists that several papers share.

use serde::Serialize;

use crate::figures;

/// In which languages a paper is printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Edition {
    /// Kazakh and Russian side by side, as commissions sign it.
    #[default]
    Official,
    /// An English reading for observers, marked as a translation. A text without English appears in Russian.
    English,
}

/// One line of a protocol: what is counted, the figure, the figure in words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PaperLine {
    /// The line's number in the form, for example `7` or `7.1`.
    pub number: String,
    /// What is counted, in Kazakh.
    pub label_kk: String,
    /// What is counted, in Russian.
    pub label_ru: String,
    /// What is counted, in English; may stay empty in the official edition.
    pub label_en: String,
    /// The figure.
    #[serde(serialize_with = "figures::figure")]
    pub figure: u64,
    /// The figure in Kazakh words.
    pub words_kk: String,
    /// The figure in Russian words.
    pub words_ru: String,
    /// The figure in English words; may stay empty in the official edition.
    pub words_en: String,
}

/// A candidate's row in a station's protocol; "against all" is a row like any other.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PaperCandidate {
    /// Place on the ballot; may be empty for "against all".
    pub number: String,
    /// Name as on the ballot, in Kazakh.
    pub name_kk: String,
    /// Name as on the ballot, in Russian; printed once if it equals the Kazakh one.
    pub name_ru: String,
    /// Name in English; may stay empty in the official edition.
    pub name_en: String,
    /// Votes cast.
    #[serde(serialize_with = "figures::figure")]
    pub figure: u64,
    /// Votes in Kazakh words.
    pub words_kk: String,
    /// Votes in Russian words.
    pub words_ru: String,
    /// Votes in English words; may stay empty in the official edition.
    pub words_en: String,
}

/// Who signs, in which office.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PaperSignature {
    /// Office in Kazakh, for example "Комиссия төрағасы".
    pub office_kk: String,
    /// Office in Russian, for example "Председатель комиссии".
    pub office_ru: String,
    /// Office in English; may stay empty in the official edition.
    pub office_en: String,
    /// Surname and initials or full name.
    pub name: String,
}

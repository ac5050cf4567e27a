//! Official forms as PDF.
//!
//! Three papers of a commission: the protocol of a polling station ([`precinct_protocol`]), the
//! protocol of results ([`result_protocol`]) and a decision ([`decision_paper`]), each in the two
//! languages of the commission's own papers or in an English reading ([`Edition`]); and the report on a district's
//! readiness ([`readiness_report`]), the programme of a visit ([`visit_programme`]), a note for the press
//! ([`note_paper`]) and a certificate of training ([`certificate_paper`]), each in one language.
//! The files are tagged (PDF/UA-1) and carry no time stamp: the same paper gives the same bytes.
//!
//! This crate knows forms and figures. It reads no database, no clock and no file at run time; the
//! forms and fonts are part of the program. Text from people reaches the forms as data only, after
//! cleaning, so nothing in it can act as markup. All functions may be called from many
//! threads at once. They compute for several milliseconds: call them off an async executor's core threads.
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::as_conversions
    )
)]

mod certificate;
mod clean;
mod decision;
mod error;
mod figures;
mod note;
mod parts;
mod picture;
mod press;
mod programme;
mod protocol;
mod readiness;
mod result;
#[cfg(test)]
mod tests;

pub use certificate::{CertificatePaper, certificate_paper};
pub use decision::{DecisionPaper, decision_paper};
pub use error::PrintError;
pub use note::{NotePaper, NoteSource, NoteWords, note_paper};
pub use parts::{Edition, PaperCandidate, PaperLine, PaperSignature};
pub use picture::first_page;
pub use programme::{
    ProgrammeDay, ProgrammeEvent, ProgrammeFact, ProgrammePaper, ProgrammeWords, visit_programme,
};
pub use protocol::{ProtocolPaper, blank_precinct_protocol, precinct_protocol};
pub use readiness::{
    PaperLanguage, ReadinessBody, ReadinessFigure, ReadinessLine, ReadinessPaper, ReadinessRow,
    ReadinessWords, readiness_report,
};
pub use result::{ResultCandidate, ResultPaper, result_protocol};

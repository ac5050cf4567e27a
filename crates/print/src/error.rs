//! What can keep a paper from being printed.

/// Why no PDF came out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PrintError {
    /// A text is longer than the form has room for. `limit` counts characters.
    #[error("{field}: longer than {limit} characters")]
    TooLong {
        /// Name of the field in the paper.
        field: String,
        /// Most characters the form takes there.
        limit: usize,
    },
    /// A list has more rows than a paper may have.
    #[error("{field}: more than {limit} rows")]
    TooMany {
        /// Name of the list in the paper.
        field: String,
        /// Most rows the form takes there.
        limit: usize,
    },
    /// Hand-drawn figures and signatures were asked for on a paper that is not marked synthetic.
    #[error("handwriting may be imitated only on a paper marked synthetic")]
    ImitatedHand,
    /// No picture can be made of a PDF.
    #[error("no picture of this PDF: {0}")]
    Unreadable(String),
    /// The built-in fonts or forms are unusable: a fault of this crate.
    #[error("the press did not start: {0}")]
    Press(String),
    /// The form could not be typeset or does not conform to PDF/UA-1: a fault of this crate.
    #[error("the form could not be typeset: {0}")]
    Typeset(String),
}

//! Errors by audience: what a person can act on, what the program must log.

use super::database::DatabaseError;

/// A field of a form or of a document that can't be taken as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldProblem {
    /// Name of the field (or of the column and row of an import).
    pub field: String,
    /// What is wrong and what to do, in the reader's language.
    pub message: String,
}

/// Why a request or a use case ends without its result.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No such thing, or nothing that this person may know of.
    #[error("not found")]
    NotFound,
    /// Nobody is signed in.
    #[error("sign in first")]
    SignIn,
    /// The person's office gives no such power here.
    #[error("no power for {0}")]
    Forbidden(&'static str),
    /// The request did not come from our own page.
    #[error("the request did not come from a page of this site")]
    Forged,
    /// Fields to mend.
    #[error("fields to mend: {0:?}")]
    Invalid(Vec<FieldProblem>),
    /// The state does not allow it, or somebody else was faster; the sentence says so.
    #[error("{0}")]
    Conflict(String),
    /// Larger than any honest input.
    #[error("too large")]
    TooLarge,
    /// Of a kind that is not taken.
    #[error("unsupported media type")]
    Unsupported,
    /// Too many tries; come back after so many seconds.
    #[error("too many tries")]
    TooMany {
        /// Seconds to wait.
        retry_after_seconds: u64,
    },
    /// The database.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// Anything that is our fault.
    #[error("{0}")]
    Internal(String),
}

impl Error {
    /// One field that must be mended.
    #[must_use]
    pub fn field(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldProblem {
            field: field.into(),
            message: message.into(),
        }])
    }

    /// The same with a field under another name: the one that the reader's form gives it.
    #[must_use]
    pub fn renamed(mut self, from: &str, to: &str) -> Self {
        if let Self::Invalid(problems) = &mut self {
            for problem in problems.iter_mut().filter(|p| p.field == from) {
                to.clone_into(&mut problem.field);
            }
        }
        self
    }

    /// Our own fault, with what is known about it.
    #[must_use]
    pub fn internal(problem: impl std::fmt::Display) -> Self {
        Self::Internal(problem.to_string())
    }

    /// The HTTP status that says this.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::NotFound => 404,
            Self::SignIn => 401,
            Self::Forbidden(_) | Self::Forged => 403,
            Self::Invalid(_) => 422,
            Self::Conflict(_) => 409,
            Self::TooLarge => 413,
            Self::Unsupported => 415,
            Self::TooMany { .. } => 429,
            Self::Database(_) | Self::Internal(_) => 500,
        }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(DatabaseError::Engine(error))
    }
}
impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self::Internal(error.to_string())
    }
}
impl From<jiff::Error> for Error {
    fn from(error: jiff::Error) -> Self {
        Self::Internal(error.to_string())
    }
}

//! What can be wrong with the data files of the demonstration.

use std::fmt;

/// Why the demonstration can't be planned. Each case names a fault of a data file: the plan itself has no chance in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanError {
    /// A table can't be read.
    Table {
        /// File name.
        file: &'static str,
        /// What the reader said.
        cause: String,
    },
    /// A code that another table refers to isn't there.
    Unknown {
        /// What kind of thing.
        what: &'static str,
        /// The code.
        code: String,
    },
    /// A total can't be divided among so many within their bounds.
    CannotShare {
        /// The total.
        total: u32,
        /// The number of parts.
        among: usize,
    },
    /// A date, time or zone that doesn't exist.
    Time(String),
    /// A figure of a protocol contradicts what the plan declares about it.
    Protocol {
        /// Station number within its region.
        number: u32,
        /// The relations found broken.
        found: String,
    },
    /// A list is too short for what is asked of it.
    TooFew(&'static str),
}

impl fmt::Display for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Table { file, cause } => write!(f, "demo table {file}: {cause}"),
            Self::Unknown { what, code } => write!(f, "unknown {what}: {code}"),
            Self::CannotShare { total, among } => {
                write!(
                    f,
                    "{total} can't be shared among {among} within their bounds"
                )
            }
            Self::Time(cause) => write!(f, "time: {cause}"),
            Self::Protocol { number, found } => {
                write!(
                    f,
                    "protocol of station {number}: undeclared state of relations {found}"
                )
            }
            Self::TooFew(what) => write!(f, "too few {what}"),
        }
    }
}

impl std::error::Error for PlanError {}

impl From<jiff::Error> for PlanError {
    fn from(error: jiff::Error) -> Self {
        Self::Time(error.to_string())
    }
}

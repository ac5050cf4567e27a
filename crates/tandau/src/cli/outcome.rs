//! How a command ends.

use crate::platform::Error;
use std::fmt::Display;
use std::io::Write as _;
use std::process::ExitCode;

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub enum Failure {
    /// Exit 1: the input is invalid or a check failed.
    Invalid(String),
    /// Exit 2: wrong usage or an unreadable file.
    Usage(String),
}

/// The result of a command.
pub type Outcome = Result<(), Failure>;

impl Failure {
    /// The input can't be taken.
    pub fn invalid(problem: impl Display) -> Self {
        Self::Invalid(problem.to_string())
    }

    /// The command was called wrongly, or something it needs is not there.
    pub fn usage(problem: impl Display) -> Self {
        Self::Usage(problem.to_string())
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Invalid(problems) => Self::Invalid(
                problems
                    .iter()
                    .map(|p| format!("{}: {}", p.field, p.message))
                    .collect::<Vec<_>>()
                    .join("\n"),
            ),
            Error::Conflict(sentence) => Self::Invalid(sentence),
            Error::NotFound => Self::Invalid("not found".to_owned()),
            other => Self::Usage(other.to_string()),
        }
    }
}

/// Turns an outcome into an exit code, the problem on stderr.
pub(super) trait Code {
    fn code(self) -> ExitCode;
}

impl Code for Outcome {
    fn code(self) -> ExitCode {
        let (code, problem) = match self {
            Ok(()) => return ExitCode::SUCCESS,
            Err(Failure::Invalid(problem)) => (1, problem),
            Err(Failure::Usage(problem)) => (2, problem),
        };
        // With stderr closed there is nobody left to tell.
        let _ = writeln!(std::io::stderr(), "tandau: {problem}");
        ExitCode::from(code)
    }
}

//! How a command ends.

use crate::platform::Error;
use serde::Serialize;
use std::fmt::Display;
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::Path;
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

/// Prints an answer on stdout. A reader that has seen enough (`| head`) is no failure.
pub(super) fn say(text: &str) -> Outcome {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(e) if e.kind() != ErrorKind::BrokenPipe => Err(Failure::usage(e)),
        _ => Ok(()),
    }
}

/// Prints one JSON document on stdout.
pub(super) fn json(document: &impl Serialize) -> Outcome {
    let text = serde_json::to_string_pretty(document).map_err(Failure::usage)?;
    say(&(text + "\n"))
}

/// Tells people something on stderr.
pub(super) fn warn(text: &str) {
    // With stderr closed there is nobody left to tell.
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Reads a file that a command names.
///
/// # Errors
/// Exit 2 for one that can't be read, exit 1 for one larger than any honest input.
pub(super) fn read_file(path: &Path, max_bytes: u64) -> Result<Vec<u8>, Failure> {
    let unreadable = |e| Failure::usage(format!("can't read {}: {e}", path.display()));
    let mut bytes = Vec::new();
    std::fs::File::open(path)
        .map_err(unreadable)?
        .take(max_bytes + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if u64::try_from(bytes.len()).is_ok_and(|size| size <= max_bytes) {
        Ok(bytes)
    } else {
        Err(Failure::invalid(format!(
            "{} is larger than {max_bytes} bytes",
            path.display()
        )))
    }
}

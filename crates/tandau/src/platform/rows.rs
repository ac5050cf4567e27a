//! Rows of CSV files: read into a type with limits, every problem with its row and column; texts that are written.

use super::{Error, FieldProblem};
use serde::de::DeserializeOwned;

/// Bytes of one file at most.
pub const MAX_BYTES: usize = 32 * 1024 * 1024;
/// Rows of one file at most.
pub const MAX_ROWS: usize = 100_000;
/// Problems told at once; whoever has more mends these first.
pub const MAX_PROBLEMS: usize = 100;

/// A text as it is written to a file: no spreadsheet takes it for a formula.
#[must_use]
pub fn plain(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// Reads all rows. The first row names the columns; row numbers in problems count it.
///
/// # Errors
/// [`Error::TooLarge`]; [`Error::Invalid`] with the first [`MAX_PROBLEMS`] rows that can't be read.
pub fn read<R: DeserializeOwned>(text: &[u8]) -> Result<Vec<R>, Error> {
    if text.len() > MAX_BYTES {
        return Err(Error::TooLarge);
    }
    // A byte order mark would become part of the first column's name.
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let mut rows = Vec::new();
    let mut problems = Problems::default();
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(text);
    for (index, row) in reader.deserialize::<R>().enumerate() {
        if rows.len() >= MAX_ROWS {
            return Err(Error::TooLarge);
        }
        match row {
            Ok(row) => rows.push(row),
            Err(e) => problems.add(index, "", "", e.to_string()),
        }
        if problems.is_full() {
            break;
        }
    }
    problems.done()?;
    Ok(rows)
}

/// Collects what is wrong with rows.
#[derive(Clone, Debug, Default)]
pub struct Problems(Vec<FieldProblem>);

impl Problems {
    /// Notes a problem of a row (counted from 0, without the row of names); `mark` is how the row calls itself.
    pub fn add(&mut self, index: usize, mark: &str, column: &str, message: String) {
        let number = index.saturating_add(2);
        let mut field = format!("row {number}");
        if !mark.is_empty() {
            field.push_str(&format!(" ({mark})"));
        }
        if !column.is_empty() {
            field.push_str(": ");
            field.push_str(column);
        }
        self.0.push(FieldProblem { field, message });
    }

    /// Takes the problems of a row's error over; any other error passes.
    ///
    /// # Errors
    /// Whatever is not [`Error::Invalid`].
    pub fn take(&mut self, index: usize, mark: &str, error: Error) -> Result<(), Error> {
        match error {
            Error::Invalid(found) => {
                for problem in found {
                    self.add(index, mark, &problem.field, problem.message);
                }
                Ok(())
            }
            other => Err(other),
        }
    }

    /// True when there are enough problems to stop.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.0.len() >= MAX_PROBLEMS
    }

    /// True when nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Ends with the problems, if there are any.
    ///
    /// # Errors
    /// [`Error::Invalid`].
    pub fn done(self) -> Result<(), Error> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Error::Invalid(self.0))
        }
    }
}

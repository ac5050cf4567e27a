//! Signed protocols from a file, `station,contest,line,item,value`, one figure to a row.
//!
//! A station is named by its id or number, a contest by its id or the code of its area, a candidate by id or
//! place on the ballot, a member by id or place in the commission's list of those who issue ballots, a portable
//! box by its number. The whole file is taken or nothing of it; the same file again changes nothing.

mod read;
mod write;

use crate::platform::{Acting, Error, FieldProblem, T};
use std::io::Read;

/// Bytes of one file at most.
pub const MAX_FILE_BYTES: u64 = 256 * 1024 * 1024;
/// Rows of one file at most: some 80,000 protocols.
pub const MAX_ROWS: usize = 3_000_000;
/// Problems told at once.
const MAX_PROBLEMS: usize = 100;

/// What a file brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Rows read.
    pub rows: usize,
    /// Protocols put on record.
    pub protocols: usize,
    /// Of these, with figures that do not agree: entered as the paper says.
    pub faulty: usize,
    /// Protocols that were there already with the same figures.
    pub unchanged: usize,
}

/// Imports signed protocols; `dry_run` checks everything and changes nothing.
///
/// Each protocol becomes a confirmed version: without faults [`super::model::ProtocolState::Submitted`], else
/// as the paper says. The territorial commission decides on it as on any other. Warnings carry no explanation.
///
/// # Errors
/// [`Error::Invalid`] naming rows and columns (the first hundred problems); [`Error::TooLarge`]; no power over
/// one of the stations.
pub async fn csv<R: Read + Send>(
    acting: &Acting,
    election_id: &str,
    reader: R,
    dry_run: bool,
) -> Result<Imported, Error> {
    let mut problems = Problems::new(acting.t());
    let file = read::rows(reader, &mut problems)?;
    problems.check()?;
    let mut tx = acting.begin().await?;
    let mut imported = write::all(&mut tx, acting, election_id, &file, &mut problems).await?;
    problems.check()?;
    imported.rows = file.rows;
    if dry_run {
        drop(tx);
    } else {
        tx.commit().await?;
    }
    Ok(imported)
}

/// What is wrong with a file, row by row.
struct Problems {
    t: T,
    list: Vec<FieldProblem>,
}

impl Problems {
    const fn new(t: T) -> Self {
        Self {
            t,
            list: Vec::new(),
        }
    }

    fn add(&mut self, row: usize, column: &str, message: String) {
        if !self.is_full() {
            self.list.push(FieldProblem {
                field: self
                    .t
                    .counting_import_row(column.to_owned(), i64::try_from(row).unwrap_or(i64::MAX)),
                message,
            });
        }
    }

    const fn is_full(&self) -> bool {
        self.list.len() >= MAX_PROBLEMS
    }

    fn check(&self) -> Result<(), Error> {
        if self.list.is_empty() {
            Ok(())
        } else {
            Err(Error::Invalid(self.list.clone()))
        }
    }
}

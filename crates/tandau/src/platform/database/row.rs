//! A row of either engine, read by column name into plain Rust types.

use super::DatabaseError;
use crate::platform::Names;
use jiff::{Timestamp, civil::Date};
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Column as _, Row as _, ValueRef as _};

/// One row of an answer.
#[derive(Debug)]
pub struct Row(RowOf);

#[derive(Debug)]
enum RowOf {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

impl From<SqliteRow> for Row {
    fn from(row: SqliteRow) -> Self {
        Self(RowOf::Sqlite(row))
    }
}
impl From<PgRow> for Row {
    fn from(row: PgRow) -> Self {
        Self(RowOf::Postgres(row))
    }
}

macro_rules! getter {
    ($(#[$doc:meta])* $name:ident, $optional:ident, $type:ty) => {
        $(#[$doc])*
        ///
        /// # Errors
        /// When the column is missing, NULL or of another type.
        pub fn $name(&self, column: &str) -> Result<$type, DatabaseError> {
            match &self.0 {
                RowOf::Sqlite(row) => row.try_get(column),
                RowOf::Postgres(row) => row.try_get(column),
            }
            .map_err(|e| wrong(column, &e))
        }
        /// The same, `None` for NULL.
        ///
        /// # Errors
        /// When the column is missing or of another type.
        pub fn $optional(&self, column: &str) -> Result<Option<$type>, DatabaseError> {
            match &self.0 {
                RowOf::Sqlite(row) => row.try_get(column),
                RowOf::Postgres(row) => row.try_get(column),
            }
            .map_err(|e| wrong(column, &e))
        }
    };
}

fn wrong(column: &str, problem: &dyn std::fmt::Display) -> DatabaseError {
    DatabaseError::Column {
        column: column.to_owned(),
        problem: problem.to_string(),
    }
}

impl Row {
    getter!(/// A whole number.
        int, opt_int, i64);
    getter!(/// A text.
        text, opt_text, String);
    getter!(/// A yes or no.
        flag, opt_flag, bool);
    getter!(/// Raw bytes.
        bytes, opt_bytes, Vec<u8>);

    /// A name in the country's languages, from the columns `{stem}_kk`, `{stem}_ru`, `{stem}_en`.
    ///
    /// # Errors
    /// [`DatabaseError::Column`].
    pub fn names(&self, stem: &str) -> Result<Names, DatabaseError> {
        Ok(Names::new(
            self.text(&format!("{stem}_kk"))?,
            self.text(&format!("{stem}_ru"))?,
            self.text(&format!("{stem}_en"))?,
        ))
    }

    /// A count that can't be negative.
    ///
    /// # Errors
    /// When the column is missing or negative.
    pub fn count(&self, column: &str) -> Result<u64, DatabaseError> {
        u64::try_from(self.int(column)?).map_err(|e| wrong(column, &e))
    }

    /// A count that may be unknown.
    ///
    /// # Errors
    /// When the column is missing or negative.
    pub fn opt_count(&self, column: &str) -> Result<Option<u64>, DatabaseError> {
        self.opt_int(column)?
            .map(|n| u64::try_from(n).map_err(|e| wrong(column, &e)))
            .transpose()
    }

    /// A calendar date kept as ISO text.
    ///
    /// # Errors
    /// When the column is missing or no date.
    pub fn date(&self, column: &str) -> Result<Date, DatabaseError> {
        self.text(column)?.parse().map_err(|e| wrong(column, &e))
    }

    /// A calendar date that may be unknown.
    ///
    /// # Errors
    /// When the column is missing or no date.
    pub fn opt_date(&self, column: &str) -> Result<Option<Date>, DatabaseError> {
        self.opt_text(column)?
            .map(|t| t.parse().map_err(|e| wrong(column, &e)))
            .transpose()
    }

    /// An instant kept as microseconds since 1970, UTC.
    ///
    /// # Errors
    /// When the column is missing or out of range.
    pub fn instant(&self, column: &str) -> Result<Timestamp, DatabaseError> {
        Timestamp::from_microsecond(self.int(column)?).map_err(|e| wrong(column, &e))
    }

    /// An instant that may be unknown.
    ///
    /// # Errors
    /// When the column is missing or out of range.
    pub fn opt_instant(&self, column: &str) -> Result<Option<Timestamp>, DatabaseError> {
        self.opt_int(column)?
            .map(|n| Timestamp::from_microsecond(n).map_err(|e| wrong(column, &e)))
            .transpose()
    }

    /// Every column as `name=value` lines, the same text on both engines: what the audit log hashes.
    pub(crate) fn canonical(&self, out: &mut String) -> Result<(), DatabaseError> {
        match &self.0 {
            RowOf::Sqlite(row) => {
                for column in row.columns() {
                    let name = column.name();
                    let raw = row.try_get_raw(name)?;
                    if raw.is_null() {
                        push(out, name, None);
                    } else if let Ok(text) = row.try_get_unchecked::<String, _>(name) {
                        push(out, name, Some(&text));
                    }
                }
            }
            RowOf::Postgres(row) => {
                for column in row.columns() {
                    let name = column.name();
                    if row.try_get_raw(name)?.is_null() {
                        push(out, name, None);
                    } else if let Ok(text) = row.try_get::<String, _>(name) {
                        push(out, name, Some(&text));
                    } else if let Ok(number) = row.try_get::<i64, _>(name) {
                        push(out, name, Some(&number.to_string()));
                    } else if let Ok(flag) = row.try_get::<bool, _>(name) {
                        push(out, name, Some(if flag { "1" } else { "0" }));
                    } else {
                        return Err(wrong(name, &"a type the audit log can't hash"));
                    }
                }
            }
        }
        out.push('\n');
        Ok(())
    }
}

/// `name=length:value;` — the length makes the text unambiguous whatever the value contains.
fn push(out: &mut String, name: &str, value: Option<&str>) {
    use std::fmt::Write as _;
    let written = match value {
        Some(value) => write!(out, "{name}={}:{value};", value.len()),
        None => write!(out, "{name}=-;"),
    };
    debug_assert!(written.is_ok(), "writing to a String does not fail");
}

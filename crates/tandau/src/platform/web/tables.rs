//! Small tables and documents for programs: CSV whose cells start no formula, JSON that people can read.

use crate::platform::Error;
use crate::platform::rows::plain;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;

/// Lines as CSV, the first one the names of columns.
///
/// # Errors
/// When a line has another number of cells than the first.
pub fn as_csv(lines: Vec<Vec<String>>) -> Result<Response, Error> {
    let mut out = csv::Writer::from_writer(Vec::new());
    for line in lines {
        let line = line.into_iter().map(|text| plain(&text));
        out.write_record(line).map_err(Error::internal)?;
    }
    let bytes = out.into_inner().map_err(Error::internal)?;
    let kind = "text/csv; charset=utf-8; header=present";
    Ok(([(header::CONTENT_TYPE, kind)], bytes).into_response())
}

/// A value as JSON.
///
/// # Errors
/// When it can't be written, which is our fault.
pub fn as_json(value: &impl Serialize) -> Result<Response, Error> {
    let text = serde_json::to_string_pretty(value).map_err(Error::internal)?;
    Ok(([(header::CONTENT_TYPE, "application/json")], text).into_response())
}

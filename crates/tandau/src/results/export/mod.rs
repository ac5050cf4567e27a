//! Results for programs: one set of types behind downloads, the API and `tandau results`.
//!
//! Every figure is a protocol's or the sum of protocols; votes are there only after the last closing
//! ([`super::queries::public_votes`]).

mod gather;
mod nist;
mod protocols;
mod table;
mod types;

pub use gather::{contest_result, election_results, slots_of};
pub use gather::{info as election_info, written as instant_text};
pub use protocols::station_protocols;
pub use types::{
    ActResult, ContestResult, ElectionInfo, ElectionResults, Localised, OptionResult,
    OutcomeResult, PaperResult, ProtocolResult, RegistrationResult, SlotResult, VersionResult,
};

use crate::platform::database::Connection;
use crate::platform::{App, Error};

/// Results as one JSON document.
///
/// # Errors
/// [`Error::NotFound`]; what the database reports.
pub async fn json(
    connection: &mut Connection,
    app: &App,
    election_id: &str,
    contest: Option<&str>,
) -> Result<String, Error> {
    let results = election_results(connection, app, election_id, contest).await?;
    serde_json::to_string_pretty(&results).map_err(Error::internal)
}

/// Results as a table, one figure a row (RFC 4180, UTF-8).
///
/// # Errors
/// As [`json`].
pub async fn csv(
    connection: &mut Connection,
    app: &App,
    election_id: &str,
    contest: Option<&str>,
) -> Result<String, Error> {
    table::write(&election_results(connection, app, election_id, contest).await?)
}

/// Results as NIST SP 1500-100 version 2, JSON.
///
/// # Errors
/// As [`json`].
pub async fn nist(
    connection: &mut Connection,
    app: &App,
    election_id: &str,
    contest: Option<&str>,
) -> Result<String, Error> {
    let results = election_results(connection, app, election_id, contest).await?;
    serde_json::to_string_pretty(&nist::report(&results)).map_err(Error::internal)
}

//! What pages and other rooms read of protocols and sums.

pub use super::store::{ActDecision, Filter, Listed};

use super::model::{
    FullVersion, HistoryLine, PaperLine, Progress, Protocol, ProtocolState, Recorded, Version,
};
use super::store;
use crate::platform::database::Connection;
use crate::platform::{App, Error, Names};
use electoral::protocol::{ProtocolEntry, TypedWords};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;

/// Stations read for the list of overdue protocols at most.
const OVERDUE_LIMIT: i64 = 20_000;

/// Sums by line and item; the item is a candidate's id for votes, empty for everything else.
pub type Totals = BTreeMap<(String, String), u64>;

/// A protocol's state and typed sums; `None` while the contest's counting has not begun.
///
/// # Errors
/// What the database reports.
pub async fn protocol(
    connection: &mut Connection,
    station_id: &str,
    contest_id: &str,
) -> Result<Option<Protocol>, Error> {
    Ok(store::protocol(connection, station_id, contest_id).await?)
}

/// All protocols of a contest with their states and typed sums.
///
/// # Errors
/// What the database reports.
pub async fn protocols_of_contest(
    connection: &mut Connection,
    contest_id: &str,
) -> Result<Vec<Protocol>, Error> {
    Ok(store::protocols_of_contest(connection, contest_id).await?)
}

/// One version with figures and findings.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn version(
    connection: &mut Connection,
    station_id: &str,
    contest_id: &str,
    version: u64,
) -> Result<FullVersion, Error> {
    store::full_version(connection, station_id, contest_id, version)
        .await?
        .ok_or(Error::NotFound)
}

/// All versions without their figures, drafts too.
///
/// # Errors
/// What the database reports.
pub async fn versions(
    connection: &mut Connection,
    station_id: &str,
    contest_id: &str,
) -> Result<Vec<Version>, Error> {
    Ok(store::versions(connection, station_id, contest_id).await?)
}

/// What everybody may see once the embargo is over: the versions that a chair has confirmed, with figures and findings.
///
/// # Errors
/// What the database reports.
pub async fn public_versions(
    connection: &mut Connection,
    station_id: &str,
    contest_id: &str,
) -> Result<Vec<FullVersion>, Error> {
    let mut public = Vec::new();
    for version in store::versions(connection, station_id, contest_id).await? {
        if version.confirmed_at.is_some() {
            let number = version.version;
            public.push(FullVersion {
                version,
                entry: store::values(connection, station_id, contest_id, number).await?,
                findings: store::findings(connection, station_id, contest_id, number).await?,
            });
        }
    }
    Ok(public)
}

/// The figures of one version.
///
/// # Errors
/// What the database reports.
pub async fn values(
    connection: &mut Connection,
    station_id: &str,
    contest_id: &str,
    version: u64,
) -> Result<ProtocolEntry, Error> {
    Ok(store::values(connection, station_id, contest_id, version).await?)
}

/// Figures in words of one version, where the paper's words differ from its digits.
///
/// # Errors
/// What the database reports.
pub async fn words(
    connection: &mut Connection,
    station_id: &str,
    contest_id: &str,
    version: u64,
) -> Result<Vec<TypedWords>, Error> {
    Ok(store::words(connection, station_id, contest_id, version).await?)
}

/// The findings of one version as they were put on record.
///
/// # Errors
/// What the database reports.
pub async fn findings(
    connection: &mut Connection,
    station_id: &str,
    contest_id: &str,
    version: u64,
) -> Result<Vec<Recorded>, Error> {
    Ok(store::findings(connection, station_id, contest_id, version).await?)
}

/// Every act on a protocol in its order. Public pages show offices, never persons, and nothing of drafts.
///
/// # Errors
/// What the database reports.
pub async fn history(
    connection: &mut Connection,
    station_id: &str,
    contest_id: &str,
) -> Result<Vec<HistoryLine>, Error> {
    Ok(store::history(connection, station_id, contest_id).await?)
}

/// All papers of all versions, each with when and why it came.
///
/// # Errors
/// What the database reports.
pub async fn papers(
    connection: &mut Connection,
    station_id: &str,
    contest_id: &str,
) -> Result<Vec<PaperLine>, Error> {
    Ok(store::papers(connection, station_id, contest_id).await?)
}

/// How many protocols of a contest are where; all zero before counting begins.
///
/// # Errors
/// What the database reports.
pub async fn progress(connection: &mut Connection, contest_id: &str) -> Result<Progress, Error> {
    Ok(store::progress(connection, contest_id)
        .await?
        .unwrap_or_default())
}

/// The same, counted anew from the protocols.
///
/// # Errors
/// What the database reports.
pub async fn recount_progress(
    connection: &mut Connection,
    contest_id: &str,
) -> Result<BTreeMap<ProtocolState, u64>, Error> {
    Ok(store::recount_progress(connection, contest_id).await?)
}

/// The sums of a contest's accepted protocols.
///
/// # Errors
/// What the database reports.
pub async fn totals(connection: &mut Connection, contest_id: &str) -> Result<Totals, Error> {
    Ok(store::totals(connection, contest_id).await?)
}

/// The same sums, added anew from the versions themselves. A line that stands in the sums and that no
/// accepted version reports any more (a reopened protocol) counts as zero.
///
/// # Errors
/// What the database reports.
pub async fn recount(connection: &mut Connection, contest_id: &str) -> Result<Totals, Error> {
    let mut anew = store::recount(connection, contest_id).await?;
    for key in store::totals(connection, contest_id).await?.into_keys() {
        anew.entry(key).or_insert(0);
    }
    Ok(anew)
}

/// Figures of all accepted protocols of a contest by station: for downloads and independent sums.
///
/// # Errors
/// What the database reports.
pub async fn accepted_entries(
    connection: &mut Connection,
    contest_id: &str,
) -> Result<BTreeMap<String, ProtocolEntry>, Error> {
    Ok(store::accepted_entries(connection, contest_id).await?)
}

/// Protocols at or below an area, what is wrong first.
///
/// # Errors
/// What the database reports.
pub async fn list_under(
    connection: &mut Connection,
    area_id: &str,
    filter: &Filter,
) -> Result<Vec<Listed>, Error> {
    Ok(store::list_under(connection, area_id, filter).await?)
}

/// How many protocols at or below an area are in which state; of one contest unless it is empty.
///
/// # Errors
/// What the database reports.
pub async fn count_under(
    connection: &mut Connection,
    area_id: &str,
    contest_id: &str,
) -> Result<BTreeMap<ProtocolState, u64>, Error> {
    Ok(store::count_under(connection, area_id, contest_id).await?)
}

/// A decision by its id, as the act under which a protocol was accepted.
///
/// # Errors
/// What the database reports.
pub async fn act_decision(
    connection: &mut Connection,
    id: &str,
) -> Result<Option<ActDecision>, Error> {
    Ok(store::decision(connection, id).await?)
}

/// The name of somebody who acted, for the office's own pages.
///
/// # Errors
/// What the database reports.
pub async fn person_name(connection: &mut Connection, person_id: &str) -> Result<Names, Error> {
    Ok(store::person_name(connection, person_id).await?)
}

/// A protocol that should have come by now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overdue {
    /// The station.
    pub station_id: String,
    /// The contest.
    pub contest_id: String,
    /// Hours that the rules give the count.
    pub hours: u32,
    /// The article that says so.
    pub article: String,
}

/// Stations at or below an area whose count is over by the rules (art. 43(1)) and that have sent nothing,
/// those who have been waited for longest first.
///
/// # Errors
/// What the database reports.
pub async fn overdue(
    connection: &mut Connection,
    app: &App,
    area_id: &str,
    now: Timestamp,
) -> Result<Vec<Overdue>, Error> {
    let mut overdue = Vec::new();
    for one in store::unsent_under(connection, area_id, now, OVERDUE_LIMIT).await? {
        let rules = app.rules.get(&one.rules_id)?;
        let Some(limit) = rules.voting.as_ref().map(|v| &v.count_hours_max) else {
            continue;
        };
        let count = SignedDuration::from_hours(i64::from(limit.value));
        if one.since.checked_add(count)? <= now {
            overdue.push(Overdue {
                station_id: one.station_id,
                contest_id: one.contest_id,
                hours: limit.value,
                article: limit.source.article.clone(),
            });
        }
    }
    Ok(overdue)
}

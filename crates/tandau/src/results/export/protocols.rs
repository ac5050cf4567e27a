//! Protocols as they are exported: public versions with figures and papers, and every public act.

use super::gather::written;
use super::types::{ActResult, PaperResult, ProtocolResult, VersionResult};
use crate::bind;
use crate::counting::model::Act;
use crate::platform::Error;
use crate::platform::database::Connection;
use crate::results::queries::{self, Contest, Station};
use crate::results::store;
use std::collections::BTreeMap;

type ByStation<T> = BTreeMap<String, Vec<T>>;

/// Protocols of a contest with their public versions, or of one of its stations. Only after the embargo.
///
/// # Errors
/// What the database reports.
pub async fn station_protocols(
    connection: &mut Connection,
    contest: &Contest,
    station: Option<&Station>,
) -> Result<Vec<ProtocolResult>, Error> {
    let stations = match station {
        Some(station) => vec![station.clone()],
        None => queries::stations_of_contest(connection, &contest.id).await?,
    };
    let only = station.map_or("", |s| s.id.as_str());
    let mut versions = versions(connection, contest, only).await?;
    let mut acts = acts(connection, contest, only).await?;
    Ok(stations
        .into_iter()
        .map(|s| {
            let history = acts.remove(&s.id).unwrap_or_default();
            let mut versions = versions.remove(&s.id).unwrap_or_default();
            for version in &mut versions {
                decided(version, &history);
            }
            ProtocolResult {
                state: s.shown_state().to_owned(),
                counted: s.is_accepted(),
                number: s.number,
                name: (&s.names).into(),
                versions,
                history,
                station_id: s.id,
            }
        })
        .collect())
}

/// What the higher commission last decided about a version stands with it too.
fn decided(version: &mut VersionResult, history: &[ActResult]) {
    let last = history.iter().rev().find(|line| {
        line.version == version.version
            && Act::parse(&line.act).is_some_and(|act| {
                matches!(
                    act,
                    Act::Accept | Act::AcceptWithAct | Act::Return | Act::Reopen
                )
            })
    });
    if let Some(line) = last {
        version.decided_at = Some(line.at.clone());
        version.reason.clone_from(&line.reason);
    }
}

async fn versions(
    connection: &mut Connection,
    contest: &Contest,
    only: &str,
) -> Result<ByStation<VersionResult>, Error> {
    let mut versions: ByStation<VersionResult> = BTreeMap::new();
    for row in connection
        .all(store::PUBLIC_VERSIONS, bind![&contest.id, only])
        .await?
    {
        versions
            .entry(row.text("station_id")?)
            .or_default()
            .push(VersionResult {
                version: row.count("version")?,
                state: row.text("state")?,
                as_paper_says: row.flag("as_paper_says")?,
                confirmed_at: written(row.instant("confirmed_at")?, &contest.zone),
                decided_at: None,
                reason: String::new(),
                paper: None,
                papers: Vec::new(),
                figures: BTreeMap::new(),
            });
    }
    for row in connection
        .all(store::PUBLIC_PAPERS, bind![&contest.id, only])
        .await?
    {
        let station = row.text("station_id")?;
        let href = format!("/files/{}", row.text("file_id")?);
        let paper = PaperResult {
            href: href.clone(),
            attached_at: written(row.instant("attached_at")?, &contest.zone),
            reason: row.text("reason")?,
        };
        if let Some(version) = one(&mut versions, &station, row.count("version")?) {
            version.paper = Some(href);
            version.papers.push(paper);
        }
    }
    for row in connection
        .all(store::PUBLIC_VALUES, bind![&contest.id, only])
        .await?
    {
        let (line, item) = (row.text("line")?, row.text("item")?);
        let key = if item.is_empty() {
            line
        } else {
            format!("{line}[{item}]")
        };
        let station = row.text("station_id")?;
        if let Some(version) = one(&mut versions, &station, row.count("version")?) {
            version.figures.insert(key, row.count("value")?);
        }
    }
    Ok(versions)
}

fn one<'v>(
    versions: &'v mut ByStation<VersionResult>,
    station: &str,
    number: u64,
) -> Option<&'v mut VersionResult> {
    versions
        .get_mut(station)?
        .iter_mut()
        .find(|v| v.version == number)
}

async fn acts(
    connection: &mut Connection,
    contest: &Contest,
    only: &str,
) -> Result<ByStation<ActResult>, Error> {
    let mut acts: ByStation<ActResult> = BTreeMap::new();
    for row in connection
        .all(store::PUBLIC_ACTS, bind![&contest.id, only])
        .await?
    {
        let act = row.text("kind")?;
        let version = row.count("version")?;
        let of_station = acts.entry(row.text("station_id")?).or_default();
        // A paper that came before the confirmation stands with its version.
        let confirmed =
            |line: &ActResult| line.version == version && line.act == Act::Confirm.as_str();
        if act == Act::AttachPaper.as_str() && !of_station.iter().any(confirmed) {
            continue;
        }
        let reason = if act == Act::AcceptWithAct.as_str() {
            row.text("detail")?
        } else {
            row.text("reason")?
        };
        of_station.push(ActResult {
            version,
            act,
            at: written(row.instant("at")?, &contest.zone),
            reason,
            decision_number: row.opt_text("decision_number")?,
        });
    }
    Ok(acts)
}

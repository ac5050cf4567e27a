use super::super::model::{
    Act, FullVersion, HistoryLine, Progress, Protocol, ProtocolState, Recorded, Version,
};
use super::*;
use crate::bind;
use crate::platform::database::{Connection, DatabaseError, Row};
use electoral::protocol::{Finding, LineKey, ProtocolEntry, Severity};
use std::collections::BTreeMap;

pub(super) fn odd(column: &str, problem: impl std::fmt::Display) -> DatabaseError {
    DatabaseError::Column {
        column: column.to_owned(),
        problem: problem.to_string(),
    }
}

fn state_of(row: &Row) -> Result<ProtocolState, DatabaseError> {
    let text = row.text("state")?;
    ProtocolState::parse(&text).ok_or_else(|| odd("state", text))
}

fn protocol_of(row: &Row) -> Result<Protocol, DatabaseError> {
    Ok(Protocol {
        station_id: row.text("station_id")?,
        contest_id: row.text("contest_id")?,
        election_id: row.text("election_id")?,
        state: state_of(row)?,
        accepted_with_act: row.flag("with_act")?,
        version: row.count("version")?,
        faults: row.count("faults")?,
        returned_count: row.count("returned_count")?,
        sequence: row.count("sequence")?,
        voters_on_list: row.opt_count("voters_on_list")?,
        voters_received_ballots: row.opt_count("voters_received_ballots")?,
        took_part: row.opt_count("took_part")?,
        invalid: row.opt_count("invalid")?,
        against_all: row.opt_count("against_all")?,
        changed_at: row.instant("changed_at")?,
    })
}

fn version_of(row: &Row) -> Result<Version, DatabaseError> {
    Ok(Version {
        version: row.count("version")?,
        state: state_of(row)?,
        as_paper_says: row.flag("as_paper_says")?,
        reason: row.text("reason")?,
        file_id: row.opt_text("file_id")?,
        entered_by: row.text("entered_by")?,
        entered_at: row.instant("entered_at")?,
        submitted_by: row.opt_text("submitted_by")?,
        submitted_at: row.opt_instant("submitted_at")?,
        confirmed_by: row.opt_text("confirmed_by")?,
        confirmed_at: row.opt_instant("confirmed_at")?,
        decided_by: row.opt_text("decided_by")?,
        decided_at: row.opt_instant("decided_at")?,
        decision_reason: row.text("decision_reason")?,
        act_decision_id: row.opt_text("act_decision_id")?,
        act_fault: row.text("act_fault")?,
    })
}

/// A figure's key as the tables hold it: an empty item for a line that stands once.
pub(crate) fn key_of(line: &str, item: &str) -> Result<LineKey, DatabaseError> {
    let key = if item.is_empty() {
        LineKey::single(line)
    } else {
        LineKey::item(line, item)
    };
    key.map_err(|e| odd("line", e))
}

pub(crate) async fn protocol(
    connection: &mut Connection,
    station_id: &str,
    contest_id: &str,
) -> Result<Option<Protocol>, DatabaseError> {
    let row = connection
        .first(PROTOCOL, bind![station_id, contest_id])
        .await?;
    row.as_ref().map(protocol_of).transpose()
}

pub(crate) async fn protocols_of_contest(
    connection: &mut Connection,
    contest_id: &str,
) -> Result<Vec<Protocol>, DatabaseError> {
    let rows = connection
        .all(PROTOCOLS_OF_CONTEST, bind![contest_id])
        .await?;
    rows.iter().map(protocol_of).collect()
}

/// A protocol in a list, with what the list says beside its state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The protocol.
    pub protocol: Protocol,
    /// Number of the station.
    pub number: u64,
    /// The chair has confirmed the newest version.
    pub confirmed: bool,
    /// The paper is attached to it.
    pub has_paper: bool,
}

/// Which protocols a list shows; empty texts for all.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only this state.
    pub state: String,
    /// Only this contest.
    pub contest_id: String,
    /// Rows at most.
    pub limit: u32,
    /// Rows before the first.
    pub offset: u32,
}

pub(crate) async fn list_under(
    connection: &mut Connection,
    area_id: &str,
    filter: &Filter,
) -> Result<Vec<Listed>, DatabaseError> {
    let values = bind![
        area_id,
        &filter.state,
        i64::from(filter.limit),
        i64::from(filter.offset),
        &filter.contest_id
    ];
    let rows = connection.all(LIST_UNDER, values).await?;
    rows.iter()
        .map(|row| {
            Ok(Listed {
                protocol: protocol_of(row)?,
                number: row.count("number")?,
                confirmed: row.opt_int("confirmed_at")?.is_some(),
                has_paper: row.count("papers")? > 0,
            })
        })
        .collect()
}

pub(crate) async fn count_under(
    connection: &mut Connection,
    area_id: &str,
    contest_id: &str,
) -> Result<BTreeMap<ProtocolState, u64>, DatabaseError> {
    let rows = connection
        .all(COUNT_UNDER, bind![area_id, contest_id])
        .await?;
    rows.iter()
        .map(|row| Ok((state_of(row)?, row.count("n")?)))
        .collect()
}

pub(crate) async fn version(
    connection: &mut Connection,
    station_id: &str,
    contest_id: &str,
    version: u64,
) -> Result<Option<Version>, DatabaseError> {
    let number = i64::try_from(version).unwrap_or(i64::MAX);
    let row = connection
        .first(VERSION, bind![station_id, contest_id, number])
        .await?;
    row.as_ref().map(version_of).transpose()
}

pub(crate) async fn versions(
    connection: &mut Connection,
    station_id: &str,
    contest_id: &str,
) -> Result<Vec<Version>, DatabaseError> {
    let rows = connection
        .all(VERSIONS, bind![station_id, contest_id])
        .await?;
    rows.iter().map(version_of).collect()
}

pub(crate) async fn full_version(
    connection: &mut Connection,
    station_id: &str,
    contest_id: &str,
    number: u64,
) -> Result<Option<FullVersion>, DatabaseError> {
    let Some(version) = version(connection, station_id, contest_id, number).await? else {
        return Ok(None);
    };
    Ok(Some(FullVersion {
        version,
        entry: values(connection, station_id, contest_id, number).await?,
        findings: findings(connection, station_id, contest_id, number).await?,
    }))
}

pub(crate) async fn values(
    connection: &mut Connection,
    station_id: &str,
    contest_id: &str,
    version: u64,
) -> Result<ProtocolEntry, DatabaseError> {
    let number = i64::try_from(version).unwrap_or(i64::MAX);
    let mut entry = ProtocolEntry::new();
    for row in connection
        .all(VALUES, bind![station_id, contest_id, number])
        .await?
    {
        entry.set(
            key_of(&row.text("line")?, &row.text("item")?)?,
            row.count("value")?,
        );
    }
    Ok(entry)
}

pub(crate) async fn accepted_entries(
    connection: &mut Connection,
    contest_id: &str,
) -> Result<BTreeMap<String, ProtocolEntry>, DatabaseError> {
    let mut entries: BTreeMap<String, ProtocolEntry> = BTreeMap::new();
    for row in connection.all(VALUES_OF_CONTEST, bind![contest_id]).await? {
        let key = key_of(&row.text("line")?, &row.text("item")?)?;
        entries
            .entry(row.text("station_id")?)
            .or_default()
            .set(key, row.count("value")?);
    }
    Ok(entries)
}

/// One occurrence of a finding, as the column `figures` holds it.
#[derive(serde::Serialize, serde::Deserialize)]
pub(super) struct Occurrence {
    pub(super) article: String,
    pub(super) lines: Vec<LineKey>,
    pub(super) item: Option<String>,
    pub(super) figures: Vec<(String, i128)>,
    pub(super) words: Vec<(String, String)>,
}

pub(crate) async fn findings(
    connection: &mut Connection,
    station_id: &str,
    contest_id: &str,
    version: u64,
) -> Result<Vec<Recorded>, DatabaseError> {
    let number = i64::try_from(version).unwrap_or(i64::MAX);
    let mut found = Vec::new();
    for row in connection
        .all(FINDINGS, bind![station_id, contest_id, number])
        .await?
    {
        let code = row.text("code")?;
        let severity = severity_of(&row.text("severity")?)?;
        let explanation = row.text("explanation")?;
        let occurrences: Vec<Occurrence> =
            serde_json::from_str(&row.text("figures")?).map_err(|e| odd("figures", e))?;
        found.extend(occurrences.into_iter().map(|one| Recorded {
            finding: Finding {
                code: code.clone(),
                severity,
                article: one.article,
                lines: one.lines,
                item: one.item,
                figures: one.figures,
                words: one.words,
            },
            severity,
            explanation: explanation.clone(),
        }));
    }
    Ok(found)
}

fn severity_of(text: &str) -> Result<Severity, DatabaseError> {
    match text {
        "typing" => Ok(Severity::Typing),
        "error" => Ok(Severity::Error),
        "warning" => Ok(Severity::Warning),
        other => Err(odd("severity", other)),
    }
}

pub(crate) async fn history(
    connection: &mut Connection,
    station_id: &str,
    contest_id: &str,
) -> Result<Vec<HistoryLine>, DatabaseError> {
    let rows = connection
        .all(HISTORY, bind![station_id, contest_id])
        .await?;
    rows.iter()
        .map(|row| {
            let kind = row.text("kind")?;
            Ok(HistoryLine {
                sequence: row.count("sequence")?,
                version: row.count("version")?,
                act: Act::parse(&kind).ok_or_else(|| odd("kind", kind))?,
                at: row.instant("at")?,
                made_by: row.text("made_by")?,
                office: row.text("office")?,
                reason: row.text("reason")?,
                detail: row.text("detail")?,
                decision_id: row.opt_text("decision_id")?,
            })
        })
        .collect()
}

pub(crate) async fn progress(
    connection: &mut Connection,
    contest_id: &str,
) -> Result<Option<Progress>, DatabaseError> {
    let Some(row) = connection.first(PROGRESS, bind![contest_id]).await? else {
        return Ok(None);
    };
    Ok(Some(Progress {
        expected: row.count("expected")?,
        draft: row.count("draft")?,
        submitted: row.count("submitted")?,
        faulty: row.count("faulty")?,
        returned: row.count("returned")?,
        accepted: row.count("accepted")?,
        last_accepted_at: row.opt_instant("last_accepted_at")?,
    }))
}

pub(crate) async fn recount_progress(
    connection: &mut Connection,
    contest_id: &str,
) -> Result<BTreeMap<ProtocolState, u64>, DatabaseError> {
    let rows = connection.all(RECOUNT_PROGRESS, bind![contest_id]).await?;
    rows.iter()
        .map(|row| Ok((state_of(row)?, row.count("n")?)))
        .collect()
}

async fn sums(
    connection: &mut Connection,
    sql: &'static str,
    contest_id: &str,
) -> Result<BTreeMap<(String, String), u64>, DatabaseError> {
    let rows = connection.all(sql, bind![contest_id]).await?;
    rows.iter()
        .map(|row| {
            let key = (row.text("line")?, row.text("item")?);
            Ok((key, row.count("value")?))
        })
        .collect()
}

pub(crate) async fn totals(
    connection: &mut Connection,
    contest_id: &str,
) -> Result<BTreeMap<(String, String), u64>, DatabaseError> {
    sums(connection, TOTALS, contest_id).await
}

pub(crate) async fn recount(
    connection: &mut Connection,
    contest_id: &str,
) -> Result<BTreeMap<(String, String), u64>, DatabaseError> {
    sums(connection, RECOUNT, contest_id).await
}

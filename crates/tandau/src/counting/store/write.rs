use super::super::model::{Act, Protocol, ProtocolState};
use super::read::Occurrence;
use super::*;
use crate::bind;
use crate::platform::Error;
use crate::platform::database::{Transaction, Value};
use electoral::protocol::{Finding, LineKey, ProtocolEntry, Severity};
use jiff::Timestamp;
use std::collections::BTreeMap;

fn number(value: u64) -> Result<i64, Error> {
    i64::try_from(value).map_err(Error::internal)
}

/// Makes the rows of all counting units that have none yet; returns how many.
pub(crate) async fn expect_all(
    tx: &mut Transaction,
    contest_id: &str,
    at: Timestamp,
) -> Result<u64, Error> {
    tx.execute(ADD_PROGRESS, bind![contest_id]).await?;
    let added = tx.execute(ADD_EXPECTED, bind![contest_id, at]).await?;
    tx.execute(COUNT_EXPECTED, bind![contest_id, number(added)?])
        .await?;
    Ok(added)
}

/// No longer expects protocols of stations that are no counting units any more. Returns how many.
pub(crate) async fn expect_only_units(
    tx: &mut Transaction,
    contest_id: &str,
) -> Result<u64, Error> {
    tx.execute(ADD_PROGRESS, bind![contest_id]).await?;
    let dropped = tx.execute(DROP_EXPECTED, bind![contest_id]).await?;
    let less = number(dropped)?
        .checked_neg()
        .ok_or_else(|| Error::internal("too many protocols"))?;
    tx.execute(COUNT_EXPECTED, bind![contest_id, less]).await?;
    Ok(dropped)
}

/// Where an act takes a protocol.
pub(crate) struct Step<'a> {
    pub(crate) from: &'a Protocol,
    pub(crate) to: ProtocolState,
    pub(crate) version: u64,
    pub(crate) faults: u64,
    pub(crate) with_act: bool,
    pub(crate) returned: bool,
    pub(crate) at: Timestamp,
}

/// Moves the protocol and the contest's counters. False when somebody else was faster.
pub(crate) async fn advance(tx: &mut Transaction, step: &Step<'_>) -> Result<bool, Error> {
    let from = step.from;
    let moved = tx
        .execute(
            ADVANCE,
            bind![
                &from.station_id,
                &from.contest_id,
                number(from.sequence)?,
                step.to.as_str(),
                number(step.version)?,
                number(step.faults)?,
                i64::from(step.returned),
                step.with_act,
                step.at
            ],
        )
        .await?;
    if moved != 1 {
        return Ok(false);
    }
    if from.state != step.to {
        let delta = |state| i64::from(step.to == state) - i64::from(from.state == state);
        let accepted_at = (step.to == ProtocolState::Accepted).then_some(step.at);
        tx.later(
            MOVE_PROGRESS,
            bind![
                &from.contest_id,
                delta(ProtocolState::Expected),
                delta(ProtocolState::Draft),
                delta(ProtocolState::Submitted),
                delta(ProtocolState::SubmittedWithFaults),
                delta(ProtocolState::Returned),
                delta(ProtocolState::Accepted),
                accepted_at
            ],
        );
    }
    Ok(true)
}

/// An act as it enters the protocol's history.
pub(crate) struct NewLine<'a> {
    pub(crate) protocol: &'a Protocol,
    pub(crate) version: u64,
    pub(crate) act: Act,
    pub(crate) at: Timestamp,
    pub(crate) made_by: &'a str,
    pub(crate) office: &'a str,
    pub(crate) reason: &'a str,
    pub(crate) detail: &'a str,
    pub(crate) decision_id: Option<&'a str>,
}

/// Adds the act to the history; returns its number.
pub(crate) fn add_line(tx: &mut Transaction, line: &NewLine<'_>) -> Result<u64, Error> {
    let sequence = line.protocol.sequence.saturating_add(1);
    tx.later(
        ADD_EVENT,
        bind![
            &line.protocol.station_id,
            &line.protocol.contest_id,
            number(sequence)?,
            number(line.version)?,
            line.act.as_str(),
            line.at,
            line.made_by,
            line.office,
            line.reason,
            line.detail,
            line.decision_id
        ],
    );
    Ok(sequence)
}

/// Begins a version; from its second on with the figures and words of the one before.
pub(crate) fn add_version(
    tx: &mut Transaction,
    protocol: &Protocol,
    version: u64,
    reason: &str,
    made_by: &str,
    at: Timestamp,
) -> Result<(), Error> {
    let (station, contest) = (&protocol.station_id, &protocol.contest_id);
    let values = bind![station, contest, number(version)?, reason, made_by, at];
    tx.later(ADD_VERSION, values);
    if protocol.version > 0 {
        let (old, new) = (number(protocol.version)?, number(version)?);
        for copy in [COPY_VALUES, COPY_WORDS] {
            tx.later(copy, bind![station, contest, old, new]);
        }
    }
    Ok(())
}

pub(crate) fn touch_version(
    tx: &mut Transaction,
    protocol: &Protocol,
    reason: &str,
    made_by: &str,
    at: Timestamp,
) -> Result<(), Error> {
    tx.later(
        TOUCH_VERSION,
        bind![
            &protocol.station_id,
            &protocol.contest_id,
            number(protocol.version)?,
            made_by,
            at,
            reason
        ],
    );
    Ok(())
}

/// Writes figures, many to a statement; `None` removes one.
pub(crate) fn put_values(
    tx: &mut Transaction,
    protocol: &Protocol,
    version: u64,
    values: &BTreeMap<LineKey, Option<u64>>,
) -> Result<(), Error> {
    let head = || -> Result<Vec<Value>, Error> {
        Ok(bind![
            &protocol.station_id,
            &protocol.contest_id,
            number(version)?
        ])
    };
    let mut kept: Vec<(&LineKey, u64)> = Vec::with_capacity(values.len());
    for (key, value) in values {
        match value {
            Some(value) => kept.push((key, *value)),
            None => {
                let mut bound = head()?;
                bound.extend(bind![key.line(), key.item_id().unwrap_or_default()]);
                tx.later(DROP_VALUE, bound);
            }
        }
    }
    let mut rest = kept.as_slice();
    while !rest.is_empty() {
        let (sql, take) = match rest.len() {
            16.. => (PUT_SIXTEEN_VALUES, 16),
            4.. => (PUT_FOUR_VALUES, 4),
            _ => (PUT_VALUE, 1),
        };
        let (now, others) = rest.split_at(take);
        let mut bound = head()?;
        for (key, value) in now {
            bound.extend(bind![
                key.line(),
                key.item_id().unwrap_or_default(),
                number(*value)?
            ]);
        }
        tx.later(sql, bound);
        rest = others;
    }
    Ok(())
}

/// Freezes a version with its findings and writes the protocol's typed sums.
pub(crate) fn submit_version(
    tx: &mut Transaction,
    protocol: &Protocol,
    state: ProtocolState,
    as_paper_says: bool,
    entry: &ProtocolEntry,
    by: &str,
    at: Timestamp,
) -> Result<(), Error> {
    let (station, contest) = (&protocol.station_id, &protocol.contest_id);
    tx.later(
        SUBMIT_VERSION,
        bind![
            station,
            contest,
            number(protocol.version)?,
            state.as_str(),
            as_paper_says,
            by,
            at
        ],
    );
    let sum = |line: &str| entry.single(line).map(number).transpose();
    tx.later(
        SET_SUMS,
        bind![
            station,
            contest,
            sum("voters_on_list")?,
            sum("voters_received_ballots")?,
            sum("took_part")?,
            sum("invalid")?,
            sum("against_all")?
        ],
    );
    Ok(())
}

/// Puts findings on record, one row for each code with all its occurrences.
pub(crate) fn add_findings(
    tx: &mut Transaction,
    protocol: &Protocol,
    version: u64,
    findings: &[Finding],
    explanations: &BTreeMap<String, String>,
    by: &str,
) -> Result<(), Error> {
    let mut by_code: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        by_code.entry(&finding.code).or_default().push(finding);
    }
    for (code, group) in by_code {
        let Some(first) = group.first() else { continue };
        let occurrences: Vec<Occurrence> = group
            .iter()
            .map(|f| Occurrence {
                article: f.article.clone(),
                lines: f.lines.clone(),
                item: f.item.clone(),
                figures: f.figures.clone(),
                words: f.words.clone(),
            })
            .collect();
        let lines: std::collections::BTreeSet<String> = group
            .iter()
            .flat_map(|f| f.lines.iter().map(ToString::to_string))
            .collect();
        let explanation = explanations.get(code).map_or("", |text| text.trim());
        let explained_by = if explanation.is_empty() { "" } else { by };
        tx.later(
            ADD_FINDING,
            bind![
                &protocol.station_id,
                &protocol.contest_id,
                number(version)?,
                code,
                severity_word(first.severity),
                lines.into_iter().collect::<Vec<_>>().join(" "),
                serde_json::to_string(&occurrences).map_err(Error::internal)?,
                explanation,
                explained_by
            ],
        );
    }
    Ok(())
}

const fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Typing => "typing",
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

pub(crate) fn confirm_version(
    tx: &mut Transaction,
    protocol: &Protocol,
    by: &str,
    at: Timestamp,
) -> Result<(), Error> {
    let values = bind![
        &protocol.station_id,
        &protocol.contest_id,
        number(protocol.version)?,
        by,
        at
    ];
    tx.later(CONFIRM_VERSION, values);
    Ok(())
}

/// What a higher commission decided on a version.
pub(crate) struct Decision<'a> {
    pub(crate) state: ProtocolState,
    pub(crate) by: &'a str,
    pub(crate) at: Timestamp,
    pub(crate) reason: &'a str,
    pub(crate) decision_id: Option<&'a str>,
    pub(crate) fault: &'a str,
}

pub(crate) fn decide_version(
    tx: &mut Transaction,
    protocol: &Protocol,
    decision: &Decision<'_>,
) -> Result<(), Error> {
    let values = bind![
        &protocol.station_id,
        &protocol.contest_id,
        number(protocol.version)?,
        decision.state.as_str(),
        decision.by,
        decision.at,
        decision.reason,
        decision.decision_id,
        decision.fault
    ];
    tx.later(DECIDE_VERSION, values);
    Ok(())
}

pub(crate) fn set_version_state(
    tx: &mut Transaction,
    protocol: &Protocol,
    state: ProtocolState,
) -> Result<(), Error> {
    let values = bind![
        &protocol.station_id,
        &protocol.contest_id,
        number(protocol.version)?,
        state.as_str()
    ];
    tx.later(SET_VERSION_STATE, values);
    Ok(())
}

/// Adds the figures of the protocol's version to the contest's sums, or takes them away.
pub(crate) fn change_totals(
    tx: &mut Transaction,
    protocol: &Protocol,
    add: bool,
) -> Result<(), Error> {
    let values = bind![
        &protocol.station_id,
        &protocol.contest_id,
        number(protocol.version)?,
        if add { 1_i64 } else { -1 }
    ];
    tx.later(ADD_TO_TOTALS, values);
    Ok(())
}

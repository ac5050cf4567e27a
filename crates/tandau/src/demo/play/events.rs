//! One event of the day, done by whoever did it.

use super::{Stage, pair, paper};
use crate::counting::actions as counting;
use crate::demo::load::{item, names};
use crate::demo::plan::{Event, EventKind, Outcome, ProtocolVersion, StationDay, Text3};
use crate::platform::Error;
use crate::votingday::actions::{Moment, Turnout, close, open, report_turnout};
use crate::votingday::model::FINAL_SLOT;
use electoral::protocol::{Finding, Severity};
use jiff::Timestamp;
use jiff::civil::Time;
use std::collections::BTreeMap;

pub(super) async fn happen(stage: &Stage, event: &Event) -> Result<(), Error> {
    let day = item(&stage.plan.days, event.station)?;
    let (chair, _) = pair(&stage.precincts, event.station)?;
    match event.kind {
        EventKind::Opened => {
            let reason = day.late_reason.as_ref().map(russian).unwrap_or_default();
            let moment = moment(stage, event.station, day.opened_at, reason)?;
            open(&stage.acting(chair, event.at), &moment)
                .await
                .map(drop)
        }
        EventKind::Turnout(index) => turnout(stage, event, day, index).await,
        EventKind::Closed => {
            let moment = moment(stage, event.station, day.closed_at, String::new())?;
            close(&stage.acting(chair, event.at), &moment)
                .await
                .map(drop)
        }
        EventKind::Submitted(index) => {
            submitted(stage, event, item(&day.protocols, index)?, index).await
        }
        EventKind::Decided(index) => decided(stage, event, item(&day.protocols, index)?).await,
    }
}

fn russian(text: &Text3) -> String {
    text.ru.clone()
}

fn moment(stage: &Stage, station: usize, at: Timestamp, reason: String) -> Result<Moment, Error> {
    Ok(Moment {
        station_id: item(&stage.ids.stations, station)?.clone(),
        contest_id: contest_of(stage, station)?.to_owned(),
        at,
        reason,
    })
}

fn contest_of(stage: &Stage, station: usize) -> Result<&str, Error> {
    let contest = item(&stage.plan.stations, station)?.contest;
    item(&stage.ids.contests, contest).map(String::as_str)
}

async fn turnout(
    stage: &Stage,
    event: &Event,
    day: &StationDay,
    index: usize,
) -> Result<(), Error> {
    let (_, secretary) = pair(&stage.precincts, event.station)?;
    let report = item(&day.turnout, index)?;
    let report = Turnout {
        station_id: item(&stage.ids.stations, event.station)?.clone(),
        contest_id: contest_of(stage, event.station)?.to_owned(),
        slot: slot(report.slot),
        received: u64::from(report.received_ballots),
        reason: report.reason.as_ref().map(russian).unwrap_or_default(),
    };
    report_turnout(&stage.acting(secretary, event.at), &report)
        .await
        .map(drop)
}

/// The rules name a slot by its local hour, or as the one after closing.
fn slot(at: Option<Time>) -> String {
    at.map_or_else(
        || FINAL_SLOT.to_owned(),
        |at| format!("{:02}:{:02}", at.hour(), at.minute()),
    )
}

/// The secretary enters the protocol and attaches the paper, the chair confirms it.
async fn submitted(
    stage: &Stage,
    event: &Event,
    version: &ProtocolVersion,
    index: usize,
) -> Result<(), Error> {
    let (chair, secretary) = pair(&stage.precincts, event.station)?;
    let secretary = stage.acting(secretary, event.at);
    let station = item(&stage.ids.stations, event.station)?;
    let contest = contest_of(stage, event.station)?;
    let place = item(&stage.plan.stations, event.station)?.contest;
    let entry = paper::entry(&stage.plan, &stage.ids, place, &version.figures)?;
    let sequence = sequence(stage, station, contest).await?;
    let saved = counting::save_draft(
        &secretary,
        &counting::SaveDraft::whole(station, contest, sequence, &entry),
    )
    .await?;
    let target = counting::Target::new(station, contest, saved.version);
    let bytes = stage.papers.take(event.station, index).await?;
    let paper = counting::Paper {
        target: target.clone(),
        bytes,
        reason: String::new(),
    };
    counting::attach_paper(&secretary, paper).await?;
    let submit = counting::Submit {
        target: target.clone(),
        as_paper_says: !version.faults.is_empty(),
        explanations: explanations(version, &saved.findings),
    };
    counting::submit(&secretary, &submit).await?;
    let confirm = counting::Confirm::new(target);
    counting::confirm(&stage.acting(chair, event.at), &confirm).await
}

/// What the commission wrote to each warning: the plan's own words, and for a station where simply everybody
/// voted, that.
fn explanations(version: &ProtocolVersion, findings: &[Finding]) -> BTreeMap<String, String> {
    let mut texts: BTreeMap<String, String> = findings
        .iter()
        .filter(|f| f.severity == Severity::Warning)
        .map(|f| {
            (
                f.code.clone(),
                "Сверено с бумагой и списком: цифры верны.".to_owned(),
            )
        })
        .collect();
    for warning in &version.warnings {
        texts.insert(
            warning.relation.code().to_owned(),
            russian(&warning.explanation),
        );
    }
    texts
}

async fn sequence(stage: &Stage, station: &str, contest: &str) -> Result<u64, Error> {
    let mut reader = stage.app.read().await?;
    Ok(
        crate::counting::queries::protocol(&mut reader, station, contest)
            .await?
            .map_or(0, |p| p.sequence),
    )
}

/// The territorial commission accepts, returns, or accepts with an act.
async fn decided(stage: &Stage, event: &Event, version: &ProtocolVersion) -> Result<(), Error> {
    let place = item(&stage.plan.stations, event.station)?.contest;
    let (_, secretary) = pair(&stage.districts, place)?;
    let acting = stage.acting(secretary, event.at);
    let station = item(&stage.ids.stations, event.station)?;
    let contest = contest_of(stage, event.station)?;
    let target = counting::Target::new(station, contest, u64::from(version.version));
    match &version.outcome {
        Outcome::Accepted => counting::accept(&acting, &target).await,
        Outcome::Returned { reason } => {
            let ruling = counting::Ruling {
                target,
                reason: russian(reason),
            };
            counting::return_for_recount(&acting, &ruling).await
        }
        Outcome::AcceptedWithAct(act) => {
            let mut decision = stage.decision(place, event.at, "protocol_act", &act.number)?;
            decision.title = names(&act.fault);
            decision.text = russian(&act.decision);
            let input = counting::AcceptWithAct {
                target,
                fault: russian(&act.fault),
                members: Vec::new(),
                decision,
                paper: None,
            };
            counting::accept_with_act(&acting, input).await
        }
    }
}

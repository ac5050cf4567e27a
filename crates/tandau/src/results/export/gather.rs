//! Reads what is exported.

use super::protocols::station_protocols;
use super::types::{
    ContestResult, ElectionInfo, ElectionResults, Localised, OptionResult, OutcomeResult,
    RegistrationResult, SlotResult,
};
use crate::platform::database::Connection;
use crate::platform::{App, Error, Lang, T};
use crate::results::model::Outcome;
use crate::results::queries::{self, Contest, Election, Sums};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

/// Everything public of an election, or of one of its contests (by id or code of its territory).
///
/// # Errors
/// [`Error::NotFound`]; what the database reports.
pub async fn election_results(
    connection: &mut Connection,
    app: &App,
    election_id: &str,
    contest: Option<&str>,
) -> Result<ElectionResults, Error> {
    let election = queries::election(connection, election_id).await?;
    let now = app.clock.now();
    let votes = queries::public_votes(connection, &election.id, now).await?;
    let wanted = match contest {
        Some(contest) => vec![queries::contest(connection, &election.id, contest).await?],
        None => queries::contests(connection, &election.id).await?,
    };
    let mut contests = Vec::with_capacity(wanted.len());
    for contest in &wanted {
        contests.push(
            contest_result(connection, app, &election, contest, votes.of(contest), true).await?,
        );
    }
    Ok(ElectionResults {
        as_of: written(now, &election.zone),
        election: info(&election),
        votes_public: votes.on(election.voting_day),
        contests,
    })
}

/// An election without its contests.
#[must_use]
pub fn info(election: &Election) -> ElectionInfo {
    ElectionInfo {
        id: election.id.clone(),
        title: (&election.title).into(),
        voting_day: election.voting_day.to_string(),
        state: election.state.clone(),
        rules: election.rules_id.clone(),
        synthetic: election.synthetic,
    }
}

/// An instant with the offset of its place: `2023-11-05T22:05:00+06:00`.
#[must_use]
pub fn written(at: Timestamp, zone: &TimeZone) -> String {
    let local = at.to_zoned_datetime(zone.clone());
    let seconds = local.offset().seconds();
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.unsigned_abs() / 60;
    format!(
        "{}{sign}{:02}:{:02}",
        local.strftime("%Y-%m-%dT%H:%M:%S"),
        minutes / 60,
        minutes % 60
    )
}

/// Turnout slots of an election's rules in the order of the day.
///
/// # Errors
/// Unknown rules.
pub fn slots_of(app: &App, election: &Election) -> Result<Vec<String>, Error> {
    Ok(app
        .rules
        .get(&election.rules_id)?
        .turnout
        .as_ref()
        .map(|t| t.slots.iter().map(|s| s.id.clone()).collect())
        .unwrap_or_default())
}

/// One contest. `public` is the embargo's answer; with `protocols`, station by station too.
///
/// # Errors
/// What the database reports.
pub async fn contest_result(
    connection: &mut Connection,
    app: &App,
    election: &Election,
    contest: &Contest,
    public: bool,
    protocols: bool,
) -> Result<ContestResult, Error> {
    let sums = if public {
        Some(queries::sums_of_contest(connection, &contest.id).await?)
    } else {
        None
    };
    let outcome = match (public, queries::outcome(connection, &contest.id).await?) {
        (true, Some(outcome)) => {
            Some(outcome_result(connection, &outcome, contest.under_recount).await?)
        }
        _ => None,
    };
    let reports = queries::turnout_of_contest(connection, &contest.id).await?;
    let order = slots_of(app, election)?;
    let protocols = if public && protocols {
        Some(station_protocols(connection, contest, None).await?)
    } else {
        None
    };
    Ok(ContestResult {
        id: contest.id.clone(),
        number: contest.number,
        voting_day: contest.voting_day.to_string(),
        votes_public: public,
        area_code: contest.code.clone(),
        area: (&contest.names).into(),
        area_kind: contest.kind.clone(),
        seats: contest.seats,
        region_code: contest.region_code.clone(),
        region: (&contest.region).into(),
        sourcing: contest.sourcing.clone(),
        stations_expected: contest.progress.expected,
        stations_counted: contest.progress.accepted,
        stations_returned: contest.progress.returned,
        voters_on_lists: contest.voters_on_lists,
        turnout: order
            .iter()
            .filter_map(|slot| reports.iter().find(|r| r.slot == *slot && r.stations > 0))
            .map(|r| SlotResult {
                slot: r.slot.clone(),
                stations: r.stations,
                received: r.received,
                voters: r.voters,
            })
            .collect(),
        options: options(connection, &contest.id, sums.as_ref()).await?,
        protocol: sums.as_ref().map(lines),
        outcome,
        protocols,
    })
}

/// Lines of the ballot, "against all" last.
async fn options(
    connection: &mut Connection,
    contest_id: &str,
    sums: Option<&Sums>,
) -> Result<Vec<OptionResult>, Error> {
    let candidates = queries::candidates(connection, contest_id).await?;
    let last = candidates.iter().map(|c| c.position).max().unwrap_or(0);
    let mut options: Vec<OptionResult> = candidates
        .into_iter()
        .map(|c| OptionResult {
            kind: "candidate".to_owned(),
            position: c.position,
            name: (&c.names).into(),
            nominated_by: Some(c.nominated_by),
            organisation: c.organisation.as_ref().map(Into::into),
            votes: sums.map(|s| s.votes(&c.id)),
            id: c.id,
        })
        .collect();
    if !options.is_empty() {
        options.push(OptionResult {
            id: "against_all".to_owned(),
            kind: "against_all".to_owned(),
            position: last.saturating_add(1),
            name: against_all(),
            nominated_by: None,
            organisation: None,
            votes: sums.map(|s| s.line("against_all")),
        });
    }
    Ok(options)
}

fn against_all() -> Localised {
    let word = |lang| T::new(lang).results_against_all();
    Localised {
        kk: word(Lang::Kk),
        ru: word(Lang::Ru),
        en: word(Lang::En),
    }
}

/// Sums by line; votes stand with the options.
fn lines(sums: &Sums) -> BTreeMap<String, u64> {
    let mut lines = BTreeMap::new();
    for (line, _, _) in sums.iter().filter(|(line, _, _)| *line != "votes") {
        lines
            .entry(line.to_owned())
            .or_insert_with(|| sums.line(line));
    }
    lines
}

async fn outcome_result(
    connection: &mut Connection,
    outcome: &Outcome,
    under_recount: bool,
) -> Result<OutcomeResult, Error> {
    let decision = queries::decision(connection, &outcome.decision_id).await?;
    let registration = match queries::taking_office(connection, &outcome.contest_id).await? {
        Some(taking) => Some(RegistrationResult {
            resigned_on: taking.resigned_on.to_string(),
            powers_from: taking.powers_from.to_string(),
            decision_number: queries::decision(connection, &taking.decision_id)
                .await?
                .number,
        }),
        None => None,
    };
    Ok(OutcomeResult {
        kind: outcome.kind.code().to_owned(),
        version: outcome.version,
        candidate_id: outcome.candidate_id.clone(),
        votes: outcome.votes,
        margin: outcome.margin,
        tied: outcome.tied.clone(),
        reason: outcome.reason.clone(),
        article: outcome.article.clone(),
        decision_number: decision.number,
        decided_on: decision.decided_on.to_string(),
        under_recount,
        repeated_by: queries::repeated_by(connection, &outcome.contest_id)
            .await?
            .map(|repeat| repeat.contest_id),
        registration,
    })
}

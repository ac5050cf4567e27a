//! Sums of accepted protocols, turnout reports, outcomes, and what others published.

use super::super::model::{Outcome, OutcomeKind, PublishedFigure, TakingOffice};
use super::super::store;
use super::PublicVotes;
use crate::bind;
use crate::platform::Error;
use crate::platform::database::{Connection, Row};
use std::collections::BTreeMap;

/// Sums of protocols line by line; candidates' votes are the items of line `votes`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sums(BTreeMap<(String, String), u64>);

impl Sums {
    /// The sum of a line over all its items; zero when nothing is counted yet.
    #[must_use]
    pub fn line(&self, line: &str) -> u64 {
        self.0
            .range((line.to_owned(), String::new())..)
            .take_while(|((known, _), _)| known == line)
            .fold(0, |sum, (_, value)| sum.saturating_add(*value))
    }

    /// Votes of a candidate.
    #[must_use]
    pub fn votes(&self, candidate_id: &str) -> u64 {
        self.0
            .get(&("votes".to_owned(), candidate_id.to_owned()))
            .copied()
            .unwrap_or(0)
    }

    /// Voters who received ballots; the numerator of turnout.
    #[must_use]
    pub fn received(&self) -> u64 {
        self.line("voters_received_ballots")
    }

    /// Voters on the lists; the denominator of turnout.
    #[must_use]
    pub fn on_list(&self) -> u64 {
        self.line("voters_on_list")
    }

    /// Voters who took part; the denominator of every share of votes. Invalid ballots are outside (art. 43(5)).
    #[must_use]
    pub fn took_part(&self) -> u64 {
        self.line("took_part")
    }

    /// Adds a figure.
    ///
    /// # Errors
    /// When the sum leaves 64 bits.
    pub fn add(&mut self, line: &str, item: &str, value: u64) -> Result<(), Error> {
        let sum = self
            .0
            .entry((line.to_owned(), item.to_owned()))
            .or_insert(0);
        *sum = sum
            .checked_add(value)
            .ok_or_else(|| Error::internal(format!("the sum of {line} is too large")))?;
        Ok(())
    }

    /// Adds all lines of other sums; items stay apart.
    ///
    /// # Errors
    /// When a sum leaves 64 bits.
    pub fn add_all(&mut self, other: &Self) -> Result<(), Error> {
        for ((line, item), value) in &other.0 {
            self.add(line, item, *value)?;
        }
        Ok(())
    }

    /// All figures in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str, u64)> {
        self.0
            .iter()
            .map(|((line, item), value)| (line.as_str(), item.as_str(), *value))
    }
}

/// Sums of a contest.
///
/// # Errors
/// What the database reports.
pub async fn sums_of_contest(connection: &mut Connection, contest_id: &str) -> Result<Sums, Error> {
    let mut sums = Sums::default();
    for row in connection
        .all(store::TOTALS_OF_CONTEST, bind![contest_id])
        .await?
    {
        sums.add(&row.text("line")?, &row.text("item")?, row.count("value")?)?;
    }
    Ok(sums)
}

/// Sums of all contests of an election by contest, as far as votes may be shown.
///
/// # Errors
/// What the database reports.
pub async fn sums_of_election(
    connection: &mut Connection,
    election_id: &str,
    public: &PublicVotes,
) -> Result<BTreeMap<String, Sums>, Error> {
    let mut all: BTreeMap<String, Sums> = BTreeMap::new();
    for row in connection
        .all(store::TOTALS_OF_ELECTION, bind![election_id])
        .await?
    {
        if !public.on(row.date("voting_day")?) {
            continue;
        }
        all.entry(row.text("contest_id")?).or_default().add(
            &row.text("line")?,
            &row.text("item")?,
            row.count("value")?,
        )?;
    }
    Ok(all)
}

/// Votes of the accepted protocols of a contest by station.
///
/// # Errors
/// What the database reports.
pub async fn votes_by_station(
    connection: &mut Connection,
    contest_id: &str,
) -> Result<BTreeMap<String, Sums>, Error> {
    let mut all: BTreeMap<String, Sums> = BTreeMap::new();
    for row in connection
        .all(store::VOTES_BY_STATION, bind![contest_id])
        .await?
    {
        all.entry(row.text("station_id")?).or_default().add(
            &row.text("line")?,
            &row.text("item")?,
            row.count("value")?,
        )?;
    }
    Ok(all)
}

/// One line of the accepted protocols of a contest by station, its items added up.
///
/// # Errors
/// What the database reports.
pub async fn line_by_station(
    connection: &mut Connection,
    contest_id: &str,
    line: &str,
) -> Result<BTreeMap<String, u64>, Error> {
    connection
        .all(store::LINE_BY_STATION, bind![contest_id, line])
        .await?
        .iter()
        .map(|row| Ok((row.text("station_id")?, row.count("value")?)))
        .collect()
}

/// Turnout reports of one slot, added up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlotTotal {
    /// The contest.
    pub contest_id: String,
    /// Slot of the rules: `10:00`, …, `final`.
    pub slot: String,
    /// Stations that reported.
    pub stations: u64,
    /// Voters who had received ballots.
    pub received: u64,
    /// Voters on the lists of the stations that reported.
    pub voters: u64,
}

fn slot(row: &Row) -> Result<SlotTotal, Error> {
    Ok(SlotTotal {
        contest_id: row.text("contest_id")?,
        slot: row.text("slot")?,
        stations: row.count("stations")?,
        received: row.count("received")?,
        voters: row.count("voters")?,
    })
}

/// Turnout of a contest, slots in no particular order.
///
/// # Errors
/// What the database reports.
pub async fn turnout_of_contest(
    connection: &mut Connection,
    contest_id: &str,
) -> Result<Vec<SlotTotal>, Error> {
    connection
        .all(store::TURNOUT_OF_CONTEST, bind![contest_id])
        .await?
        .iter()
        .map(slot)
        .collect()
}

/// Turnout of all contests of an election.
///
/// # Errors
/// What the database reports.
pub async fn turnout_of_election(
    connection: &mut Connection,
    election_id: &str,
) -> Result<Vec<SlotTotal>, Error> {
    connection
        .all(store::TURNOUT_OF_ELECTION, bind![election_id])
        .await?
        .iter()
        .map(slot)
        .collect()
}

fn outcome_of(row: &Row) -> Result<Outcome, Error> {
    let kind = row.text("kind")?;
    Ok(Outcome {
        contest_id: row.text("contest_id")?,
        version: row.count("version")?,
        kind: OutcomeKind::from_code(&kind)
            .ok_or_else(|| Error::internal(format!("unknown outcome {kind}")))?,
        candidate_id: row.opt_text("candidate_id")?,
        votes: row.count("votes")?,
        margin: row.count("margin")?,
        tied: row
            .text("tied")?
            .split_whitespace()
            .map(str::to_owned)
            .collect(),
        reason: row.text("reason")?,
        article: row.text("article")?,
        decision_id: row.text("decision_id")?,
        made_at: row.instant("made_at")?,
    })
}

/// All versions of a contest's outcome, the newest first.
///
/// # Errors
/// What the database reports.
pub async fn outcomes(
    connection: &mut Connection,
    contest_id: &str,
) -> Result<Vec<Outcome>, Error> {
    connection
        .all(store::OUTCOMES, bind![contest_id])
        .await?
        .iter()
        .map(outcome_of)
        .collect()
}

/// The outcome of a contest, once determined.
///
/// # Errors
/// What the database reports.
pub async fn outcome(
    connection: &mut Connection,
    contest_id: &str,
) -> Result<Option<Outcome>, Error> {
    Ok(outcomes(connection, contest_id).await?.into_iter().next())
}

/// The newest outcome of every determined contest, as far as votes may be shown.
///
/// # Errors
/// What the database reports.
pub async fn outcomes_of_election(
    connection: &mut Connection,
    election_id: &str,
    public: &PublicVotes,
) -> Result<BTreeMap<String, Outcome>, Error> {
    let mut outcomes = BTreeMap::new();
    for row in connection
        .all(store::OUTCOMES_OF_ELECTION, bind![election_id])
        .await?
    {
        if public.on(row.date("voting_day")?) {
            let outcome = outcome_of(&row)?;
            outcomes.insert(outcome.contest_id.clone(), outcome);
        }
    }
    Ok(outcomes)
}

/// Registration of the elected person.
///
/// # Errors
/// What the database reports.
pub async fn taking_office(
    connection: &mut Connection,
    contest_id: &str,
) -> Result<Option<TakingOffice>, Error> {
    let Some(row) = connection
        .first(store::TAKING_OFFICE, bind![contest_id])
        .await?
    else {
        return Ok(None);
    };
    Ok(Some(TakingOffice {
        candidate_id: row.text("candidate_id")?,
        resigned_on: row.date("resigned_on")?,
        decision_id: row.text("decision_id")?,
        powers_from: row.date("powers_from")?,
    }))
}

/// Figures that others published about an area; the empty code is the whole election.
///
/// # Errors
/// What the database reports.
pub async fn published(
    connection: &mut Connection,
    election_id: &str,
    area_code: &str,
) -> Result<Vec<PublishedFigure>, Error> {
    connection
        .all(store::PUBLISHED, bind![election_id, area_code])
        .await?
        .iter()
        .map(|row| {
            Ok(PublishedFigure {
                label: row.names("label")?,
                figure: row.text("figure")?,
                source: row.text("source")?,
            })
        })
        .collect()
}

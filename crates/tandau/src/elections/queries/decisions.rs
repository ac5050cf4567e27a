//! Decisions as acts and lists of this room need them.

use super::super::store;
use crate::bind;
use crate::platform::database::Connection;
use crate::platform::{Error, Names};
use jiff::civil::Date;

/// What other acts must know of a decision they rest on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionRef {
    /// The commission; none for an act of another body.
    pub commission_id: Option<String>,
    /// Its area.
    pub area_id: String,
    /// The election it was recorded for.
    pub election_id: Option<String>,
    /// The contest it was recorded for.
    pub contest_id: Option<String>,
    /// Its date.
    pub decided_on: Date,
}

/// A decision as acts of this room need it.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn decision(connection: &mut Connection, id: &str) -> Result<DecisionRef, Error> {
    let row = connection.first(store::DECISION, bind![id]).await?;
    let row = row.ok_or(Error::NotFound)?;
    Ok(DecisionRef {
        commission_id: row.opt_text("commission_id")?,
        area_id: row.text("area_id")?,
        election_id: row.opt_text("election_id")?,
        contest_id: row.opt_text("contest_id")?,
        decided_on: row.date("decided_on")?,
    })
}

/// A decision as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionLine {
    /// Id.
    pub id: String,
    /// Kind.
    pub kind: String,
    /// Number.
    pub number: String,
    /// Date.
    pub decided_on: Date,
    /// Title.
    pub title: Names,
    /// Name of the body, where it is no commission.
    pub body: Names,
    /// Level of the commission; empty for another body.
    pub level: String,
    /// Name of the commission's or body's area.
    pub area: Names,
    /// Text.
    pub text: String,
    /// The commission.
    pub commission_id: Option<String>,
    /// The contest.
    pub contest_id: Option<String>,
    /// Area of the body.
    pub area_id: String,
    /// Members of the commission.
    pub members: u64,
    /// Present.
    pub present: u64,
    /// For.
    pub votes_for: u64,
    /// Against.
    pub votes_against: u64,
    /// The paper.
    pub file_id: Option<String>,
    /// Dissenting opinions.
    pub dissents: u64,
}

/// Decisions recorded for an election, the newest first.
///
/// # Errors
/// What the database reports.
pub async fn decisions(
    connection: &mut Connection,
    election_id: &str,
    limit: i64,
    offset: i64,
) -> Result<(u64, Vec<DecisionLine>), Error> {
    let total = connection
        .one(store::COUNT_DECISIONS, bind![election_id])
        .await?
        .count("n")?;
    let mut lines = Vec::new();
    for row in connection
        .all(
            store::DECISIONS_OF_ELECTION,
            bind![election_id, limit, offset],
        )
        .await?
    {
        lines.push(DecisionLine {
            id: row.text("id")?,
            kind: row.text("kind")?,
            number: row.text("number")?,
            decided_on: row.date("decided_on")?,
            title: row.names("title")?,
            body: row.names("body")?,
            level: row.text("level")?,
            area: row.names("area")?,
            text: row.text("body_text")?,
            commission_id: row.opt_text("commission_id")?,
            contest_id: row.opt_text("contest_id")?,
            area_id: row.text("area_id")?,
            members: row.count("members_total")?,
            present: row.count("members_present")?,
            votes_for: row.count("votes_for")?,
            votes_against: row.count("votes_against")?,
            file_id: row.opt_text("file_id")?,
            dissents: row.count("dissents")?,
        });
    }
    Ok((total, lines))
}

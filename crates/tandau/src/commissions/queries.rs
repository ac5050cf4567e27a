//! What other rooms and pages may read of commissions.

use super::basis::{Asked, Purpose, Whose};
use super::model::{Commission, Decision, Dissent, Level, Member};
use super::store::{self, Decisions};
use crate::platform::access::store::ancestors;
use crate::platform::database::Connection;
use crate::platform::{Error, Names, T, search};
use jiff::civil::Date;

/// A commission.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn by_id(connection: &mut Connection, id: &str) -> Result<Commission, Error> {
    store::by_id(connection, id).await
}

/// The commission of an area whose term covers a day.
///
/// # Errors
/// What the database reports.
pub async fn by_area(
    connection: &mut Connection,
    area_id: &str,
    day: Date,
) -> Result<Option<Commission>, Error> {
    Ok(store::by_area(connection, area_id, day).await?)
}

/// Commissions on a day whose area's name in any language has every word (the first three), whatever the
/// diacritics and the order; the higher ones first. A number finds the commission of that station.
///
/// # Errors
/// What the database reports.
pub async fn search(
    connection: &mut Connection,
    words: &str,
    day: Date,
    limit: u32,
) -> Result<Vec<Commission>, Error> {
    if search::is_blank(words) {
        return Ok(Vec::new());
    }
    let patterns = search::patterns(words);
    Ok(store::search(connection, patterns, day, i64::from(limit)).await?)
}

/// Commissions directly below one, in the order of the classifier.
///
/// # Errors
/// What the database reports.
pub async fn below(
    connection: &mut Connection,
    id: &str,
    day: Date,
) -> Result<Vec<Commission>, Error> {
    Ok(store::below(connection, id, day).await?)
}

/// All commissions of a level on a day.
///
/// # Errors
/// What the database reports.
pub async fn of_level(
    connection: &mut Connection,
    level: Level,
    day: Date,
) -> Result<Vec<Commission>, Error> {
    Ok(store::of_level(connection, level, day).await?)
}

/// How many commissions each level has on a day.
///
/// # Errors
/// What the database reports.
pub async fn count_by_level(
    connection: &mut Connection,
    day: Date,
) -> Result<Vec<(Level, u64)>, Error> {
    let counted = store::count_by_level(connection, day).await?;
    Ok(Level::ALL
        .into_iter()
        .filter_map(|level| {
            let found = counted.iter().find(|(name, _)| name == level.as_str())?;
            Some((level, found.1))
        })
        .collect())
}

/// How many commissions stand directly below each, by the id of the upper one.
///
/// # Errors
/// What the database reports.
pub async fn count_below(
    connection: &mut Connection,
    day: Date,
) -> Result<std::collections::HashMap<String, u64>, Error> {
    Ok(store::count_below(connection, day)
        .await?
        .into_iter()
        .collect())
}

/// Who sits in a commission on a day: chair, deputy, secretary, members.
///
/// # Errors
/// What the database reports.
pub async fn composition(
    connection: &mut Connection,
    commission_id: &str,
    day: Date,
) -> Result<Vec<Member>, Error> {
    Ok(store::composition(connection, commission_id, day).await?)
}

/// Every seat there ever was, in the order of its beginning.
///
/// # Errors
/// What the database reports.
pub async fn all_members(
    connection: &mut Connection,
    commission_id: &str,
) -> Result<Vec<Member>, Error> {
    Ok(store::members(connection, commission_id).await?)
}

/// A seat.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn member(connection: &mut Connection, id: &str) -> Result<Member, Error> {
    store::member_by_id(connection, id).await
}

/// A decision or the act of another body.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn decision(connection: &mut Connection, id: &str) -> Result<Decision, Error> {
    store::decision_by_id(connection, id).await
}

/// Dissenting opinions attached to a decision.
///
/// # Errors
/// What the database reports.
pub async fn dissents(
    connection: &mut Connection,
    decision_id: &str,
) -> Result<Vec<Dissent>, Error> {
    Ok(store::dissents(connection, decision_id).await?)
}

/// Seats that a decision gave or ended.
///
/// # Errors
/// What the database reports.
pub async fn seats_of_decision(
    connection: &mut Connection,
    decision_id: &str,
) -> Result<Vec<Member>, Error> {
    Ok(store::seats_of_decision(connection, decision_id).await?)
}

/// The newest decisions of a commission.
///
/// # Errors
/// What the database reports.
pub async fn decisions_of_commission(
    connection: &mut Connection,
    commission_id: &str,
    limit: u32,
) -> Result<Vec<Decision>, Error> {
    let of = Decisions::Commission(commission_id, i64::from(limit));
    Ok(store::decisions(connection, of).await?)
}

/// The newest acts of other bodies of an area.
///
/// # Errors
/// What the database reports.
pub async fn acts_of_area(
    connection: &mut Connection,
    area_id: &str,
    limit: u32,
) -> Result<Vec<Decision>, Error> {
    let of = Decisions::Area(area_id, i64::from(limit));
    Ok(store::decisions(connection, of).await?)
}

/// What a decision may concern: an election, or one contest of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vote {
    /// The election.
    pub election_id: String,
    /// The contest; none for the election as a whole.
    pub contest_id: Option<String>,
    /// Title of the election.
    pub title: Names,
    /// Name of the contest's area.
    pub area: Names,
}

/// Elections and contests that an area takes part in, lies in or holds, the newest voting day first.
///
/// # Errors
/// What the database reports.
pub async fn votes_around(connection: &mut Connection, area_id: &str) -> Result<Vec<Vote>, Error> {
    Ok(store::basis::votes_around(connection, area_id).await?)
}

/// Decisions and acts on record that can carry an act, the newest first. Before a contest is called its area
/// isn't known: then those from below the area count as well.
///
/// # Errors
/// What the database reports.
pub async fn offered(
    connection: &mut Connection,
    asked: &Asked<'_>,
) -> Result<Vec<Decision>, Error> {
    let found = store::basis::offered(
        connection,
        asked.area_id,
        asked.election_id.unwrap_or_default(),
        asked.contest_id.unwrap_or_default(),
        asked.purpose.kinds(),
    )
    .await?;
    let above = ancestors(connection, asked.area_id).await?;
    let from_below = matches!(asked.purpose, Purpose::Call | Purpose::Territory);
    Ok(found
        .into_iter()
        .filter(|d| from_below || above.contains(&d.area_id))
        .filter(|d| match asked.purpose.whose() {
            Whose::Commission => d.commission_id.is_some(),
            Whose::OtherBody => d.commission_id.is_none(),
            Whose::Either => true,
        })
        .collect())
}

/// The name of a commission in the reader's language.
#[must_use]
pub fn name(commission: &Commission, t: T) -> String {
    commission.name(t)
}

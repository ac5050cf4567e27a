//! Elections as the public sees them.

use super::super::store;
use crate::bind;
use crate::platform::database::{Connection, Row};
use crate::platform::{Error, Names, ids};
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// An election.
#[derive(Clone, Debug)]
pub struct Election {
    /// Its id, part of all addresses.
    pub id: String,
    /// The rule pack it follows.
    pub rules_id: String,
    /// Title.
    pub title: Names,
    /// The country or region it is held in.
    pub area_id: String,
    /// Zone in which times of the whole election are shown.
    pub zone: TimeZone,
    /// The day.
    pub voting_day: Date,
    /// `called` to `published`.
    pub state: String,
    /// People and station figures are synthetic.
    pub synthetic: bool,
}

impl Election {
    /// Address of its page.
    #[must_use]
    pub fn href(&self) -> String {
        format!("/elections/{}", self.id)
    }
}

fn from_row(row: &Row) -> Result<Election, Error> {
    Ok(Election {
        id: row.text("id")?,
        rules_id: row.text("rules_id")?,
        title: row.names("title")?,
        area_id: row.text("area_id")?,
        zone: TimeZone::get(&row.text("zone")?)?,
        voting_day: row.date("voting_day")?,
        state: row.text("state")?,
        synthetic: row.flag("synthetic")?,
    })
}

/// All elections, the newest first.
///
/// # Errors
/// What the database reports.
pub async fn elections(connection: &mut Connection) -> Result<Vec<Election>, Error> {
    connection
        .all(store::ELECTIONS, bind![])
        .await?
        .iter()
        .map(from_row)
        .collect()
}

/// The election of the newest voting day; a repeat election in one territory is not the country's.
///
/// # Errors
/// What the database reports.
pub async fn current(connection: &mut Connection) -> Result<Option<Election>, Error> {
    let row = connection.first(store::CURRENT, bind![]).await?;
    row.as_ref().map(from_row).transpose()
}

/// One election.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn election(connection: &mut Connection, id: &str) -> Result<Election, Error> {
    if !ids::is_id(id) {
        return Err(Error::NotFound);
    }
    let row = connection
        .first(store::ELECTION, bind![id])
        .await?
        .ok_or(Error::NotFound)?;
    from_row(&row)
}

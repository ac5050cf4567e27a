//! Commissions and their decisions as pages name them.

use super::super::store;
use crate::bind;
use crate::platform::database::Connection;
use crate::platform::{Error, Names};
use jiff::civil::Date;

/// A member of a commission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Id of the membership: the item of lines per member.
    pub id: String,
    /// The person.
    pub person_id: String,
    /// `chair`, `deputy`, `secretary`, `member`.
    pub office: String,
    /// Name.
    pub names: Names,
}

/// A commission with its members on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commission {
    /// Id.
    pub id: String,
    /// Members by office, then name.
    pub members: Vec<Member>,
}

/// The commission of an area at a level, as of a day.
///
/// # Errors
/// What the database reports.
pub async fn commission_of(
    connection: &mut Connection,
    area_id: &str,
    level: &str,
    day: Date,
) -> Result<Option<Commission>, Error> {
    let Some(row) = connection
        .first(store::COMMISSION_OF_AREA, bind![area_id, level, day])
        .await?
    else {
        return Ok(None);
    };
    let members = connection
        .all(store::MEMBERS, bind![area_id, level, day])
        .await?
        .iter()
        .map(|row| {
            Ok(Member {
                id: row.text("id")?,
                person_id: row.text("person_id")?,
                office: row.text("office")?,
                names: row.names("name")?,
            })
        })
        .collect::<Result<_, Error>>()?;
    Ok(Some(Commission {
        id: row.text("id")?,
        members,
    }))
}

/// The office a person held on a day, as `level.office`; empty for none.
///
/// # Errors
/// What the database reports.
pub async fn office_of(
    connection: &mut Connection,
    person_id: &str,
    day: Date,
) -> Result<String, Error> {
    Ok(
        match connection
            .first(store::OFFICE_OF, bind![person_id, day])
            .await?
        {
            Some(row) => format!("{}.{}", row.text("level")?, row.text("office")?),
            None => String::new(),
        },
    )
}

/// A decision as a page cites it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionNote {
    /// Id.
    pub id: String,
    /// Its number.
    pub number: String,
    /// Its date.
    pub decided_on: Date,
    /// Title.
    pub title: Names,
    /// All members, those present, votes for, votes against.
    pub votes: (u64, u64, u64, u64),
    /// The paper, if everybody may read it.
    pub file_id: Option<String>,
}

/// A decision by its id.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn decision(connection: &mut Connection, id: &str) -> Result<DecisionNote, Error> {
    let row = connection
        .first(store::DECISION, bind![id])
        .await?
        .ok_or(Error::NotFound)?;
    let public = row.opt_flag("file_public")?.unwrap_or(false);
    Ok(DecisionNote {
        id: row.text("id")?,
        number: row.text("number")?,
        decided_on: row.date("decided_on")?,
        title: row.names("title")?,
        votes: (
            row.count("members_total")?,
            row.count("members_present")?,
            row.count("votes_for")?,
            row.count("votes_against")?,
        ),
        file_id: row.opt_text("file_id")?.filter(|_| public),
    })
}

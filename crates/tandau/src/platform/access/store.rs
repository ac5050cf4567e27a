//! Tables of areas' closure (read only here) and of grants.

use super::{Actor, Grant, Role};
use crate::platform::Names;
use crate::platform::database::{Connection, DatabaseError};
use crate::{bind, statements};
use jiff::civil::Date;

statements! {
    ANCESTORS = "select ancestor_id from area_path where area_id = $1 order by depth";
    GRANTS = "select role, area_id from access_grant
        where person_id = $1 and valid_from <= $2 and (valid_until is null or valid_until >= $2)
        order by valid_from, id";
    ADD_GRANT = "insert into access_grant (id, person_id, role, area_id, valid_from, valid_until, source)
        values ($1, $2, $3, $4, $5, $6, $7)";
    END_GRANTS = "update access_grant set valid_until = $2 where source = $1 and (valid_until is null or valid_until > $2)";
}

/// The area and all areas above it, nearest first.
///
/// # Errors
/// What the database reports.
pub async fn ancestors(
    connection: &mut Connection,
    area_id: &str,
) -> Result<Vec<String>, DatabaseError> {
    connection
        .all(ANCESTORS, bind![area_id])
        .await?
        .iter()
        .map(|row| row.text("ancestor_id"))
        .collect()
}

/// The offices a person holds on a day.
///
/// # Errors
/// What the database reports.
pub async fn actor(
    connection: &mut Connection,
    person_id: &str,
    name: Names,
    day: Date,
) -> Result<Actor, DatabaseError> {
    let mut grants = Vec::new();
    for row in connection.all(GRANTS, bind![person_id, day]).await? {
        if let Some(role) = Role::parse(&row.text("role")?) {
            grants.push(Grant {
                role,
                area_id: row.text("area_id")?,
            });
        }
    }
    Ok(Actor::new(person_id.to_owned(), name, grants))
}

/// Gives an office to a person. `source` says what it follows from (a membership, an account command).
///
/// # Errors
/// What the database reports.
pub async fn add_grant(
    connection: &mut Connection,
    person_id: &str,
    role: &str,
    area_id: &str,
    valid_from: Date,
    valid_until: Option<Date>,
    source: &str,
) -> Result<(), DatabaseError> {
    let id = crate::platform::ids::new_id();
    connection
        .execute(
            ADD_GRANT,
            bind![
                id,
                person_id,
                role,
                area_id,
                valid_from,
                valid_until,
                source
            ],
        )
        .await?;
    Ok(())
}

/// Ends what followed from a source.
///
/// # Errors
/// What the database reports.
pub async fn end_grants(
    connection: &mut Connection,
    source: &str,
    last_day: Date,
) -> Result<(), DatabaseError> {
    connection
        .execute(END_GRANTS, bind![source, last_day])
        .await?;
    Ok(())
}

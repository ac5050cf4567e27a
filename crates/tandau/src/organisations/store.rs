//! All the SQL of the room's tables.

use super::{Kind, NewOrganisation, Organisation};
use crate::platform::audit::Audited;
use crate::platform::database::{Connection, DatabaseError, Row};
use crate::platform::{Acting, Error, Names};
use crate::{bind, statements};

statements! {
    ADD = "insert into organisation (id, kind, name_kk, name_ru, name_en, synthetic, created_at) values ($1, $2, $3, $4, $5, $6, $7)";
    BY_ID = "select id, kind, name_kk, name_ru, name_en, synthetic from organisation where id = $1";
    COUNTRY = "select id from area where kind = 'country' order by id limit 1";
    ALL = "select id, kind, name_kk, name_ru, name_en, synthetic from organisation order by kind desc, name_kk, id limit 1000";
}

/// What the log of acts vouches for.
pub(crate) const AUDITED: &[Audited] = &[Audited {
    kind: "organisation",
    rows: &[
        "select id, kind, name_kk, name_ru, name_en, synthetic, created_at from organisation where id = $1",
    ],
    ids: "select id as object from organisation",
}];

fn organisation(row: &Row) -> Result<Organisation, DatabaseError> {
    let kind = row.text("kind")?;
    Ok(Organisation {
        id: row.text("id")?,
        kind: Kind::parse(&kind).ok_or(DatabaseError::Column {
            column: "kind".to_owned(),
            problem: kind,
        })?,
        names: Names::new(
            row.text("name_kk")?,
            row.text("name_ru")?,
            row.text("name_en")?,
        ),
        synthetic: row.flag("synthetic")?,
    })
}

pub(super) async fn add(
    connection: &mut Connection,
    acting: &Acting,
    id: &str,
    new: &NewOrganisation,
) -> Result<(), DatabaseError> {
    connection
        .execute(
            ADD,
            bind![
                id,
                new.kind.as_str(),
                &new.names.kk,
                &new.names.ru,
                &new.names.en,
                new.synthetic,
                acting.now()
            ],
        )
        .await?;
    Ok(())
}

pub(super) async fn by_id(connection: &mut Connection, id: &str) -> Result<Organisation, Error> {
    let row = connection
        .first(BY_ID, bind![id])
        .await?
        .ok_or(Error::NotFound)?;
    Ok(organisation(&row)?)
}

/// The area of the whole country.
pub(super) async fn country(connection: &mut Connection) -> Result<String, Error> {
    let row = connection.first(COUNTRY, bind![]).await?;
    Ok(row.ok_or(Error::NotFound)?.text("id")?)
}

pub(super) async fn all(connection: &mut Connection) -> Result<Vec<Organisation>, DatabaseError> {
    connection
        .all(ALL, bind![])
        .await?
        .iter()
        .map(organisation)
        .collect()
}

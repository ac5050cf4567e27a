//! All the SQL of the room's tables.

use super::{Kind, NewOrganisation, NewStateBody, Organisation, StateBody};
use crate::platform::audit::Audited;
use crate::platform::database::{Connection, DatabaseError, Row};
use crate::platform::{Acting, Error, Names};
use crate::{bind, statements};

statements! {
    ADD = "insert into organisation (id, kind, name_kk, name_ru, name_en, synthetic, created_at) values ($1, $2, $3, $4, $5, $6, $7)";
    BY_ID = "select id, kind, name_kk, name_ru, name_en, synthetic from organisation where id = $1";
    COUNTRY = "select id from area where kind = 'country' order by id limit 1";
    BODY_OF = "select kind, area_id from state_body where id = $1";
    ADD_BODY = "insert into state_body (id, kind, area_id, name_kk, name_ru, name_en, synthetic, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)";
    BODIES = "select b.id, b.kind, b.area_id, b.name_kk, b.name_ru, b.name_en, b.synthetic,
            n.name_kk as area_kk, n.name_ru as area_ru, n.name_en as area_en
        from state_body b join area_name n on n.area_id = b.area_id and n.valid_until is null
        where ' ' || n.folded like $1 and ' ' || n.folded like $2
        order by (select count(*) from area_path p where p.area_id = b.area_id), n.name_kk, b.kind, b.id limit $3";
    BODY_NAMES = "select name_kk, name_ru, name_en from state_body where area_id = $1 and kind = $2";
    ALL = "select id, kind, name_kk, name_ru, name_en, synthetic from organisation order by kind desc, name_kk, id limit 1000";
}

/// What the log of acts vouches for.
pub(crate) const AUDITED: &[Audited] = &[
    Audited {
        kind: "organisation",
        rows: &[
            "select id, kind, name_kk, name_ru, name_en, synthetic, created_at from organisation where id = $1",
        ],
        ids: "select id as object from organisation",
    },
    Audited {
        kind: "state_body",
        rows: &[
            "select id, kind, area_id, name_kk, name_ru, name_en, synthetic, created_at from state_body where id = $1",
            "select person_id, role, area_id, valid_from, source from access_grant where source = 'state_body:' || $1 order by id",
        ],
        ids: "select id as object from state_body",
    },
];

fn organisation(row: &Row) -> Result<Organisation, DatabaseError> {
    let kind = row.text("kind")?;
    Ok(Organisation {
        id: row.text("id")?,
        kind: Kind::parse(&kind).ok_or(DatabaseError::Column {
            column: "kind".to_owned(),
            problem: kind,
        })?,
        names: row.names("name")?,
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

pub(super) async fn add_body(
    connection: &mut Connection,
    acting: &Acting,
    id: &str,
    new: &NewStateBody,
) -> Result<(), DatabaseError> {
    connection
        .execute(
            ADD_BODY,
            bind![
                id,
                &new.kind,
                &new.area_id,
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

pub(super) async fn bodies(
    connection: &mut Connection,
    [first, second]: [String; 2],
    limit: i64,
) -> Result<Vec<StateBody>, DatabaseError> {
    let rows = connection.all(BODIES, bind![first, second, limit]).await?;
    rows.iter()
        .map(|row| {
            Ok(StateBody {
                id: row.text("id")?,
                kind: row.text("kind")?,
                area_id: row.text("area_id")?,
                area: row.names("area")?,
                names: row.names("name")?,
                synthetic: row.flag("synthetic")?,
            })
        })
        .collect()
}

pub(super) async fn body_names(
    connection: &mut Connection,
    kind: &str,
    area_id: &str,
) -> Result<Option<Names>, DatabaseError> {
    let row = connection.first(BODY_NAMES, bind![area_id, kind]).await?;
    row.map(|row| row.names("name")).transpose()
}

/// Kind and area of a body.
pub(super) async fn body_of(
    connection: &mut Connection,
    id: &str,
) -> Result<Option<(String, String)>, DatabaseError> {
    let row = connection.first(BODY_OF, bind![id]).await?;
    row.map(|row| Ok((row.text("kind")?, row.text("area_id")?)))
        .transpose()
}

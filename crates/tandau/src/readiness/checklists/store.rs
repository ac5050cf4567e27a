//! The SQL of versions of checklists.

use crate::platform::audit::Audited;
use crate::platform::database::{Connection, DatabaseError, Row, Transaction};
use crate::platform::{Acting, Error};
use crate::{bind, statements};
use jiff::Timestamp;

statements! {
    ADD = "insert into checklist (id, version, content, sha256, source, made_by, made_at) values ($1, $2, $3, $4, $5, $6, $7)";
    ONE = "select id, version, content, sha256, source, made_at from checklist where id = $1 and version = $2";
    LAST = "select id, version, content, sha256, source, made_at from checklist where id = $1 order by version desc limit 1";
    ALL = "select id, version, content, sha256, source, made_at from checklist order by made_at desc, id, version desc limit 200";
    COUNTRY = "select id from area where kind = 'country' order by id limit 1";
}

/// What the log of acts vouches for.
pub(crate) const AUDITED: &[Audited] = &[Audited {
    kind: "checklist",
    rows: &[
        "select id, version, content, sha256, source, made_by, made_at from checklist where id = $1 and version = $2",
    ],
    ids: "select id || '/' || cast(version as text) as object from checklist",
}];

/// A version as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Kept {
    pub(super) id: String,
    pub(super) version: u64,
    pub(super) content: String,
    pub(super) sha256: String,
    pub(super) source: String,
    pub(super) made_at: Timestamp,
}

fn kept(row: &Row) -> Result<Kept, DatabaseError> {
    Ok(Kept {
        id: row.text("id")?,
        version: row.count("version")?,
        content: row.text("content")?,
        sha256: row.text("sha256")?,
        source: row.text("source")?,
        made_at: row.instant("made_at")?,
    })
}

pub(super) async fn add(tx: &mut Transaction, acting: &Acting, new: &Kept) -> Result<(), Error> {
    let version = i64::try_from(new.version).map_err(Error::internal)?;
    tx.execute(
        ADD,
        bind![
            &new.id,
            version,
            &new.content,
            &new.sha256,
            &new.source,
            acting.person(),
            new.made_at
        ],
    )
    .await?;
    Ok(())
}

pub(super) async fn one(
    connection: &mut Connection,
    id: &str,
    version: u64,
) -> Result<Option<Kept>, Error> {
    let Ok(version) = i64::try_from(version) else {
        return Ok(None);
    };
    let row = connection.first(ONE, bind![id, version]).await?;
    Ok(row.as_ref().map(kept).transpose()?)
}

pub(super) async fn last(
    connection: &mut Connection,
    id: &str,
) -> Result<Option<Kept>, DatabaseError> {
    let row = connection.first(LAST, bind![id]).await?;
    row.as_ref().map(kept).transpose()
}

/// The newest first.
pub(super) async fn all(connection: &mut Connection) -> Result<Vec<Kept>, DatabaseError> {
    connection
        .all(ALL, bind![])
        .await?
        .iter()
        .map(kept)
        .collect()
}

/// The area of the whole country, to which checklists belong.
pub(super) async fn country(connection: &mut Connection) -> Result<String, Error> {
    let row = connection.first(COUNTRY, bind![]).await?;
    Ok(row.ok_or(Error::NotFound)?.text("id")?)
}

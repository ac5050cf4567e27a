//! Tables of the log.

use crate::statements;

// An act may be recorded for an earlier hour, so the order of acts is their place in the log, and before they
// have one the order in which their ids were made; never `at`.
statements! {
    ADD_RECORD = "insert into audit_record (id, at, clock, event, office, kind, object, contest_id, digest)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    ADD_PRIVATE = "insert into audit_private (record_id, person_id, salt) values ($1, $2, $3)";
    UNSEQUENCED = "select id, at, clock, event, office, kind, object, contest_id, digest from audit_record
        where position is null order by id limit 2000";
    SET_POSITION = "update audit_record set position = $2 where id = $1 and position is null";
    ADD_NODE = "insert into audit_node (level, position, hash) values ($1, $2, $3)";
    NODE = "select hash from audit_node where level = $1 and position = $2";
    NODES = "select position, hash from audit_node where level = $1 and position >= $2 and position < $3 order by position";
    SIZE = "select coalesce(max(position), -1) + 1 as size from audit_record";
    ADD_CHECKPOINT = "insert into audit_checkpoint (size, root, signed, at) values ($1, $2, $3, $4)
        on conflict (size) do update set signed = excluded.signed, at = excluded.at";
    LAST_CHECKPOINT = "select size, root, signed, at from audit_checkpoint order by size desc limit 1";
    RECORDS = "select id, at, clock, event, office, kind, object, contest_id, digest, position from audit_record
        where position >= $1 and position < $2 order by position";
    RECORDS_AFTER = "select event, office, kind, object, contest_id, position from audit_record
        where position >= $1 order by position limit 1000";
    LAST_OF_OBJECTS = "select r.kind, r.object, r.digest, r.event, r.position, p.salt from audit_record r
        join audit_private p on p.record_id = r.id
        where r.kind = $1 order by r.object, case when r.position is null then 1 else 0 end, r.position, r.id";
}

use crate::bind;
use crate::platform::database::{Connection, DatabaseError};
use crate::platform::live::Change;

/// How many records the tree holds.
///
/// # Errors
/// What the database reports.
pub(crate) async fn size(connection: &mut Connection) -> Result<i64, DatabaseError> {
    connection.one(SIZE, bind![]).await?.int("size")
}

/// Records from a position on, for those who follow.
///
/// # Errors
/// What the database reports.
pub(crate) async fn changes_from(
    connection: &mut Connection,
    position: i64,
) -> Result<Vec<Change>, DatabaseError> {
    connection
        .all(RECORDS_AFTER, bind![position])
        .await?
        .iter()
        .map(|row| {
            Ok(Change {
                event: row.text("event")?,
                contest_id: row.text("contest_id")?,
                position: row.int("position")?,
            })
        })
        .collect()
}

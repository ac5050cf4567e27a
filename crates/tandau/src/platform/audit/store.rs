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
    // Many positions at once; the rest of a statement's rows is left blank.
    SET_POSITIONS = concat!(
        "update audit_record set position = x.position from (",
        "select cast($1 as text) as id, cast($2 as bigint) as position union all select cast($3 as text), cast($4 as bigint) union all select cast($5 as text), cast($6 as bigint) union all select cast($7 as text), cast($8 as bigint)",
        " union all select cast($9 as text), cast($10 as bigint) union all select cast($11 as text), cast($12 as bigint) union all select cast($13 as text), cast($14 as bigint) union all select cast($15 as text), cast($16 as bigint)",
        " union all select cast($17 as text), cast($18 as bigint) union all select cast($19 as text), cast($20 as bigint) union all select cast($21 as text), cast($22 as bigint) union all select cast($23 as text), cast($24 as bigint)",
        " union all select cast($25 as text), cast($26 as bigint) union all select cast($27 as text), cast($28 as bigint) union all select cast($29 as text), cast($30 as bigint) union all select cast($31 as text), cast($32 as bigint)",
        " union all select cast($33 as text), cast($34 as bigint) union all select cast($35 as text), cast($36 as bigint) union all select cast($37 as text), cast($38 as bigint) union all select cast($39 as text), cast($40 as bigint)",
        " union all select cast($41 as text), cast($42 as bigint) union all select cast($43 as text), cast($44 as bigint) union all select cast($45 as text), cast($46 as bigint) union all select cast($47 as text), cast($48 as bigint)",
        " union all select cast($49 as text), cast($50 as bigint) union all select cast($51 as text), cast($52 as bigint) union all select cast($53 as text), cast($54 as bigint) union all select cast($55 as text), cast($56 as bigint)",
        " union all select cast($57 as text), cast($58 as bigint) union all select cast($59 as text), cast($60 as bigint) union all select cast($61 as text), cast($62 as bigint) union all select cast($63 as text), cast($64 as bigint)",
        ") x where audit_record.id = x.id and audit_record.position is null"
    );
    ADD_NODE = "insert into audit_node (level, position, hash) values ($1, $2, $3)";
    ADD_SIXTEEN_NODES = concat!(
        "insert into audit_node (level, position, hash) values ($1, $2, $3), ($4, $5, $6), ($7, $8, $9), ($10, $11, $12), ($13, $14, $15), ($16, $17, $18), ($19, $20, $21), ($22, $23, $24)",
        ", ($25, $26, $27), ($28, $29, $30), ($31, $32, $33), ($34, $35, $36), ($37, $38, $39), ($40, $41, $42), ($43, $44, $45), ($46, $47, $48)"
    );
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
use crate::platform::database::{Connection, DatabaseError, Transaction, Value};
use crate::platform::live::Change;

/// Rows of [`SET_POSITIONS`].
const POSITIONS: usize = 32;
/// Rows of [`ADD_SIXTEEN_NODES`].
const NODES_AT_ONCE: usize = 16;

/// Gives records their places.
pub(super) async fn set_positions(
    tx: &mut Transaction,
    placed: &[(String, i64)],
) -> Result<(), DatabaseError> {
    for batch in placed.chunks(POSITIONS) {
        let mut values = Vec::with_capacity(POSITIONS.saturating_mul(2));
        for at in 0..POSITIONS {
            match batch.get(at) {
                Some((id, position)) => values.extend(bind![id, *position]),
                None => values.extend(bind!["", 0_i64]),
            }
        }
        tx.execute(SET_POSITIONS, values).await?;
    }
    Ok(())
}

/// Adds nodes of the tree: level, position, hash.
pub(super) async fn add_nodes(
    tx: &mut Transaction,
    nodes: &[Vec<Value>],
) -> Result<(), DatabaseError> {
    let mut chunks = nodes.chunks_exact(NODES_AT_ONCE);
    for chunk in &mut chunks {
        tx.execute(ADD_SIXTEEN_NODES, chunk.concat()).await?;
    }
    for node in chunks.remainder() {
        tx.execute(ADD_NODE, node.clone()).await?;
    }
    Ok(())
}

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

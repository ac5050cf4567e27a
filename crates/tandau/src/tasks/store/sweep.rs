//! What the sweeper reads.

use crate::platform::database::{Connection, DatabaseError, Transaction};
use crate::{bind, statements};
use jiff::Timestamp;
use jiff::civil::Date;

statements! {
    TO_REMIND = "select id from task where is_open and state <> 'reported' and reminded_at is null and due_at > $1 and due_at <= $2
        order by due_at, id limit $3";
    TO_RAISE = "select id from task where is_open and raise_at <= $1 order by raise_at, id limit $2";
    STOP_RAISING = "update task set raise_at = null where id = $1";
    ABOVE = "select w.ancestor_id, b.id as body_id, c.id as commission_id from area_path w
            left join state_body b on b.area_id = w.ancestor_id and b.kind = $2
            left join commission c on c.area_id = w.ancestor_id and c.term_from <= $3 and c.term_until >= $3
        where w.area_id = $1 and w.depth > 0 order by w.depth";
}

async fn ids(
    connection: &mut Connection,
    sql: &'static str,
    values: Vec<crate::platform::database::Value>,
) -> Result<Vec<String>, DatabaseError> {
    let rows = connection.all(sql, values).await?;
    rows.iter().map(|row| row.text("id")).collect()
}

/// Tasks whose deadline lies between two moments and of which nobody was reminded.
pub(in crate::tasks) async fn to_remind(
    connection: &mut Connection,
    now: Timestamp,
    until: Timestamp,
    limit: i64,
) -> Result<Vec<String>, DatabaseError> {
    ids(connection, TO_REMIND, bind![now, until, limit]).await
}

/// Tasks that are to be raised by now.
pub(in crate::tasks) async fn to_raise(
    connection: &mut Connection,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<String>, DatabaseError> {
    ids(connection, TO_RAISE, bind![now, limit]).await
}

/// Nobody is above: the task is not looked at again until it is moved or handed on.
pub(in crate::tasks) async fn stop_raising(
    tx: &mut Transaction,
    id: &str,
) -> Result<(), DatabaseError> {
    tx.execute(STOP_RAISING, bind![id]).await?;
    Ok(())
}

/// An area above another one: whether a body of a kind and a commission are on record there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::tasks) struct Above {
    pub(in crate::tasks) area_id: String,
    pub(in crate::tasks) has_body: bool,
    pub(in crate::tasks) has_commission: bool,
}

/// Areas above one, nearest first.
pub(in crate::tasks) async fn above(
    connection: &mut Connection,
    area_id: &str,
    kind: &str,
    day: Date,
) -> Result<Vec<Above>, DatabaseError> {
    let rows = connection.all(ABOVE, bind![area_id, kind, day]).await?;
    rows.iter()
        .map(|row| {
            Ok(Above {
                area_id: row.text("ancestor_id")?,
                has_body: row.opt_text("body_id")?.is_some(),
                has_commission: row.opt_text("commission_id")?.is_some(),
            })
        })
        .collect()
}

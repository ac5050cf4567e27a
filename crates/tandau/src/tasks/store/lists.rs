//! Lists and counts of tasks, over an area or over what is addressed to one body.

use super::task_of;
use crate::platform::database::{Connection, DatabaseError, Value};
use crate::platform::search::patterns;
use crate::tasks::model::{Addressee, Below, Cause, Counts, List, Scope, Task, Wanted};
use crate::{bind, statements};
use jiff::Timestamp;

/// The columns of a task.
macro_rules! columns {
    () => {
        "t.id, t.election_id, t.origin, t.origin_key, t.station_id, t.area_id, t.item, t.severity, t.title_kk, t.title_ru, t.title_en,
            t.detail, t.evidence, t.addressee_kind, t.addressee_area_id, t.verifier_area_id, t.due_at, t.opened_at, t.state, t.level, t.events,
            t.changed_at, t.reminded_at, t.raise_at"
    };
}

/// What lies under an area: `$1` the area, `$2` blank.
macro_rules! under {
    () => {
        "from area_path w join task t on t.area_id = w.area_id where w.ancestor_id = $1 and cast($2 as text) = ''"
    };
}

/// What is addressed or was raised to a body: `$1` its area, `$2` its kind.
macro_rules! addressed {
    () => {
        "from task_addressee d join task t on t.id = d.task_id where d.area_id = $1 and d.kind = $2 and d.cause <> 'former'"
    };
}

/// `$4` kind of addressee, `$5` area, `$6` severity, `$7` number of the station, `$8` and `$9` words,
/// `$10` area of the addressee; blank for any.
macro_rules! wanted {
    () => {
        "and (cast($4 as text) = '' or t.addressee_kind = $4)
            and (cast($5 as text) = '' or exists (select 1 from area_path f where f.area_id = t.area_id and f.ancestor_id = $5))
            and (cast($6 as text) = '' or t.severity = $6)
            and (cast($7 as text) = '' or exists (select 1 from station_version v where v.station_id = t.station_id and cast(v.number as text) = $7))
            and ' ' || t.folded like $8 and ' ' || t.folded like $9
            and (cast($10 as text) = '' or t.addressee_area_id = $10)"
    };
}

/// `$3` now, `$11` the list, `$12` and `$13` which part of it.
macro_rules! listed {
    () => {
        "and ((cast($11 as text) = 'overdue' and t.is_open and t.state <> 'reported' and t.due_at < $3)
                or (cast($11 as text) = 'waiting' and t.state = 'reported')
                or (cast($11 as text) = 'open' and t.is_open and t.state <> 'reported' and t.due_at >= $3)
                or (cast($11 as text) = 'done' and not t.is_open))
            order by case when cast($11 as text) = 'done' then -t.changed_at else t.due_at end, t.id limit $12 offset $13"
    };
}

/// Sums for the four lists; `$3` now.
macro_rules! sums {
    () => {
        "cast(coalesce(sum(case when t.is_open and t.state <> 'reported' and t.due_at < $3 then 1 else 0 end), 0) as bigint) as overdue,
            cast(coalesce(sum(case when t.state = 'reported' then 1 else 0 end), 0) as bigint) as waiting,
            cast(coalesce(sum(case when t.is_open and t.state <> 'reported' and t.due_at >= $3 then 1 else 0 end), 0) as bigint) as open,
            cast(coalesce(sum(case when t.is_open then 0 else 1 end), 0) as bigint) as done"
    };
}

statements! {
    LIST_UNDER = concat!("select ", columns!(), " ", under!(), " ", wanted!(), " ", listed!());
    LIST_ADDRESSED = concat!("select ", columns!(), " ", addressed!(), " ", wanted!(), " ", listed!());
    COUNT_UNDER = concat!("select ", sums!(), " ", under!(), " ", wanted!());
    COUNT_ADDRESSED = concat!("select ", sums!(), " ", addressed!(), " ", wanted!());
    OPEN_BELOW = "select p.ancestor_id,
            cast(coalesce(sum(case when t.state <> 'reported' and t.due_at < $2 then 1 else 0 end), 0) as bigint) as overdue,
            cast(coalesce(sum(case when t.state = 'reported' then 1 else 0 end), 0) as bigint) as waiting,
            count(*) as n
        from area_path q join area_path p on p.ancestor_id = q.area_id join task t on t.area_id = p.area_id
        where q.ancestor_id = $1 and q.depth <= 1 and t.is_open group by p.ancestor_id order by p.ancestor_id";
    OVERDUE_BY_BODY = "select t.addressee_kind, t.addressee_area_id, count(*) as n, min(t.due_at) as oldest
        from area_path w join task t on t.area_id = w.area_id
        where w.ancestor_id = $1 and t.is_open and t.state <> 'reported' and t.due_at < $2
        group by t.addressee_kind, t.addressee_area_id order by n desc, oldest, t.addressee_area_id, t.addressee_kind limit $3";
    TO_VERIFY = concat!("select ", columns!(), " from task t where t.verifier_area_id = $1 and t.state in ('reported', 'disputed')
        order by t.changed_at, t.id limit $2");
    BY_BODY = "select t.id, d.cause from task_addressee d join task t on t.id = d.task_id
        where d.area_id = $1 and d.kind = $2 and d.cause <> 'former' and t.is_open
            and (t.state <> 'reported' or (d.cause = 'escalated' and d.kind = 'commission'))
        order by t.due_at, t.id limit $3";
}

fn values(scope: &Scope, wanted: &Wanted, now: Timestamp) -> Vec<Value> {
    let [area, kind] = scope.parts();
    let [first, second] = patterns::<2>(&wanted.words);
    bind![
        area,
        kind,
        now,
        &wanted.kind,
        &wanted.area_id,
        &wanted.severity,
        &wanted.station,
        first,
        second,
        &wanted.owner_area_id
    ]
}

pub(in crate::tasks) async fn list(
    connection: &mut Connection,
    scope: &Scope,
    wanted: &Wanted,
    (list, now): (List, Timestamp),
    (limit, offset): (i64, i64),
) -> Result<Vec<Task>, DatabaseError> {
    let sql = match scope {
        Scope::Under(_) => LIST_UNDER,
        Scope::Addressed(_) => LIST_ADDRESSED,
    };
    let mut values = values(scope, wanted, now);
    values.extend(bind![list.as_str(), limit, offset]);
    let rows = connection.all(sql, values).await?;
    rows.iter().map(task_of).collect()
}

pub(in crate::tasks) async fn counts(
    connection: &mut Connection,
    scope: &Scope,
    wanted: &Wanted,
    now: Timestamp,
) -> Result<Counts, DatabaseError> {
    let sql = match scope {
        Scope::Under(_) => COUNT_UNDER,
        Scope::Addressed(_) => COUNT_ADDRESSED,
    };
    let row = connection.one(sql, values(scope, wanted, now)).await?;
    Ok(Counts {
        overdue: row.count("overdue")?,
        waiting: row.count("waiting")?,
        open: row.count("open")?,
        done: row.count("done")?,
    })
}

pub(in crate::tasks) async fn open_below(
    connection: &mut Connection,
    area_id: &str,
    now: Timestamp,
) -> Result<Vec<Below>, DatabaseError> {
    let rows = connection.all(OPEN_BELOW, bind![area_id, now]).await?;
    rows.iter()
        .map(|row| {
            Ok(Below {
                area_id: row.text("ancestor_id")?,
                open: row.count("n")?,
                overdue: row.count("overdue")?,
                waiting: row.count("waiting")?,
            })
        })
        .collect()
}

pub(in crate::tasks) async fn overdue_by_body(
    connection: &mut Connection,
    area_id: &str,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<(Addressee, u64, Timestamp)>, DatabaseError> {
    let rows = connection
        .all(OVERDUE_BY_BODY, bind![area_id, now, limit])
        .await?;
    rows.iter()
        .map(|row| {
            let body = Addressee {
                kind: row.text("addressee_kind")?,
                area_id: row.text("addressee_area_id")?,
            };
            Ok((body, row.count("n")?, row.instant("oldest")?))
        })
        .collect()
}

/// Ids of the open tasks of a body, the most urgent first, with why they are its.
pub(in crate::tasks) async fn by_body(
    connection: &mut Connection,
    body: &Addressee,
    limit: i64,
) -> Result<Vec<(String, Cause)>, DatabaseError> {
    let rows = connection
        .all(BY_BODY, bind![&body.area_id, &body.kind, limit])
        .await?;
    rows.iter()
        .map(|row| {
            let cause = row.text("cause")?;
            let cause = Cause::parse(&cause).ok_or_else(|| super::wrong("cause", cause))?;
            Ok((row.text("id")?, cause))
        })
        .collect()
}

/// What waits for the commission of an area to see for itself, the longest waiting first.
pub(in crate::tasks) async fn to_verify(
    connection: &mut Connection,
    area_id: &str,
    limit: i64,
) -> Result<Vec<Task>, DatabaseError> {
    let rows = connection.all(TO_VERIFY, bind![area_id, limit]).await?;
    rows.iter().map(task_of).collect()
}

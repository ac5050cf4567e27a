//! All the SQL of the room's tables.

use super::model::{Addressee, EventKind, NewTask, Task, TaskState};
use crate::platform::audit::Audited;
use crate::platform::database::{Connection, DatabaseError, Row, Transaction};
use crate::platform::{Acting, Error, Names};
use crate::{bind, statements};
use electoral::checklist::Severity;

statements! {
    ADD = "insert into task (id, election_id, origin, origin_key, station_id, area_id, item, severity, title_kk, title_ru, title_en,
            detail, addressee_kind, addressee_area_id, verifier_area_id, due_at, opened_by, opened_at, state, is_open, changed_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, true, $18)";
    BY_ID = "select id, election_id, origin, origin_key, station_id, area_id, item, severity, title_kk, title_ru, title_en, detail,
            addressee_kind, addressee_area_id, verifier_area_id, due_at, opened_at, state, level, events, changed_at
        from task where id = $1";
    OPEN_BY_ORIGIN = "select id, election_id, origin, origin_key, station_id, area_id, item, severity, title_kk, title_ru, title_en, detail,
            addressee_kind, addressee_area_id, verifier_area_id, due_at, opened_at, state, level, events, changed_at
        from task where origin = $1 and origin_key = $2 and is_open limit 1";
    ADD_ADDRESSEE = "insert into task_addressee (task_id, kind, area_id, cause, since) values ($1, $2, $3, $4, $5)
        on conflict (task_id, kind, area_id) do nothing";
    ADD_EVENT = "insert into task_event (task_id, sequence, kind, text, made_by, office, made_at) values ($1, $2, $3, $4, $5, $6, $7)";
    SET_STATE = "update task set state = $3, is_open = $4, events = $5, changed_at = $6 where id = $1 and events = $2";
}

/// What the log of acts vouches for: each event, and with the first the task as it was given.
pub(crate) const AUDITED: &[Audited] = &[Audited {
    kind: "task_event",
    rows: &[
        "select task_id, sequence, kind, text, made_by, office, made_at from task_event where task_id = $1 and sequence = $2",
        "select id, election_id, origin, origin_key, station_id, area_id, item, severity, title_kk, title_ru, title_en, detail,
            verifier_area_id, opened_by, opened_at from task where id = $1 and $2 = 1",
        "select position, file_id from task_paper where task_id = $1 and sequence = $2 order by position",
    ],
    ids: "select task_id || '/' || cast(sequence as text) as object from task_event",
}];

pub(super) fn task_of(row: &Row) -> Result<Task, DatabaseError> {
    let word = |column: &str, problem: String| DatabaseError::Column {
        column: column.to_owned(),
        problem,
    };
    let (state, severity) = (row.text("state")?, row.text("severity")?);
    Ok(Task {
        id: row.text("id")?,
        election_id: row.text("election_id")?,
        origin: row.text("origin")?,
        origin_key: row.text("origin_key")?,
        station_id: row.opt_text("station_id")?,
        area_id: row.text("area_id")?,
        item: row.text("item")?,
        severity: Severity::parse(&severity).ok_or_else(|| word("severity", severity))?,
        title: Names::new(
            row.text("title_kk")?,
            row.text("title_ru")?,
            row.text("title_en")?,
        ),
        detail: row.text("detail")?,
        addressee: Addressee {
            kind: row.text("addressee_kind")?,
            area_id: row.text("addressee_area_id")?,
        },
        verifier_area_id: row.text("verifier_area_id")?,
        due_at: row.instant("due_at")?,
        opened_at: row.instant("opened_at")?,
        state: TaskState::parse(&state).ok_or_else(|| word("state", state))?,
        level: row.count("level")?,
        events: row.count("events")?,
        changed_at: row.instant("changed_at")?,
    })
}

pub(super) async fn by_id(connection: &mut Connection, id: &str) -> Result<Task, Error> {
    let row = connection.first(BY_ID, bind![id]).await?;
    Ok(task_of(&row.ok_or(Error::NotFound)?)?)
}

pub(super) async fn open_by_origin(
    connection: &mut Connection,
    origin: &str,
    key: &str,
) -> Result<Option<Task>, DatabaseError> {
    let row = connection.first(OPEN_BY_ORIGIN, bind![origin, key]).await?;
    row.as_ref().map(task_of).transpose()
}

pub(super) async fn add(
    tx: &mut Transaction,
    acting: &Acting,
    id: &str,
    new: &NewTask,
) -> Result<(), DatabaseError> {
    tx.execute(
        ADD,
        bind![
            id,
            &new.election_id,
            new.origin,
            &new.origin_key,
            new.station_id.as_deref(),
            &new.area_id,
            &new.item,
            new.severity.as_str(),
            &new.title.kk,
            &new.title.ru,
            &new.title.en,
            &new.detail,
            &new.addressee.kind,
            &new.addressee.area_id,
            &new.verifier_area_id,
            new.due_at,
            acting.person(),
            acting.now(),
            TaskState::Open.as_str()
        ],
    )
    .await?;
    add_addressee(tx, acting, id, &new.addressee, "owner").await
}

pub(super) async fn add_addressee(
    tx: &mut Transaction,
    acting: &Acting,
    id: &str,
    addressee: &Addressee,
    cause: &str,
) -> Result<(), DatabaseError> {
    let values = bind![id, &addressee.kind, &addressee.area_id, cause, acting.now()];
    tx.execute(ADD_ADDRESSEE, values).await?;
    Ok(())
}

/// Writes an event and the state after it. False when somebody else was faster.
pub(super) async fn add_event(
    tx: &mut Transaction,
    acting: &Acting,
    id: &str,
    events_seen: u64,
    kind: EventKind,
    state: TaskState,
    text: &str,
) -> Result<bool, Error> {
    let seen = i64::try_from(events_seen).map_err(Error::internal)?;
    let next = seen.saturating_add(1);
    let values = bind![
        id,
        seen,
        state.as_str(),
        state.is_open(),
        next,
        acting.now()
    ];
    if tx.execute(SET_STATE, values).await? == 0 {
        return Ok(false);
    }
    tx.execute(
        ADD_EVENT,
        bind![
            id,
            next,
            kind.as_str(),
            text,
            acting.person(),
            acting.actor().office(),
            acting.now()
        ],
    )
    .await?;
    Ok(true)
}

//! All the SQL of the room's tables.

pub(crate) mod lists;
pub(crate) mod sweep;

pub(super) use lists::{by_body, counts, list, open_below, overdue_by_body, to_verify};
pub(super) use sweep::{above, stop_raising, to_raise, to_remind};

use super::model::{
    Addressee, Cause, EventKind, Happened, NewEvent, NewTask, Paper, Task, TaskState,
};
use crate::platform::access::Grant;
use crate::platform::audit::Audited;
use crate::platform::database::{Connection, DatabaseError, Row, Transaction};
use crate::platform::{Acting, Error, Names};
use crate::{bind, statements};
use electoral::checklist::{Evidence, Severity};

statements! {
    ADD = "insert into task (id, election_id, origin, origin_key, station_id, area_id, item, severity, title_kk, title_ru, title_en,
            detail, evidence, folded, addressee_kind, addressee_area_id, verifier_area_id, due_at, opened_by, opened_at, state, is_open,
            changed_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, true, $20)";
    BY_ID = "select id, election_id, origin, origin_key, station_id, area_id, item, severity, title_kk, title_ru, title_en, detail, evidence,
            addressee_kind, addressee_area_id, verifier_area_id, due_at, opened_at, state, level, events, changed_at, reminded_at, raise_at
        from task where id = $1";
    OPEN_BY_ORIGIN = "select id, election_id, origin, origin_key, station_id, area_id, item, severity, title_kk, title_ru, title_en, detail, evidence,
            addressee_kind, addressee_area_id, verifier_area_id, due_at, opened_at, state, level, events, changed_at, reminded_at, raise_at
        from task where origin = $1 and origin_key = $2 and is_open order by id limit 1";
    OPEN_KEYS = "select origin_key from task where origin = $1 and is_open order by origin_key";
    OF_ORIGIN = "select id, election_id, origin, origin_key, station_id, area_id, item, severity, title_kk, title_ru, title_en, detail, evidence,
            addressee_kind, addressee_area_id, verifier_area_id, due_at, opened_at, state, level, events, changed_at, reminded_at, raise_at
        from task where origin = $1 and origin_key = $2 order by id desc limit 100";
    BY_STATION = "select id, election_id, origin, origin_key, station_id, area_id, item, severity, title_kk, title_ru, title_en, detail, evidence,
            addressee_kind, addressee_area_id, verifier_area_id, due_at, opened_at, state, level, events, changed_at, reminded_at, raise_at
        from task where station_id = $1 order by is_open desc, due_at, id limit 500";
    ADD_ADDRESSEE = "insert into task_addressee (task_id, kind, area_id, cause, since) values ($1, $2, $3, $4, $5)
        on conflict (task_id, kind, area_id) do update set cause = excluded.cause, since = excluded.since";
    FORMER_ADDRESSEES = "update task_addressee set cause = 'former' where task_id = $1";
    FORMER_OWNERS = "update task_addressee set cause = 'former' where task_id = $1 and cause = 'owner'";
    ADDRESSEES = "select kind, area_id, cause from task_addressee where task_id = $1 order by since, kind, area_id";
    ADD_EVENT = "insert into task_event (task_id, sequence, kind, text, made_by, office, office_area_id, made_at, due_at, to_kind, to_area_id,
            act)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    ADD_PAPER = "insert into task_paper (task_id, sequence, position, file_id) values ($1, $2, $3, $4)";
    SET = "update task set state = $3, is_open = $4, events = $5, changed_at = $6, due_at = $7, addressee_kind = $8, addressee_area_id = $9,
            level = $10, reminded_at = $11, raise_at = $12
        where id = $1 and events = $2";
    HISTORY = "select e.sequence, e.kind, e.text, e.made_by, e.office, e.made_at, e.due_at, e.to_kind, e.to_area_id,
            p.name_kk as person_kk, p.name_ru as person_ru, p.name_en as person_en, n.name_kk, n.name_ru, n.name_en
        from task_event e left join person p on p.id = e.made_by
            left join area_name n on n.area_id = e.office_area_id and n.valid_until is null
        where e.task_id = $1 order by e.sequence desc limit 500";
    PAPERS = "select r.sequence, r.position, r.file_id, f.media_type from task_paper r join stored_file f on f.id = r.file_id
        where r.task_id = $1 order by r.sequence, r.position limit 2000";
    LAST_REPORTER = "select made_by from task_event where task_id = $1 and kind = 'reported' order by sequence desc limit 1";
}

/// What the log of acts vouches for: each event, and with the first the task as it was given.
pub(crate) const AUDITED: &[Audited] = &[Audited {
    kind: "task_event",
    rows: &[
        "select task_id, sequence, kind, text, made_by, office, office_area_id, made_at, due_at, to_kind, to_area_id
            from task_event where task_id = $1 and sequence = $2",
        "select id, election_id, origin, origin_key, station_id, area_id, item, severity, title_kk, title_ru, title_en, detail, evidence,
            verifier_area_id, opened_by, opened_at from task where id = $1 and $2 = 1",
        "select position, file_id from task_paper where task_id = $1 and sequence = $2 order by position",
    ],
    // Others are vouched for by acts of the task's origin.
    ids: "select task_id || '/' || cast(sequence as text) as object from task_event where act = ''",
}];

fn evidence_words(evidence: &[Evidence]) -> String {
    let words: Vec<&str> = evidence.iter().map(|e| e.as_str()).collect();
    words.join(" ")
}

fn evidence_of(words: &str) -> Vec<Evidence> {
    words.split(' ').filter_map(Evidence::parse).collect()
}

pub(super) fn task_of(row: &Row) -> Result<Task, DatabaseError> {
    let (state, severity) = (row.text("state")?, row.text("severity")?);
    Ok(Task {
        id: row.text("id")?,
        election_id: row.text("election_id")?,
        origin: row.text("origin")?,
        origin_key: row.text("origin_key")?,
        station_id: row.opt_text("station_id")?,
        area_id: row.text("area_id")?,
        item: row.text("item")?,
        severity: Severity::parse(&severity).ok_or_else(|| wrong("severity", severity))?,
        title: row.names("title")?,
        detail: row.text("detail")?,
        evidence: evidence_of(&row.text("evidence")?),
        addressee: Addressee {
            kind: row.text("addressee_kind")?,
            area_id: row.text("addressee_area_id")?,
        },
        verifier_area_id: row.text("verifier_area_id")?,
        due_at: row.instant("due_at")?,
        opened_at: row.instant("opened_at")?,
        state: TaskState::parse(&state).ok_or_else(|| wrong("state", state))?,
        level: row.count("level")?,
        events: row.count("events")?,
        changed_at: row.instant("changed_at")?,
        reminded_at: row.opt_instant("reminded_at")?,
        raise_at: row.opt_instant("raise_at")?,
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

pub(super) async fn open_keys(
    connection: &mut Connection,
    origin: &str,
) -> Result<std::collections::BTreeSet<String>, DatabaseError> {
    let rows = connection.all(OPEN_KEYS, bind![origin]).await?;
    rows.iter().map(|row| row.text("origin_key")).collect()
}

pub(super) async fn of_origin(
    connection: &mut Connection,
    origin: &str,
    key: &str,
) -> Result<Vec<Task>, DatabaseError> {
    let rows = connection.all(OF_ORIGIN, bind![origin, key]).await?;
    rows.iter().map(task_of).collect()
}

pub(super) async fn by_station(
    connection: &mut Connection,
    station_id: &str,
) -> Result<Vec<Task>, DatabaseError> {
    let rows = connection.all(BY_STATION, bind![station_id]).await?;
    rows.iter().map(task_of).collect()
}

pub(super) async fn add(
    tx: &mut Transaction,
    acting: &Acting,
    id: &str,
    new: &NewTask,
) -> Result<(), DatabaseError> {
    let folded = format!(
        "{} | {}",
        new.title.folded(),
        electoral::collation::fold(&new.detail)
    );
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
            evidence_words(&new.evidence),
            folded,
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
    add_addressee(tx, acting, id, &new.addressee, Cause::Owner).await
}

/// Makes somebody an addressee, or changes why they are one.
pub(super) async fn add_addressee(
    tx: &mut Transaction,
    acting: &Acting,
    id: &str,
    addressee: &Addressee,
    cause: Cause,
) -> Result<(), DatabaseError> {
    let values = bind![
        id,
        &addressee.kind,
        &addressee.area_id,
        cause.as_str(),
        acting.now()
    ];
    tx.execute(ADD_ADDRESSEE, values).await?;
    Ok(())
}

/// Gives the task to somebody else: all who were addressees are former ones; where it is only handed on, those to whom it
/// was raised still have it before them.
pub(super) async fn set_owner(
    tx: &mut Transaction,
    acting: &Acting,
    id: &str,
    addressee: &Addressee,
    handed_on: bool,
) -> Result<(), DatabaseError> {
    let former = if handed_on {
        FORMER_OWNERS
    } else {
        FORMER_ADDRESSEES
    };
    tx.execute(former, bind![id]).await?;
    add_addressee(tx, acting, id, addressee, Cause::Owner).await
}

pub(super) async fn addressees(
    connection: &mut Connection,
    id: &str,
) -> Result<Vec<(Addressee, Cause)>, DatabaseError> {
    let rows = connection.all(ADDRESSEES, bind![id]).await?;
    rows.iter()
        .map(|row| {
            let cause = row.text("cause")?;
            let addressee = Addressee {
                kind: row.text("kind")?,
                area_id: row.text("area_id")?,
            };
            let cause = Cause::parse(&cause).ok_or_else(|| wrong("cause", cause))?;
            Ok((addressee, cause))
        })
        .collect()
}

/// Whoever reported it last.
pub(super) async fn last_reporter(
    connection: &mut Connection,
    id: &str,
) -> Result<Option<String>, DatabaseError> {
    let row = connection.first(LAST_REPORTER, bind![id]).await?;
    row.map(|row| row.text("made_by")).transpose()
}

/// Writes an event and the task as it is after it; `act` is empty where the log names the task. False when somebody else was faster.
pub(super) async fn add_event(
    tx: &mut Transaction,
    acting: &Acting,
    after: &Task,
    (kind, event, act): (EventKind, &NewEvent, &str),
    seat: Option<&Grant>,
) -> Result<bool, Error> {
    let next = i64::try_from(after.events).map_err(Error::internal)?;
    let level = i64::try_from(after.level).map_err(Error::internal)?;
    let values = bind![
        &after.id,
        next.saturating_sub(1),
        after.state.as_str(),
        after.state.is_open(),
        next,
        acting.now(),
        after.due_at,
        &after.addressee.kind,
        &after.addressee.area_id,
        level,
        after.reminded_at,
        after.raise_at
    ];
    if tx.execute(SET, values).await? == 0 {
        return Ok(false);
    }
    let to = event.to.as_ref();
    tx.execute(
        ADD_EVENT,
        bind![
            &after.id,
            next,
            kind.as_str(),
            &event.text,
            acting.person(),
            seat.map_or_else(|| acting.actor().office(), |g| g.role.as_str()),
            seat.map_or("", |g| g.area_id.as_str()),
            acting.now(),
            event.due_at,
            to.map_or("", |a| a.kind.as_str()),
            to.map_or("", |a| a.area_id.as_str()),
            act
        ],
    )
    .await?;
    for (index, file) in event.papers.iter().enumerate() {
        let position = i64::try_from(index.saturating_add(1)).map_err(Error::internal)?;
        tx.execute(ADD_PAPER, bind![&after.id, next, position, file])
            .await?;
    }
    Ok(true)
}

/// Everything that happened to a task, the last first.
pub(super) async fn history(
    connection: &mut Connection,
    id: &str,
) -> Result<Vec<Happened>, DatabaseError> {
    let mut papers = Vec::new();
    for row in connection.all(PAPERS, bind![id]).await? {
        papers.push((
            row.count("sequence")?,
            Paper {
                position: row.count("position")?,
                file_id: row.text("file_id")?,
                media_type: row.text("media_type")?,
            },
        ));
    }
    let rows = connection.all(HISTORY, bind![id]).await?;
    rows.iter()
        .map(|row| {
            let kind = row.text("kind")?;
            let sequence = row.count("sequence")?;
            let to = row.text("to_kind")?;
            Ok(Happened {
                sequence,
                kind: EventKind::parse(&kind).ok_or_else(|| wrong("kind", kind))?,
                text: row.text("text")?,
                made_by: row.text("made_by")?,
                name: opt_names(row, ["person_kk", "person_ru", "person_en"])?,
                office: row.text("office")?,
                office_area: opt_names(row, ["name_kk", "name_ru", "name_en"])?,
                at: row.instant("made_at")?,
                due_at: row.opt_instant("due_at")?,
                to: if to.is_empty() {
                    None
                } else {
                    Some(Addressee {
                        kind: to,
                        area_id: row.text("to_area_id")?,
                    })
                },
                papers: papers
                    .iter()
                    .filter(|(of, _)| *of == sequence)
                    .map(|(_, paper)| paper.clone())
                    .collect(),
            })
        })
        .collect()
}

fn opt_names(row: &Row, [kk, ru, en]: [&str; 3]) -> Result<Option<Names>, DatabaseError> {
    let (kk, ru, en) = (row.opt_text(kk)?, row.opt_text(ru)?, row.opt_text(en)?);
    Ok(kk
        .zip(ru)
        .zip(en)
        .map(|((kk, ru), en)| Names::new(kk, ru, en)))
}

fn wrong(column: &str, problem: String) -> DatabaseError {
    DatabaseError::Column {
        column: column.to_owned(),
        problem,
    }
}

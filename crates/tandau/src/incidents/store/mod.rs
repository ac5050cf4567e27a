//! All the SQL of the room's tables.

pub(crate) mod counts;

use super::model::{Assignee, EventKind, Incident, State};
use crate::platform::audit::Audited;
use crate::platform::database::{Connection, DatabaseError, Row, Transaction};
use crate::platform::{Acting, Error, Names};
use crate::tasks::TaskState;
use crate::{bind, statements};
use electoral::checklist::Severity;
use jiff::Timestamp;

statements! {
    ADD = "insert into incident (id, election_id, number, contest_id, station_id, area_id, region_id, district_id, kind, severity, what, item, finding,
            happened_at, reported_by, reported_at, clock_from, respond_by, state, is_open, events, changed_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $16, $17, $18, true, 0, $16)";
    LAST_NUMBER = "select coalesce(max(number), 0) as number from incident where election_id = $1";
    BY_ID = "select id, election_id, number, contest_id, station_id, area_id, region_id, district_id, kind, severity, what, item, finding,
            happened_at, reported_by, reported_at, clock_from, respond_by, responded_at, response_seconds, closed_at, state, before_merge, merged_into,
            assigned_role, assigned_area_id, assigned_person, events, changed_at
        from incident where id = $1";
    // Others who would change it wait for the end of the transaction.
    HOLD = "update incident set events = events where id = $1";
    SET = "update incident set severity = $3, clock_from = $4, respond_by = $5, responded_at = $6, response_seconds = $7, closed_at = $8, state = $9,
            before_merge = $10, merged_into = $11, is_open = $12, assigned_role = $13, assigned_area_id = $14, assigned_person = $15,
            events = $2 + 1, changed_at = $16
        where id = $1 and events = $2";
    ADD_EVENT = "insert into incident_event (incident_id, sequence, kind, detail, text, made_by, office, made_at, act, whole)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, true)";
    EVENTS = "select sequence, kind, detail, text, made_by, office, made_at from incident_event where incident_id = $1 order by sequence limit 500";
    ADD_PHOTO = "insert into incident_photo (incident_id, sequence, position, file_id) values ($1, $2, $3, $4)";
    PHOTOS = "select sequence, file_id from incident_photo where incident_id = $1 order by sequence, position";
    ADD_TASK = "insert into incident_task (incident_id, sequence, body, task_id) values ($1, $2, $3, $4)";
    // With those of the incidents that it goes on for.
    TASKS = "with recursive one (id) as (select cast($1 as text) union select i.id from incident i join one on i.merged_into = one.id)
        select i.incident_id, i.sequence, i.body, i.task_id, t.state, t.due_at from incident_task i join task t on t.id = i.task_id
        where i.incident_id in (select id from one) order by case when i.incident_id = $1 then 0 else 1 end, i.incident_id, i.sequence";
    // Open ones at or below an area: who nobody answers first, by their clock.
    OPEN_UNDER = "select i.id, i.election_id, i.number, i.contest_id, i.station_id, i.area_id, i.region_id, i.district_id, i.kind, i.severity, i.what,
            i.item, i.finding, i.happened_at, i.reported_by, i.reported_at, i.clock_from, i.respond_by, i.responded_at, i.response_seconds, i.closed_at,
            i.state, i.before_merge, i.merged_into, i.assigned_role, i.assigned_area_id, i.assigned_person, i.events, i.changed_at
        from incident i join area_path p on p.area_id = i.area_id and p.ancestor_id = $1
        where i.election_id = $2 and i.is_open and ($3 = '' or i.kind = $3) and ($4 = '' or i.severity = $4)
        order by case when i.responded_at is null then 0 else 1 end, i.respond_by, i.id limit $5";
    DONE_UNDER = "select i.id, i.election_id, i.number, i.contest_id, i.station_id, i.area_id, i.region_id, i.district_id, i.kind, i.severity, i.what,
            i.item, i.finding, i.happened_at, i.reported_by, i.reported_at, i.clock_from, i.respond_by, i.responded_at, i.response_seconds, i.closed_at,
            i.state, i.before_merge, i.merged_into, i.assigned_role, i.assigned_area_id, i.assigned_person, i.events, i.changed_at
        from incident i join area_path p on p.area_id = i.area_id and p.ancestor_id = $1
        where i.election_id = $2 and not i.is_open and ($3 = '' or i.kind = $3) and ($4 = '' or i.severity = $4)
        order by i.changed_at desc, i.id limit $5";
    // What could be the same: at the same station, or of the same kind in the same district.
    LIKE_IT = "select i.id, i.election_id, i.number, i.contest_id, i.station_id, i.area_id, i.region_id, i.district_id, i.kind, i.severity, i.what,
            i.item, i.finding, i.happened_at, i.reported_by, i.reported_at, i.clock_from, i.respond_by, i.responded_at, i.response_seconds, i.closed_at,
            i.state, i.before_merge, i.merged_into, i.assigned_role, i.assigned_area_id, i.assigned_person, i.events, i.changed_at
        from incident i
        where i.election_id = $2 and i.id <> $1 and i.state <> 'merged' and (i.station_id = $3 or (i.kind = $4 and i.district_id = $5))
        order by case when i.station_id = $3 then 0 else 1 end, i.reported_at desc, i.id limit 20";
    MERGED_HERE = "select i.id, i.number from incident i where i.merged_into = $1 order by i.number";
    STATION = "select v.number, v.name_kk, v.name_ru, v.name_en, v.district_id, v.region_id, s.area_id, a.zone
        from station s join station_version v on v.station_id = s.id join area a on a.id = s.area_id
        where s.id = $1 order by v.version desc limit 1";
    PERSON = "select name_kk, name_ru, name_en from person where id = $1";
}

/// The kind of acts on incidents in the log.
pub(super) const ACT: &str = "incident_step";

/// What the log of acts vouches for: the events of an act, an incident's and those of its tasks, with what each of them
/// began. An act has a name of its own, from which neither an incident nor a task follows.
pub(crate) const AUDITED: &[Audited] = &[Audited {
    kind: ACT,
    rows: &[
        "select incident_id, sequence, kind, detail, text, made_by, office, made_at from incident_event where act = $1
            order by incident_id, sequence",
        "select i.id, i.election_id, i.number, i.contest_id, i.station_id, i.area_id, i.kind, i.what, i.item, i.finding, i.happened_at,
                i.reported_by, i.reported_at
            from incident_event e join incident i on i.id = e.incident_id where e.act = $1 and e.sequence = 1",
        "select p.incident_id, p.sequence, p.position, p.file_id from incident_event e
            join incident_photo p on p.incident_id = e.incident_id and p.sequence = e.sequence where e.act = $1
            order by p.incident_id, p.sequence, p.position",
        "select task_id, sequence, kind, text, made_by, office, office_area_id, made_at, due_at, to_kind, to_area_id
            from task_event where act = $1 order by task_id, sequence",
        "select t.id, t.election_id, t.origin, t.origin_key, t.station_id, t.area_id, t.item, t.severity, t.title_kk, t.title_ru,
                t.title_en, t.detail, t.evidence, t.verifier_area_id, t.opened_by, t.opened_at
            from task_event e join task t on t.id = e.task_id where e.act = $1 and e.sequence = 1 order by t.id",
        "select p.task_id, p.sequence, p.position, p.file_id from task_event e
            join task_paper p on p.task_id = e.task_id and p.sequence = e.sequence where e.act = $1
            order by p.task_id, p.sequence, p.position",
    ],
    ids: "select act as object from incident_event where whole union select act as object from task_event where act <> ''",
}, Audited {
    // As acts were recorded before they vouched for tasks as well.
    kind: "incident_act",
    rows: &[
        "select incident_id, sequence, kind, detail, text, made_by, office, made_at from incident_event where act = $1",
        "select i.id, i.election_id, i.number, i.contest_id, i.station_id, i.area_id, i.kind, i.what, i.item, i.finding, i.happened_at,
                i.reported_by, i.reported_at
            from incident_event e join incident i on i.id = e.incident_id where e.act = $1 and e.sequence = 1",
        "select p.position, p.file_id from incident_event e
            join incident_photo p on p.incident_id = e.incident_id and p.sequence = e.sequence where e.act = $1 order by p.position",
    ],
    ids: "select act as object from incident_event where act <> '' and not whole",
}, Audited {
    // As acts were recorded before they had names of their own.
    kind: "incident_event",
    rows: &[
        "select incident_id, sequence, kind, detail, text, made_by, office, made_at from incident_event where incident_id = $1 and sequence = $2",
        "select id, election_id, number, contest_id, station_id, area_id, kind, what, item, finding, happened_at, reported_by, reported_at
            from incident where id = $1 and $2 = 1",
        "select position, file_id from incident_photo where incident_id = $1 and sequence = $2 order by position",
    ],
    ids: "select incident_id || '/' || cast(sequence as text) as object from incident_event where act = ''",
}];

fn int(n: u64) -> Result<i64, Error> {
    i64::try_from(n).map_err(Error::internal)
}

fn word<W>(column: &str, text: String, parse: fn(&str) -> Option<W>) -> Result<W, DatabaseError> {
    parse(&text).ok_or(DatabaseError::Column {
        column: column.to_owned(),
        problem: text,
    })
}

fn incident_of(row: &Row) -> Result<Incident, DatabaseError> {
    Ok(Incident {
        id: row.text("id")?,
        election_id: row.text("election_id")?,
        number: row.count("number")?,
        contest_id: row.text("contest_id")?,
        station_id: row.opt_text("station_id")?,
        area_id: row.text("area_id")?,
        region_id: row.opt_text("region_id")?,
        district_id: row.opt_text("district_id")?,
        kind: row.text("kind")?,
        severity: word("severity", row.text("severity")?, Severity::parse)?,
        what: row.text("what")?,
        item: row.text("item")?,
        finding: row.text("finding")?,
        happened_at: row.instant("happened_at")?,
        reported_by: row.text("reported_by")?,
        reported_at: row.instant("reported_at")?,
        clock_from: row.instant("clock_from")?,
        respond_by: row.instant("respond_by")?,
        responded_at: row.opt_instant("responded_at")?,
        response_seconds: row.opt_int("response_seconds")?,
        closed_at: row.opt_instant("closed_at")?,
        state: word("state", row.text("state")?, State::parse)?,
        before_merge: row
            .opt_text("before_merge")?
            .map(|text| word("before_merge", text, State::parse))
            .transpose()?,
        merged_into: row.opt_text("merged_into")?,
        assignee: Assignee {
            role: row.text("assigned_role")?,
            area_id: row.opt_text("assigned_area_id")?.unwrap_or_default(),
            person: row.text("assigned_person")?,
        },
        events: row.count("events")?,
        changed_at: row.instant("changed_at")?,
    })
}

pub(super) async fn by_id(connection: &mut Connection, id: &str) -> Result<Incident, Error> {
    let row = connection.first(BY_ID, bind![id]).await?;
    Ok(incident_of(&row.ok_or(Error::NotFound)?)?)
}

/// The incident, which nobody else changes until the transaction ends.
pub(super) async fn hold(tx: &mut Transaction, id: &str) -> Result<Incident, Error> {
    tx.execute(HOLD, bind![id]).await?;
    by_id(tx, id).await
}

pub(super) async fn next_number(tx: &mut Transaction, election_id: &str) -> Result<u64, Error> {
    // Two reports at once get two numbers.
    tx.lock_for_one("incident number").await?;
    let row = tx.one(LAST_NUMBER, bind![election_id]).await?;
    Ok(row.count("number")?.saturating_add(1))
}

pub(super) async fn add(tx: &mut Transaction, new: &Incident) -> Result<(), Error> {
    tx.execute(
        ADD,
        bind![
            &new.id,
            &new.election_id,
            int(new.number)?,
            &new.contest_id,
            new.station_id.as_deref(),
            &new.area_id,
            new.region_id.as_deref(),
            new.district_id.as_deref(),
            &new.kind,
            new.severity.as_str(),
            &new.what,
            &new.item,
            &new.finding,
            new.happened_at,
            &new.reported_by,
            new.reported_at,
            new.respond_by,
            new.state.as_str()
        ],
    )
    .await?;
    Ok(())
}

/// What an event says.
pub(super) struct NewEvent<'a> {
    pub(super) kind: EventKind,
    pub(super) detail: &'a str,
    pub(super) text: &'a str,
    pub(super) photos: &'a [String],
}

/// Writes an event of an act and the incident after it. False when somebody else was faster.
pub(super) async fn add_event(
    tx: &mut Transaction,
    acting: &Acting,
    after: &Incident,
    event: &NewEvent<'_>,
    act: &str,
) -> Result<bool, Error> {
    let seen = int(after.events)?;
    let sequence = seen.saturating_add(1);
    let assignee = &after.assignee;
    let values = bind![
        &after.id,
        seen,
        after.severity.as_str(),
        after.clock_from,
        after.respond_by,
        after.responded_at,
        after.response_seconds,
        after.closed_at,
        after.state.as_str(),
        after.before_merge.map(State::as_str),
        after.merged_into.as_deref(),
        after.state.is_open(),
        &assignee.role,
        Some(assignee.area_id.as_str()).filter(|a| !a.is_empty()),
        &assignee.person,
        acting.now()
    ];
    if tx.execute(SET, values).await? == 0 {
        return Ok(false);
    }
    tx.execute(
        ADD_EVENT,
        bind![
            &after.id,
            sequence,
            event.kind.as_str(),
            event.detail,
            event.text,
            acting.person(),
            acting.actor().office(),
            acting.now(),
            act
        ],
    )
    .await?;
    for (position, file) in (1_i64..).zip(event.photos) {
        let values = bind![&after.id, sequence, position, file];
        tx.execute(ADD_PHOTO, values).await?;
    }
    Ok(true)
}

/// An event on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Which, from 1.
    pub sequence: u64,
    /// What happened.
    pub kind: EventKind,
    /// What it changed, in one word of its kind.
    pub detail: String,
    /// In words.
    pub text: String,
    /// By whom.
    pub made_by: String,
    /// In which office.
    pub office: String,
    /// When.
    pub made_at: Timestamp,
    /// Photos.
    pub photos: Vec<String>,
}

pub(super) async fn events(connection: &mut Connection, id: &str) -> Result<Vec<Event>, Error> {
    let mut photos: Vec<(u64, String)> = Vec::new();
    for row in connection.all(PHOTOS, bind![id]).await? {
        photos.push((row.count("sequence")?, row.text("file_id")?));
    }
    let rows = connection.all(EVENTS, bind![id]).await?;
    rows.iter()
        .map(|row| {
            let sequence = row.count("sequence")?;
            Ok(Event {
                sequence,
                kind: word("kind", row.text("kind")?, EventKind::parse)?,
                detail: row.text("detail")?,
                text: row.text("text")?,
                made_by: row.text("made_by")?,
                office: row.text("office")?,
                made_at: row.instant("made_at")?,
                photos: photos
                    .iter()
                    .filter(|(of, _)| *of == sequence)
                    .map(|(_, file)| file.clone())
                    .collect(),
            })
        })
        .collect()
}

pub(super) async fn add_task(
    tx: &mut Transaction,
    incident_id: &str,
    sequence: u64,
    body: &str,
    task_id: &str,
) -> Result<(), Error> {
    let values = bind![incident_id, int(sequence)?, body, task_id];
    tx.execute(ADD_TASK, values).await?;
    Ok(())
}

/// A task that an outside body was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The incident that it was given for; one that was merged into this since, or this.
    pub incident_id: String,
    /// The event that gave it.
    pub sequence: u64,
    /// Kind of the body.
    pub body: String,
    /// The task.
    pub task_id: String,
    /// Where it is.
    pub state: TaskState,
    /// By when.
    pub due_at: Timestamp,
}

pub(super) async fn tasks(connection: &mut Connection, id: &str) -> Result<Vec<Asked>, Error> {
    let rows = connection.all(TASKS, bind![id]).await?;
    rows.iter()
        .map(|row| {
            Ok(Asked {
                incident_id: row.text("incident_id")?,
                sequence: row.count("sequence")?,
                body: row.text("body")?,
                task_id: row.text("task_id")?,
                state: word("state", row.text("state")?, TaskState::parse)?,
                due_at: row.instant("due_at")?,
            })
        })
        .collect()
}

/// Which incidents a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Kind; empty for all.
    pub kind: String,
    /// Severity; empty for all.
    pub severity: String,
}

pub(super) async fn under(
    connection: &mut Connection,
    area_id: &str,
    election_id: &str,
    wanted: &Wanted,
    open: bool,
    most: i64,
) -> Result<Vec<Incident>, Error> {
    let values = bind![area_id, election_id, &wanted.kind, &wanted.severity, most];
    let sql = if open { OPEN_UNDER } else { DONE_UNDER };
    let rows = connection.all(sql, values).await?;
    Ok(rows.iter().map(incident_of).collect::<Result<_, _>>()?)
}

pub(super) async fn like_it(
    connection: &mut Connection,
    incident: &Incident,
) -> Result<Vec<Incident>, Error> {
    let values = bind![
        &incident.id,
        &incident.election_id,
        incident.station_id.as_deref(),
        &incident.kind,
        incident.district_id.as_deref()
    ];
    let rows = connection.all(LIKE_IT, values).await?;
    Ok(rows.iter().map(incident_of).collect::<Result<_, _>>()?)
}

pub(super) async fn merged_here(
    connection: &mut Connection,
    id: &str,
) -> Result<Vec<(String, u64)>, Error> {
    let rows = connection.all(MERGED_HERE, bind![id]).await?;
    rows.iter()
        .map(|row| Ok((row.text("id")?, row.count("number")?)))
        .collect()
}

/// A station as incidents need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Station {
    /// Number.
    pub number: u64,
    /// Building.
    pub names: Names,
    /// District or city.
    pub district_id: String,
    /// Region.
    pub region_id: String,
    /// Its own area.
    pub area_id: String,
    /// Zone.
    pub zone: String,
}

pub(super) async fn station(connection: &mut Connection, id: &str) -> Result<Station, Error> {
    let row = connection.first(STATION, bind![id]).await?;
    let row = row.ok_or(Error::NotFound)?;
    Ok(Station {
        number: row.count("number")?,
        names: row.names("name")?,
        district_id: row.text("district_id")?,
        region_id: row.text("region_id")?,
        area_id: row.text("area_id")?,
        zone: row.text("zone")?,
    })
}

pub(super) async fn person(
    connection: &mut Connection,
    id: &str,
) -> Result<Option<Names>, DatabaseError> {
    let row = connection.first(PERSON, bind![id]).await?;
    row.map(|row| row.names("name")).transpose()
}

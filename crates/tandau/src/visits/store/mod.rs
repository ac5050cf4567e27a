//! The SQL of visits: visits and their events as planned. Versions are added, never changed.

pub(crate) mod happened;
pub(crate) mod proposals;

use super::model::{Event, EventState, NewEvent, NewVisit, Visit, VisitState};
use crate::platform::audit::Audited;
use crate::platform::database::{Connection, DatabaseError, Row, Transaction};
use crate::platform::{Acting, Error, Names};
use crate::{bind, statements};
use jiff::Timestamp;

statements! {
    ADD_VISIT = "insert into visit (id, area_id, version) values ($1, $2, 1) on conflict (id) do nothing";
    STEP_VISIT = "update visit set version = version + 1 where id = $1 and version = $2";
    ADD_VERSION = "insert into visit_version (visit_id, version, act, state, election_id, title_kk, title_ru, title_en, head_kk, head_ru, head_en,
            members_kk, members_ru, members_en, purpose_kk, purpose_ru, purpose_en, starts_on, ends_on, reason, made_by, office, made_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)";
    BY_ID = "select v.id, v.area_id, v.version, w.state, w.election_id, w.title_kk, w.title_ru, w.title_en, w.head_kk, w.head_ru, w.head_en,
            w.members_kk, w.members_ru, w.members_en, w.purpose_kk, w.purpose_ru, w.purpose_en, w.starts_on, w.ends_on, w.reason
        from visit v join visit_version w on w.visit_id = v.id and w.version = v.version where v.id = $1";
    // Visits of an area, of those above it and below it: whoever goes there reads them all.
    AROUND = "select v.id, v.area_id, v.version, w.state, w.election_id, w.title_kk, w.title_ru, w.title_en, w.head_kk, w.head_ru, w.head_en,
            w.members_kk, w.members_ru, w.members_en, w.purpose_kk, w.purpose_ru, w.purpose_en, w.starts_on, w.ends_on, w.reason
        from visit v join visit_version w on w.visit_id = v.id and w.version = v.version
        where (v.area_id in (select area_id from area_path where ancestor_id = $1)
            or v.area_id in (select ancestor_id from area_path where area_id = $1))
        order by w.starts_on desc, v.id desc limit 200";
    // Those that had begun before a moment, as they were, with what their areas were called on the first day.
    PUBLIC_BEFORE = "select v.id, v.area_id, w.version, w.state, w.election_id, w.title_kk, w.title_ru, w.title_en, w.head_kk, w.head_ru, w.head_en,
            w.members_kk, w.members_ru, w.members_en, w.purpose_kk, w.purpose_ru, w.purpose_en, w.starts_on, w.ends_on, w.reason,
            a.code as area_code, n.name_kk as area_kk, n.name_ru as area_ru, n.name_en as area_en
        from visit v join visit_version w on w.visit_id = v.id and w.version =
                (select max(x.version) from visit_version x where x.visit_id = v.id and x.made_at < $1)
            join area a on a.id = v.area_id
            join area_name n on n.area_id = v.area_id and n.valid_from = coalesce(
                (select max(m.valid_from) from area_name m where m.area_id = v.area_id and m.valid_from <= w.starts_on),
                (select min(m.valid_from) from area_name m where m.area_id = v.area_id))
        where w.state in ('underway', 'held') order by w.starts_on desc, v.id desc limit $2 offset $3";
    COUNT_PUBLIC_BEFORE = "select count(*) as n from visit v join visit_version w on w.visit_id = v.id and w.version =
            (select max(x.version) from visit_version x where x.visit_id = v.id and x.made_at < $1)
        where w.state in ('underway', 'held')";
    // As it was before a moment.
    BEFORE = "select v.id, v.area_id, w.version, w.state, w.election_id, w.title_kk, w.title_ru, w.title_en, w.head_kk, w.head_ru, w.head_en,
            w.members_kk, w.members_ru, w.members_en, w.purpose_kk, w.purpose_ru, w.purpose_en, w.starts_on, w.ends_on, w.reason
        from visit v join visit_version w on w.visit_id = v.id and w.version =
            (select max(x.version) from visit_version x where x.visit_id = v.id and x.made_at < $2)
        where v.id = $1";
    ADD_EVENT = "insert into visit_event (id, visit_id, key, version, plan, record) values ($1, $2, $3, 1, 1, 0) on conflict do nothing";
    STEP_EVENT = "update visit_event set version = version + 1 where id = $1 and version = $2";
    SET_PLAN = "update visit_event set plan = version where id = $1";
    SET_RECORD = "update visit_event set record = version where id = $1";
    ADD_PLAN = "insert into visit_plan (event_id, version, act, cancelled, kind, area_id, station_id, place_kk, place_ru, place_en,
            led_kk, led_ru, led_en, agenda_kk, agenda_ru, agenda_en, hosts_kk, hosts_ru, hosts_en, with_head, counts,
            latitude_microdeg, longitude_microdeg, starts_at, ends_at, reason, made_by, office, made_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26,
            $27, $28, $29)";
    EVENT = "select e.id, e.visit_id, e.key, e.version, e.plan, e.record, p.cancelled, p.kind, p.area_id, p.station_id, p.place_kk, p.place_ru,
            p.place_en, p.led_kk, p.led_ru, p.led_en, p.agenda_kk, p.agenda_ru, p.agenda_en, p.hosts_kk, p.hosts_ru, p.hosts_en, p.with_head,
            p.counts, p.latitude_microdeg, p.longitude_microdeg, p.starts_at, p.ends_at, p.reason
        from visit_event e join visit_plan p on p.event_id = e.id and p.version = e.plan where e.id = $1";
    EVENTS = "select e.id, e.visit_id, e.key, e.version, e.plan, e.record, p.cancelled, p.kind, p.area_id, p.station_id, p.place_kk, p.place_ru,
            p.place_en, p.led_kk, p.led_ru, p.led_en, p.agenda_kk, p.agenda_ru, p.agenda_en, p.hosts_kk, p.hosts_ru, p.hosts_en, p.with_head,
            p.counts, p.latitude_microdeg, p.longitude_microdeg, p.starts_at, p.ends_at, p.reason
        from visit_event e join visit_plan p on p.event_id = e.id and p.version = e.plan
        where e.visit_id = $1 order by p.starts_at, e.key";
    // Plans and records as they were before a moment.
    EVENTS_BEFORE = "select e.id, e.visit_id, e.key, e.version, p.version as plan,
            coalesce((select max(r.version) from visit_record r where r.event_id = e.id and r.made_at < $2), 0) as record,
            p.cancelled, p.kind, p.area_id, p.station_id, p.place_kk, p.place_ru, p.place_en, p.led_kk, p.led_ru, p.led_en,
            p.agenda_kk, p.agenda_ru, p.agenda_en, p.hosts_kk, p.hosts_ru, p.hosts_en, p.with_head,
            p.counts, p.latitude_microdeg, p.longitude_microdeg, p.starts_at, p.ends_at, p.reason
        from visit_event e join visit_plan p on p.event_id = e.id and p.version =
            (select max(x.version) from visit_plan x where x.event_id = e.id and x.made_at < $2)
        where e.visit_id = $1 order by p.starts_at, e.key";
    PLANS = "select e.id, e.visit_id, e.key, p.version, p.version as plan, cast(0 as bigint) as record, p.cancelled, p.kind, p.area_id, p.station_id,
            p.place_kk, p.place_ru, p.place_en, p.led_kk, p.led_ru, p.led_en, p.agenda_kk, p.agenda_ru, p.agenda_en, p.hosts_kk, p.hosts_ru,
            p.hosts_en, p.with_head, p.counts, p.latitude_microdeg, p.longitude_microdeg, p.starts_at, p.ends_at, p.reason, p.office, p.made_at
        from visit_event e join visit_plan p on p.event_id = e.id where e.id = $1 order by p.version";
    // The middle of an area's stations, each where it stands now: only about right.
    MIDDLE = "select cast(coalesce(sum(s.latitude_microdeg), 0) as bigint) as north, cast(coalesce(sum(s.longitude_microdeg), 0) as bigint) as east, count(*) as n
        from station t join station_version s on s.station_id = t.id
            join area_path a on a.area_id = t.area_id and a.ancestor_id = $1
        where s.latitude_microdeg is not null and s.longitude_microdeg is not null
            and s.version = (select max(o.version) from station_version o where o.station_id = t.id)";
}

/// What the log of acts vouches for: each version of a visit, a plan, a record, a proposal, with photos and tasks.
pub(crate) const AUDITED: &[Audited] = &[
    Audited {
        kind: "visit_version",
        rows: &[
            "select visit_id, version, act, state, election_id, title_kk, title_ru, title_en, head_kk, head_ru, head_en, members_kk, members_ru,
                members_en, purpose_kk, purpose_ru, purpose_en, starts_on, ends_on, reason, made_by, office, made_at
            from visit_version where visit_id = $1 and version = $2",
        ],
        ids: "select visit_id || '/' || cast(version as text) as object from visit_version",
    },
    Audited {
        kind: "visit_plan",
        rows: &[
            "select event_id, version, act, cancelled, kind, area_id, station_id, place_kk, place_ru, place_en, led_kk, led_ru, led_en,
                agenda_kk, agenda_ru, agenda_en, hosts_kk, hosts_ru, hosts_en, with_head, counts, latitude_microdeg, longitude_microdeg,
                starts_at, ends_at, reason, made_by, office, made_at
            from visit_plan where event_id = $1 and version = $2",
        ],
        ids: "select event_id || '/' || cast(version as text) as object from visit_plan",
    },
    Audited {
        kind: "visit_record",
        rows: &[
            "select event_id, version, reason, made_by, office, made_at from visit_record where event_id = $1 and version = $2",
            "select category, invited, counted from visit_count where event_id = $1 and version = $2 order by category",
            "select position, who_kk, who_ru, who_en from visit_speaker where event_id = $1 and version = $2 order by position",
            "select position, body_kind, body_area_id, speaker_kk, speaker_ru, speaker_en, subject_kk, subject_ru, subject_en
                from visit_report where event_id = $1 and version = $2 order by position",
            "select report, position, key, value, label_kk, label_ru, label_en, source
                from visit_figure where event_id = $1 and version = $2 order by report, position",
            "select survey_id from visit_asked where event_id = $1 and version = $2 order by survey_id",
        ],
        ids: "select event_id || '/' || cast(version as text) as object from visit_record",
    },
    Audited {
        kind: "visit_photo",
        rows: &[
            "select event_id, version, position, file_id, made_by, office, made_at
                from visit_photo where event_id = $1 and version = $2 order by position",
        ],
        ids: "select distinct event_id || '/' || cast(version as text) as object from visit_photo",
    },
    Audited {
        kind: "visit_task",
        rows: &[
            "select event_id, version, task_id, made_by, office, made_at from visit_task where event_id = $1 and version = $2",
        ],
        ids: "select event_id || '/' || cast(version as text) as object from visit_task",
    },
    Audited {
        kind: "visit_proposal_version",
        rows: &[
            "select proposal_id, version, act, topic, wish, text_kk, text_ru, text_en, body_kind, body_area_id, answer_kk, answer_ru, answer_en,
                reason, made_by, office, made_at
            from visit_proposal_version where proposal_id = $1 and version = $2",
        ],
        ids: "select proposal_id || '/' || cast(version as text) as object from visit_proposal_version",
    },
];

pub(super) fn int(n: u64) -> Result<i64, Error> {
    i64::try_from(n).map_err(Error::internal)
}

fn visit_of(row: &Row) -> Result<Visit, DatabaseError> {
    let state = row.text("state")?;
    Ok(Visit {
        id: row.text("id")?,
        version: row.count("version")?,
        state: VisitState::parse(&state).ok_or_else(|| DatabaseError::unknown("state", &state))?,
        area_id: row.text("area_id")?,
        election_id: row.text("election_id")?,
        title: row.names("title")?,
        head: row.names("head")?,
        members: row.names("members")?,
        purpose: row.names("purpose")?,
        starts_on: row.date("starts_on")?,
        ends_on: row.date("ends_on")?,
        reason: row.text("reason")?,
    })
}

fn event_of(row: &Row) -> Result<Event, DatabaseError> {
    let record = row.count("record")?;
    let state = match (row.flag("cancelled")?, record) {
        (true, _) => EventState::Cancelled,
        (false, 0) => EventState::Planned,
        (false, _) => EventState::Held,
    };
    let north = row.opt_int("latitude_microdeg")?;
    let east = row.opt_int("longitude_microdeg")?;
    Ok(Event {
        visit_id: row.text("visit_id")?,
        version: row.count("version")?,
        plan: row.count("plan")?,
        record,
        state,
        planned: NewEvent {
            id: row.text("id")?,
            key: row.text("key")?,
            kind: row.text("kind")?,
            area_id: row.text("area_id")?,
            station_id: row.opt_text("station_id")?,
            place: row.names("place")?,
            led: row.names("led")?,
            agenda: row.names("agenda")?,
            hosts: row.names("hosts")?,
            with_head: row.flag("with_head")?,
            counts: row.flag("counts")?,
            coordinates: north.zip(east),
            starts_at: row.instant("starts_at")?,
            ends_at: row.instant("ends_at")?,
        },
        reason: row.text("reason")?,
    })
}

pub(super) async fn by_id(connection: &mut Connection, id: &str) -> Result<Visit, Error> {
    let row = connection.first(BY_ID, bind![id]).await?;
    Ok(visit_of(&row.ok_or(Error::NotFound)?)?)
}

/// A visit as it was before a moment.
pub(super) async fn before(
    connection: &mut Connection,
    id: &str,
    moment: Timestamp,
) -> Result<Visit, Error> {
    let row = connection.first(BEFORE, bind![id, moment]).await?;
    Ok(visit_of(&row.ok_or(Error::NotFound)?)?)
}

/// Events of a visit as they were before a moment, in the order of time.
pub(super) async fn events_before(
    connection: &mut Connection,
    visit_id: &str,
    moment: Timestamp,
) -> Result<Vec<Event>, Error> {
    let rows = connection
        .all(EVENTS_BEFORE, bind![visit_id, moment])
        .await?;
    Ok(rows.iter().map(event_of).collect::<Result<_, _>>()?)
}

async fn visits(
    connection: &mut Connection,
    sql: &'static str,
    values: Vec<crate::platform::database::Value>,
) -> Result<Vec<Visit>, Error> {
    let rows = connection.all(sql, values).await?;
    Ok(rows.iter().map(visit_of).collect::<Result<_, _>>()?)
}

pub(super) async fn around(connection: &mut Connection, area: &str) -> Result<Vec<Visit>, Error> {
    visits(connection, AROUND, bind![area]).await
}

/// A visit that everybody sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicVisit {
    /// The visit.
    pub visit: Visit,
    /// Code of its area.
    pub area_code: String,
    /// What that was called on its first day.
    pub area: Names,
}

/// Visits that had begun before a moment, the newest first: so many, after so many.
pub(super) async fn public_before(
    connection: &mut Connection,
    moment: Timestamp,
    (limit, offset): (i64, i64),
) -> Result<Vec<PublicVisit>, Error> {
    let mut found = Vec::new();
    let values = bind![moment, limit, offset];
    for row in connection.all(PUBLIC_BEFORE, values).await? {
        found.push(PublicVisit {
            visit: visit_of(&row)?,
            area_code: row.text("area_code")?,
            area: row.names("area")?,
        });
    }
    Ok(found)
}

/// How many they are.
pub(super) async fn count_public_before(
    connection: &mut Connection,
    moment: Timestamp,
) -> Result<u64, Error> {
    let row = connection.one(COUNT_PUBLIC_BEFORE, bind![moment]).await?;
    Ok(row.count("n")?)
}

pub(super) async fn event(connection: &mut Connection, id: &str) -> Result<Event, Error> {
    let row = connection.first(EVENT, bind![id]).await?;
    Ok(event_of(&row.ok_or(Error::NotFound)?)?)
}

/// Events of a visit in the order of time.
pub(super) async fn events(
    connection: &mut Connection,
    visit_id: &str,
) -> Result<Vec<Event>, Error> {
    let rows = connection.all(EVENTS, bind![visit_id]).await?;
    Ok(rows.iter().map(event_of).collect::<Result<_, _>>()?)
}

/// A plan of an event as it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// The event as it was planned.
    pub event: Event,
    /// The office that planned it.
    pub office: String,
    /// When.
    pub at: Timestamp,
}

/// Every plan of an event, the first first.
pub(super) async fn plans(connection: &mut Connection, id: &str) -> Result<Vec<Planned>, Error> {
    let mut found = Vec::new();
    for row in connection.all(PLANS, bind![id]).await? {
        found.push(Planned {
            event: event_of(&row)?,
            office: row.text("office")?,
            at: row.instant("made_at")?,
        });
    }
    Ok(found)
}

/// The middle of the stations of an area; none where nobody has said where they stand.
pub(super) async fn middle(
    connection: &mut Connection,
    area_id: &str,
) -> Result<Option<(i64, i64)>, Error> {
    let row = connection.one(MIDDLE, bind![area_id]).await?;
    let n = row.int("n")?;
    if n == 0 {
        return Ok(None);
    }
    Ok(Some((row.int("north")? / n, row.int("east")? / n)))
}

/// False when this id is on record.
pub(super) async fn add_visit(
    tx: &mut Transaction,
    id: &str,
    area_id: &str,
) -> Result<bool, Error> {
    Ok(tx.execute(ADD_VISIT, bind![id, area_id]).await? > 0)
}

/// The next act on a visit; false when somebody else was faster.
pub(super) async fn step_visit(tx: &mut Transaction, visit: &Visit) -> Result<bool, Error> {
    let values = bind![&visit.id, int(visit.version)?];
    Ok(tx.execute(STEP_VISIT, values).await? > 0)
}

/// A version of a visit: what it says and where it is.
pub(super) async fn add_version(
    tx: &mut Transaction,
    acting: &Acting,
    (new, version): (&NewVisit, u64),
    (act, state, reason): (&str, VisitState, &str),
) -> Result<(), Error> {
    let values = bind![
        &new.id,
        int(version)?,
        act,
        state.as_str(),
        &new.election_id,
        &new.title.kk,
        &new.title.ru,
        &new.title.en,
        &new.head.kk,
        &new.head.ru,
        &new.head.en,
        &new.members.kk,
        &new.members.ru,
        &new.members.en,
        &new.purpose.kk,
        &new.purpose.ru,
        &new.purpose.en,
        new.starts_on,
        new.ends_on,
        reason,
        acting.person(),
        acting.actor().office(),
        acting.now()
    ];
    tx.execute(ADD_VERSION, values).await?;
    Ok(())
}

/// False when this id is on record, or the visit has an event of this key.
pub(super) async fn add_event(
    tx: &mut Transaction,
    visit_id: &str,
    new: &NewEvent,
) -> Result<bool, Error> {
    let values = bind![&new.id, visit_id, &new.key];
    Ok(tx.execute(ADD_EVENT, values).await? > 0)
}

/// The next act on an event; false when somebody else was faster.
pub(super) async fn step_event(tx: &mut Transaction, event: &Event) -> Result<bool, Error> {
    let values = bind![&event.planned.id, int(event.version)?];
    Ok(tx.execute(STEP_EVENT, values).await? > 0)
}

/// From now on the event is planned, or recorded, as its newest act says.
pub(super) async fn point(tx: &mut Transaction, id: &str, plan: bool) -> Result<(), Error> {
    let sql = if plan { SET_PLAN } else { SET_RECORD };
    tx.execute(sql, bind![id]).await?;
    Ok(())
}

pub(super) async fn add_plan(
    tx: &mut Transaction,
    acting: &Acting,
    (new, version): (&NewEvent, u64),
    (act, cancelled, reason): (&str, bool, &str),
) -> Result<(), Error> {
    let values = bind![
        &new.id,
        int(version)?,
        act,
        cancelled,
        &new.kind,
        &new.area_id,
        new.station_id.clone(),
        &new.place.kk,
        &new.place.ru,
        &new.place.en,
        &new.led.kk,
        &new.led.ru,
        &new.led.en,
        &new.agenda.kk,
        &new.agenda.ru,
        &new.agenda.en,
        &new.hosts.kk,
        &new.hosts.ru,
        &new.hosts.en,
        new.with_head,
        new.counts,
        new.coordinates.map(|c| c.0),
        new.coordinates.map(|c| c.1),
        new.starts_at,
        new.ends_at,
        reason,
        acting.person(),
        acting.actor().office(),
        acting.now()
    ];
    tx.execute(ADD_PLAN, values).await?;
    Ok(())
}

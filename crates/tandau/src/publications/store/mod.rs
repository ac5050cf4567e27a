//! All the SQL of publications: notes as they are being written.

pub(crate) mod notices;
pub(crate) mod published;

use super::model::{NewNote, Note, NoteText, State};
use crate::platform::audit::Audited;
use crate::platform::database::{Connection, DatabaseError, Row, Transaction};
use crate::platform::{Acting, Error, Names};
use crate::publications::subjects::Subject;
use crate::{bind, statements};
use jiff::Timestamp;

statements! {
    ADD = "insert into note (id, template, subject_kind, subject_id, area_id, election_id, state, version, revision, records_on,
            title_kk, title_ru, title_en, body_kk, body_ru, body_en, typed_reason, synthetic, made_by, made_at)
        values ($1, $2, $3, $4, $5, $6, 'draft', 0, 0, $7, $8, $9, $10, $11, $12, $13, '', $14, $15, $16) on conflict (id) do nothing";
    SET_TEXT = "update note set title_kk = $2, title_ru = $3, title_en = $4, body_kk = $5, body_ru = $6, body_en = $7, typed_reason = $8,
            records_on = $9
        where id = $1";
    STEP = "update note set version = version + 1 where id = $1 and version = $2";
    SET_PUBLISHED = "update note set state = 'published', revision = $2, published_at = $3 where id = $1";
    SET_WITHDRAWN = "update note set state = 'withdrawn', withdrawn_at = $2, withdrawn_reason = $3 where id = $1";
    ADD_EVENT = "insert into note_event (note_id, sequence, kind, digest, reason, made_by, office, made_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    BY_ID = "select id, template, subject_kind, subject_id, area_id, election_id, state, version, revision, records_on, title_kk, title_ru,
            title_en, body_kk, body_ru, body_en, typed_reason, synthetic, published_at, withdrawn_at, withdrawn_reason
        from note where id = $1";
    // With what the area is called.
    UNDER = "select t.id, t.template, t.subject_kind, t.subject_id, t.area_id, t.election_id, t.state, t.version, t.revision, t.records_on,
            t.title_kk, t.title_ru, t.title_en, t.body_kk, t.body_ru, t.body_en, t.typed_reason, t.synthetic, t.published_at, t.withdrawn_at,
            t.withdrawn_reason, coalesce(n.name_kk, t.area_id) as name_kk, coalesce(n.name_ru, t.area_id) as name_ru,
            coalesce(n.name_en, t.area_id) as name_en
        from note t join area_path p on p.area_id = t.area_id and p.ancestor_id = $1
            left join area_name n on n.area_id = t.area_id and n.valid_until is null
        order by t.made_at desc, t.id desc limit 500";
    EVENTS = "select sequence, kind, reason, office, made_at from note_event where note_id = $1 order by sequence";
    CONTESTS_BY_KIND = "select a.kind, count(*) as n from contest c join area a on a.id = c.area_id where c.election_id = $1
        group by a.kind order by a.kind";
}

/// What the log of acts vouches for: each act on a note with what it published, and each change that was noticed.
pub(crate) const AUDITED: &[Audited] = &[
    Audited {
        kind: "note_event",
        rows: &[
            "select note_id, sequence, kind, digest, reason, made_by, office, made_at from note_event where note_id = $1 and sequence = $2",
            "select note_id, revision, sequence, records_on, title_kk, title_ru, title_en, body_kk, body_ru, body_en, typed_reason, reason,
                digest, published_at from note_revision where note_id = $1 and sequence = $2",
            "select f.revision, f.position, f.query, f.value, f.href, f.digest, f.asked_at from note_figure f
                join note_revision r on r.note_id = f.note_id and r.revision = f.revision where r.note_id = $1 and r.sequence = $2
                order by f.position",
        ],
        ids: "select note_id || '/' || cast(sequence as text) as object from note_event",
    },
    Audited {
        kind: "note_change",
        rows: &[
            "select note_id, revision, position, sequence, value, digest, noticed_at from note_change
                where note_id = $1 and revision = $2 and position = $3 and sequence = $4",
        ],
        ids: "select note_id || '/' || cast(revision as text) || '/' || cast(position as text) || '/' || cast(sequence as text) as object
            from note_change",
    },
];

pub(super) fn int(n: u64) -> Result<i64, Error> {
    i64::try_from(n).map_err(Error::internal)
}

pub(super) fn text_of(row: &Row) -> Result<NoteText, DatabaseError> {
    Ok(NoteText {
        title: row.names("title")?,
        body: row.names("body")?,
        typed_reason: row.text("typed_reason")?,
        records_on: row.date("records_on")?,
    })
}

pub(super) fn note_of(row: &Row) -> Result<Note, DatabaseError> {
    let state = row.text("state")?;
    Ok(Note {
        id: row.text("id")?,
        template: row.text("template")?,
        subject_kind: row.text("subject_kind")?,
        subject_id: row.text("subject_id")?,
        area_id: row.text("area_id")?,
        election_id: row.text("election_id")?,
        state: State::parse(&state).ok_or_else(|| DatabaseError::unknown("state", &state))?,
        version: row.count("version")?,
        revision: row.count("revision")?,
        text: text_of(row)?,
        synthetic: row.flag("synthetic")?,
        published_at: row.opt_instant("published_at")?,
        withdrawn_at: row.opt_instant("withdrawn_at")?,
        withdrawn_reason: row.text("withdrawn_reason")?,
    })
}

pub(super) async fn by_id(connection: &mut Connection, id: &str) -> Result<Note, Error> {
    let row = connection.first(BY_ID, bind![id]).await?;
    Ok(note_of(&row.ok_or(Error::NotFound)?)?)
}

/// Notes at or below an area, the newest first, each with the name of its area.
pub(super) async fn under(
    connection: &mut Connection,
    area_id: &str,
) -> Result<Vec<(Note, Names)>, Error> {
    let rows = connection.all(UNDER, bind![area_id]).await?;
    let line = |row: &Row| Ok::<_, DatabaseError>((note_of(row)?, row.names("name")?));
    Ok(rows.iter().map(line).collect::<Result<_, _>>()?)
}

/// One act on a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// From 1.
    pub sequence: u64,
    /// What was done.
    pub kind: String,
    /// Why.
    pub reason: String,
    /// By which office.
    pub office: String,
    /// When.
    pub made_at: Timestamp,
}

pub(super) async fn events(connection: &mut Connection, id: &str) -> Result<Vec<Event>, Error> {
    let mut all = Vec::new();
    for row in connection.all(EVENTS, bind![id]).await? {
        all.push(Event {
            sequence: row.count("sequence")?,
            kind: row.text("kind")?,
            reason: row.text("reason")?,
            office: row.text("office")?,
            made_at: row.instant("made_at")?,
        });
    }
    Ok(all)
}

/// Contests of an election by kind of their area.
pub(super) async fn contests_by_kind(
    connection: &mut Connection,
    election_id: &str,
) -> Result<Vec<(String, u64)>, Error> {
    let mut all = Vec::new();
    for row in connection.all(CONTESTS_BY_KIND, bind![election_id]).await? {
        all.push((row.text("kind")?, row.count("n")?));
    }
    Ok(all)
}

/// False when this id is on record.
pub(super) async fn add(
    tx: &mut Transaction,
    acting: &Acting,
    new: &NewNote,
    subject: &Subject,
    text: &NoteText,
    synthetic: bool,
) -> Result<bool, Error> {
    let values = bind![
        &new.id,
        &new.template,
        &subject.kind,
        &subject.id,
        &subject.area_id,
        &subject.election_id,
        text.records_on,
        &text.title.kk,
        &text.title.ru,
        &text.title.en,
        &text.body.kk,
        &text.body.ru,
        &text.body.en,
        synthetic,
        acting.person(),
        acting.now()
    ];
    Ok(tx.execute(ADD, values).await? > 0)
}

pub(super) async fn set_text(tx: &mut Transaction, id: &str, text: &NoteText) -> Result<(), Error> {
    let values = bind![
        id,
        &text.title.kk,
        &text.title.ru,
        &text.title.en,
        &text.body.kk,
        &text.body.ru,
        &text.body.en,
        &text.typed_reason,
        text.records_on
    ];
    tx.execute(SET_TEXT, values).await?;
    Ok(())
}

/// The next act on a note; false when somebody else was faster.
pub(super) async fn take_step(tx: &mut Transaction, note: &Note) -> Result<bool, Error> {
    let values = bind![&note.id, int(note.version)?];
    Ok(tx.execute(STEP, values).await? > 0)
}

pub(super) async fn set_published(
    tx: &mut Transaction,
    id: &str,
    revision: u64,
    at: Timestamp,
) -> Result<(), Error> {
    tx.execute(SET_PUBLISHED, bind![id, int(revision)?, at])
        .await?;
    Ok(())
}

pub(super) async fn set_withdrawn(
    tx: &mut Transaction,
    id: &str,
    at: Timestamp,
    reason: &str,
) -> Result<(), Error> {
    tx.execute(SET_WITHDRAWN, bind![id, at, reason]).await?;
    Ok(())
}

pub(super) async fn add_event(
    tx: &mut Transaction,
    acting: &Acting,
    note_id: &str,
    event: (u64, &str),
    digest: &str,
    reason: &str,
) -> Result<(), Error> {
    let (sequence, kind) = event;
    let values = bind![
        note_id,
        int(sequence)?,
        kind,
        digest,
        reason,
        acting.person(),
        acting.actor().office(),
        acting.now()
    ];
    tx.execute(ADD_EVENT, values).await?;
    Ok(())
}

//! What was published of notes, and what the records said later.

use super::{int, note_of, text_of};
use crate::bind;
use crate::platform::Error;
use crate::platform::database::{Connection, DatabaseError, Row, Transaction};
use crate::publications::figures::{Figure, Value};
use crate::publications::model::{Note, NoteText};
use crate::statements;
use jiff::Timestamp;
use std::collections::HashMap;

statements! {
    ADD_REVISION = "insert into note_revision (note_id, revision, sequence, records_on, title_kk, title_ru, title_en, body_kk, body_ru, body_en,
            typed_reason, reason, digest, published_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    ADD_FIGURE = "insert into note_figure (note_id, revision, position, query, value, href, digest, asked_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    ADD_CHANGE = "insert into note_change (note_id, revision, position, sequence, value, digest, noticed_at)
        values ($1, $2, $3, $4, $5, $6, $7) on conflict (note_id, revision, position, sequence) do nothing";
    REVISIONS = "select revision, sequence, records_on, title_kk, title_ru, title_en, body_kk, body_ru, body_en, typed_reason, reason, digest,
            published_at
        from note_revision where note_id = $1 order by revision";
    FIGURES = "select position, query, value, href, digest, asked_at from note_figure where note_id = $1 and revision = $2 order by position";
    CHANGES = "select position, sequence, value, digest, noticed_at from note_change where note_id = $1 and revision = $2
        order by position, sequence";
    // The newest revision of each note as of a moment; notes withdrawn by then are there and say so.
    LIST = "select t.id, t.template, t.subject_kind, t.subject_id, t.area_id, t.election_id, t.state, t.version, r.revision, r.records_on,
            r.title_kk, r.title_ru, r.title_en, r.body_kk, r.body_ru, r.body_en, r.typed_reason, t.synthetic, r.published_at, t.withdrawn_at,
            t.withdrawn_reason
        from note t join note_revision r on r.note_id = t.id
        where r.published_at < $1 and not exists
            (select 1 from note_revision s where s.note_id = t.id and s.revision > r.revision and s.published_at < $1)
        order by r.published_at desc, t.id desc limit $2 offset $3";
    COUNT_LIST = "select count(*) as n from note t where exists
        (select 1 from note_revision r where r.note_id = t.id and r.published_at < $1)";
    // Figures of the same notes.
    LIST_FIGURES = "select f.note_id, f.position, f.query, f.value, f.href, f.digest, f.asked_at
        from (select t.id as note_id, r.revision from note t join note_revision r on r.note_id = t.id
                where r.published_at < $1 and not exists
                    (select 1 from note_revision s where s.note_id = t.id and s.revision > r.revision and s.published_at < $1)
                order by r.published_at desc, t.id desc limit $2 offset $3) p
            join note_figure f on f.note_id = p.note_id and f.revision = p.revision
        order by f.note_id, f.position";
    // The newest that stands; its text is that of its newest revision.
    NEWEST = "select t.id, t.template, t.subject_kind, t.subject_id, t.area_id, t.election_id, t.state, t.version, r.revision, r.records_on,
            r.title_kk, r.title_ru, r.title_en, r.body_kk, r.body_ru, r.body_en, r.typed_reason, t.synthetic, r.published_at, t.withdrawn_at,
            t.withdrawn_reason
        from note t join note_revision r on r.note_id = t.id and r.revision = t.revision
        where t.state = 'published' order by r.published_at desc, t.id desc limit 1";
    // In the order of ids, from after one: the clock asks them again in turn.
    STANDING = "select id, template, subject_kind, subject_id, area_id, election_id, state, version, revision, records_on, title_kk, title_ru,
            title_en, body_kk, body_ru, body_en, typed_reason, synthetic, published_at, withdrawn_at, withdrawn_reason
        from note where state = 'published' and id > $1 order by id limit $2";
    OF_SUBJECT = "select id from note where subject_kind = $1 and subject_id = $2 and revision > 0 order by published_at desc, id desc limit 1";
}

/// What was published at one time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// From 1.
    pub revision: u64,
    /// The act that published it.
    pub sequence: u64,
    /// Its text.
    pub text: NoteText,
    /// What it corrects.
    pub reason: String,
    /// SHA-256 of text and figures.
    pub digest: String,
    /// When.
    pub published_at: Timestamp,
}

/// What the records said later about a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The figure's position.
    pub position: u64,
    /// From 1.
    pub sequence: u64,
    /// What they said; none: they no longer tell it.
    pub value: Option<Value>,
    /// Hash of question and answer.
    pub digest: String,
    /// When it was noticed.
    pub noticed_at: Timestamp,
}

fn value_of(row: &Row) -> Result<Value, DatabaseError> {
    let text = row.text("value")?;
    Value::parse(&text).ok_or_else(|| DatabaseError::unknown("value", &text))
}

fn revision_of(row: &Row) -> Result<Revision, DatabaseError> {
    Ok(Revision {
        revision: row.count("revision")?,
        sequence: row.count("sequence")?,
        text: text_of(row)?,
        reason: row.text("reason")?,
        digest: row.text("digest")?,
        published_at: row.instant("published_at")?,
    })
}

pub(crate) async fn add_revision(
    tx: &mut Transaction,
    note_id: &str,
    new: &Revision,
    figures: &[Figure],
) -> Result<(), Error> {
    let text = &new.text;
    let values = bind![
        note_id,
        int(new.revision)?,
        int(new.sequence)?,
        text.records_on,
        &text.title.kk,
        &text.title.ru,
        &text.title.en,
        &text.body.kk,
        &text.body.ru,
        &text.body.en,
        &text.typed_reason,
        &new.reason,
        &new.digest,
        new.published_at
    ];
    tx.execute(ADD_REVISION, values).await?;
    for (figure, position) in figures.iter().zip(1_i64..) {
        let values = bind![
            note_id,
            int(new.revision)?,
            position,
            &figure.query,
            figure.value.canonical(),
            &figure.href,
            &figure.digest,
            figure.asked_at
        ];
        tx.execute(ADD_FIGURE, values).await?;
    }
    Ok(())
}

/// False when somebody else has noted it.
pub(crate) async fn add_change(
    tx: &mut Transaction,
    note_id: &str,
    revision: u64,
    change: &Change,
) -> Result<bool, Error> {
    let value = change
        .value
        .as_ref()
        .map_or_else(String::new, Value::canonical);
    let values = bind![
        note_id,
        int(revision)?,
        int(change.position)?,
        int(change.sequence)?,
        value,
        &change.digest,
        change.noticed_at
    ];
    Ok(tx.execute(ADD_CHANGE, values).await? > 0)
}

/// All revisions of a note, the first first.
pub(crate) async fn revisions(
    connection: &mut Connection,
    note_id: &str,
) -> Result<Vec<Revision>, Error> {
    let rows = connection.all(REVISIONS, bind![note_id]).await?;
    Ok(rows.iter().map(revision_of).collect::<Result<_, _>>()?)
}

/// Figures of a revision in their order; the first has position 1.
pub(crate) async fn figures(
    connection: &mut Connection,
    note_id: &str,
    revision: u64,
) -> Result<Vec<Figure>, Error> {
    let values = bind![note_id, int(revision)?];
    let rows = connection.all(FIGURES, values).await?;
    Ok(rows.iter().map(figure_of).collect::<Result<_, _>>()?)
}

fn figure_of(row: &Row) -> Result<Figure, DatabaseError> {
    Ok(Figure {
        query: row.text("query")?,
        value: value_of(row)?,
        href: row.text("href")?,
        digest: row.text("digest")?,
        asked_at: row.instant("asked_at")?,
    })
}

/// What the records said later of a revision's figures, in order.
pub(crate) async fn changes(
    connection: &mut Connection,
    note_id: &str,
    revision: u64,
) -> Result<Vec<Change>, Error> {
    let mut all = Vec::new();
    for row in connection
        .all(CHANGES, bind![note_id, int(revision)?])
        .await?
    {
        let silent = row.text("value")?.is_empty();
        all.push(Change {
            position: row.count("position")?,
            sequence: row.count("sequence")?,
            value: if silent { None } else { Some(value_of(&row)?) },
            digest: row.text("digest")?,
            noticed_at: row.instant("noticed_at")?,
        });
    }
    Ok(all)
}

/// Published notes as they were before a moment, the newest first, each with its figures: so many, after so many.
pub(crate) async fn list(
    connection: &mut Connection,
    before: Timestamp,
    (limit, offset): (i64, i64),
) -> Result<Vec<(Note, Vec<Figure>)>, Error> {
    let mut figures: HashMap<String, Vec<Figure>> = HashMap::new();
    let values = bind![before, limit, offset];
    for row in connection.all(LIST_FIGURES, values).await? {
        let of = figures.entry(row.text("note_id")?).or_default();
        of.push(figure_of(&row)?);
    }
    let mut notes = Vec::new();
    for row in connection.all(LIST, bind![before, limit, offset]).await? {
        let note = note_of(&row)?;
        let own = figures.remove(&note.id).unwrap_or_default();
        notes.push((note, own));
    }
    Ok(notes)
}

/// How many they are.
pub(crate) async fn count(connection: &mut Connection, before: Timestamp) -> Result<u64, Error> {
    let row = connection.one(COUNT_LIST, bind![before]).await?;
    Ok(row.count("n")?)
}

/// The newest note that stands.
pub(crate) async fn newest(connection: &mut Connection) -> Result<Option<Note>, Error> {
    let row = connection.first(NEWEST, bind![]).await?;
    Ok(row.as_ref().map(note_of).transpose()?)
}

/// So many notes that stand, in the order of ids.
pub(crate) async fn standing(
    connection: &mut Connection,
    after: &str,
    most: i64,
) -> Result<Vec<Note>, Error> {
    let rows = connection.all(STANDING, bind![after, most]).await?;
    Ok(rows.iter().map(note_of).collect::<Result<_, _>>()?)
}

/// The newest published note about something.
pub(crate) async fn of_subject(
    connection: &mut Connection,
    kind: &str,
    id: &str,
) -> Result<Option<String>, Error> {
    let row = connection.first(OF_SUBJECT, bind![kind, id]).await?;
    Ok(row.map(|row| row.text("id")).transpose()?)
}

//! The SQL of lists on paper.

use crate::platform::Acting;
use crate::platform::database::{Connection, DatabaseError, Transaction};
use crate::training::presence::model::{Line, Sheet};
use crate::{bind, statements};
use jiff::Timestamp;

statements! {
    ADD = "insert into training_sheet (id, session_id, people, lines, note, keyed_at, made_by, office, made_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    ADD_LINE = "insert into training_sheet_line (sheet_id, place, person_id, name) values ($1, $2, $3, $4)";
    ADD_PHOTO = "insert into training_sheet_photo (sheet_id, place, file_id) values ($1, $2, $3)";
    SHEETS = "select s.id, s.people, s.lines, s.note, s.keyed_at, s.made_at, s.made_by, w.reason
        from training_sheet s left join training_sheet_withdrawn w on w.sheet_id = s.id
        where s.session_id = $1 order by s.made_at, s.id";
    PHOTOS = "select p.sheet_id, p.file_id from training_sheet s join training_sheet_photo p on p.sheet_id = s.id
        where s.session_id = $1 order by p.sheet_id, p.place";
    // Lines of sheets that count, with who is said to stand behind them now.
    LINES = "select l.sheet_id, l.place, l.name, l.person_id, n.sequence, n.person_id as named_id
        from training_sheet s join training_sheet_line l on l.sheet_id = s.id
            left join training_sheet_named n on n.sheet_id = l.sheet_id and n.place = l.place and n.sequence =
                (select max(x.sequence) from training_sheet_named x where x.sheet_id = l.sheet_id and x.place = l.place)
        where s.session_id = $1 and not exists (select 1 from training_sheet_withdrawn w where w.sheet_id = s.id)
        order by s.made_at, l.sheet_id, l.place";
    NAME = "insert into training_sheet_named (sheet_id, place, sequence, person_id, made_by, office, made_at)
        select cast($1 as text), cast($2 as bigint), coalesce(max(sequence), 0) + 1, cast($3 as text), cast($4 as text), cast($5 as text), cast($6 as bigint)
        from training_sheet_named where sheet_id = $1 and place = $2";
    LAST_NAMED = "select max(sequence) as sequence from training_sheet_named where sheet_id = $1 and place = $2";
    WITHDRAW = "insert into training_sheet_withdrawn (sheet_id, reason, made_by, office, made_at) values ($1, $2, $3, $4, $5)
        on conflict (sheet_id) do nothing";
}

/// A sheet to be written.
#[derive(Clone, Debug)]
pub(in crate::training::presence) struct NewSheet<'a> {
    pub(in crate::training::presence) id: &'a str,
    pub(in crate::training::presence) session_id: &'a str,
    pub(in crate::training::presence) people: u64,
    pub(in crate::training::presence) note: &'a str,
    pub(in crate::training::presence) keyed_at: Timestamp,
    /// Person, where known, and the name as typed.
    pub(in crate::training::presence) lines: &'a [(Option<String>, String)],
    pub(in crate::training::presence) photos: &'a [String],
}

fn int(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

pub(in crate::training::presence) async fn add(
    tx: &mut Transaction,
    acting: &Acting,
    sheet: &NewSheet<'_>,
) -> Result<(), DatabaseError> {
    let values = bind![
        sheet.id,
        sheet.session_id,
        i64::try_from(sheet.people).unwrap_or(i64::MAX),
        int(sheet.lines.len()),
        sheet.note,
        sheet.keyed_at,
        acting.person(),
        acting.actor().office(),
        acting.now()
    ];
    tx.execute(ADD, values).await?;
    for (place, (person, name)) in (1_i64..).zip(sheet.lines) {
        let values = bind![sheet.id, place, person.clone(), name];
        tx.execute(ADD_LINE, values).await?;
    }
    for (place, file) in (1_i64..).zip(sheet.photos) {
        tx.execute(ADD_PHOTO, bind![sheet.id, place, file]).await?;
    }
    Ok(())
}

/// Sheets of a session with their photos, oldest first.
pub(in crate::training::presence) async fn all(
    connection: &mut Connection,
    session_id: &str,
) -> Result<Vec<Sheet>, DatabaseError> {
    let mut photos = std::collections::BTreeMap::<String, Vec<String>>::new();
    for row in connection.all(PHOTOS, bind![session_id]).await? {
        let of_sheet = photos.entry(row.text("sheet_id")?).or_default();
        of_sheet.push(row.text("file_id")?);
    }
    let rows = connection.all(SHEETS, bind![session_id]).await?;
    rows.iter()
        .map(|row| {
            let id = row.text("id")?;
            Ok(Sheet {
                people: row.count("people")?,
                lines: row.count("lines")?,
                note: row.text("note")?,
                keyed_at: row.instant("keyed_at")?,
                made_at: row.instant("made_at")?,
                made_by: row.text("made_by")?,
                photos: photos.remove(&id).unwrap_or_default(),
                withdrawn: row.opt_text("reason")?,
                id,
            })
        })
        .collect()
}

/// Lines of sheets that count, with who stands behind them.
pub(in crate::training::presence) async fn lines(
    connection: &mut Connection,
    session_id: &str,
) -> Result<Vec<Line>, DatabaseError> {
    let rows = connection.all(LINES, bind![session_id]).await?;
    rows.iter()
        .map(|row| {
            let person_id = if row.opt_int("sequence")?.is_some() {
                row.opt_text("named_id")?
            } else {
                row.opt_text("person_id")?
            };
            Ok(Line {
                sheet_id: row.text("sheet_id")?,
                place: row.count("place")?,
                person_id,
                name: row.text("name")?,
            })
        })
        .collect()
}

/// Says who stands behind a line; answers the number of this word.
pub(in crate::training::presence) async fn name(
    tx: &mut Transaction,
    acting: &Acting,
    (sheet_id, place): (&str, u64),
    person_id: &str,
) -> Result<i64, DatabaseError> {
    let place = i64::try_from(place).unwrap_or(i64::MAX);
    let values = bind![
        sheet_id,
        place,
        person_id,
        acting.person(),
        acting.actor().office(),
        acting.now()
    ];
    tx.execute(NAME, values).await?;
    let row = tx.one(LAST_NAMED, bind![sheet_id, place]).await?;
    row.int("sequence")
}

/// Withdraws a sheet; false when it was withdrawn before.
pub(in crate::training::presence) async fn withdraw(
    tx: &mut Transaction,
    acting: &Acting,
    sheet_id: &str,
    reason: &str,
) -> Result<bool, DatabaseError> {
    let values = bind![
        sheet_id,
        reason,
        acting.person(),
        acting.actor().office(),
        acting.now()
    ];
    Ok(tx.execute(WITHDRAW, values).await? == 1)
}

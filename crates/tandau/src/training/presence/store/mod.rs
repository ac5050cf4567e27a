//! The SQL of who was there: marks and decisions.

pub(crate) mod sheets;

use super::model::{Decided, Mark, Why};
use crate::platform::audit::Audited;
use crate::platform::database::{Connection, DatabaseError, Row, Transaction};
use crate::platform::{Acting, Names};
use crate::{bind, statements};
use electoral::accessibility::Place;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

statements! {
    // Whoever comes second while a mark of this person is accepted changes nothing.
    ADD_MARK = "insert into training_mark (id, session_id, person_id, way, marked_at, latitude_microdeg, longitude_microdeg, accepted, reason,
            made_by, office, made_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict do nothing";
    DENY = "update training_mark set accepted = false, reason = $3 where session_id = $1 and person_id = $2 and accepted";
    MARKS_OF = "select m.person_id, m.marked_at, m.made_at, m.latitude_microdeg, m.longitude_microdeg, m.accepted, m.reason
        from training_mark m where m.session_id = $1 and m.person_id = $2 and m.way = 'code' order by m.made_at, m.id";
    MARKS = "select m.person_id, m.marked_at, m.made_at, m.latitude_microdeg, m.longitude_microdeg, m.accepted, m.reason
        from training_mark m where m.session_id = $1 and m.way = 'code' order by m.made_at, m.id";
    ACCEPTED = "select person_id from training_mark where session_id = $1 and accepted";
    IS_ACCEPTED = "select id from training_mark where session_id = $1 and person_id = $2 and accepted";
    KEPT = "select m.id from training_mark m where m.session_id = $1 and m.way = 'code'
        union all select s.id from training_sheet s where s.session_id = $1
            and not exists (select 1 from training_sheet_withdrawn w where w.sheet_id = s.id)
        union all select d.person_id from training_presence d where d.session_id = $1
        limit 1";
    INVITED = "select distinct person_id from training_trainee where session_id = $1 and state = 'invited'";
    DECIDE = "insert into training_presence (session_id, person_id, sequence, present, reason, made_by, office, made_at)
        select cast($1 as text), cast($2 as text), coalesce(max(sequence), 0) + 1, cast($3 as boolean), cast($4 as text), cast($5 as text), cast($6 as text), cast($7 as bigint)
        from training_presence where session_id = $1 and person_id = $2";
    LAST_DECISION = "select max(sequence) as sequence from training_presence where session_id = $1 and person_id = $2";
    DECISIONS = "select d.person_id, d.present, d.reason from training_presence d where d.session_id = $1
        and d.sequence = (select max(x.sequence) from training_presence x where x.session_id = d.session_id and x.person_id = d.person_id)
        order by d.person_id";
    // Everybody who has to do with a session.
    NAMES = "select p.id, p.name_kk, p.name_ru, p.name_en from person p where p.id in (
            select t.person_id from training_trainee t where t.session_id = $1
            union select m.person_id from training_mark m where m.session_id = $1
            union select d.person_id from training_presence d where d.session_id = $1
            union select l.person_id from training_sheet s join training_sheet_line l on l.sheet_id = s.id where s.session_id = $1
            union select n.person_id from training_sheet s join training_sheet_named n on n.sheet_id = s.id where s.session_id = $1)
        order by p.id";
    // Sessions to which a person is invited and that end after a moment, or whose day it is.
    OWN = "select s.id from training_trainee t join training_session s on s.id = t.session_id
        where t.person_id = $1 and t.state = 'invited' and s.state = 'planned' and s.ends_at > $2
        order by s.starts_at, s.id limit 20";
}

/// What the log of acts vouches for: marks with codes, without what somebody decides of them later; decisions; sheets.
pub(crate) const AUDITED: &[Audited] = &[
    Audited {
        kind: "training_mark",
        rows: &[
            "select id, session_id, person_id, way, marked_at, latitude_microdeg, longitude_microdeg, made_by, office, made_at
            from training_mark where id = $1 and way = 'code'",
        ],
        ids: "select id as object from training_mark where way = 'code'",
    },
    Audited {
        kind: "training_presence",
        rows: &[
            "select session_id, person_id, sequence, present, reason, made_by, office, made_at from training_presence
            where session_id = $1 and person_id = $2 and sequence = $3",
        ],
        ids: "select session_id || '/' || person_id || '/' || cast(sequence as text) as object from training_presence",
    },
    Audited {
        kind: "training_sheet",
        rows: &[
            "select id, session_id, people, lines, note, keyed_at, made_by, office, made_at from training_sheet where id = $1",
            "select place, person_id, name from training_sheet_line where sheet_id = $1 order by place",
            "select place, file_id from training_sheet_photo where sheet_id = $1 order by place",
        ],
        ids: "select id as object from training_sheet",
    },
    Audited {
        kind: "training_sheet_named",
        rows: &[
            "select sheet_id, place, sequence, person_id, made_by, office, made_at from training_sheet_named
            where sheet_id = $1 and place = $2 and sequence = $3",
        ],
        ids: "select sheet_id || '/' || cast(place as text) || '/' || cast(sequence as text) as object from training_sheet_named",
    },
    Audited {
        kind: "training_sheet_withdrawn",
        rows: &[
            "select sheet_id, reason, made_by, office, made_at from training_sheet_withdrawn where sheet_id = $1",
        ],
        ids: "select sheet_id as object from training_sheet_withdrawn",
    },
];

/// A mark to be written.
#[derive(Clone, Debug)]
pub(super) struct NewMark<'a> {
    pub(super) id: &'a str,
    pub(super) session_id: &'a str,
    pub(super) person_id: &'a str,
    pub(super) way: &'static str,
    pub(super) marked_at: Timestamp,
    pub(super) position: Option<Place>,
    pub(super) why: Option<Why>,
}

/// Writes a mark. False when it would be a second accepted one of this person.
pub(super) async fn add_mark(
    tx: &mut Transaction,
    acting: &Acting,
    mark: &NewMark<'_>,
) -> Result<bool, DatabaseError> {
    let values = bind![
        mark.id,
        mark.session_id,
        mark.person_id,
        mark.way,
        mark.marked_at,
        mark.position.map(|p| p.latitude_microdeg),
        mark.position.map(|p| p.longitude_microdeg),
        mark.why.is_none(),
        mark.why.map_or("", Why::as_str),
        acting.person(),
        acting.actor().office(),
        acting.now()
    ];
    Ok(tx.execute(ADD_MARK, values).await? == 1)
}

/// The accepted mark of a person counts no longer.
pub(super) async fn deny(
    tx: &mut Transaction,
    session_id: &str,
    person_id: &str,
    why: Why,
) -> Result<(), DatabaseError> {
    let values = bind![session_id, person_id, why.as_str()];
    tx.execute(DENY, values).await?;
    Ok(())
}

fn mark(row: &Row) -> Result<Mark, DatabaseError> {
    let at = (
        row.opt_int("latitude_microdeg")?,
        row.opt_int("longitude_microdeg")?,
    );
    Ok(Mark {
        person_id: row.text("person_id")?,
        marked_at: row.instant("marked_at")?,
        made_at: row.instant("made_at")?,
        position: match at {
            (Some(latitude_microdeg), Some(longitude_microdeg)) => Some(Place {
                latitude_microdeg,
                longitude_microdeg,
            }),
            _ => None,
        },
        accepted: row.flag("accepted")?,
        why: Why::parse(&row.text("reason")?),
    })
}

pub(super) async fn marks(
    connection: &mut Connection,
    session_id: &str,
) -> Result<Vec<Mark>, DatabaseError> {
    let rows = connection.all(MARKS, bind![session_id]).await?;
    rows.iter().map(mark).collect()
}

pub(super) async fn marks_of(
    connection: &mut Connection,
    session_id: &str,
    person_id: &str,
) -> Result<Vec<Mark>, DatabaseError> {
    let rows = connection
        .all(MARKS_OF, bind![session_id, person_id])
        .await?;
    rows.iter().map(mark).collect()
}

pub(super) async fn is_accepted(
    connection: &mut Connection,
    session_id: &str,
    person_id: &str,
) -> Result<bool, DatabaseError> {
    let values = bind![session_id, person_id];
    Ok(connection.first(IS_ACCEPTED, values).await?.is_some())
}

/// Whether there is a mark with a code, a sheet that counts or a decision.
pub(super) async fn is_kept(
    connection: &mut Connection,
    session_id: &str,
) -> Result<bool, DatabaseError> {
    Ok(connection.first(KEPT, bind![session_id]).await?.is_some())
}

async fn people(
    connection: &mut Connection,
    sql: &'static str,
    session_id: &str,
) -> Result<BTreeSet<String>, DatabaseError> {
    let rows = connection.all(sql, bind![session_id]).await?;
    rows.iter().map(|row| row.text("person_id")).collect()
}

pub(super) async fn accepted(
    connection: &mut Connection,
    session_id: &str,
) -> Result<BTreeSet<String>, DatabaseError> {
    people(connection, ACCEPTED, session_id).await
}

pub(super) async fn invited(
    connection: &mut Connection,
    session_id: &str,
) -> Result<BTreeSet<String>, DatabaseError> {
    people(connection, INVITED, session_id).await
}

/// Writes what somebody says of a person; answers the number of the decision.
pub(super) async fn decide(
    tx: &mut Transaction,
    acting: &Acting,
    (session_id, person_id): (&str, &str),
    said: &Decided,
) -> Result<i64, DatabaseError> {
    let values = bind![
        session_id,
        person_id,
        said.present,
        &said.reason,
        acting.person(),
        acting.actor().office(),
        acting.now()
    ];
    tx.execute(DECIDE, values).await?;
    let row = tx.one(LAST_DECISION, bind![session_id, person_id]).await?;
    row.int("sequence")
}

pub(super) async fn decisions(
    connection: &mut Connection,
    session_id: &str,
) -> Result<BTreeMap<String, Decided>, DatabaseError> {
    let rows = connection.all(DECISIONS, bind![session_id]).await?;
    rows.iter()
        .map(|row| {
            let said = Decided {
                present: row.flag("present")?,
                reason: row.text("reason")?,
            };
            Ok((row.text("person_id")?, said))
        })
        .collect()
}

pub(super) async fn names(
    connection: &mut Connection,
    session_id: &str,
) -> Result<BTreeMap<String, Names>, DatabaseError> {
    let rows = connection.all(NAMES, bind![session_id]).await?;
    rows.iter()
        .map(|row| Ok((row.text("id")?, row.names("name")?)))
        .collect()
}

/// Sessions to which a person is invited and that end after a moment, the next first.
pub(super) async fn own(
    connection: &mut Connection,
    person_id: &str,
    after: Timestamp,
) -> Result<Vec<String>, DatabaseError> {
    let rows = connection.all(OWN, bind![person_id, after]).await?;
    rows.iter().map(|row| row.text("id")).collect()
}

//! What was told to everybody.

use super::int;
use crate::bind;
use crate::platform::audit::Audited;
use crate::platform::database::{Connection, DatabaseError, Row, Transaction};
use crate::platform::{Acting, Error, Names};
use crate::publications::model::{Act, NoticeEvent};
use crate::statements;
use electoral::notices::Level;
use jiff::Timestamp;

statements! {
    ADD = "insert into notice_event (election_id, kind, area_id, sequence, act, of_sequence, told_on, channel, outlet, link, file_id, reason,
            made_by, office, made_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) on conflict (election_id, kind, area_id, sequence) do nothing";
    OF_NOTICE = "select kind, area_id, sequence, act, of_sequence, told_on, channel, outlet, link, file_id, reason, made_at from notice_event
        where election_id = $1 and kind = $2 and area_id = $3 order by sequence";
    // Everything put on record in an area or below it before a moment.
    UNDER = "select e.kind, e.area_id, e.sequence, e.act, e.of_sequence, e.told_on, e.channel, e.outlet, e.link, e.file_id, e.reason, e.made_at
        from notice_event e join area_path p on p.area_id = e.area_id and p.ancestor_id = $2
        where e.election_id = $1 and e.made_at < $3 order by e.kind, e.area_id, e.sequence";
    // Who owes the election a notice: the commission of a contest, or that of a station where one is held.
    TERRITORIAL = "select n.name_kk, n.name_ru, n.name_en from contest c
            join area_name n on n.area_id = c.area_id and n.valid_until is null
        where c.election_id = $1 and c.area_id = $2";
    PRECINCT = "select n.name_kk, n.name_ru, n.name_en from station s join station_version v on v.station_id = s.id
            join contest c on c.area_id = v.district_id and c.election_id = $1
            join area_name n on n.area_id = s.area_id and n.valid_until is null
        where s.area_id = $2
            and not exists (select 1 from station_version w where w.station_id = v.station_id and w.version > v.version)";
    PROOF = "select e.kind from notice_event e where e.file_id = $1 and not exists (select 1 from notice_event t
            where t.election_id = e.election_id and t.kind = e.kind and t.area_id = e.area_id and t.of_sequence = e.sequence)";
}

/// What the log of acts vouches for: each act on a notice.
pub(crate) const AUDITED: &[Audited] = &[Audited {
    kind: "notice_event",
    rows: &[
        "select election_id, kind, area_id, sequence, act, of_sequence, told_on, channel, outlet, link, file_id, reason, made_by, office, made_at
            from notice_event where election_id = $1 and kind = $2 and area_id = $3 and sequence = $4",
    ],
    ids: "select election_id || '/' || kind || '/' || area_id || '/' || cast(sequence as text) as object from notice_event",
}];

fn event_of(row: &Row) -> Result<NoticeEvent, DatabaseError> {
    let act = row.text("act")?;
    Ok(NoticeEvent {
        kind: row.text("kind")?,
        area_id: row.text("area_id")?,
        sequence: row.count("sequence")?,
        act: Act::parse(&act).ok_or_else(|| DatabaseError::unknown("act", &act))?,
        of_sequence: row.opt_count("of_sequence")?,
        told_on: row.opt_date("told_on")?,
        channel: row.text("channel")?,
        outlet: row.text("outlet")?,
        link: row.text("link")?,
        file_id: row.opt_text("file_id")?,
        reason: row.text("reason")?,
        made_at: row.instant("made_at")?,
    })
}

/// False when somebody else was faster.
pub(crate) async fn add(
    tx: &mut Transaction,
    acting: &Acting,
    election_id: &str,
    event: &NoticeEvent,
) -> Result<bool, Error> {
    let values = bind![
        election_id,
        &event.kind,
        &event.area_id,
        int(event.sequence)?,
        event.act.as_str(),
        event.of_sequence.map(int).transpose()?,
        event.told_on,
        &event.channel,
        &event.outlet,
        &event.link,
        event.file_id.as_deref(),
        &event.reason,
        acting.person(),
        acting.actor().office(),
        event.made_at
    ];
    Ok(tx.execute(ADD, values).await? > 0)
}

/// Acts on one notice, the first first.
pub(crate) async fn of_notice(
    connection: &mut Connection,
    election_id: &str,
    kind: &str,
    area_id: &str,
) -> Result<Vec<NoticeEvent>, Error> {
    let rows = connection
        .all(OF_NOTICE, bind![election_id, kind, area_id])
        .await?;
    Ok(rows.iter().map(event_of).collect::<Result<_, _>>()?)
}

/// Acts on all notices of an area and below it before a moment.
pub(crate) async fn under(
    connection: &mut Connection,
    election_id: &str,
    area_id: &str,
    before: Timestamp,
) -> Result<Vec<NoticeEvent>, Error> {
    let rows = connection
        .all(UNDER, bind![election_id, area_id, before])
        .await?;
    Ok(rows.iter().map(event_of).collect::<Result<_, _>>()?)
}

/// What the area is called whose commission owes an election notices of a level; none where it owes none.
pub(crate) async fn whose(
    connection: &mut Connection,
    election_id: &str,
    area_id: &str,
    level: Level,
) -> Result<Option<Names>, Error> {
    let sql = match level {
        Level::Territorial => TERRITORIAL,
        Level::Precinct => PRECINCT,
    };
    let row = connection.first(sql, bind![election_id, area_id]).await?;
    Ok(row.map(|row| row.names("name")).transpose()?)
}

/// Whether a paper proves a telling that holds.
pub(crate) async fn is_proof(connection: &mut Connection, file_id: &str) -> Result<bool, Error> {
    Ok(connection.first(PROOF, bind![file_id]).await?.is_some())
}

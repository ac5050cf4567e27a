//! The SQL of visits: what was proposed and asked at events.

use super::happened::{addressee, parts};
use super::int;
use crate::platform::database::{Connection, DatabaseError, Row, Transaction, Value};
use crate::platform::{Acting, Error};
use crate::tasks::Addressee;
use crate::visits::model::{Proposal, ProposalState};
use crate::{bind, statements};
use jiff::Timestamp;

statements! {
    ADD = "insert into visit_proposal (id, event_id, version, state, body_kind, body_area_id) values ($1, $2, 1, $3, $4, $5)
        on conflict (id) do nothing";
    STEP = "update visit_proposal set version = version + 1, state = $3, body_kind = $4, body_area_id = $5 where id = $1 and version = $2";
    ADD_VERSION = "insert into visit_proposal_version (proposal_id, version, act, topic, wish, text_kk, text_ru, text_en, body_kind, body_area_id,
            answer_kk, answer_ru, answer_en, reason, made_by, office, made_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";
    BY_ID = "select p.id, p.event_id, p.version, p.state, v.topic, v.wish, v.text_kk, v.text_ru, v.text_en, p.body_kind, p.body_area_id,
            v.answer_kk, v.answer_ru, v.answer_en, v.reason, v.made_at
        from visit_proposal p join visit_proposal_version v on v.proposal_id = p.id and v.version = p.version where p.id = $1";
    OF_EVENT = "select p.id, p.event_id, p.version, p.state, v.topic, v.wish, v.text_kk, v.text_ru, v.text_en, p.body_kind, p.body_area_id,
            v.answer_kk, v.answer_ru, v.answer_en, v.reason, v.made_at
        from visit_proposal p join visit_proposal_version v on v.proposal_id = p.id and v.version = p.version
        where p.event_id = $1 order by p.id limit 500";
    // To bodies of an area or below, or to one kind of body of that very area.
    OF_AREA = "select p.id, p.event_id, p.version, p.state, v.topic, v.wish, v.text_kk, v.text_ru, v.text_en, p.body_kind, p.body_area_id,
            v.answer_kk, v.answer_ru, v.answer_en, v.reason, v.made_at
        from visit_proposal p join visit_proposal_version v on v.proposal_id = p.id and v.version = p.version
            join area_path a on a.area_id = p.body_area_id and a.ancestor_id = $1
        where ($2 = '' or (p.body_kind = $2 and a.depth = 0)) and p.state in ('open', 'answered')
        order by case p.state when 'open' then 0 else 1 end, v.made_at desc, p.id limit 500";
    // What everybody may see: answered, and wishes, of visits that have begun; as it read before a moment. What was taken back
    // since is gone from every day: its words may have named somebody.
    PUBLIC = "select p.id, p.event_id, p.version, p.state, v.topic, v.wish, v.text_kk, v.text_ru, v.text_en, p.body_kind, p.body_area_id,
            v.answer_kk, v.answer_ru, v.answer_en, v.reason, v.made_at
        from visit_proposal p join visit_proposal_version v on v.proposal_id = p.id and v.act = $3 and v.made_at < $4
            join visit_event e on e.id = p.event_id join visit t on t.id = e.visit_id
            join visit_version w on w.visit_id = t.id and w.version = t.version
        where p.state = $1 and w.state in ('underway', 'held') and ($2 = '' or t.id = $2)
            and not exists (select 1 from visit_proposal_version l where l.proposal_id = p.id and l.version > v.version and l.act = $3
                and l.made_at < $4)
        order by v.made_at desc, p.id limit 2000";
}

fn proposal_of(row: &Row) -> Result<Proposal, DatabaseError> {
    let state = row.text("state")?;
    Ok(Proposal {
        id: row.text("id")?,
        event_id: row.text("event_id")?,
        version: row.count("version")?,
        state: ProposalState::parse(&state)
            .ok_or_else(|| DatabaseError::unknown("state", &state))?,
        topic: row.text("topic")?,
        wish: row.text("wish")?,
        text: row.names("text")?,
        body: addressee(row.text("body_kind")?, row.text("body_area_id")?),
        answer: row.names("answer")?,
        reason: row.text("reason")?,
        changed_at: row.instant("made_at")?,
    })
}

async fn list(
    connection: &mut Connection,
    sql: &'static str,
    values: Vec<Value>,
) -> Result<Vec<Proposal>, Error> {
    let rows = connection.all(sql, values).await?;
    Ok(rows.iter().map(proposal_of).collect::<Result<_, _>>()?)
}

pub(in crate::visits) async fn by_id(
    connection: &mut Connection,
    id: &str,
) -> Result<Proposal, Error> {
    let row = connection.first(BY_ID, bind![id]).await?;
    Ok(proposal_of(&row.ok_or(Error::NotFound)?)?)
}

pub(in crate::visits) async fn of_event(
    connection: &mut Connection,
    event_id: &str,
) -> Result<Vec<Proposal>, Error> {
    list(connection, OF_EVENT, bind![event_id]).await
}

/// To bodies of an area or below; with a kind, only to that body of this very area.
pub(in crate::visits) async fn of_area(
    connection: &mut Connection,
    area_id: &str,
    kind: &str,
) -> Result<Vec<Proposal>, Error> {
    list(connection, OF_AREA, bind![area_id, kind]).await
}

/// In a state that everybody may see, as it read before a moment; of one visit, or of all for an empty id.
pub(in crate::visits) async fn public(
    connection: &mut Connection,
    state: ProposalState,
    visit_id: &str,
    before: Timestamp,
) -> Result<Vec<Proposal>, Error> {
    let act = match state {
        ProposalState::Answered => "answered",
        ProposalState::Open | ProposalState::Kept | ProposalState::Withdrawn => "proposed",
    };
    let values = bind![state.as_str(), visit_id, act, before];
    list(connection, PUBLIC, values).await
}

/// False when this id is on record.
pub(in crate::visits) async fn add(
    tx: &mut Transaction,
    (id, event_id): (&str, &str),
    state: ProposalState,
    body: Option<&Addressee>,
) -> Result<bool, Error> {
    let (kind, area) = parts(body);
    let values = bind![id, event_id, state.as_str(), kind, area];
    Ok(tx.execute(ADD, values).await? > 0)
}

/// The next act on a proposal; false when somebody else was faster.
pub(in crate::visits) async fn step(
    tx: &mut Transaction,
    before: &Proposal,
    after: &Proposal,
) -> Result<bool, Error> {
    let (kind, area) = parts(after.body.as_ref());
    let values = bind![
        &before.id,
        int(before.version)?,
        after.state.as_str(),
        kind,
        area
    ];
    Ok(tx.execute(STEP, values).await? > 0)
}

pub(in crate::visits) async fn add_version(
    tx: &mut Transaction,
    acting: &Acting,
    act: &str,
    now: &Proposal,
) -> Result<(), Error> {
    let (kind, area) = parts(now.body.as_ref());
    let values = bind![
        &now.id,
        int(now.version)?,
        act,
        &now.topic,
        &now.wish,
        &now.text.kk,
        &now.text.ru,
        &now.text.en,
        kind,
        area,
        &now.answer.kk,
        &now.answer.ru,
        &now.answer.en,
        &now.reason,
        acting.person(),
        acting.actor().office(),
        acting.now()
    ];
    tx.execute(ADD_VERSION, values).await?;
    Ok(())
}

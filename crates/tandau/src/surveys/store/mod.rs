//! The SQL of surveys: what is asked.

pub(crate) mod count;
pub(crate) mod read;

use super::model::{NewSurvey, Opt, Question, QuestionKind, State, Survey, TextState};
use crate::platform::audit::Audited;
use crate::platform::database::{Connection, DatabaseError, Row, Transaction};
use crate::platform::files::hex;
use crate::platform::{Acting, Error, Names};
use crate::{bind, statements};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

statements! {
    ADD = "insert into survey (id, code, area_id, election_id, title_kk, title_ru, title_en, state, wants_tokens, live, present, held_on,
            version, made_by, made_at)
        values ($1, $2, $3, $4, $5, $6, $7, 'draft', $8, $9, $10, $11, 0, $12, $13) on conflict (id) do nothing";
    SET = "update survey set title_kk = $2, title_ru = $3, title_en = $4, wants_tokens = $5, live = $6, present = $7, held_on = $8,
            election_id = $9
        where id = $1";
    STEP = "update survey set version = version + 1 where id = $1 and version = $2";
    SET_STATE = "update survey set state = $2, opened_at = $3, closed_at = $4 where id = $1";
    SET_PRESENT = "update survey set present = $2 where id = $1";
    ADD_EVENT = "insert into survey_event (survey_id, sequence, kind, digest, made_by, office, made_at) values ($1, $2, $3, $4, $5, $6, $7)";
    ADD_PRESENT = "insert into survey_present (survey_id, sequence, present, made_at, carried) values ($1, $2, $3, $4, false)";
    ADD_MODERATED = "insert into survey_moderated (survey_id, text_id, sequence, state, made_at, carried) values ($1, $2, $3, $4, $5, false)";
    PRESENT_BEFORE = "select present from survey_present where survey_id = $1 and made_at < $2 order by sequence desc limit 1";
    BY_ID = "select id, code, area_id, election_id, title_kk, title_ru, title_en, state, wants_tokens, live, present, held_on, version,
            opened_at, closed_at from survey where id = $1";
    BY_CODE = "select id, code, area_id, election_id, title_kk, title_ru, title_en, state, wants_tokens, live, present, held_on, version,
            opened_at, closed_at from survey where code = $1";
    // With how many have answered, and what the area is called.
    UNDER = "select s.id, s.code, s.area_id, s.election_id, s.title_kk, s.title_ru, s.title_en, s.state, s.wants_tokens, s.live, s.present, s.held_on,
            s.version, s.opened_at, s.closed_at, coalesce(a.answered, 0) as answered,
            coalesce(n.name_kk, s.area_id) as name_kk, coalesce(n.name_ru, s.area_id) as name_ru, coalesce(n.name_en, s.area_id) as name_en
        from survey s join area_path p on p.area_id = s.area_id and p.ancestor_id = $1
            left join area_name n on n.area_id = s.area_id and n.valid_until is null
            left join survey_answered a on a.survey_id = s.id
        order by s.held_on desc, s.id desc limit 1000";
    OPENED = "select id, code, area_id, election_id, title_kk, title_ru, title_en, state, wants_tokens, live, present, held_on, version,
            opened_at, closed_at from survey where opened_at < $1 and state <> 'draft' order by held_on desc, id desc limit $2 offset $3";
    COUNT_OPENED = "select count(*) as n from survey where opened_at < $1 and state <> 'draft'";
    QUESTIONS = "select position, key, kind, wording_kk, wording_ru, wording_en, required, least, most, crossed_with, wording_sha256
        from survey_question where survey_id = $1 order by position, key";
    OPTIONS = "select question_key, position, key, wording_kk, wording_ru, wording_en from survey_option where survey_id = $1
        order by question_key, position, key";
    CLEAR_QUESTIONS = "delete from survey_question where survey_id = $1";
    CLEAR_OPTIONS = "delete from survey_option where survey_id = $1";
    ADD_QUESTION = "insert into survey_question (survey_id, position, key, kind, wording_kk, wording_ru, wording_en, required, least, most,
            wording_sha256, crossed_with)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    ADD_OPTION = "insert into survey_option (survey_id, question_key, position, key, wording_kk, wording_ru, wording_en)
        values ($1, $2, $3, $4, $5, $6, $7)";
    // Where the same question was asked, closed surveys only.
    SAME = "select s.id, q.key from survey_question q join survey s on s.id = q.survey_id
        where q.wording_sha256 = $1 and s.state = 'closed' order by s.held_on, s.id limit 200";
}

/// What the log of acts vouches for: each act on a survey, with the hash of what it said after it; with how many people it
/// said were in the room, or with the words it showed or hid.
pub(crate) const AUDITED: &[Audited] = &[
    Audited {
        kind: "survey_event",
        rows: &[
            "select survey_id, sequence, kind, digest, made_by, office, made_at from survey_event where survey_id = $1 and sequence = $2",
        ],
        ids: "select e.survey_id || '/' || cast(e.sequence as text) as object from survey_event e
            where not exists (select 1 from survey_present p
                    where p.survey_id = e.survey_id and p.sequence = e.sequence and p.carried = false)
                and not exists (select 1 from survey_moderated m
                    where m.survey_id = e.survey_id and m.sequence = e.sequence and m.carried = false)",
    },
    Audited {
        kind: "survey_present",
        rows: &[
            "select survey_id, sequence, kind, digest, made_by, office, made_at from survey_event where survey_id = $1 and sequence = $2",
            "select present, made_at from survey_present where survey_id = $1 and sequence = $2",
        ],
        ids: "select survey_id || '/' || cast(sequence as text) as object from survey_present where carried = false",
    },
    Audited {
        kind: "survey_moderated",
        rows: &[
            "select survey_id, sequence, kind, digest, made_by, office, made_at from survey_event where survey_id = $1 and sequence = $2",
            "select text_id, state, made_at from survey_moderated where survey_id = $1 and sequence = $2 order by text_id",
        ],
        ids: "select survey_id || '/' || cast(sequence as text) as object from survey_moderated where carried = false",
    },
];

pub(super) fn int(n: u64) -> Result<i64, Error> {
    i64::try_from(n).map_err(Error::internal)
}

pub(super) fn survey_of(row: &Row) -> Result<Survey, DatabaseError> {
    let state = row.text("state")?;
    Ok(Survey {
        id: row.text("id")?,
        code: row.text("code")?,
        area_id: row.text("area_id")?,
        election_id: row.text("election_id")?,
        title: row.names("title")?,
        state: State::parse(&state).ok_or_else(|| wrong("state", &state))?,
        wants_tokens: row.flag("wants_tokens")?,
        live: row.flag("live")?,
        present: row.opt_count("present")?,
        held_on: row.date("held_on")?,
        version: row.count("version")?,
        opened_at: row.opt_instant("opened_at")?,
        closed_at: row.opt_instant("closed_at")?,
    })
}

pub(super) fn wrong(column: &str, text: &str) -> DatabaseError {
    DatabaseError::Column {
        column: column.to_owned(),
        problem: text.to_owned(),
    }
}

pub(super) async fn by_id(connection: &mut Connection, id: &str) -> Result<Survey, Error> {
    let row = connection.first(BY_ID, bind![id]).await?;
    Ok(survey_of(&row.ok_or(Error::NotFound)?)?)
}

pub(super) async fn by_code(connection: &mut Connection, code: &str) -> Result<Survey, Error> {
    let row = connection.first(BY_CODE, bind![code]).await?;
    Ok(survey_of(&row.ok_or(Error::NotFound)?)?)
}

/// Surveys at or below an area, each with how many have answered and the name of its area.
pub(super) async fn under(
    connection: &mut Connection,
    area_id: &str,
) -> Result<Vec<(Survey, u64, Names)>, Error> {
    let rows = connection.all(UNDER, bind![area_id]).await?;
    let line = |row: &Row| {
        Ok::<_, DatabaseError>((survey_of(row)?, row.count("answered")?, row.names("name")?))
    };
    Ok(rows.iter().map(line).collect::<Result<_, _>>()?)
}

/// Surveys that had been opened by a moment, the newest first: so many, after so many.
pub(super) async fn opened(
    connection: &mut Connection,
    by: Timestamp,
    (limit, offset): (i64, i64),
) -> Result<Vec<Survey>, Error> {
    let rows = connection.all(OPENED, bind![by, limit, offset]).await?;
    Ok(rows.iter().map(survey_of).collect::<Result<_, _>>()?)
}

/// How many they are.
pub(super) async fn count_opened(connection: &mut Connection, by: Timestamp) -> Result<u64, Error> {
    Ok(connection.one(COUNT_OPENED, bind![by]).await?.count("n")?)
}

pub(super) async fn questions(
    connection: &mut Connection,
    id: &str,
) -> Result<Vec<Question>, Error> {
    let mut options: HashMap<String, Vec<Opt>> = HashMap::new();
    for row in connection.all(OPTIONS, bind![id]).await? {
        options
            .entry(row.text("question_key")?)
            .or_default()
            .push(Opt {
                key: row.text("key")?,
                wording: row.names("wording")?,
            });
    }
    let mut all = Vec::new();
    for row in connection.all(QUESTIONS, bind![id]).await? {
        let (key, kind) = (row.text("key")?, row.text("kind")?);
        all.push(Question {
            options: options.remove(&key).unwrap_or_default(),
            key,
            kind: QuestionKind::parse(&kind).ok_or_else(|| wrong("kind", &kind))?,
            wording: row.names("wording")?,
            required: row.flag("required")?,
            least: row.int("least")?,
            most: row.int("most")?,
            crossed_with: row.text("crossed_with")?,
        });
    }
    Ok(all)
}

/// Surveys and keys of the same question.
pub(super) async fn same(
    connection: &mut Connection,
    sha256: &str,
) -> Result<Vec<(String, String)>, Error> {
    let mut found = Vec::new();
    for row in connection.all(SAME, bind![sha256]).await? {
        found.push((row.text("id")?, row.text("key")?));
    }
    Ok(found)
}

/// False when this id is on record.
pub(super) async fn add(
    tx: &mut Transaction,
    acting: &Acting,
    new: &NewSurvey,
    code: &str,
) -> Result<bool, Error> {
    let present = new.present.map(int).transpose()?;
    let values = bind![
        &new.id,
        code,
        &new.area_id,
        &new.election_id,
        &new.title.kk,
        &new.title.ru,
        &new.title.en,
        new.wants_tokens,
        new.live,
        present,
        new.held_on,
        acting.person(),
        acting.now()
    ];
    Ok(tx.execute(ADD, values).await? > 0)
}

pub(super) async fn set(tx: &mut Transaction, id: &str, new: &NewSurvey) -> Result<(), Error> {
    let present = new.present.map(int).transpose()?;
    let values = bind![
        id,
        &new.title.kk,
        &new.title.ru,
        &new.title.en,
        new.wants_tokens,
        new.live,
        present,
        new.held_on,
        &new.election_id
    ];
    tx.execute(SET, values).await?;
    Ok(())
}

/// The next act on a survey; false when somebody else was faster.
pub(super) async fn take_step(tx: &mut Transaction, survey: &Survey) -> Result<bool, Error> {
    let values = bind![&survey.id, int(survey.version)?];
    Ok(tx.execute(STEP, values).await? > 0)
}

pub(super) async fn set_state(
    tx: &mut Transaction,
    id: &str,
    state: State,
    opened_at: Option<Timestamp>,
    closed_at: Option<Timestamp>,
) -> Result<(), Error> {
    tx.execute(SET_STATE, bind![id, state.as_str(), opened_at, closed_at])
        .await?;
    Ok(())
}

pub(super) async fn set_present(tx: &mut Transaction, id: &str, present: u64) -> Result<(), Error> {
    tx.execute(SET_PRESENT, bind![id, int(present)?]).await?;
    Ok(())
}

pub(super) async fn add_event(
    tx: &mut Transaction,
    acting: &Acting,
    survey_id: &str,
    sequence: u64,
    kind: &str,
    digest: &str,
) -> Result<(), Error> {
    let values = bind![
        survey_id,
        int(sequence)?,
        kind,
        digest,
        acting.person(),
        acting.actor().office(),
        acting.now()
    ];
    tx.execute(ADD_EVENT, values).await?;
    Ok(())
}

/// How many people an act said were in the room.
pub(super) async fn add_present(
    tx: &mut Transaction,
    acting: &Acting,
    (survey_id, sequence): (&str, u64),
    present: Option<u64>,
) -> Result<(), Error> {
    let present = present.map(int).transpose()?;
    let values = bind![survey_id, int(sequence)?, present, acting.now()];
    tx.execute(ADD_PRESENT, values).await?;
    Ok(())
}

/// What an act made of an answer in words.
pub(super) async fn add_moderated(
    tx: &mut Transaction,
    acting: &Acting,
    (survey_id, sequence): (&str, u64),
    (text_id, state): (&str, TextState),
) -> Result<(), Error> {
    let state = state.as_str();
    let values = bind![survey_id, text_id, int(sequence)?, state, acting.now()];
    tx.execute(ADD_MODERATED, values).await?;
    Ok(())
}

/// How many people were said to be in the room before a moment; none where nobody had said it.
pub(super) async fn present_before(
    connection: &mut Connection,
    id: &str,
    moment: Timestamp,
) -> Result<Option<u64>, Error> {
    match connection.first(PRESENT_BEFORE, bind![id, moment]).await? {
        Some(row) => Ok(row.opt_count("present")?),
        None => Ok(None),
    }
}

/// Puts questions in the place of those that were there.
pub(super) async fn set_questions(
    tx: &mut Transaction,
    id: &str,
    questions: &[Question],
) -> Result<(), Error> {
    tx.execute(CLEAR_OPTIONS, bind![id]).await?;
    tx.execute(CLEAR_QUESTIONS, bind![id]).await?;
    for (question, position) in questions.iter().zip(1_i64..) {
        let values = bind![
            id,
            position,
            &question.key,
            question.kind.as_str(),
            &question.wording.kk,
            &question.wording.ru,
            &question.wording.en,
            question.required,
            question.least,
            question.most,
            question.wording_sha256(),
            &question.crossed_with
        ];
        tx.execute(ADD_QUESTION, values).await?;
        for (option, position) in question.options.iter().zip(1_i64..) {
            let values = bind![
                id,
                &question.key,
                position,
                &option.key,
                &option.wording.kk,
                &option.wording.ru,
                &option.wording.en
            ];
            tx.execute(ADD_OPTION, values).await?;
        }
    }
    Ok(())
}

/// The hash of rows as they stand: what a survey asks, or what was counted.
pub(super) async fn digest(
    tx: &mut Transaction,
    statements: &[&'static str],
    id: &str,
) -> Result<String, Error> {
    let mut text = String::new();
    for sql in statements {
        for row in tx.all(sql, bind![id]).await? {
            row.canonical(&mut text)?;
        }
        text.push('\n');
    }
    Ok(hex(&Sha256::digest(text.as_bytes())))
}

/// What a survey asks.
pub(super) const WHAT_IS_ASKED: &[&str] = &[BY_ID, QUESTIONS, OPTIONS];

/// Surveys whose questions are kept in memory.
const KEPT_MOST: usize = 64;

/// Questions of open surveys as they were read: they don't change while people answer.
#[derive(Clone, Debug, Default)]
pub struct Asked(Arc<Mutex<HashMap<(String, u64), Arc<Vec<Question>>>>>);

impl Asked {
    /// The questions of a survey as of its version, read once.
    pub(super) async fn of(
        &self,
        connection: &mut Connection,
        survey: &Survey,
    ) -> Result<Arc<Vec<Question>>, Error> {
        let key = (survey.id.clone(), survey.version);
        let kept = {
            let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            all.get(&key).cloned()
        };
        if let Some(kept) = kept {
            return Ok(kept);
        }
        let read = Arc::new(questions(connection, &survey.id).await?);
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= KEPT_MOST {
            all.clear();
        }
        all.insert(key, Arc::clone(&read));
        Ok(read)
    }
}

//! The SQL of counting: what a submission changes. Nothing here knows who, when or in which order.

use super::int;
use crate::platform::Error;
use crate::platform::database::{Connection, Transaction, Value};
use crate::{bind, statements};

/// Counters changed by one statement; the rest of a statement's rows is left blank.
const BATCH: usize = 12;

/// The rows of a batch.
macro_rules! rows {
    ($first:literal $(, $row:literal)*) => {
        concat!($first, $(" union all ", $row),*)
    };
}

statements! {
    OPEN = "insert into survey_answered (survey_id, open, answered) values ($1, true, 0)
        on conflict (survey_id) do update set open = true";
    SHUT = "update survey_answered set open = false where survey_id = $1";
    // Takes the survey's row first: submissions to one survey count one after the other, and none after it was closed.
    ANSWERED_ONE = "update survey_answered set answered = answered + 1 where survey_id = $1 and open = true";
    ANSWERED = "select open, answered from survey_answered where survey_id = $1";
    COUNT = concat!(
        "insert into survey_count (survey_id, question_key, option_key, rank, count)
        select cast($1 as text), x.question, x.opt, x.rank, 1 from (",
        rows!(
            "select cast($2 as text) as question, cast($3 as text) as opt, cast($4 as bigint) as rank",
            "select cast($5 as text), cast($6 as text), cast($7 as bigint)",
            "select cast($8 as text), cast($9 as text), cast($10 as bigint)",
            "select cast($11 as text), cast($12 as text), cast($13 as bigint)",
            "select cast($14 as text), cast($15 as text), cast($16 as bigint)",
            "select cast($17 as text), cast($18 as text), cast($19 as bigint)",
            "select cast($20 as text), cast($21 as text), cast($22 as bigint)",
            "select cast($23 as text), cast($24 as text), cast($25 as bigint)",
            "select cast($26 as text), cast($27 as text), cast($28 as bigint)",
            "select cast($29 as text), cast($30 as text), cast($31 as bigint)",
            "select cast($32 as text), cast($33 as text), cast($34 as bigint)",
            "select cast($35 as text), cast($36 as text), cast($37 as bigint)"
        ),
        ") x where x.question <> ''
        on conflict (survey_id, question_key, option_key, rank) do update set count = survey_count.count + 1"
    );
    CROSS = "insert into survey_cross (survey_id, a_question, a_option, b_question, b_option, count) values ($1, $2, $3, $4, $5, 1)
        on conflict (survey_id, a_question, a_option, b_question, b_option) do update set count = survey_cross.count + 1";
    ADD_TEXT = "insert into survey_text (survey_id, id, question_key, body, state) values ($1, $2, $3, $4, 'waiting')";
    SET_TEXT = "update survey_text set state = $3 where survey_id = $1 and id = $2";
    TAKE_STEP = "insert into survey_step_next (survey_id, question_key, option_key, rank, count)
        select survey_id, question_key, option_key, rank, count from survey_count where survey_id = $1
        on conflict (survey_id, question_key, option_key, rank) do update set count = excluded.count";
    MARK_STEP = "insert into survey_step_next (survey_id, question_key, option_key, rank, count) values ($1, '', '', 0, $2)
        on conflict (survey_id, question_key, option_key, rank) do update set count = excluded.count";
    SHOW_STEP = "insert into survey_step (survey_id, question_key, option_key, rank, count)
        select survey_id, question_key, option_key, rank, count from survey_step_next where survey_id = $1
        on conflict (survey_id, question_key, option_key, rank) do update set count = excluded.count";
    FORGET_STEP = "delete from survey_step_next where survey_id = $1";
    ADD_KEY = "insert into survey_key (survey_id, key) values ($1, $2) on conflict (survey_id) do nothing";
    KEY = "select key from survey_key where survey_id = $1";
    SPEND_DEVICE = "insert into survey_spent (survey_id, hash) values ($1, $2) on conflict (survey_id, hash) do nothing";
    SPEND_TOKEN = "insert into survey_spent (survey_id, hash) select t.survey_id, t.hash from survey_token t
        where t.survey_id = $1 and t.hash = $2 on conflict (survey_id, hash) do nothing";
    SPENT = "select hash from survey_spent where survey_id = $1 and hash = $2";
    TOKEN = "select hash from survey_token where survey_id = $1 and hash = $2";
    ADD_TOKEN = "insert into survey_token (survey_id, hash) values ($1, $2) on conflict (survey_id, hash) do nothing";
    TOKENS = "select count(*) as n from survey_token where survey_id = $1";
    FORGET_SPENT = "delete from survey_spent where survey_id = $1";
    FORGET_TOKENS = "delete from survey_token where survey_id = $1";
    FORGET_KEY = "delete from survey_key where survey_id = $1";
}

pub(in crate::surveys) async fn open(tx: &mut Transaction, id: &str) -> Result<(), Error> {
    tx.execute(OPEN, bind![id]).await?;
    Ok(())
}

pub(in crate::surveys) async fn shut(tx: &mut Transaction, id: &str) -> Result<(), Error> {
    tx.execute(SHUT, bind![id]).await?;
    Ok(())
}

/// Counts one more; none when the survey is not open.
pub(in crate::surveys) async fn one_more(
    tx: &mut Transaction,
    id: &str,
) -> Result<Option<u64>, Error> {
    if tx.execute(ANSWERED_ONE, bind![id]).await? == 0 {
        return Ok(None);
    }
    let row = tx.one(ANSWERED, bind![id]).await?;
    Ok(Some(row.count("answered")?))
}

/// How many have answered.
pub(in crate::surveys) async fn answered(
    connection: &mut Connection,
    id: &str,
) -> Result<u64, Error> {
    match connection.first(ANSWERED, bind![id]).await? {
        Some(row) => Ok(row.count("answered")?),
        None => Ok(0),
    }
}

/// Adds one to each counter: question, option, place. No counter may stand twice.
pub(in crate::surveys) fn count(
    tx: &mut Transaction,
    id: &str,
    counters: &[(String, String, i64)],
) {
    for batch in counters.chunks(BATCH) {
        let mut values: Vec<Value> = bind![id];
        for (question, option, rank) in batch {
            values.extend(bind![question, option, *rank]);
        }
        for _ in batch.len()..BATCH {
            values.extend(bind!["", "", 0_i64]);
        }
        tx.later(COUNT, values);
    }
}

pub(in crate::surveys) fn cross(tx: &mut Transaction, id: &str, a: (&str, &str), b: (&str, &str)) {
    tx.later(CROSS, bind![id, a.0, a.1, b.0, b.1]);
}

pub(in crate::surveys) fn add_text(tx: &mut Transaction, id: &str, question: &str, body: &str) {
    let text_id = crate::platform::ids::random_id();
    tx.later(ADD_TEXT, bind![id, text_id, question, body]);
}

/// False when there is no such text.
pub(in crate::surveys) async fn set_text(
    tx: &mut Transaction,
    id: &str,
    text_id: &str,
    state: &str,
) -> Result<bool, Error> {
    Ok(tx.execute(SET_TEXT, bind![id, text_id, state]).await? > 0)
}

/// Shows the counters that were kept last.
pub(in crate::surveys) fn show_step(tx: &mut Transaction, id: &str) {
    tx.later(SHOW_STEP, bind![id]);
}

/// Keeps the counters as they are now, as of so many answers, to be shown later.
pub(in crate::surveys) fn take_step(
    tx: &mut Transaction,
    id: &str,
    answered: u64,
) -> Result<(), Error> {
    tx.later(TAKE_STEP, bind![id]);
    tx.later(MARK_STEP, bind![id, int(answered)?]);
    Ok(())
}

pub(in crate::surveys) async fn add_key(
    tx: &mut Transaction,
    id: &str,
    key: &[u8],
) -> Result<(), Error> {
    tx.execute(ADD_KEY, bind![id, key]).await?;
    Ok(())
}

pub(in crate::surveys) async fn key(
    connection: &mut Connection,
    id: &str,
) -> Result<Option<Vec<u8>>, Error> {
    match connection.first(KEY, bind![id]).await? {
        Some(row) => Ok(Some(row.bytes("key")?)),
        None => Ok(None),
    }
}

/// Whether it is spent by this: false when it had been, or is no token of this survey.
pub(in crate::surveys) async fn spend(
    tx: &mut Transaction,
    id: &str,
    hash: &str,
    is_token: bool,
) -> Result<bool, Error> {
    let spend = if is_token { SPEND_TOKEN } else { SPEND_DEVICE };
    Ok(tx.execute(spend, bind![id, hash]).await? > 0)
}

pub(in crate::surveys) async fn is_spent(
    connection: &mut Connection,
    id: &str,
    hash: &str,
) -> Result<bool, Error> {
    Ok(connection.first(SPENT, bind![id, hash]).await?.is_some())
}

pub(in crate::surveys) async fn is_token(
    connection: &mut Connection,
    id: &str,
    hash: &str,
) -> Result<bool, Error> {
    Ok(connection.first(TOKEN, bind![id, hash]).await?.is_some())
}

pub(in crate::surveys) async fn add_token(
    tx: &mut Transaction,
    id: &str,
    hash: &str,
) -> Result<bool, Error> {
    Ok(tx.execute(ADD_TOKEN, bind![id, hash]).await? > 0)
}

pub(in crate::surveys) async fn tokens(
    connection: &mut Connection,
    id: &str,
) -> Result<u64, Error> {
    Ok(connection.one(TOKENS, bind![id]).await?.count("n")?)
}

/// Forgets who could answer and which device has: nothing leads from an answer to a card or a phone any more.
pub(in crate::surveys) async fn forget(tx: &mut Transaction, id: &str) -> Result<(), Error> {
    for statement in [FORGET_SPENT, FORGET_TOKENS, FORGET_KEY, FORGET_STEP] {
        tx.execute(statement, bind![id]).await?;
    }
    Ok(())
}

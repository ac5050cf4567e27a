//! The SQL of results: counters as they stand, or as they were shown last.

use super::wrong;
use crate::platform::Error;
use crate::platform::database::{Connection, DatabaseError, Row};
use crate::surveys::model::TextState;
use crate::{bind, statements};
use jiff::Timestamp;
use std::collections::BTreeMap;

statements! {
    COUNTS = "select question_key, option_key, rank, count from survey_count where survey_id = $1 order by question_key, option_key, rank";
    STEPPED = "select question_key, option_key, rank, count from survey_step where survey_id = $1 order by question_key, option_key, rank";
    CROSSES = "select a_question, a_option, b_question, b_option, count from survey_cross where survey_id = $1
        order by a_question, a_option, b_question, b_option";
    TOTAL = "select answered from survey_answered where survey_id = $1";
    // By id, which is random: the order says nothing about who wrote first.
    TEXTS = "select id, question_key, body, state from survey_text where survey_id = $1 order by id limit 20000";
    // As of a moment: shown or hidden by the newest act before it.
    TEXTS_BEFORE = "select t.id, t.question_key, t.body, coalesce(m.state, 'waiting') as state
        from survey_text t left join survey_moderated m on m.survey_id = t.survey_id and m.text_id = t.id and m.sequence =
            (select max(x.sequence) from survey_moderated x where x.survey_id = t.survey_id and x.text_id = t.id and x.made_at < $2)
        where t.survey_id = $1 order by t.id limit 20000";
    WAITING = "select count(*) as n from survey_text where survey_id = $1 and state = 'waiting'";
}

/// Everything that was counted, for the record of closing.
pub(in crate::surveys) const ALL_COUNTERS: &[&str] = &[TOTAL, COUNTS, CROSSES];

/// Counts by question, option and place; an empty option is the base of the question.
pub(in crate::surveys) type Counts = BTreeMap<(String, String, i64), u64>;
/// Counts by question and option of both sides.
pub(in crate::surveys) type Crosses = BTreeMap<(String, String, String, String), u64>;

/// An answer in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// Id, random.
    pub id: String,
    /// Key of the question.
    pub question: String,
    /// The words.
    pub body: String,
    /// Whether it is shown.
    pub state: TextState,
}

/// Counters as they stand, or those of the last step.
pub(in crate::surveys) async fn counts(
    connection: &mut Connection,
    id: &str,
    stepped: bool,
) -> Result<Counts, Error> {
    let sql = if stepped { STEPPED } else { COUNTS };
    let mut counts = Counts::new();
    for row in connection.all(sql, bind![id]).await? {
        let key = (
            row.text("question_key")?,
            row.text("option_key")?,
            row.int("rank")?,
        );
        counts.insert(key, row.count("count")?);
    }
    Ok(counts)
}

pub(in crate::surveys) async fn crosses(
    connection: &mut Connection,
    id: &str,
) -> Result<Crosses, Error> {
    let mut crosses = Crosses::new();
    for row in connection.all(CROSSES, bind![id]).await? {
        let key = (
            row.text("a_question")?,
            row.text("a_option")?,
            row.text("b_question")?,
            row.text("b_option")?,
        );
        crosses.insert(key, row.count("count")?);
    }
    Ok(crosses)
}

fn words_of(row: &Row) -> Result<Words, DatabaseError> {
    let state = row.text("state")?;
    Ok(Words {
        id: row.text("id")?,
        question: row.text("question_key")?,
        body: row.text("body")?,
        state: TextState::parse(&state).ok_or_else(|| wrong("state", &state))?,
    })
}

pub(in crate::surveys) async fn texts(
    connection: &mut Connection,
    id: &str,
) -> Result<Vec<Words>, Error> {
    let rows = connection.all(TEXTS, bind![id]).await?;
    Ok(rows.iter().map(words_of).collect::<Result<_, _>>()?)
}

/// Answers in words as they had been looked through before a moment.
pub(in crate::surveys) async fn texts_before(
    connection: &mut Connection,
    id: &str,
    moment: Timestamp,
) -> Result<Vec<Words>, Error> {
    let rows = connection.all(TEXTS_BEFORE, bind![id, moment]).await?;
    Ok(rows.iter().map(words_of).collect::<Result<_, _>>()?)
}

pub(in crate::surveys) async fn waiting(
    connection: &mut Connection,
    id: &str,
) -> Result<u64, Error> {
    Ok(connection.one(WAITING, bind![id]).await?.count("n")?)
}

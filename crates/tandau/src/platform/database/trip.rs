//! Several statements in one trip to SQLite.
//!
//! The driver runs SQLite in a thread of its own, and the way there and back costs more than most statements do. So
//! changes that nobody waits for ([`super::Transaction::later`]) travel with the next statement. The driver takes several
//! statements with one list of values for now (docs/adr/0042); where it didn't, each would go alone.

use super::{DatabaseError, Value, ValueKind};
use sqlx::query::Query;
use sqlx::sqlite::{SqliteArguments, SqliteConnection, SqliteRow};
use sqlx::{AssertSqlSafe, Either, Executor as _, Sqlite};
use tokio_stream::StreamExt as _;

/// A statement with its values.
pub(super) type Said = (&'static str, Vec<Value>);

/// Statements of one trip at most. The engine prepares each text of a trip once and keeps it: a loop over many rows is
/// the same text again and again, not one of every length.
const MOST: usize = 32;

/// What came back of the last statement.
pub(super) struct Answer {
    pub(super) rows: Vec<SqliteRow>,
    pub(super) touched: u64,
}

/// Sends statements; the last one is answered, with `most` rows at most.
///
/// # Errors
/// What the engine reports; [`DatabaseError::Ahead`] when it reports that of another than the last.
pub(super) async fn send(
    link: &mut SqliteConnection,
    mut said: Vec<Said>,
    most: usize,
) -> Result<Answer, DatabaseError> {
    while said.len() > MOST {
        let others = said.split_off(MOST);
        run(link, std::mem::replace(&mut said, others), MOST, 0).await?;
    }
    let ahead = said.len().saturating_sub(1);
    run(link, said, ahead, most).await
}

/// One trip, in which so many statements go ahead of the one that is answered.
async fn run(
    link: &mut SqliteConnection,
    said: Vec<Said>,
    ahead: usize,
    most: usize,
) -> Result<Answer, DatabaseError> {
    let all = said.len();
    let mut done = 0;
    let mut answer = Answer {
        rows: Vec::new(),
        touched: 0,
    };
    let mut steps = link.fetch_many(query(said));
    while let Some(step) = steps.next().await {
        match step {
            Ok(Either::Left(end)) => {
                done += 1;
                answer.touched = end.rows_affected();
            }
            Ok(Either::Right(row)) if done >= ahead => {
                answer.rows.push(row);
                if answer.rows.len() == most {
                    return Ok(answer);
                }
            }
            Ok(Either::Right(_)) => {}
            Err(e) if done < ahead => return Err(DatabaseError::Ahead(e)),
            Err(e) => return Err(e.into()),
        }
    }
    if done < all {
        // The driver's thread ended without a word.
        return Err(sqlx::Error::WorkerCrashed.into());
    }
    Ok(answer)
}

/// One text of statements with one list of values. They run in their order until one fails.
pub(super) fn query(statements: Vec<Said>) -> Query<'static, Sqlite, SqliteArguments> {
    let mut statements = statements;
    if statements.len() == 1
        && let Some((sql, values)) = statements.pop()
    {
        return bound(sqlx::query(sql), values);
    }
    let mut text = String::with_capacity(statements.iter().map(|(sql, _)| sql.len() + 16).sum());
    let mut all = Vec::new();
    for (sql, values) in statements {
        if !text.is_empty() {
            // On a line of its own: a remark may end the text before.
            text.push_str("\n;\n");
        }
        renumber(&mut text, sql, all.len());
        all.extend(values);
    }
    bound(sqlx::query(AssertSqlSafe(text)), all)
}

/// Adds a statement whose `$1` is the value after the first `before`. No text of ours has a `$` anywhere else.
fn renumber(text: &mut String, sql: &str, before: usize) {
    let mut rest = sql;
    while let Some((head, tail)) = rest.split_once('$') {
        let digits = tail
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(tail.len());
        let (number, after) = tail.split_at_checked(digits).unwrap_or((tail, ""));
        text.push_str(head);
        text.push('$');
        match number.parse::<usize>() {
            Ok(number) => text.push_str(&number.saturating_add(before).to_string()),
            Err(_) => text.push_str(number),
        }
        rest = after;
    }
    text.push_str(rest);
}

fn bound(
    query: Query<'static, Sqlite, SqliteArguments>,
    values: Vec<Value>,
) -> Query<'static, Sqlite, SqliteArguments> {
    values.into_iter().fold(query, |query, value| match value {
        Value::Int(v) => query.bind(v),
        Value::Text(v) => query.bind(v),
        Value::Bool(v) => query.bind(v),
        Value::Bytes(v) => query.bind(v),
        Value::Null(ValueKind::Int) => query.bind(None::<i64>),
        Value::Null(ValueKind::Text) => query.bind(None::<String>),
        Value::Null(ValueKind::Bool) => query.bind(None::<bool>),
        Value::Null(ValueKind::Bytes) => query.bind(None::<Vec<u8>>),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_statement_finds_its_own_values() {
        let mut text = String::new();
        renumber(&mut text, "update t set a = $2 where id = $1", 0);
        renumber(&mut text, "; insert into t values ($1, $12)", 2);
        assert_eq!(
            text,
            "update t set a = $2 where id = $1; insert into t values ($3, $14)"
        );
    }

    #[test]
    fn no_text_of_ours_has_a_dollar_of_another_kind() {
        for statement in super::super::all_statements() {
            for (_, after) in statement
                .sql
                .match_indices('$')
                .map(|(at, _)| statement.sql.split_at(at + 1))
            {
                assert!(
                    after.starts_with(|c: char| c.is_ascii_digit()),
                    "{}: {}",
                    statement.name,
                    statement.sql
                );
            }
            // One statement each: that is how their ends are counted.
            assert!(!statement.sql.contains(';'), "{}", statement.name);
        }
    }
}

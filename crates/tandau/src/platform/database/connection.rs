//! One connection of either engine, held for a whole request.

use super::group_commit::Turn;
use super::{DatabaseError, Row, Value, ValueKind, tap, trip};
use sqlx::postgres::PgArguments;
use sqlx::query::Query;
use sqlx::{Postgres, Sqlite};
use std::ops::{Deref, DerefMut};

/// Runs statements; got from [`super::Database::read`] or [`super::Database::begin`].
#[derive(Debug)]
pub struct Connection {
    link: Link,
    /// Changes that go with the next statement.
    later: Vec<trip::Said>,
    /// A statement failed, or nobody waited for its answer: nobody knows what of it happened, so nothing follows it.
    over: bool,
}

#[derive(Debug)]
enum Link {
    SqliteRead(sqlx::Transaction<'static, Sqlite>),
    SqliteWrite(Turn),
    Postgres(sqlx::Transaction<'static, Postgres>),
}

fn rows<R: Into<Row>>(found: impl IntoIterator<Item = R>) -> Vec<Row> {
    found.into_iter().map(Into::into).collect()
}

impl Connection {
    pub(super) const fn sqlite_read(link: sqlx::Transaction<'static, Sqlite>) -> Self {
        Self::through(Link::SqliteRead(link))
    }
    pub(super) fn sqlite_write(turn: Turn) -> Self {
        Self {
            later: vec![(Turn::BEGIN, Vec::new())],
            ..Self::through(Link::SqliteWrite(turn))
        }
    }
    pub(super) const fn postgres(link: sqlx::Transaction<'static, Postgres>) -> Self {
        Self::through(Link::Postgres(link))
    }
    const fn through(link: Link) -> Self {
        Self {
            link,
            later: Vec::new(),
            over: false,
        }
    }

    /// Before each statement; `over` is taken back when it was answered well.
    fn enter(&mut self) -> Result<(), DatabaseError> {
        if self.over {
            return Err(DatabaseError::Over);
        }
        self.over = !matches!(self.link, Link::SqliteRead(_));
        Ok(())
    }

    /// All rows of an answer.
    ///
    /// # Errors
    /// What the engine reports.
    pub async fn all(
        &mut self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<Vec<Row>, DatabaseError> {
        self.enter()?;
        let found = match &mut self.link {
            Link::SqliteRead(link) => rows(
                trip::query(vec![(sql, values)])
                    .fetch_all(&mut **link)
                    .await?,
            ),
            Link::SqliteWrite(turn) => {
                let said = with(&mut self.later, sql, values);
                rows(trip::send(turn.connection(), said, usize::MAX).await?.rows)
            }
            Link::Postgres(link) => {
                ahead(link, &mut self.later).await?;
                rows(postgres_query(sql, values).fetch_all(&mut **link).await?)
            }
        };
        self.over = false;
        Ok(found)
    }

    /// The first row, if there is one.
    ///
    /// # Errors
    /// What the engine reports.
    pub async fn first(
        &mut self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<Option<Row>, DatabaseError> {
        self.enter()?;
        let found = match &mut self.link {
            Link::SqliteRead(link) => trip::query(vec![(sql, values)])
                .fetch_optional(&mut **link)
                .await?
                .map(Row::from),
            Link::SqliteWrite(turn) => {
                let said = with(&mut self.later, sql, values);
                let answer = trip::send(turn.connection(), said, 1).await?;
                answer.rows.into_iter().next().map(Row::from)
            }
            Link::Postgres(link) => {
                ahead(link, &mut self.later).await?;
                postgres_query(sql, values)
                    .fetch_optional(&mut **link)
                    .await?
                    .map(Row::from)
            }
        };
        self.over = false;
        Ok(found)
    }

    /// The one row that must be there.
    ///
    /// # Errors
    /// [`DatabaseError::NoRow`] when it is not.
    pub async fn one(
        &mut self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<Row, DatabaseError> {
        self.first(sql, values)
            .await?
            .ok_or(DatabaseError::NoRow(sql))
    }

    /// Runs a change; returns how many rows it touched.
    ///
    /// # Errors
    /// What the engine reports.
    pub async fn execute(
        &mut self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<u64, DatabaseError> {
        self.enter()?;
        let touched = match &mut self.link {
            Link::SqliteRead(link) => trip::query(vec![(sql, values)])
                .execute(&mut **link)
                .await?
                .rows_affected(),
            Link::SqliteWrite(turn) => {
                let said = with(&mut self.later, sql, values);
                trip::send(turn.connection(), said, usize::MAX)
                    .await?
                    .touched
            }
            Link::Postgres(link) => {
                ahead(link, &mut self.later).await?;
                postgres_query(sql, values)
                    .execute(&mut **link)
                    .await?
                    .rows_affected()
            }
        };
        self.over = false;
        Ok(touched)
    }

    /// Prepares a statement without running it: the engine checks its words, tables and columns.
    /// Returns the names of columns whose type the rooms can't read (PostgreSQL's `numeric`).
    ///
    /// # Errors
    /// What the engine finds wrong.
    pub async fn check(&mut self, sql: &'static str) -> Result<Vec<String>, DatabaseError> {
        use sqlx::{Column as _, Executor as _, SqlSafeStr as _, Statement as _, TypeInfo as _};
        Ok(match &mut self.link {
            Link::SqliteRead(link) => {
                (&mut **link).prepare(sql.into_sql_str()).await?;
                Vec::new()
            }
            Link::SqliteWrite(turn) => {
                turn.connection().prepare(sql.into_sql_str()).await?;
                Vec::new()
            }
            Link::Postgres(link) => {
                let statement = (&mut **link).prepare(sql.into_sql_str()).await?;
                statement
                    .columns()
                    .iter()
                    .filter(|c| !matches!(c.type_info().name(), "TEXT" | "INT8" | "BOOL" | "BYTEA"))
                    .map(|c| format!("{} {}", c.name(), c.type_info().name()))
                    .collect()
            }
        })
    }
}

/// What was to be said later, and now this.
fn with(later: &mut Vec<trip::Said>, sql: &'static str, values: Vec<Value>) -> Vec<trip::Said> {
    tap::note(sql, &values);
    let mut said = std::mem::take(later);
    said.push((sql, values));
    said
}

/// Says what was to be said later.
async fn ahead(
    link: &mut sqlx::Transaction<'static, Postgres>,
    later: &mut Vec<trip::Said>,
) -> Result<(), DatabaseError> {
    for (sql, values) in later.drain(..) {
        postgres_query(sql, values)
            .execute(&mut **link)
            .await
            .map_err(DatabaseError::Ahead)?;
    }
    Ok(())
}

fn postgres_query(sql: &'static str, values: Vec<Value>) -> Query<'static, Postgres, PgArguments> {
    values
        .into_iter()
        .fold(sqlx::query(sql), |query, value| match value {
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

/// A connection that only reads, with one view of the data.
#[derive(Debug)]
pub struct Reader(Connection);

impl Reader {
    pub(super) const fn new(connection: Connection) -> Self {
        Self(connection)
    }
}
impl Deref for Reader {
    type Target = Connection;
    fn deref(&self) -> &Connection {
        &self.0
    }
}
impl DerefMut for Reader {
    fn deref_mut(&mut self) -> &mut Connection {
        &mut self.0
    }
}

/// A write transaction.
#[derive(Debug)]
#[must_use = "a transaction that is not committed did not happen"]
pub struct Transaction(Connection);

impl Transaction {
    pub(super) const fn new(connection: Connection) -> Self {
        Self(connection)
    }

    /// Waits until no other process holds this name, and holds it until the transaction ends. On SQLite
    /// the one writer makes this true anyway.
    ///
    /// # Errors
    /// What the engine reports.
    pub async fn lock_for_one(&mut self, name: &'static str) -> Result<(), DatabaseError> {
        if let Link::Postgres(link) = &mut self.0.link {
            sqlx::query("select pg_advisory_xact_lock(hashtextextended($1, 0))")
                .bind(name)
                .execute(&mut **link)
                .await?;
        }
        Ok(())
    }

    /// Says a change that nobody waits for: it goes to the engine with the next statement of this transaction, or with
    /// its end, which fail with it ([`DatabaseError::Ahead`]). Not for what may be refused and is answered for, nor for
    /// what answers with rows.
    pub fn later(&mut self, sql: &'static str, values: Vec<Value>) {
        if matches!(self.0.link, Link::SqliteWrite(_)) {
            tap::note(sql, &values);
        }
        self.0.later.push((sql, values));
    }

    /// Makes the change durable and visible to all.
    ///
    /// # Errors
    /// When the engine can't, or a statement had failed ([`DatabaseError::Over`]); then nothing happened.
    pub async fn commit(mut self) -> Result<(), DatabaseError> {
        self.0.enter()?;
        let Connection {
            link, mut later, ..
        } = self.0;
        match link {
            Link::SqliteWrite(mut turn) => {
                if later.len() > 1 || turn.has_begun() {
                    later.push((Turn::END, Vec::new()));
                    trip::send(turn.connection(), later, usize::MAX).await?;
                }
                tap::over(true);
                turn.commit().await
            }
            Link::SqliteRead(link) => Ok(link.commit().await?),
            Link::Postgres(mut link) => {
                ahead(&mut link, &mut later).await?;
                Ok(link.commit().await?)
            }
        }
    }
}
impl Deref for Transaction {
    type Target = Connection;
    fn deref(&self) -> &Connection {
        &self.0
    }
}
impl DerefMut for Transaction {
    fn deref_mut(&mut self) -> &mut Connection {
        &mut self.0
    }
}

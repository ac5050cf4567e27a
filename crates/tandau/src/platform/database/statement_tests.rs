//! Both engines read every statement of every room, so that a misspelt column or a word that only one of
//! them knows is found without running the page behind it.

use super::testing::{Postgres, fresh_sqlite};
use super::{Database, all_statements};

/// Every text with the name by which a failure is found again.
fn texts() -> Vec<(String, &'static str)> {
    let mut texts: Vec<_> = all_statements()
        .into_iter()
        .map(|s| (s.name.to_owned(), s.sql))
        .collect();
    for audited in crate::AUDITED.iter().flat_map(|room| room.iter()) {
        texts.push((format!("{} ids", audited.kind), audited.ids));
        for rows in audited.rows {
            texts.push((format!("{} rows", audited.kind), rows));
        }
    }
    texts
}

/// What is wrong with the texts: one line for each.
async fn problems(database: &Database, texts: &[(String, &'static str)]) -> Vec<String> {
    let mut found = Vec::new();
    for (name, sql) in texts {
        // A reader each: PostgreSQL gives up the whole transaction after one refused text.
        let mut connection = database.read().await.unwrap();
        match connection.check(sql).await {
            Ok(columns) if columns.is_empty() => {}
            Ok(columns) => found.push(format!("{name}: type of {}", columns.join(", "))),
            Err(e) => found.push(format!("{name}: {e}")),
        }
    }
    found
}

#[tokio::test]
async fn sqlite_understands_every_statement() {
    let (database, folder) = fresh_sqlite().await;
    let texts = texts();
    assert!(texts.len() > 50, "the list is not empty: {}", texts.len());
    assert_eq!(problems(&database, &texts).await, Vec::<String>::new());
    database.close().await;
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn postgres_understands_every_statement() {
    let Some(server) = Postgres::fresh("statements").await else {
        return;
    };
    assert_eq!(
        problems(&server.database, &texts()).await,
        Vec::<String>::new()
    );
    server.drop().await;
}

/// Faults that both engines must find.
const WRONG: &[(&str, &str)] = &[
    ("column", "select nam from setting"),
    ("table", "select value from settings"),
    ("grammar", "select value form setting"),
    ("arity", "insert into setting (name, value) values ($1)"),
];
/// Faults that only PostgreSQL finds.
const WRONG_FOR_POSTGRES: &[(&str, &str)] = &[
    ("numeric", "select sum(size) as n from audit_checkpoint"),
    ("int4", "select 1 as one from setting"),
    ("engine's own word", "select rowid from setting"),
    ("untyped", "select name from setting where $1 is null"),
    ("types", "select name from setting where value = 1"),
];

fn owned(texts: &[(&str, &'static str)]) -> Vec<(String, &'static str)> {
    texts.iter().map(|(n, s)| ((*n).to_owned(), *s)).collect()
}

#[tokio::test]
async fn the_check_can_fail() {
    let (database, folder) = fresh_sqlite().await;
    let found = problems(&database, &owned(WRONG)).await;
    assert_eq!(found.len(), WRONG.len(), "{found:#?}");
    database.close().await;
    std::fs::remove_dir_all(folder).unwrap();

    let Some(server) = Postgres::fresh("wrong").await else {
        return;
    };
    for list in [WRONG, WRONG_FOR_POSTGRES] {
        let found = problems(&server.database, &owned(list)).await;
        assert_eq!(found.len(), list.len(), "{found:#?}");
    }
    server.drop().await;
}

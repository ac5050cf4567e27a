use super::testing::{Postgres, fresh_sqlite};
use super::*;
use crate::bind;
use std::pin::pin;
use std::task::Poll;

const INSERT: &str = "insert into setting (name, value) values ($1, $2)";
const VALUE: &str = "select value from setting where name = $1";

async fn count(database: &Database) -> i64 {
    let mut reader = database.read().await.unwrap();
    reader
        .one("select count(*) as n from setting", bind![])
        .await
        .unwrap()
        .int("n")
        .unwrap()
}

#[tokio::test]
async fn what_is_committed_together_or_alone_is_there() {
    let (database, folder) = fresh_sqlite().await;
    let mut tasks = Vec::new();
    for number in 0..200_i64 {
        let database = database.clone();
        tasks.push(tokio::spawn(async move {
            let mut transaction = database.begin().await.unwrap();
            transaction
                .execute(
                    "insert into setting (name, value) values ($1, $2)",
                    bind![number.to_string(), "x"],
                )
                .await
                .unwrap();
            if number % 4 == 0 {
                drop(transaction);
            } else {
                transaction.commit().await.unwrap();
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(
        count(&database).await,
        150,
        "dropped transactions leave nothing behind"
    );
    database.close().await;
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn a_refused_change_does_not_touch_its_neighbours() {
    let (database, folder) = fresh_sqlite().await;
    let insert = "insert into setting (name, value) values ($1, $2)";
    let mut first = database.begin().await.unwrap();
    first.execute(insert, bind!["a", "1"]).await.unwrap();
    first.commit().await.unwrap();
    let mut second = database.begin().await.unwrap();
    second.execute(insert, bind!["b", "1"]).await.unwrap();
    let refused = second.execute(insert, bind!["a", "2"]).await.unwrap_err();
    assert!(refused.is_duplicate());
    drop(second);
    assert_eq!(count(&database).await, 1);
    database.close().await;
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn a_reader_keeps_its_view() {
    let (database, folder) = fresh_sqlite().await;
    let mut reader = database.read().await.unwrap();
    let before = reader
        .one("select count(*) as n from setting", bind![])
        .await
        .unwrap()
        .int("n")
        .unwrap();
    let mut transaction = database.begin().await.unwrap();
    transaction
        .execute(
            "insert into setting (name, value) values ('x', 'y')",
            bind![],
        )
        .await
        .unwrap();
    transaction.commit().await.unwrap();
    let after = reader
        .one("select count(*) as n from setting", bind![])
        .await
        .unwrap()
        .int("n")
        .unwrap();
    assert_eq!(before, after);
    drop(reader);
    assert_eq!(count(&database).await, 1);
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn what_is_deleted_is_gone_from_the_file() {
    let (database, folder) = fresh_sqlite().await;
    let mut transaction = database.begin().await.unwrap();
    for number in 0..500_i64 {
        transaction
            .execute(
                "insert into setting (name, value) values ($1, $2)",
                bind![format!("passing-{number:04}"), "x".repeat(64)],
            )
            .await
            .unwrap();
    }
    transaction
        .execute(
            "insert into setting (name, value) values ($1, $2)",
            bind!["staying-0001", "x"],
        )
        .await
        .unwrap();
    transaction.commit().await.unwrap();
    let mut transaction = database.begin().await.unwrap();
    transaction
        .execute("delete from setting where name like $1", bind!["passing-%"])
        .await
        .unwrap();
    transaction.commit().await.unwrap();
    database.close().await;
    drop(database);
    // The last connection takes the journal into the file and removes it.
    let journal = folder.join("t.db-wal");
    for _ in 0..500 {
        if !journal.exists() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    assert!(!journal.exists(), "the journal is gone");
    let mut whole = Vec::new();
    for entry in std::fs::read_dir(&folder).unwrap() {
        whole.extend(std::fs::read(entry.unwrap().path()).unwrap());
    }
    let holds = |mark: &[u8]| whole.windows(mark.len()).any(|bytes| bytes == mark);
    assert!(holds(b"staying-0001"), "what stays is in the file");
    assert!(!holds(b"passing-"), "nothing is left of what was deleted");
    std::fs::remove_dir_all(folder).unwrap();
}

/// Looks at a future so many times and drops it, as happens to a request whose sender goes away.
async fn given_up<F: Future>(future: F, looks: usize) -> Option<F::Output> {
    let mut future = pin!(future);
    for look in 0..looks {
        if look > 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let seen = std::future::poll_fn(|context| Poll::Ready(future.as_mut().poll(context))).await;
        if let Poll::Ready(output) = seen {
            return Some(output);
        }
    }
    None
}

async fn insert(database: &Database, name: &str) {
    let mut transaction = database.begin().await.unwrap();
    let touched = transaction.execute(INSERT, bind![name, "x"]).await;
    assert_eq!(touched.unwrap(), 1);
    transaction.commit().await.unwrap();
}

#[tokio::test]
async fn whoever_goes_away_leaves_the_writer_to_others() {
    let (database, folder) = fresh_sqlite().await;
    for looks in 1..7_usize {
        drop(given_up(database.begin(), looks).await);
        insert(&database, &format!("begun {looks}")).await;
        let mut transaction = database.begin().await.unwrap();
        transaction.later(INSERT, bind![format!("later {looks}"), "x"]);
        let values = bind![format!("gone {looks}"), "x"];
        transaction.execute(INSERT, values).await.unwrap();
        if let Some(outcome) = given_up(transaction.commit(), looks).await {
            outcome.unwrap();
        }
        insert(&database, &format!("after {looks}")).await;
    }
    let mut reader = database.read().await.unwrap();
    let names = reader.all("select name from setting order by name", bind![]);
    let names: Vec<String> = names
        .await
        .unwrap()
        .iter()
        .map(|row| row.text("name").unwrap())
        .collect();
    let of = |kind: &str| names.iter().filter(|n| n.starts_with(kind)).count();
    assert_eq!((of("begun"), of("after")), (6, 6));
    assert_eq!(of("gone"), of("later"), "whole or not at all");
    drop(reader);
    database.close().await;
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn a_turn_that_was_left_keeps_no_other_program_from_writing() {
    let (database, folder) = fresh_sqlite().await;
    let mut transaction = database.begin().await.unwrap();
    transaction.execute(INSERT, bind!["a", "x"]).await.unwrap();
    drop(transaction);
    let file = folder.join("t.db");
    let other = Database::open_sqlite(&file, Durability::Off).await.unwrap();
    insert(&other, "b").await;
    assert_eq!(count(&database).await, 1);
    other.close().await;
    database.close().await;
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn nothing_follows_a_statement_that_nobody_waited_for() {
    let (database, folder) = fresh_sqlite().await;
    for _ in 0..20 {
        let mut transaction = database.begin().await.unwrap();
        transaction.later(INSERT, bind!["a", "x"]);
        let cut = given_up(transaction.first(VALUE, bind!["a"]), 1).await;
        if cut.is_some() {
            // The engine was faster than one look.
            continue;
        }
        let next = transaction.execute(INSERT, bind!["b", "x"]).await;
        assert!(matches!(next, Err(DatabaseError::Over)), "{next:?}");
        let end = transaction.commit().await;
        assert!(matches!(end, Err(DatabaseError::Over)), "{end:?}");
    }
    assert_eq!(count(&database).await, 0);
    insert(&database, "a").await;
    database.close().await;
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn a_full_disk_is_told_to_the_whole_group() {
    let (database, folder) = fresh_sqlite().await;
    let mut first = database.begin().await.unwrap();
    first.execute(INSERT, bind!["first", "x"]).await.unwrap();
    let second = tokio::spawn({
        let database = database.clone();
        async move {
            let mut second = database.begin().await.unwrap();
            // No page more than there are; the engine then gives up all that was not committed.
            let pages = second.execute("pragma max_page_count = 1", bind![]);
            pages.await.unwrap();
            let large = bind!["second", "x".repeat(1_000_000)];
            let full = second.execute(INSERT, large).await;
            let next = second.execute(INSERT, bind!["third", "x"]).await;
            (full, next)
        }
    });
    // It waits for its turn.
    tokio::time::sleep(Duration::from_millis(20)).await;
    let told = first.commit().await;
    assert!(
        matches!(told, Err(DatabaseError::NotDurable(_))),
        "{told:?}"
    );
    let (full, next) = second.await.unwrap();
    assert!(matches!(full, Err(DatabaseError::Engine(_))), "{full:?}");
    assert!(matches!(next, Err(DatabaseError::Over)), "{next:?}");
    let mut fourth = database.begin().await.unwrap();
    let pages = fourth.execute("pragma max_page_count = 1000000", bind![]);
    pages.await.unwrap();
    fourth.commit().await.unwrap();
    insert(&database, "fifth").await;
    assert_eq!(count(&database).await, 1);
    database.close().await;
    std::fs::remove_dir_all(folder).unwrap();
}

/// More changes than one trip takes, a remark at the end of a text, rows that nobody asked for.
async fn each_in_its_place(database: &Database) {
    let mut transaction = database.begin().await.unwrap();
    for number in 0..100_i64 {
        let name = format!("n{number:03}");
        transaction.later(INSERT, bind![name, number.to_string()]);
    }
    let remarked = "update setting set value = $2 where name = $1 -- a remark";
    transaction.later(remarked, bind!["n007", "changed"]);
    let late = "update setting set value = $2 where name >= $1";
    let touched = transaction.execute(late, bind!["n090", "late"]).await;
    assert_eq!(touched.unwrap(), 10);
    let back = "delete from setting where name = $1 returning name as value";
    transaction.later(back, bind!["n000"]);
    let first = transaction.first(VALUE, bind!["n007"]).await.unwrap();
    assert_eq!(first.unwrap().text("value").unwrap(), "changed");
    transaction.later(back, bind!["n001"]);
    let all = transaction.all(VALUE, bind!["n095"]).await.unwrap();
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].text("value").unwrap(), "late");
    transaction.later(back, bind!["n002"]);
    transaction.commit().await.unwrap();
    assert_eq!(count(database).await, 97);

    let mut transaction = database.begin().await.unwrap();
    transaction.later(INSERT, bind!["dropped", "x"]);
    drop(transaction);
    let mut transaction = database.begin().await.unwrap();
    transaction.later(INSERT, bind!["alone", "x"]);
    transaction.commit().await.unwrap();
    assert_eq!(count(database).await, 98, "committed, and not dropped");
}

/// What fails ahead is not blamed on the statement it went with, and ends the transaction.
async fn a_failure_ahead(database: &Database) {
    insert(database, "there").await;
    let before = count(database).await;

    let mut transaction = database.begin().await.unwrap();
    transaction.later(INSERT, bind!["x1", "x"]);
    transaction.later(INSERT, bind!["there", "x"]);
    transaction.later(INSERT, bind!["x2", "x"]);
    let refused = transaction.execute(INSERT, bind!["x3", "x"]).await;
    let refused = refused.unwrap_err();
    assert!(matches!(refused, DatabaseError::Ahead(_)), "{refused:?}");
    assert!(!refused.is_duplicate());
    let next = transaction.first(VALUE, bind!["there"]).await;
    assert!(matches!(next, Err(DatabaseError::Over)), "{next:?}");
    let end = transaction.commit().await;
    assert!(matches!(end, Err(DatabaseError::Over)), "{end:?}");

    let mut transaction = database.begin().await.unwrap();
    transaction.later(INSERT, bind!["x1", "x"]);
    let refused = transaction.execute(INSERT, bind!["there", "x"]).await;
    assert!(refused.unwrap_err().is_duplicate());
    let end = transaction.commit().await;
    assert!(matches!(end, Err(DatabaseError::Over)), "{end:?}");

    let mut transaction = database.begin().await.unwrap();
    transaction.later(INSERT, bind!["x1", "x"]);
    transaction.later(INSERT, bind!["there", "x"]);
    let end = transaction.commit().await;
    assert!(matches!(end, Err(DatabaseError::Ahead(_))), "{end:?}");

    assert_eq!(count(database).await, before);
    insert(database, "goes on").await;
}

#[tokio::test]
async fn what_is_said_later_happens_in_its_place_or_not_at_all() {
    let (database, folder) = fresh_sqlite().await;
    each_in_its_place(&database).await;
    a_failure_ahead(&database).await;
    database.close().await;
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn on_postgres_too() {
    let Some(server) = Postgres::fresh("later").await else {
        return;
    };
    each_in_its_place(&server.database).await;
    a_failure_ahead(&server.database).await;
    server.drop().await;
}

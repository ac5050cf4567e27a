use super::testing::fresh_sqlite;
use super::*;
use crate::bind;

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

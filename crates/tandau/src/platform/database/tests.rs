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

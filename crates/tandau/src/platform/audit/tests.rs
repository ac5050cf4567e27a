//! The log against the rows it vouches for.

use super::{Sequencer, open_key, verify};
use crate::bind;
use crate::platform::access::{accounts, accounts_office};
use crate::testing::Installation;
use jiff::SignedDuration;

/// A person without an office, put straight on the table.
async fn person(home: &Installation, id: &str) {
    let mut tx = home.app.database.begin().await.unwrap();
    tx.execute(
        "insert into person (id, name_kk, name_ru, name_en, folded, sex, birth_year, synthetic, created_at)
            values ($1, $1, $1, $1, $1, 'f', 1980, true, 0)",
        bind![id],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn the_last_act_is_the_last_one_made_whatever_hour_it_names() {
    let home = Installation::new().await;
    person(&home, "p1").await;
    let acting = home.operator();
    let earlier = acting
        .now()
        .checked_sub(SignedDuration::from_hours(3))
        .unwrap();
    let mut tx = acting.begin().await.unwrap();
    let account = accounts::create(&mut tx, &acting, "p1", "somebody", "a long password", false)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    // Recorded for an hour before the account was made.
    accounts_office::disable(&home.operator().at(earlier), &account.id)
        .await
        .unwrap();
    let key = open_key(&home.app.database, &home.app.settings.data, None)
        .await
        .unwrap();
    let sequencer = Sequencer::new(home.app.clone(), key.clone());
    // Before and after the acts have their place in the log.
    for _ in 0..2 {
        let report = verify(&mut home.app.read().await.unwrap(), key.verifier(), None)
            .await
            .unwrap();
        let changed: Vec<_> = report
            .problems
            .iter()
            .filter(|p| p.object.contains(&account.id))
            .collect();
        assert!(changed.is_empty(), "{changed:?}");
        sequencer.catch_up().await.unwrap();
    }
    // Somebody touches the table.
    let mut tx = home.app.database.begin().await.unwrap();
    tx.execute(
        "update account set disabled_at = null where id = $1",
        bind![&account.id],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let report = verify(&mut home.app.read().await.unwrap(), key.verifier(), None)
        .await
        .unwrap();
    let found: Vec<_> = report.problems.iter().map(|p| p.problem).collect();
    assert!(found.contains(&"row_changed"), "{:?}", report.problems);
}

use super::*;
use crate::platform::{Error, Names};
use crate::testing::Installation;

#[tokio::test]
async fn parties_come_first_and_a_blank_name_is_refused() {
    let place = Installation::new().await;
    let acting = place.operator();
    let mut tx = acting.begin().await.unwrap();
    let mut ids = Vec::new();
    for (kind, name) in [(Kind::Association, "А"), (Kind::Party, "Я")] {
        let new = NewOrganisation {
            kind,
            names: Names::new(name, name, name),
            synthetic: true,
        };
        ids.push(actions::add_in(&mut tx, &acting, new).await.unwrap());
    }
    let blank = NewOrganisation {
        kind: Kind::Party,
        names: Names::new("А", " ", "A"),
        synthetic: true,
    };
    assert!(matches!(
        actions::add_in(&mut tx, &acting, blank).await,
        Err(Error::Invalid(p)) if p[0].field == "name_ru"
    ));
    tx.commit().await.unwrap();
    let mut reader = place.app.read().await.unwrap();
    let all = queries::all(&mut reader).await.unwrap();
    assert_eq!(
        all.iter().map(|o| o.id.as_str()).collect::<Vec<_>>(),
        [&ids[1], &ids[0]]
    );
    assert_eq!(queries::names(&mut reader, &ids[1]).await.unwrap().kk, "Я");
}

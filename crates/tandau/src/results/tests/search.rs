//! One field finds stations, areas, commissions and candidates in three languages.

use crate::bind;
use crate::commissions::tests::Browser;
use crate::elections::tests::pages::{CONTEST, called};
use axum::http::StatusCode;

async fn find(browser: &Browser<'_>, words: &str) -> String {
    let query = serde_urlencoded::to_string([("q", words), ("lang", "en")]).unwrap();
    let (status, text) = browser.get(&format!("/search?{query}")).await;
    assert_eq!(status, StatusCode::OK, "{words}");
    text
}

#[tokio::test]
async fn one_field_finds_everything_in_any_language_and_order() {
    let chain = called().await;
    let mut tx = chain.place.app.database.begin().await.unwrap();
    // The folded name as it was written before ы was folded, which the log vouches for.
    tx.execute(
        "insert into person (id, name_kk, name_ru, name_en, folded, sex, birth_year, synthetic, created_at)
            values ('sky', 'Өмірбек Ыбыраев', 'Омирбек Ибраев', 'Omirbek Ybyrayev',
                'омирбек ыбыраев | омирбек ибраев | omirbek ybyrayev', 'male', 1975, true, 0)",
        bind![],
    )
    .await
    .unwrap();
    tx.execute(
        "insert into candidate (id, contest_id, person_id, nominated_by, nominated_on, state)
            values ('sky', $1, 'sky', 'self', '2023-09-18', 'nominated')",
        bind![CONTEST],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let browser = Browser::public(&chain.place);
    for (words, found) in [
        ("448", "Red school"),
        ("мектеп қызыл", "Red school"),
        ("кизил", "Red school"),
        ("ШКОЛА КРАСНАЯ", "Red school"),
        ("актогай", "Aktogay district"),
        ("ауданы ақтоғай", "Aktogay district"),
        ("district AKTOGAY", "/areas/353600000"),
        ("актогай", "Territorial"),
        ("ыбыраев өмірбек", "Omirbek Ybyrayev"),
        ("ибираев", "Omirbek Ybyrayev"),
        ("ybyrayev", "/elections/akim-2023/candidates"),
    ] {
        let text = find(&browser, words).await;
        assert!(text.contains(found), "{words}: {found}\n{text}");
    }
    let text = find(&browser, "нигде такого нет").await;
    assert!(text.contains("Nothing has all the words"), "{text}");
    let text = find(&browser, "<script>alert(1)</script>").await;
    assert!(!text.contains("<script>alert"));
    assert!(!find(&browser, "%").await.contains("Red school"));
    let (_, home) = browser.get("/").await;
    assert!(
        home.contains("action=\"/search\""),
        "the front page's field"
    );
}

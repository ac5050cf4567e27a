use super::*;
use crate::platform::{Error, Names};
use crate::testing::Installation;
use jiff::civil::date;

pub(crate) fn somebody(kk: &str, ru: &str, en: &str) -> NewPerson {
    NewPerson {
        names: Names::new(kk, ru, en),
        sex: Sex::Female,
        birth_year: 1980,
        birth_date: None,
        synthetic: true,
    }
}

#[tokio::test]
async fn a_person_is_found_by_words_in_any_order_and_alphabet() {
    let place = Installation::new().await;
    let acting = place.operator();
    let mut tx = acting.begin().await.unwrap();
    let shynar = somebody(
        "Елемес Шынар Қайратқызы",
        "Елемес Шынар Кайраткызы",
        "Yelemes Shynar",
    );
    let id = actions::add_in(&mut tx, &acting, shynar).await.unwrap();
    let others = [
        somebody("Сәтбаев Қаныш", "Сатпаев Каныш", "Satpayev Kanysh"),
        somebody(
            "Өтемісов Махамбет",
            "Утемисов Махамбет",
            "Utemisov Makhambet",
        ),
    ];
    let more = actions::add_many_in(&mut tx, &acting, &others)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let mut reader = place.app.read().await.unwrap();
    for words in ["шынар елемес", "КАЙРАТКЫЗЫ", "қайратқ", "yelemes"] {
        let found = queries::search(&mut reader, words, 10).await.unwrap();
        assert_eq!(found.len(), 1, "{words}");
        assert_eq!(found[0].id, id);
    }
    let found = queries::search(&mut reader, "отемисов", 10).await.unwrap();
    assert_eq!(found[0].id, more[1]);
    for nothing in ["", "%", "шынар махамбет", "_"] {
        assert!(
            queries::search(&mut reader, nothing, 10)
                .await
                .unwrap()
                .is_empty()
        );
    }
    assert_eq!(
        queries::names(&mut reader, &more[0]).await.unwrap().ru,
        "Сатпаев Каныш"
    );
}

#[tokio::test]
async fn what_no_person_has_is_refused_by_its_field() {
    let place = Installation::new().await;
    let acting = place.operator();
    let mut wrong = somebody("", "Имя", "Name");
    wrong.birth_year = 1850;
    wrong.birth_date = Some(date(1990, 1, 1));
    let mut tx = acting.begin().await.unwrap();
    let Error::Invalid(problems) = actions::add_in(&mut tx, &acting, wrong).await.unwrap_err()
    else {
        panic!("invalid input")
    };
    let fields: Vec<_> = problems.iter().map(|p| p.field.as_str()).collect();
    assert_eq!(fields, ["name_kk", "birth_year", "birth_date"]);
}

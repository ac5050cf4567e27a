use super::*;
use crate::commissions::{import_csv, queries};
use crate::organisations;
use crate::platform::Error;
use crate::platform::rows;
use proptest::prelude::*;

const HEAD: &str = "level,area_code,station_number,size,term_from,term_until,office,name_kk,name_ru,name_en,sex,birth_year,nominator,organisation,decision_number,decision_date,body_kk,body_ru,body_en,valid_from,valid_until,synthetic\n";

fn rows_of(level: &str, code: &str, station: &str, seven: u64) -> String {
    (0..seven)
        .map(|n| {
            let office = ["chair", "deputy", "secretary"].get(usize::try_from(n).unwrap()).unwrap_or(&"member");
            format!("{level},{code},{station},{seven},2023-01-10,2028-01-09,{office},А {n},Б {n},C {n},female,1980,party,Жол,5/7,2023-01-10,Мәслихат,Маслихат,Maslikhat,2023-01-10,2028-01-09,yes\n")
        })
        .collect()
}

async fn prepared() -> Installation {
    let place = Installation::new().await;
    let acting = place.operator();
    areas::import_csv(&acting, AREAS.as_bytes(), false)
        .await
        .unwrap();
    let mut tx = acting.begin().await.unwrap();
    let party = organisations::NewOrganisation {
        kind: organisations::Kind::Party,
        names: Names::new("Жол", "Путь", "Way"),
        synthetic: true,
    };
    organisations::actions::add_in(&mut tx, &acting, party)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    place
}

#[tokio::test]
async fn a_file_makes_the_chain_with_its_members() {
    let place = prepared().await;
    let text = format!(
        "{HEAD}{}{}{}",
        rows_of("central", "KZ", "", 7),
        rows_of("region", "350000000", "", 7),
        rows_of("district", "353600000", "", 7)
    );
    let acting = place.operator();
    assert_eq!(
        import_csv(&acting, text.as_bytes(), true).await.unwrap(),
        (3, 21)
    );
    let mut reader = place.app.read().await.unwrap();
    let day = date(2023, 11, 5);
    assert!(
        queries::count_by_level(&mut reader, day)
            .await
            .unwrap()
            .is_empty(),
        "a trial changes nothing"
    );
    drop(reader);
    import_csv(&acting, text.as_bytes(), false).await.unwrap();
    let mut reader = place.app.read().await.unwrap();
    let area = areas::by_code(&mut reader, "353600000", day)
        .await
        .unwrap()
        .unwrap();
    let district = queries::by_area(&mut reader, &area, day)
        .await
        .unwrap()
        .unwrap();
    let members = queries::composition(&mut reader, &district.id, day)
        .await
        .unwrap();
    assert_eq!(members.len(), 7);
    assert_eq!(members[0].organisation.as_ref().unwrap().ru, "Путь");
    let region = queries::by_id(&mut reader, district.parent_id.as_deref().unwrap())
        .await
        .unwrap();
    assert_eq!(region.level, Level::Region);
    assert_eq!(
        queries::seats_of_decision(&mut reader, &members[0].seated_by)
            .await
            .unwrap()
            .len(),
        21
    );
}

#[tokio::test]
async fn every_bad_row_is_named_with_its_column() {
    let place = prepared().await;
    let good = rows_of("central", "KZ", "", 7);
    let text = format!(
        "{HEAD}{}{}",
        good.replacen("female,1980", "neither,1980", 1)
            .replacen("А 3", "", 1),
        rows_of("district", "353600000", "", 7)
    );
    let Error::Invalid(problems) = import_csv(&place.operator(), text.as_bytes(), false)
        .await
        .unwrap_err()
    else {
        panic!("invalid")
    };
    let fields: Vec<_> = problems.iter().map(|p| p.field.as_str()).collect();
    assert_eq!(
        fields,
        [
            "row 2 (central KZ): sex",
            "row 5 (central KZ): name_kk",
            "row 9 (district 353600000): level"
        ]
    );
    let unknown = format!("{HEAD}{}", good.replace("Жол", "Жоқ"));
    assert!(matches!(
        import_csv(&place.operator(), unknown.as_bytes(), false).await,
        Err(Error::Invalid(p)) if p[0].field.ends_with("organisation")
    ));
    assert!(matches!(
        import_csv(&place.operator(), b"level,what\n1,2\n", false).await,
        Err(Error::Invalid(p)) if p[0].field == "row 2"
    ));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn reading_rows_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let _ = rows::read::<crate::commissions::MemberRow>(&bytes);
        let _ = rows::read::<crate::stations::StationRow>(&bytes);
        let mut with_head = HEAD.as_bytes().to_vec();
        with_head.extend(&bytes);
        let _ = rows::read::<crate::commissions::MemberRow>(&with_head);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn a_hostile_file_is_refused_not_obeyed(
        cells in prop::collection::vec(prop::collection::vec("[^,\"\r\n]{0,12}|central|KZ|7|2023-01-01|99999999999999999999|-1", 22), 1..6)
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let place = prepared().await;
            let body: String = cells.iter().map(|row| row.join(",") + "\n").collect();
            let text = format!("{HEAD}{body}");
            let outcome = import_csv(&place.operator(), text.as_bytes(), false).await;
            assert!(matches!(outcome, Err(Error::Invalid(_)) | Ok(_)), "{outcome:?}");
        });
    }
}

use super::*;
use crate::testing::Installation;
use jiff::civil::date;

const FILE: &str = "code,parent_code,kind,name_kk,name_ru,name_en,zone,valid_from,valid_until,edition,note
KZ,,country,Қазақстан,Казахстан,Kazakhstan,Asia/Almaty,1991-12-16,,test,
350000000,KZ,region,Қарағанды облысы,Карагандинская область,Karaganda Region,Asia/Almaty,1997-05-03,,test,
353600000,350000000,district,Ақтоғай ауданы,Актогайский район,Aktogay district,Asia/Almaty,1997-05-03,,test,
";

#[tokio::test]
async fn a_file_of_areas_can_be_searched_whatever_the_letters() {
    let place = Installation::new().await;
    assert_eq!(
        import_csv(&place.operator(), FILE.as_bytes(), false)
            .await
            .unwrap(),
        3
    );
    let mut reader = place.app.read().await.unwrap();
    for words in ["Ақтоғай", "актогай", "AKTOGAY", "ақтоғ"] {
        let found = search(&mut reader, words, 10).await.unwrap();
        assert_eq!(found.len(), 1, "{words}");
        assert_eq!(found[0].code, "353600000");
    }
    assert!(search(&mut reader, "%", 10).await.unwrap().is_empty());
    let id = by_code(&mut reader, "353600000", date(2023, 11, 5))
        .await
        .unwrap()
        .unwrap();
    let path = path(&mut reader, &id).await.unwrap();
    assert_eq!(
        path.iter().map(|a| a.code.as_str()).collect::<Vec<_>>(),
        ["KZ", "350000000", "353600000"]
    );
}

#[tokio::test]
async fn a_trial_run_changes_nothing_and_a_bad_row_is_named() {
    let place = Installation::new().await;
    import_csv(&place.operator(), FILE.as_bytes(), true)
        .await
        .unwrap();
    assert!(
        store::count_by_kind(&mut place.app.read().await.unwrap())
            .await
            .unwrap()
            .is_empty()
    );
    let bad = FILE.replace(
        "Asia/Almaty,1997-05-03,,test,\n353",
        "Asia/Nowhere,1997-05-03,,test,\n353",
    );
    let crate::platform::Error::Invalid(problems) =
        import_csv(&place.operator(), bad.as_bytes(), false)
            .await
            .unwrap_err()
    else {
        panic!("an unknown zone is invalid input")
    };
    assert!(
        problems[0].field.contains("row 3") && problems[0].field.contains("zone"),
        "{problems:?}"
    );
}

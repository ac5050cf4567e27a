use super::*;
use crate::platform::Error;
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

#[test]
fn any_bytes_are_areas_or_a_refusal() {
    use proptest::prelude::*;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let place = runtime.block_on(Installation::new());
    let cell = prop_oneof![
        "\\PC{0,12}",
        prop::sample::select(vec![
            "KZ",
            "",
            "country",
            "region",
            "Asia/Almaty",
            "1991-12-16",
            "9999-99-99",
            "\"",
            "\n",
            "\u{0}",
        ])
        .prop_map(str::to_owned),
    ];
    let head = FILE.lines().next().unwrap();
    let rows = prop::collection::vec(prop::collection::vec(cell, 9..13), 0..6).prop_map(|rows| {
        let rows: Vec<String> = rows.iter().map(|row| row.join(",")).collect();
        format!("{head}\n{}\n", rows.join("\n")).into_bytes()
    });
    let mut runner = proptest::test_runner::TestRunner::default();
    runner
        .run(&prop_oneof![any::<Vec<u8>>(), rows], |bytes| {
            let taken = runtime.block_on(import_csv(&place.operator(), &bytes, true));
            prop_assert!(matches!(taken, Ok(_) | Err(Error::Invalid(_))), "{taken:?}");
            Ok(())
        })
        .unwrap();
}

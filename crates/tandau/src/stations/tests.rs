mod bytes;
mod moves;

use super::actions::{add, add_in, change};
use super::{NewStation, import_csv, queries};
use crate::commissions::Office;
use crate::commissions::tests::{Browser, Chain};
use crate::platform::{Error, Names, areas};
use axum::http::StatusCode;
use jiff::civil::{Date, date};

const FROM: Date = date(2023, 1, 1);

async fn station(chain: &Chain, code: &str, number: u64) -> NewStation {
    let mut reader = chain.place.app.read().await.unwrap();
    NewStation {
        number,
        region_id: areas::by_code(&mut reader, "350000000", FROM)
            .await
            .unwrap()
            .unwrap(),
        district_id: areas::by_code(&mut reader, code, FROM)
            .await
            .unwrap()
            .unwrap(),
        names: Names::new("Мәдениет үйі", "Дом культуры", "House of culture"),
        address: Names::new(
            "Сарышаған кенті, Бейбітшілік көшесі, 12",
            "посёлок Сарышаган, улица Бейбитшилик, 12",
            "12 Beibitshilik street, Saryshagan",
        ),
        latitude_microdeg: Some(46_118_000),
        longitude_microdeg: Some(73_616_000),
        capacity: 80,
        voters_on_list: 612,
        special: String::new(),
        step_free: Some(true),
        valid_from: FROM,
        zone: "Asia/Almaty".to_owned(),
    }
}

async fn added(chain: &Chain, code: &str, number: u64) -> String {
    let acting = chain.place.operator();
    let new = station(chain, code, number).await;
    let mut tx = acting.begin().await.unwrap();
    let id = add_in(&mut tx, &acting, new).await.unwrap();
    tx.commit().await.unwrap();
    id
}

fn field<T: std::fmt::Debug>(result: Result<T, Error>) -> String {
    match result.unwrap_err() {
        Error::Invalid(problems) => problems[0].field.clone(),
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_station_keeps_its_identity_through_its_versions() {
    let chain = Chain::new().await;
    let id = added(&chain, "353600000", 448).await;
    let own = chain.holder(&chain.aktogay, Office::Secretary).await;
    let mut new = station(&chain, "355600000", 902).await;
    new.valid_from = date(2023, 10, 1);
    new.voters_on_list = 630;
    assert_eq!(change(&own, &id, 1, new, "Жаңа нөмірлеу").await.unwrap(), 2);
    let mut reader = chain.place.app.read().await.unwrap();
    let before = queries::as_of(&mut reader, &id, date(2023, 9, 30))
        .await
        .unwrap();
    let after = queries::as_of(&mut reader, &id, date(2023, 10, 1))
        .await
        .unwrap();
    assert_eq!(
        (before.number, before.voters_on_list, before.version),
        (448, 612, 1)
    );
    assert_eq!(
        (after.number, after.voters_on_list, after.version),
        (902, 630, 2)
    );
    assert_eq!(before.area_id, after.area_id);
    assert_eq!(
        before.district_id, after.district_id,
        "a station does not move to another district"
    );
    for (day, name) in [
        (date(2023, 9, 30), "№\u{a0}448"),
        (date(2023, 10, 1), "№\u{a0}902"),
    ] {
        let area = areas::by_id(&mut reader, &after.area_id, day)
            .await
            .unwrap();
        assert_eq!(area.names.kk, name);
    }
    let path = areas::path(&mut reader, &after.area_id).await.unwrap();
    assert_eq!(path.len(), 4);
    assert_eq!(path[3].names.en, "No.\u{a0}902");
    assert_eq!(
        queries::by_number(&mut reader, 448, date(2023, 10, 1))
            .await
            .unwrap(),
        []
    );
    assert_eq!(
        queries::by_number(&mut reader, 902, date(2023, 10, 1))
            .await
            .unwrap()
            .len(),
        1
    );
    let of = queries::of_district(&mut reader, &after.district_id, date(2023, 11, 5))
        .await
        .unwrap();
    assert_eq!(of, [after]);
}

#[tokio::test]
async fn a_number_is_one_stations_within_the_region() {
    let chain = Chain::new().await;
    let first = added(&chain, "353600000", 448).await;
    let acting = chain.place.operator();
    let mut tx = acting.begin().await.unwrap();
    let same = station(&chain, "355600000", 448).await;
    assert_eq!(field(add_in(&mut tx, &acting, same).await), "number");
    drop(tx);
    let second = added(&chain, "355600000", 449).await;
    // From October 448 becomes 900; only from then on may another take its number.
    let mut renumbered = station(&chain, "353600000", 900).await;
    renumbered.valid_from = date(2023, 10, 1);
    change(&acting, &first, 1, renumbered, "нумерация")
        .await
        .unwrap();
    let mut early = station(&chain, "355600000", 448).await;
    early.valid_from = date(2023, 9, 1);
    assert_eq!(
        field(change(&acting, &second, 1, early.clone(), "x").await),
        "number"
    );
    let mut future = station(&chain, "355600000", 900).await;
    future.valid_from = date(2023, 9, 1);
    assert_eq!(
        field(change(&acting, &second, 1, future, "x").await),
        "number"
    );
    early.valid_from = date(2023, 10, 1);
    change(&acting, &second, 1, early, "x").await.unwrap();
}

#[tokio::test]
async fn the_second_editor_is_told() {
    let chain = Chain::new().await;
    let id = added(&chain, "353600000", 448).await;
    let own = chain.holder(&chain.aktogay, Office::Chair).await;
    let new = station(&chain, "353600000", 448).await;
    change(&own, &id, 1, new.clone(), "first").await.unwrap();
    assert!(matches!(
        change(&own, &id, 1, new.clone(), "second").await,
        Err(Error::Conflict(_))
    ));
    assert_eq!(change(&own, &id, 2, new, "second").await.unwrap(), 3);
}

#[tokio::test]
async fn only_the_territorial_commission_above_changes_a_station() {
    let chain = Chain::new().await;
    let id = added(&chain, "353600000", 448).await;
    let new = station(&chain, "353600000", 448).await;
    for acting in [
        chain.holder(&chain.osakarov, Office::Chair).await,
        chain.holder(&chain.aktogay, Office::Deputy).await,
        chain.holder(&chain.central, Office::Chair).await,
    ] {
        let made = change(&acting, &id, 1, new.clone(), "x").await;
        assert!(
            matches!(made, Err(Error::Forbidden(_))),
            "{}",
            acting.actor().office()
        );
        assert!(matches!(
            add(&acting, new.clone()).await,
            Err(Error::Forbidden(_))
        ));
    }
    let region = chain.holder(&chain.region, Office::Secretary).await;
    change(&region, &id, 1, new, "x").await.unwrap();
}

#[tokio::test]
async fn what_no_station_has_is_refused_by_its_field() {
    let chain = Chain::new().await;
    let acting = chain.place.operator();
    let good = station(&chain, "353600000", 448).await;
    let country = {
        let mut reader = chain.place.app.read().await.unwrap();
        areas::by_code(&mut reader, "KZ", FROM)
            .await
            .unwrap()
            .unwrap()
    };
    let mut tx = acting.begin().await.unwrap();
    for (new, name) in [
        (
            NewStation {
                voters_on_list: 3_001,
                ..good.clone()
            },
            "voters_on_list",
        ),
        (
            NewStation {
                number: 0,
                ..good.clone()
            },
            "number",
        ),
        (
            NewStation {
                number: u64::MAX,
                ..good.clone()
            },
            "number",
        ),
        (
            NewStation {
                special: "moon".to_owned(),
                ..good.clone()
            },
            "special",
        ),
        (
            NewStation {
                zone: "Asia/Nowhere".to_owned(),
                ..good.clone()
            },
            "zone",
        ),
        (
            NewStation {
                latitude_microdeg: None,
                ..good.clone()
            },
            "latitude",
        ),
        (
            NewStation {
                latitude_microdeg: Some(i64::MAX),
                ..good.clone()
            },
            "latitude",
        ),
        (
            NewStation {
                address: Names::new("а", "", "c"),
                ..good.clone()
            },
            "address_ru",
        ),
        (
            NewStation {
                district_id: country.clone(),
                ..good.clone()
            },
            "district",
        ),
        (
            NewStation {
                region_id: good.district_id.clone(),
                district_id: good.region_id.clone(),
                ..good.clone()
            },
            "district",
        ),
    ] {
        assert_eq!(field(add_in(&mut tx, &acting, new).await), name);
    }
    add_in(
        &mut tx,
        &acting,
        NewStation {
            voters_on_list: 3_000,
            ..good
        },
    )
    .await
    .unwrap();
}

#[tokio::test]
async fn search_forgives_letters_and_knows_numbers() {
    let chain = Chain::new().await;
    let id = added(&chain, "353600000", 448).await;
    added(&chain, "355600000", 1448).await;
    let mut reader = chain.place.app.read().await.unwrap();
    let day = date(2023, 11, 5);
    for (words, total) in [
        ("448", 1),
        ("44", 1),
        ("сарышаган", 2),
        ("САРЫШАҒАН бейбитш", 2),
        ("aktogay", 1),
        ("ақтоғай мадениет", 1),
        ("saryshagan 448", 1),
        ("№ 448", 1),
        ("", 2),
        ("%", 2),
        ("алматы", 0),
    ] {
        let found = queries::search(&mut reader, words, day, 10, 0)
            .await
            .unwrap();
        assert_eq!(found.total, total, "{words}");
    }
    let found = queries::search(&mut reader, "12", day, 10, 0)
        .await
        .unwrap();
    assert_eq!(found.total, 2, "house number");
    assert_eq!(
        queries::search(&mut reader, "", day, 1, 0)
            .await
            .unwrap()
            .stations[0]
            .id,
        id
    );
    assert_eq!(
        queries::search(&mut reader, "", date(2020, 1, 1), 10, 0)
            .await
            .unwrap()
            .total,
        0
    );
}

#[tokio::test]
async fn pages_show_a_station_its_area_and_the_offices_form() {
    let chain = Chain::new().await;
    let id = added(&chain, "353600000", 448).await;
    let reader = Browser::public(&chain.place);
    let (status, text) = reader.get("/stations?q=448&lang=kk").await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains(&format!("/stations/{id}")) && text.contains("Мәдениет үйі"));
    let (status, text) = reader.get(&format!("/stations/{id}?lang=ru")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("Избирательный участок № 448") && !text.contains("/office/stations"));
    let (status, text) = reader.get("/areas/353600000?lang=en").await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("Aktogay district") && text.contains("448"));
    assert!(
        text.contains(&format!("href=\"/commissions/{}\"", chain.aktogay)),
        "the way to the commission"
    );
    let (_, text) = reader.get("/areas/350000000?lang=en").await;
    assert!(text.contains("stations: 1, voters: 612"), "{text}");

    let own = chain.holder(&chain.aktogay, Office::Chair).await;
    let own = Browser::signed_in(&chain.place, own.person()).await;
    let form = format!("/office/stations/{id}");
    assert_eq!(own.get(&form).await.0, StatusCode::OK);
    let fields = |voters: &'static str, reason: &'static str| {
        [
            ("based_on", "1"),
            ("number", "448"),
            ("name_kk", "Мектеп"),
            ("name_ru", "Школа"),
            ("name_en", "School"),
            ("address_kk", "а"),
            ("address_ru", "б"),
            ("address_en", "c"),
            ("latitude", "46,118"),
            ("longitude", "73.6"),
            ("capacity", "90"),
            ("voters_on_list", voters),
            ("special", ""),
            ("step_free", "no"),
            ("valid_from", "2023-11-06"),
            ("reason", reason),
        ]
    };
    let (status, text) = own.post(&form, &fields("4000", "")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("#voters_on_list"), "{text}");
    assert_eq!(
        own.post(&form, &fields("640", "")).await.0,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let (status, to) = own.post(&form, &fields("640", "Ремонт")).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
    let (_, text) = reader.get(&format!("/stations/{id}?lang=ru")).await;
    assert!(text.contains("Школа (было: Дом культуры)"), "{text}");
    assert_eq!(
        own.post(&form, &fields("640", "x")).await.0,
        StatusCode::CONFLICT
    );
    let neighbour = chain.holder(&chain.osakarov, Office::Chair).await;
    let neighbour = Browser::signed_in(&chain.place, neighbour.person()).await;
    assert_eq!(neighbour.get(&form).await.0, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_file_of_stations_is_taken_or_its_rows_are_named() {
    const HEAD: &str = "number,region_code,district_code,name_kk,name_ru,name_en,address_kk,address_ru,address_en,latitude,longitude,capacity,voters_on_list,special,step_free,valid_from\n";
    let chain = Chain::new().await;
    let acting = chain.place.operator();
    let row = |number: &str, voters: &str| {
        format!(
            "{number},350000000,353600000,Мектеп,Школа,School,а,б,c,46.1,73.6,80,{voters},,yes,2023-01-01\n"
        )
    };
    let good = format!("\u{feff}{HEAD}{}{}", row("448", "612"), row("449", "3000"));
    assert_eq!(import_csv(&acting, good.as_bytes(), true).await.unwrap(), 2);
    assert_eq!(
        import_csv(&acting, good.as_bytes(), false).await.unwrap(),
        2
    );
    let Err(Error::Invalid(problems)) = import_csv(&acting, good.as_bytes(), false).await else {
        panic!("the numbers are taken")
    };
    assert_eq!(problems[0].field, "row 2 (448): number");
    let bad = format!("{HEAD}{}{}", row("500", "3001"), row("50x", "1"));
    let Err(Error::Invalid(problems)) = import_csv(&acting, bad.as_bytes(), false).await else {
        panic!("refused")
    };
    let fields: Vec<_> = problems.iter().map(|p| p.field.as_str()).collect();
    assert_eq!(
        fields,
        ["row 2 (500): voters_on_list", "row 3 (50x): number"]
    );
    let own = chain.holder(&chain.aktogay, Office::Chair).await;
    let more = format!("{HEAD}{}", row("501", "10"));
    assert!(matches!(
        import_csv(&own, more.as_bytes(), false).await,
        Err(Error::Forbidden(_))
    ));
    let central = chain.holder(&chain.central, Office::Chair).await;
    assert_eq!(
        import_csv(&central, more.as_bytes(), false).await.unwrap(),
        1
    );
}

#[test]
fn every_kind_has_its_name_in_every_language() {
    use crate::platform::{Lang, T};
    for lang in Lang::ALL {
        for kind in super::model::SPECIAL.iter().filter(|k| !k.is_empty()) {
            let name = super::pages::special_name(T::new(lang), kind);
            assert!(!name.starts_with("stations-"), "{lang:?} {kind}");
        }
        let country = electoral::rules::Country::built_in().unwrap();
        for kind in country.area_kinds {
            let key = format!("area-kind-{}", kind.id.replace('_', "-"));
            assert!(T::new(lang).dynamic(&key).is_some(), "{lang:?} {key}");
        }
    }
}

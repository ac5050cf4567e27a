//! A district with a commission and a station is renamed, moved to another region, and one is closed.

use super::{FROM, added, queries};
use crate::commissions::actions::form_in;
use crate::commissions::tests::{Chain, SEATED, TERM_ENDS, member, person};
use crate::commissions::{self, Level, NewCommission, Office};
use crate::people;
use crate::platform::access::Action;
use crate::platform::areas::{self, import_csv};
use crate::platform::database::Connection;
use crate::platform::{Acting, Error};
use jiff::civil::{Date, date};

const HEADING: &str = "change,code,parent_code,kind,name_kk,name_ru,name_en,zone,valid_from,valid_until,edition,note\n";
const AKTOGAY: &str = "353600000";
const OLD_REGION: &str = "350000000";
const NEW_REGION: &str = "620000000";
/// What happened to Aktogay: another name from June on, another region from October on.
const CHANGES: &str = "rename,353600000,,,Жаңа Ақтоғай ауданы,Новый Актогайский район,New Aktogay district,,2023-06-01,,,
move,353600000,620000000,,,,,,2023-10-01,,,
";

async fn import(chain: &Chain, rows: &str) -> Result<usize, Error> {
    let text = format!("{HEADING}{rows}");
    import_csv(&chain.place.operator(), text.as_bytes(), false).await
}

async fn refused(chain: &Chain, rows: &str) -> String {
    match import(chain, rows).await.unwrap_err() {
        Error::Invalid(problems) => problems[0].field.clone(),
        other => panic!("{other}"),
    }
}

/// The small country with a second region, which has a commission of its own.
async fn with_second_region() -> (Chain, String) {
    let chain = Chain::new().await;
    let region = ",620000000,KZ,region,Ұлытау облысы,область Улытау,Ulytau Region,Asia/Almaty,2022-01-01,,test,\n";
    import(&chain, region).await.unwrap();
    let acting = chain.place.operator();
    let mut tx = acting.begin().await.unwrap();
    let mut members = Vec::new();
    for number in 0..7 {
        let new = person(&format!("620000000 {number}"));
        let id = people::actions::add_in(&mut tx, &acting, new)
            .await
            .unwrap();
        let office = *Office::ALL.get(number).unwrap_or(&Office::Member);
        members.push(member("", &id, office, &chain.act));
    }
    let new = NewCommission {
        level: Level::Region,
        area_id: id_of(&mut tx, NEW_REGION).await,
        parent_id: Some(chain.central.clone()),
        size: 7,
        term_from: SEATED,
        term_until: TERM_ENDS,
    };
    let commission = form_in(&mut tx, &acting, new, members).await.unwrap();
    tx.commit().await.unwrap();
    (chain, commission)
}

async fn id_of(reader: &mut Connection, code: &str) -> String {
    areas::by_code(reader, code, date(2023, 11, 5))
        .await
        .unwrap()
        .unwrap()
}

async fn codes_on(reader: &mut Connection, id: &str, day: Date) -> Vec<String> {
    let way = areas::path_on(reader, id, day).await.unwrap();
    way.into_iter().map(|a| a.code).collect()
}

async fn children_on(reader: &mut Connection, code: &str, day: Date) -> Vec<String> {
    let id = id_of(reader, code).await;
    let found = areas::children(reader, &id, day).await.unwrap();
    found.into_iter().map(|a| a.names.en).collect()
}

async fn may(chain: &Chain, acting: &Acting, area_id: &str) -> bool {
    let mut reader = chain.place.app.read().await.unwrap();
    acting
        .may(&mut reader, Action::StationChange, area_id, None)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_renamed_and_moved_district_is_known_as_of_every_day() {
    let (chain, _) = with_second_region().await;
    import(&chain, CHANGES).await.unwrap();
    let mut reader = chain.place.app.read().await.unwrap();
    let r = &mut reader;
    let id = id_of(r, AKTOGAY).await;
    for (day, name, region) in [
        (date(2023, 5, 31), "Aktogay district", OLD_REGION),
        (date(2023, 6, 1), "New Aktogay district", OLD_REGION),
        (date(2023, 9, 30), "New Aktogay district", OLD_REGION),
        (date(2023, 10, 1), "New Aktogay district", NEW_REGION),
    ] {
        let area = areas::by_id(r, &id, day).await.unwrap();
        assert_eq!(area.names.en, name, "{day}");
        assert_eq!(codes_on(r, &id, day).await, ["KZ", region, AKTOGAY]);
        let here = children_on(r, region, day).await;
        assert!(here.iter().any(|n| n == name), "{day}: {here:?}");
        let other = if region == OLD_REGION {
            NEW_REGION
        } else {
            OLD_REGION
        };
        let there = children_on(r, other, day).await;
        assert!(!there.iter().any(|n| n == name), "{day}: {there:?}");
    }
    let names = areas::names_of(r, &id).await.unwrap();
    assert_eq!(names[0].1, None);
    assert_eq!(names[1].1, Some(date(2023, 5, 31)));
    for words in ["New Aktogay", "aktogay new", "жаңа ақтоғай"] {
        let found = areas::search(r, words, 5).await.unwrap();
        assert_eq!(found.len(), 1, "{words}");
    }
}

#[tokio::test]
async fn commission_station_and_powers_go_with_their_area() {
    let (chain, new_region) = with_second_region().await;
    let station = added(&chain, AKTOGAY, 448).await;
    let old = chain.holder(&chain.region, Office::Secretary).await;
    let new = chain.holder(&new_region, Office::Secretary).await;
    let area = {
        let mut reader = chain.place.app.read().await.unwrap();
        let found = queries::as_of(&mut reader, &station, FROM).await.unwrap();
        found.area_id
    };
    assert!(may(&chain, &old, &area).await && !may(&chain, &new, &area).await);
    import(&chain, CHANGES).await.unwrap();
    assert!(!may(&chain, &old, &area).await && may(&chain, &new, &area).await);

    let mut reader = chain.place.app.read().await.unwrap();
    let r = &mut reader;
    let commission = commissions::queries::by_id(r, &chain.aktogay)
        .await
        .unwrap();
    assert_eq!(commission.parent_id, Some(new_region));
    for (day, region, version) in [
        (date(2023, 9, 30), OLD_REGION, 1),
        (date(2023, 10, 1), NEW_REGION, 2),
    ] {
        let found = queries::as_of(r, &station, day).await.unwrap();
        assert_eq!(found.region_id, id_of(r, region).await);
        assert_eq!(found.version, version);
    }
    // The closure holds each way exactly once: what a path walks is what a power reaches.
    let way: Vec<String> = areas::path(r, &area)
        .await
        .unwrap()
        .into_iter()
        .take(3)
        .map(|a| a.code)
        .collect();
    assert_eq!(way, ["KZ", NEW_REGION, AKTOGAY]);
    drop(reader);
    // Said again, nothing changes.
    import(&chain, CHANGES).await.unwrap();
    let mut reader = chain.place.app.read().await.unwrap();
    let found = queries::as_of(&mut reader, &station, date(2023, 11, 5))
        .await
        .unwrap();
    assert_eq!(found.version, 2);
}

#[tokio::test]
async fn a_change_that_cannot_be_is_refused_by_its_column() {
    let (chain, _) = with_second_region().await;
    added(&chain, AKTOGAY, 448).await;
    for (rows, column) in [
        ("rename,1,,,а,б,c,,2023-06-01,,,\n", "code"),
        ("rename,353600000,,,а,,c,,2023-06-01,,,\n", "name_ru"),
        ("rename,353600000,,,а,б,c,,1990-01-01,,,\n", "valid_from"),
        ("rename,353600000,,,а,б,c,,2023-12-01,,,\n", "valid_from"),
        (
            "move,350000000,353600000,,,,,,2023-06-01,,,\n",
            "parent_code",
        ),
        ("move,353600000,1,,,,,,2023-06-01,,,\n", "parent_code"),
        ("close,353600000,,,,,,,,2023-06-01,,\n", "code"),
        ("close,353600000,,,,,,,,,,\n", "valid_until"),
        ("split,353600000,,,,,,,2023-06-01,,,\n", "change"),
    ] {
        let field = refused(&chain, rows).await;
        assert!(field.ends_with(&format!(": {column}")), "{rows}: {field}");
    }
}

#[tokio::test]
async fn a_number_taken_in_the_other_region_stops_the_move() {
    let (chain, _) = with_second_region().await;
    let district = ",625000000,620000000,district,Ұлытау ауданы,Улытауский район,Ulytau district,Asia/Almaty,2022-01-01,,test,\n";
    import(&chain, district).await.unwrap();
    added(&chain, AKTOGAY, 448).await;
    let acting = chain.place.operator();
    let mut tx = acting.begin().await.unwrap();
    let mut other = super::station(&chain, "625000000", 448).await;
    other.region_id = id_of(&mut tx, NEW_REGION).await;
    super::add_in(&mut tx, &acting, other).await.unwrap();
    tx.commit().await.unwrap();
    let field = refused(&chain, CHANGES).await;
    assert!(field.ends_with(": code"), "{field}");
    let mut reader = chain.place.app.read().await.unwrap();
    let id = id_of(&mut reader, AKTOGAY).await;
    let way = codes_on(&mut reader, &id, date(2023, 11, 5)).await;
    assert_eq!(way, ["KZ", OLD_REGION, AKTOGAY], "nothing was taken");
}

#[tokio::test]
async fn an_empty_area_ends_on_its_last_day() {
    let (chain, _) = with_second_region().await;
    let rows = "close,355600000,,,,,,,,2023-08-31,,\n";
    import(&chain, rows).await.unwrap();
    import(&chain, rows).await.unwrap();
    let mut reader = chain.place.app.read().await.unwrap();
    let before = children_on(&mut reader, OLD_REGION, date(2023, 8, 31)).await;
    let after = children_on(&mut reader, OLD_REGION, date(2023, 9, 1)).await;
    assert_eq!(before, ["Aktogay district", "Osakarov district"]);
    assert_eq!(after, ["Aktogay district"]);
    // Its page and its past stay.
    let id = id_of(&mut reader, "355600000").await;
    assert_eq!(areas::path(&mut reader, &id).await.unwrap().len(), 3);
    drop(reader);
    let field = refused(&chain, "close,355600000,,,,,,,,2023-07-31,,\n").await;
    assert!(field.ends_with(": valid_until"), "{field}");
}

//! Stations become covered, fall back, are counted, are told to readiness.

mod figures;
mod pages;
mod told;

use crate::training::coverage::model::{Stand, Sums};
use crate::training::coverage::{queries, store};
use crate::training::presence::actions::{Close, close};
use crate::training::presence::tests::{Hall, SESSION};
use crate::votingday::tests::world::ELECTION;

pub(super) const AFTER: &str = "2023-10-02T07:05:00Z";

/// Holds the session with people by the trainer's list.
pub(super) async fn hold(hall: &Hall, present: &[&str]) {
    let count = present.len().to_string();
    hall.sheet(AFTER, (&count, present, "")).await.unwrap();
    let how = Close {
        seen: hall.session().await.version,
        present: u64::try_from(present.len()).unwrap(),
        reason: String::new(),
    };
    close(&hall.trainer(AFTER), SESSION, &how).await.unwrap();
}

pub(super) async fn stand(hall: &Hall, station: &str) -> Stand {
    let mut reader = hall.world.home.app.read().await.unwrap();
    queries::place(&mut reader, ELECTION, station)
        .await
        .unwrap()
        .stand
}

/// Sums of the district, which must be those of its stations.
pub(super) async fn sums(hall: &Hall) -> Sums {
    let mut reader = hall.world.home.app.read().await.unwrap();
    let row = reader
        .one(
            "select d.district_id, d.region_id, d.stations, d.covered, d.planned, d.members, d.required, d.scheduled, d.trained, d.passed,
                'd1' as code, '' as name_kk, '' as name_ru, '' as name_en, '' as region_code, '' as region_kk, '' as region_ru, '' as region_en
            from training_district_day d where d.election_id = $1 order by d.day desc limit 1",
            crate::bind![ELECTION],
        )
        .await
        .unwrap();
    let sums = store::read::district(&row).unwrap().sums;
    let mut added = Sums::default();
    for district in store::districts_now(&mut reader, ELECTION).await.unwrap() {
        let places = store::places_of_district(&mut reader, ELECTION, &district).await;
        added = added.plus(Sums::of(places.unwrap().iter().map(|p| p.stand.sums())));
    }
    assert_eq!(sums, added);
    sums
}

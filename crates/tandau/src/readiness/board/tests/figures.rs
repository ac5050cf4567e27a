//! What is read equals what was written, now and on each day that is over.

use super::fill::{CHECKLIST, Fill};
use crate::platform::Lang;
use crate::platform::T;
use crate::platform::database::Reader;
use crate::readiness::board::frame::{Asked, Frame};
use crate::readiness::board::model::{ItemStatus, Sums, Turn};
use crate::readiness::board::{export, queries};
use crate::votingday::tests::world::{ELECTION, World, at};
use electoral::checklist::Checklist;

/// Three stations in one district and one in another, asked from 20 September on.
pub(super) struct Asking {
    pub(super) world: World,
    pub(super) fill: Fill,
}

impl Asking {
    pub(super) async fn new() -> Self {
        let world = World::new(3).await;
        world.contest_in("d2", 2, "2023-11-05").await;
        world.station_of("st4", "d2", "Asia/Almaty", 4).await;
        let checklist = Checklist::parse(CHECKLIST).unwrap();
        let begin = at("2023-09-20T06:00:00Z");
        let fill = Fill::begin(&world.home, ELECTION, checklist, begin).await;
        Self { world, fill }
    }

    pub(super) async fn answer(&mut self, when: &str, answers: &[(&str, &str, ItemStatus)]) {
        self.fill.answer(&self.world.home, at(when), answers).await;
    }

    pub(super) fn today(&self, when: &str) {
        self.world.home.app.clock.set(at(when));
    }

    pub(super) async fn read(&self) -> Reader {
        self.world.home.app.read().await.unwrap()
    }

    pub(super) async fn frame(&self, as_of: &str) -> Frame {
        let asked = Asked {
            as_of: as_of.to_owned(),
            ..Asked::default()
        };
        let mut reader = self.read().await;
        Frame::must(&self.world.home.app, T::new(Lang::En), &mut reader, &asked)
            .await
            .unwrap()
    }

    /// st1 is ready from 1 October on and no longer on the 2nd; st2 has a critical item unmet, st3 differs, st4 is silent.
    pub(super) async fn story() -> Self {
        use ItemStatus::{Disputed, Met, NotApplicable, Unmet};
        let mut asking = Self::new().await;
        asking
            .answer(
                "2023-09-25T06:00:00Z",
                &[("st1", "main", Unmet), ("st1", "guard", Met)],
            )
            .await;
        asking
            .answer(
                "2023-09-26T06:00:00Z",
                &[("st2", "main", Unmet), ("st2", "sign", Unmet)],
            )
            .await;
        asking
            .answer(
                "2023-10-01T06:00:00Z",
                &[
                    ("st1", "main", Met),
                    ("st1", "backup", Met),
                    ("st1", "sign", NotApplicable),
                    ("st3", "guard", Disputed),
                ],
            )
            .await;
        asking
            .answer("2023-10-02T04:00:00Z", &[("st1", "backup", Unmet)])
            .await;
        asking.today("2023-10-02T06:00:00Z");
        asking
    }
}

async fn total(asking: &Asking, as_of: &str, section: &str) -> Sums {
    let frame = asking.frame(as_of).await;
    let mut reader = asking.read().await;
    let districts = queries::districts(&mut reader, ELECTION, &frame.as_of, section)
        .await
        .unwrap();
    let sums = Sums::of(districts.iter().map(|d| d.sums));
    let summed = queries::sums(&mut reader, ELECTION, &frame.as_of.bound(), section, "")
        .await
        .unwrap();
    assert_eq!(sums, summed);
    assert!(sums.counts.agree());
    sums
}

#[tokio::test]
async fn sums_are_those_of_the_answers() {
    let asking = Asking::story().await;
    for section in ["", "power", "order"] {
        assert_eq!(
            total(&asking, "", section).await,
            asking.fill.sums("", section)
        );
    }
    let now = total(&asking, "", "").await;
    assert_eq!((now.stations, now.ready), (4, 0));
    assert_eq!((now.counts.unmet, now.counts.critical), (3, 1));
    assert_eq!((now.counts.disputed, now.counts.expected), (1, 16));
}

#[tokio::test]
async fn a_day_that_is_over_stays_as_it_was() {
    let asking = Asking::story().await;
    for (day, ready, unmet) in [
        ("2023-09-19", 0, 0),
        ("2023-09-24", 0, 0),
        ("2023-09-25", 0, 1),
        ("2023-09-30", 0, 3),
        ("2023-10-01", 1, 2),
        ("2023-10-02", 0, 3),
    ] {
        let sums = total(&asking, day, "").await;
        assert_eq!((sums.ready, sums.counts.unmet), (ready, unmet), "{day}");
    }
    let frame = asking.frame("2023-09-30").await;
    let mut reader = asking.read().await;
    let items = queries::items(&mut reader, ELECTION, &frame.as_of, "st1")
        .await
        .unwrap();
    let main = items.iter().find(|i| i.item == "main").unwrap();
    assert_eq!(main.status, ItemStatus::Unmet);
    assert_eq!(main.since, Some(at("2023-09-25T06:00:00Z")));
}

#[tokio::test]
async fn unmet_items_by_day_end_with_the_sum() {
    let asking = Asking::story().await;
    let frame = asking.frame("").await;
    let mut reader = asking.read().await;
    for (area, last) in [("", 3), ("d1", 3), ("d2", 0), ("r1", 3)] {
        let from = frame.chart_from();
        let series = queries::unmet_by_day(&mut reader, ELECTION, &frame.as_of, "", area, from)
            .await
            .unwrap();
        assert_eq!(series.first().unwrap().0.to_string(), "2023-09-20");
        assert_eq!(series.last().unwrap().1, last, "{area}");
        assert_eq!(series.len(), 13);
    }
}

#[tokio::test]
async fn lists_are_the_same_by_index_and_one_by_one() {
    let asking = Asking::story().await;
    let frame = asking.frame("").await;
    let mut reader = asking.read().await;
    let now = queries::lists(&mut reader, ELECTION, &frame.as_of, 7)
        .await
        .unwrap();
    let ids = |list: &[crate::readiness::board::model::StationCounts]| {
        list.iter()
            .map(|s| s.station_id.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(ids(&now.worst), ["st2", "st1", "st4", "st3"]);
    assert_eq!(ids(&now.silent), ["st4"]);
    assert_eq!(now.silent_count, 1);
    assert_eq!(now.changes.all, [(Turn::Lost, "st1".to_owned(), 1)]);
    let mut over = frame.as_of.clone();
    over.today = false;
    let then = queries::lists(&mut reader, ELECTION, &over, 7)
        .await
        .unwrap();
    assert_eq!(now, then);
    let day_before = asking.frame("2023-10-01").await;
    let then = queries::lists(&mut reader, ELECTION, &day_before.as_of, 1)
        .await
        .unwrap();
    assert_eq!(then.changes.count(Turn::Ready), 1);
    assert_eq!(ids(&then.silent), ["st4", "st2"]);
}

#[tokio::test]
async fn a_row_that_is_wrongly_called_the_latest_changes_nothing() {
    let asking = Asking::story().await;
    let frame = asking.frame("").await;
    let mut reader = asking.read().await;
    let before = queries::lists(&mut reader, ELECTION, &frame.as_of, 7)
        .await
        .unwrap();
    drop(reader);
    asking
        .world
        .sql(
            "update readiness_station_day set latest = true",
            crate::bind![],
        )
        .await;
    let mut reader = asking.read().await;
    let after = queries::lists(&mut reader, ELECTION, &frame.as_of, 7)
        .await
        .unwrap();
    assert_eq!(before, after);
}

#[tokio::test]
async fn files_say_what_the_pages_say() {
    let asking = Asking::story().await;
    let frame = asking.frame("").await;
    let mut reader = asking.read().await;
    let country = export::country(&mut reader, &frame).await.unwrap();
    assert_eq!(country.total.items.unmet, 3);
    assert_eq!((country.regions.len(), country.districts.len()), (1, 2));
    assert_eq!(country.days_left, Some(34));
    let all = export::all_stations(&mut reader, &frame).await.unwrap();
    let unmet: u64 = all.stations.iter().map(|s| s.items.unmet).sum();
    assert_eq!((all.stations.len(), unmet), (4, 3));
    assert_eq!(all.stations[1].number, 2);
    let one = export::of_station(&mut reader, &frame, "st2")
        .await
        .unwrap();
    let status: Vec<(&str, &str, bool)> = one
        .items
        .iter()
        .map(|i| (i.id.as_str(), i.status.as_str(), i.late))
        .collect();
    assert_eq!(
        status,
        [
            ("main", "unmet", false),
            ("backup", "unanswered", false),
            ("guard", "unanswered", true),
            ("sign", "unmet", false)
        ]
    );
    let district = export::district(&mut reader, &frame, "d1").await.unwrap();
    assert_eq!(district.stations.len(), 3);
    assert_eq!(district.total.items.unmet, 3);
}

//! Lists, counts and names.

use super::world::{NOW, Office, akimat, body, hours, words};
use crate::platform::Names;
use crate::tasks::actions;
use crate::tasks::model::{Counts, List, NewTask, Scope, TaskState, Wanted};
use crate::tasks::queries;
use crate::votingday::tests::world::at;
use electoral::checklist::Severity;

fn under(area: &str) -> Scope {
    Scope::Under(area.to_owned())
}

#[tokio::test]
async fn each_task_stands_in_one_list_and_is_found() {
    let office = Office::new().await;
    for state in TaskState::ALL {
        office.in_state(*state).await;
    }
    let other = NewTask {
        station_id: Some("st2".to_owned()),
        area_id: "st2-area".to_owned(),
        severity: Severity::Critical,
        title: Names::new("Генератор", "Генератор", "Generator"),
        ..Office::task(body("police", "d1"))
    };
    office.open(&other).await;
    let mut reader = office.world.home.app.read().await.unwrap();
    let early = Counts {
        overdue: 0,
        waiting: 1,
        open: 5,
        done: 2,
    };
    let late = Counts {
        overdue: 5,
        open: 0,
        ..early
    };
    for (scope, hour, expected) in [
        (under("kz"), 0, early),
        (under("d1"), 73, late),
        (under("d2"), 73, Counts::default()),
        (under("st1-area"), 73, Counts { overdue: 4, ..late }),
        (
            Scope::Addressed(akimat()),
            73,
            Counts { overdue: 4, ..late },
        ),
        (
            Scope::Addressed(body("police", "d1")),
            0,
            Counts {
                open: 1,
                ..Counts::default()
            },
        ),
        (Scope::Addressed(body("police", "d2")), 0, Counts::default()),
    ] {
        let now = hours(hour);
        let counts = queries::counts(&mut reader, &scope, &Wanted::default(), now)
            .await
            .unwrap();
        assert_eq!(counts, expected, "{scope:?}");
        for list in List::ALL {
            let all = queries::list(
                &mut reader,
                &scope,
                &Wanted::default(),
                (*list, now),
                (50, 0),
            )
            .await
            .unwrap();
            assert_eq!(all.len() as u64, counts.of(*list), "{scope:?} {list:?}");
            assert!(all.iter().all(|task| task.list(now) == *list));
        }
    }
    for (wanted, found) in [
        (
            Wanted {
                kind: "police".to_owned(),
                ..Wanted::default()
            },
            1,
        ),
        (
            Wanted {
                kind: "energy".to_owned(),
                ..Wanted::default()
            },
            0,
        ),
        (
            Wanted {
                area_id: "st2-area".to_owned(),
                ..Wanted::default()
            },
            1,
        ),
        (
            Wanted {
                severity: "critical".to_owned(),
                ..Wanted::default()
            },
            1,
        ),
        (
            Wanted {
                station: "2".to_owned(),
                ..Wanted::default()
            },
            1,
        ),
        (
            Wanted {
                words: "ГЕНЕРАТ".to_owned(),
                ..Wanted::default()
            },
            1,
        ),
        (
            Wanted {
                words: "пандус установить".to_owned(),
                ..Wanted::default()
            },
            4,
        ),
        (
            Wanted {
                words: "%_'".to_owned(),
                ..Wanted::default()
            },
            5,
        ),
        (
            Wanted {
                owner_area_id: "d1".to_owned(),
                ..Wanted::default()
            },
            5,
        ),
        (
            Wanted {
                owner_area_id: "r1".to_owned(),
                ..Wanted::default()
            },
            0,
        ),
    ] {
        let counts = queries::counts(&mut reader, &under("kz"), &wanted, at(NOW))
            .await
            .unwrap();
        assert_eq!(counts.open, found, "{wanted:?}");
    }
}

#[tokio::test]
async fn other_rooms_read_sums_by_area_body_and_station() {
    let office = Office::new().await;
    let task = office.opened().await;
    office.open(&Office::task(body("police", "d1"))).await;
    office.in_state(TaskState::Reported).await;
    office.in_state(TaskState::Verified).await;
    let mut reader = office.world.home.app.read().await.unwrap();
    let below = queries::open_counts_by_area(&mut reader, "r1", hours(80))
        .await
        .unwrap();
    let told: Vec<_> = below
        .iter()
        .map(|b| (b.area_id.as_str(), b.open, b.overdue, b.waiting))
        .collect();
    assert_eq!(told, [("d1", 3, 2, 1), ("r1", 3, 2, 1)]);
    let late = queries::overdue_by_body(&mut reader, "kz", hours(80), 10)
        .await
        .unwrap();
    assert_eq!(
        late,
        [
            (akimat(), 1, hours(72)),
            (body("police", "d1"), 1, hours(72))
        ]
        .into_iter()
        .collect::<Vec<_>>()
    );
    let here = queries::by_station(&mut reader, "st1").await.unwrap();
    assert_eq!(here.len(), 4);
    assert!(!here[3].state.is_open(), "the finished ones come last");
    assert_eq!(queries::by_station(&mut reader, "st2").await.unwrap(), []);
    let names = queries::body_names(
        &mut reader,
        &task.addressee,
        at(NOW).to_zoned_datetime(jiff::tz::TimeZone::UTC).date(),
    )
    .await
    .unwrap();
    assert_eq!(names.en, "Akimat of the first district");
}

#[tokio::test]
async fn a_body_that_is_not_on_record_has_a_name_all_the_same() {
    let office = Office::new().await;
    let mut reader = office.world.home.app.read().await.unwrap();
    let day = jiff::civil::date(2023, 11, 6);
    for (addressee, name) in [
        (body("police", "d1"), "Internal affairs (d1)"),
        (body("commission", "d2-none"), ""),
    ] {
        let names = queries::body_names(&mut reader, &addressee, day).await;
        match names {
            Ok(names) => assert_eq!(names.en, name),
            Err(_) => assert_eq!(name, "", "an area that is not there"),
        }
    }
    let district = queries::body_names(&mut reader, &body("commission", "d1"), day)
        .await
        .unwrap();
    assert!(district.en.contains("d1"), "{district:?}");
}

#[tokio::test]
async fn the_desk_of_a_body_holds_what_was_raised_to_it() {
    let office = Office::new().await;
    let task = office.opened().await;
    crate::tasks::sweep::sweep(&office.world.home.app, hours(96))
        .await
        .unwrap();
    let region = body("executive", "r1");
    let mut reader = office.world.home.app.read().await.unwrap();
    let raised = queries::of_body(&mut reader, &region, 10).await.unwrap();
    assert_eq!(raised.len(), 1);
    drop(reader);
    let owner = office.officer("akimat-one");
    let seen = office.read(&task.id).await.events;
    actions::report(&owner, &task.id, seen, words("Done"))
        .await
        .unwrap();
    let mut reader = office.world.home.app.read().await.unwrap();
    let waiting = queries::to_verify(&mut reader, "d1", 10).await.unwrap();
    assert_eq!(waiting.len(), 1);
    assert_eq!(queries::to_verify(&mut reader, "r1", 10).await.unwrap(), []);
}

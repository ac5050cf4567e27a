use crate::platform::i18n::{Lang, T};
use std::path::Path;

/// Every event that a room writes has a name in every language: the sources themselves are read.
#[test]
fn every_event_has_a_name() {
    let mut events = Vec::new();
    collect(
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")),
        &mut events,
    );
    assert!(events.len() > 15, "the scan found only {events:?}");
    for lang in Lang::ALL {
        for event in &events {
            let key = format!("event-{}", event.replace(['.', '_'], "-"));
            assert!(T::new(lang).dynamic(&key).is_some(), "{lang:?} lacks {key}");
        }
    }
}

fn collect(folder: &Path, events: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, events);
        } else if path.extension().is_some_and(|e| e == "rs")
            && !path.to_string_lossy().contains("tests")
        {
            let text = std::fs::read_to_string(&path).unwrap();
            for rest in text.split("event: \"").skip(1) {
                events.extend(rest.split('"').next().map(str::to_owned));
            }
        }
    }
}

#[tokio::test]
async fn late_reports_and_overdue_protocols_are_called_about() {
    use super::late::{Missing, late_under};
    use crate::votingday::actions::{Moment, close, open};
    use crate::votingday::model::Lateness;
    use crate::votingday::tests::world::{CONTEST, World, hour};

    let world = World::new(1).await;
    let who = world.secretary("st1", hour(20, 5));
    let moment = |at| Moment {
        station_id: "st1".to_owned(),
        contest_id: CONTEST.to_owned(),
        at,
        reason: String::new(),
    };
    open(&who, &moment(hour(7, 0))).await.unwrap();
    close(&who, &moment(hour(20, 0))).await.unwrap();
    let mut reader = world.home.app.read().await.unwrap();
    let late = late_under(&mut reader, &world.home.app, "d1", hour(32, 0))
        .await
        .unwrap();
    let missing: Vec<&Missing> = late.iter().map(|l| &l.missing).collect();
    assert_eq!(
        missing,
        [
            &Missing::Report(Lateness::Slot("10:00".to_owned())),
            &Missing::Protocol {
                hours: 12,
                article: "43(1)".to_owned()
            }
        ]
    );
    assert_eq!(late[1].chair.en, "st1-chair");
}

#[tokio::test]
async fn a_contest_is_due_once_everything_is_accepted() {
    use crate::votingday::tests::world::{CONTEST, World};

    let world = World::new(3).await;
    let due = async || {
        let mut reader = world.home.app.read().await.unwrap();
        super::store::undetermined(&mut reader, "d1").await.unwrap()
    };
    for (accepted, returned, listed) in [(0_i64, 0_i64, 0), (2, 1, 0), (3, 0, 1)] {
        world
            .sql(
                "insert into contest_progress (contest_id, expected, draft, submitted, faulty, returned, accepted)
                    values ($1, 0, 0, 0, 0, $3, $2)
                    on conflict (contest_id) do update set accepted = excluded.accepted, returned = excluded.returned",
                crate::bind![CONTEST, accepted, returned],
            )
            .await;
        assert_eq!(
            due().await.len(),
            listed,
            "{accepted} accepted, {returned} returned"
        );
    }
}

//! Alerts of others: taken once, replaced, taken back; exercises open nothing; what is unknown is asked for.

use super::*;
use crate::bind;
use crate::readiness::watch::actions::{PartChoice, Taken, take, upload};
use crate::readiness::watch::import::import_cap;
use crate::readiness::watch::model::Phase;

fn sample(name: &str) -> String {
    let text = match name {
        "blizzard" => include_str!("../cap/samples/blizzard.xml"),
        "update" => include_str!("../cap/samples/update.xml"),
        "cancel" => include_str!("../cap/samples/cancel.xml"),
        "exercise" => include_str!("../cap/samples/exercise.xml"),
        _ => include_str!("../cap/samples/unknown_area.xml"),
    };
    // The district of this small world.
    text.replace("353600000", "d1")
}

async fn took(world: &World, text: &str) -> Taken {
    let who = desk(world);
    let id = upload(&who, text.as_bytes()).await.unwrap();
    take(&who, &id, ELECTION, &[]).await.unwrap()
}

async fn phase(world: &World, id: &str) -> Phase {
    let mut reader = world.home.app.read().await.unwrap();
    let event = queries::by_id(&mut reader, id).await.unwrap();
    event.now.phase(world.home.app.rules.watch(), eve())
}

#[tokio::test]
async fn an_alert_is_taken_once_replaced_and_taken_back() {
    let world = World::new(2).await;
    let first = took(&world, &sample("blizzard")).await;
    let [id] = first.events.as_slice() else {
        panic!("{first:?}");
    };
    // Roads, rescue, heat, traffic for the district; the entrance of each station.
    assert_eq!(first.opened, 4 + 2);
    let again = took(&world, &sample("blizzard")).await;
    assert!(again.before && again.events == first.events && again.opened == 0);
    let mut reader = world.home.app.read().await.unwrap();
    let event = queries::by_id(&mut reader, id).await.unwrap();
    assert_eq!(
        (event.source.as_str(), event.now.said.kind.as_str()),
        ("cap", "snow")
    );
    assert_eq!(event.now.said.areas, ["d1"]);
    assert!(
        event
            .now
            .said
            .words
            .kk
            .starts_with("Ақтоғай ауданында боран")
    );
    drop(reader);
    let update = took(&world, &sample("update")).await;
    assert_eq!(
        (update.events.as_slice(), update.opened),
        (first.events.as_slice(), 0)
    );
    let now = states(&world, id).await;
    assert_eq!(
        now[&TaskState::Withdrawn],
        2,
        "moderate: rescue and heat need nobody"
    );
    let cancel = took(&world, &sample("cancel")).await;
    assert_eq!(cancel.events, first.events);
    assert_eq!(phase(&world, id).await, Phase::Cancelled);
    assert_eq!(
        states(&world, id).await,
        BTreeMap::from([(TaskState::Withdrawn, 6)])
    );
}

#[tokio::test]
async fn what_was_taken_back_before_it_arrived_opens_nothing() {
    let world = World::new(1).await;
    let cancel = took(&world, &sample("cancel")).await;
    assert!(cancel.events.is_empty(), "nothing to take back yet");
    let late = took(&world, &sample("blizzard")).await;
    assert!(!late.before && late.events.is_empty());
    let strange = sample("cancel").replacen("<sender>alerts@", "<sender>somebody@", 1);
    let world = World::new(1).await;
    let first = took(&world, &sample("blizzard")).await;
    assert!(
        took(&world, &strange).await.events.is_empty(),
        "another sender takes nothing back"
    );
    assert_eq!(phase(&world, &first.events[0]).await, Phase::Expected);
    let exercise = sample("cancel").replacen("<status>Actual", "<status>Exercise", 1);
    assert!(
        took(&world, &exercise).await.events.is_empty(),
        "an exercise takes nothing back"
    );
    assert_eq!(phase(&world, &first.events[0]).await, Phase::Expected);
}

#[tokio::test]
async fn exercises_and_the_unlikely_are_shown_and_open_nothing() {
    let world = World::new(1).await;
    let exercise = took(&world, &sample("exercise")).await;
    assert_eq!((exercise.events.len(), exercise.opened), (1, 0));
    let unlikely = sample("blizzard").replace("<certainty>Likely", "<certainty>Unlikely");
    let unlikely = took(&world, &unlikely).await;
    assert_eq!((unlikely.events.len(), unlikely.opened), (1, 0));
}

#[tokio::test]
async fn an_unknown_area_is_asked_for_not_guessed() {
    let world = World::new(1).await;
    let who = desk(&world);
    let id = upload(&who, sample("unknown_area").as_bytes())
        .await
        .unwrap();
    let refused = take(&who, &id, ELECTION, &[]).await.unwrap_err();
    assert_eq!(field(refused), "areas-1");
    let choice = |areas: &[&str]| PartChoice {
        areas: Some(areas.iter().map(|a| (*a).to_owned()).collect()),
        ..PartChoice::default()
    };
    let elsewhere = take(&who, &id, ELECTION, &[choice(&["d2"])]).await;
    assert!(matches!(elsewhere, Err(Error::Forbidden(_))));
    let skipped = PartChoice {
        skip: true,
        ..PartChoice::default()
    };
    let nobody = world.acting("x", "district.chair", "d2", eve());
    let refused = take(&nobody, &id, ELECTION, std::slice::from_ref(&skipped)).await;
    assert!(
        matches!(refused, Err(Error::Forbidden(_))),
        "another's file"
    );
    let taken = take(&who, &id, ELECTION, &[choice(&["d1"])]).await.unwrap();
    assert_eq!(taken.events.len(), 1);
}

#[tokio::test]
async fn a_file_from_the_command_line_is_taken_whole_or_not_at_all() {
    let world = World::new(1).await;
    let operator = world.home.operator().at(eve());
    let count = async || {
        let mut reader = world.home.app.read().await.unwrap();
        let row = reader
            .one("select count(*) as n from watch_event", bind![])
            .await
            .unwrap();
        row.int("n").unwrap()
    };
    let tried = import_cap(&operator, None, sample("blizzard").as_bytes(), true).await;
    assert_eq!(
        (tried.unwrap(), count().await),
        (1, 0),
        "a trial leaves nothing"
    );
    let unknown = import_cap(&operator, None, sample("unknown_area").as_bytes(), false).await;
    assert_eq!(
        (field(unknown.unwrap_err()).as_str(), count().await),
        ("areas-1", 0)
    );
    let broken = import_cap(&operator, None, b"<alert/>", false).await;
    assert_eq!(field(broken.unwrap_err()), "file");
    let taken = import_cap(
        &operator,
        Some(ELECTION),
        sample("blizzard").as_bytes(),
        false,
    )
    .await;
    assert_eq!((taken.unwrap(), count().await), (1, 1));
    world
        .sql("update election set state = 'determined'", bind![])
        .await;
    let over = import_cap(&operator, None, sample("update").as_bytes(), false).await;
    assert_eq!(field(over.unwrap_err()), "election");
}

#[tokio::test]
async fn a_restricted_alert_is_for_the_offices_of_its_areas() {
    use crate::commissions::tests::Browser;
    let world = World::new(2).await;
    world.home.app.clock.set(eve());
    let mut offices = Vec::new();
    for (person, expected) in [("d1-secretary", 200), ("st1-chair", 200), ("d2-chair", 404)] {
        let office = Browser::signed_in(&world.home, person).await;
        offices.push((person, office, expected));
    }
    for scope in ["Restricted", "Private"] {
        let text = sample("blizzard")
            .replace("EX-2023-117", scope)
            .replace("<scope>Public", &format!("<scope>{scope}"));
        let taken = took(&world, &text).await;
        let path = format!("/office/watch/{}?lang=en", taken.events[0]);
        for (person, office, expected) in &offices {
            let (status, _) = office.get(&path).await;
            assert_eq!(status.as_u16(), *expected, "{scope} {person}");
            let (_, list) = office.get("/office/watch").await;
            assert_eq!(
                list.contains(&taken.events[0]),
                *expected == 200,
                "{scope} {person}"
            );
        }
        let (_, list) = Browser::public(&world.home)
            .get("/readiness/watch.json")
            .await;
        assert!(!list.contains(&taken.events[0]), "{scope}: not public");
    }
    // What everybody may know is no secret to the neighbours.
    let public = took(&world, &sample("blizzard")).await;
    let (_, neighbour, _) = &offices[2];
    let (status, _) = neighbour
        .get(&format!("/office/watch/{}", public.events[0]))
        .await;
    assert_eq!(status.as_u16(), 200);
}

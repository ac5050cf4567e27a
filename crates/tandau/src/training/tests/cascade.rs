//! The cascade: who may hand down, the way to the centre, texts that changed.

use super::*;
use crate::training::model::SessionState;

/// Centre → region → district, each session held by whoever was taught above.
async fn three_levels(world: &World) {
    taught(world, (0, 2)).await;
    let chair = centre(world, "2023-09-12T06:00:00Z");
    let first = session(
        "session-c",
        (0, "kz"),
        at("2023-09-18T04:00:00Z"),
        &["kz-chair"],
    );
    hold(world, &chair, first).await;
    let chair = region(world, "2023-09-19T06:00:00Z");
    let second = session(
        "session-r",
        (1, "r1"),
        at("2023-09-25T04:00:00Z"),
        &["r1-secretary"],
    );
    hold(world, &chair, second).await;
    let secretary = district(world, "2023-09-26T06:00:00Z");
    let third = session(
        "session-d",
        (2, "d1"),
        at("2023-10-02T04:00:00Z"),
        &["d1-chair"],
    );
    hold(world, &secretary, third).await;
}

#[tokio::test]
async fn one_hands_down_only_what_one_passed_above() {
    let world = world().await;
    taught(&world, (0, 2)).await;
    let secretary = district(&world, "2023-09-12T06:00:00Z");
    let early = session(
        "session-d",
        (2, "d1"),
        at("2023-10-02T04:00:00Z"),
        &["d1-chair"],
    );
    assert_eq!(
        field(actions::plan(&secretary, early.clone()).await),
        "trainer"
    );
    let chair = centre(&world, "2023-09-12T06:00:00Z");
    let first = session(
        "session-c",
        (0, "kz"),
        at("2023-09-18T04:00:00Z"),
        &["kz-chair"],
    );
    hold(&world, &chair, first).await;
    // Taught at the centre: the region's people. The district's were not.
    assert_eq!(
        field(actions::plan(&secretary, early.clone()).await),
        "trainer"
    );
    let chair = region(&world, "2023-09-19T06:00:00Z");
    let half = |id: &str, day: &str, module: &str| {
        let mut new = session(id, (1, "r1"), at(day), &["r1-secretary"]);
        new.modules = vec![module.to_owned()];
        new
    };
    let one = half("session-r", "2023-09-25T04:00:00Z", "module-1");
    hold(&world, &chair, one).await;
    assert_eq!(
        field(actions::plan(&secretary, early.clone()).await),
        "trainer",
        "the second module was not taught above"
    );
    let passed = "select count(*) as n from training_passed where session_id = 'session-r' and person_id not in
        (select person_id from training_taught where session_id = 'session-c')";
    assert_eq!(count(&world, passed).await, 0, "one of two is no programme");
    let mut only_first = early.clone();
    only_first.modules = vec!["module-1".to_owned()];
    assert_eq!(
        field(actions::plan(&secretary, only_first).await),
        "trainer"
    );
    let other = half("session-s", "2023-09-27T04:00:00Z", "module-2");
    hold(&world, &chair, other).await;
    actions::plan(&secretary, early.clone()).await.unwrap();
    // Nearer the centre counts as well.
    let mut by_region = early;
    by_region.id = "session-e".to_owned();
    by_region.trainers = vec!["r1-secretary".to_owned()];
    actions::plan(&secretary, by_region).await.unwrap();
}

#[tokio::test]
async fn a_pass_of_elsewhere_or_of_a_commission_that_is_over_trains_nobody() {
    let world = world().await;
    three_levels(&world).await;
    let secretary = district(&world, "2023-10-03T06:00:00Z");
    let next =
        |id: &str, trainer: &str| session(id, (2, "d1"), at("2023-10-09T04:00:00Z"), &[trainer]);
    actions::plan(&secretary, next("session-2", "d1-chair"))
        .await
        .unwrap();
    // Of a programme with a test.
    world
        .sql(
            "update training_programme_version set tested = true",
            bind![],
        )
        .await;
    // What was passed after the session that taught it counts no longer; another pass speaks of another session.
    world
        .sql(
            "insert into training_passed (person_id, programme_id, election_id, session_id, level, passed_at)
                select person_id, programme_id, election_id, 'session-c', 0, passed_at from training_passed
                where session_id = 'session-r' and person_id = 'd1-chair'",
            bind![],
        )
        .await;
    world
        .sql(
            "update training_passed set ended_at = passed_at where session_id = 'session-r' and person_id = 'd1-chair'",
            bind![],
        )
        .await;
    let refused = actions::plan(&secretary, next("session-3", "d1-chair")).await;
    assert_eq!(field(refused), "trainer");
    // The first level is trained by whoever sits in the commission, as long as that sits.
    let chair = centre(&world, "2023-10-03T06:00:00Z");
    let first = |id: &str, day: &str| session(id, (0, "kz"), at(day), &["kz-chair"]);
    actions::plan(&chair, first("session-4", "2023-10-10T04:00:00Z"))
        .await
        .unwrap();
    world
        .sql(
            "update commission set term_until = '2023-10-01' where level = 'central'",
            bind![],
        )
        .await;
    let refused = actions::plan(&chair, first("session-5", "2023-10-11T04:00:00Z")).await;
    assert_eq!(field(refused), "area", "nobody sits there");
}

#[tokio::test]
async fn everybody_sees_their_way_to_the_centre() {
    let world = world().await;
    three_levels(&world).await;
    let mut reader = world.home.app.read().await.unwrap();
    let own = queries::own(&mut reader, "st1-secretary").await.unwrap();
    assert_eq!(own.len(), 1);
    let way: Vec<&str> = own[0]
        .line
        .iter()
        .map(|s| s.session.says.id.as_str())
        .collect();
    assert_eq!(way, ["session-c", "session-r", "session-d"]);
    let trainers: Vec<&str> = own[0]
        .line
        .iter()
        .map(|s| s.trainers[0].id.as_str())
        .collect();
    assert_eq!(trainers, ["kz-chair", "r1-secretary", "d1-chair"]);
    assert!(own[0].passed.is_some());
    assert_eq!(own[0].learned.len(), 2);
    let trainer = queries::own(&mut reader, "d1-chair").await.unwrap();
    assert_eq!(trainer[0].line.len(), 2, "as far down as they were taught");
    assert_eq!(trainer[0].sessions.len(), 2, "as trainee, then as trainer");
    assert!(queries::own(&mut reader, "c1").await.unwrap().is_empty());

    let of = (ELECTION, PROGRAMME);
    let (nodes, edges) = queries::cascade(&mut reader, "d1", of).await.unwrap();
    let ids: Vec<&str> = nodes.iter().map(|n| n.id.as_str()).collect();
    assert_eq!(
        ids,
        ["session-r", "session-d"],
        "the session above is shown too"
    );
    assert_eq!(edges.len(), 1);
    assert_eq!(edges[0].parent.as_deref(), Some("session-r"));
    let (nodes, _) = queries::cascade(&mut reader, "kz", of).await.unwrap();
    assert_eq!(nodes.len(), 3);
    assert!(nodes.iter().all(|n| n.state == SessionState::Held));
}

#[tokio::test]
async fn those_taught_an_older_text_are_listed() {
    let world = world().await;
    three_levels(&world).await;
    let chair = centre(&world, "2023-10-05T06:00:00Z");
    let mut next = module("module-1");
    next.change = names("Lines 5 and 6 are two");
    actions::change_module(&chair, 1, next, Vec::new(), "Decision")
        .await
        .unwrap();
    let mut reader = world.home.app.read().await.unwrap();
    let of = ("module-1", "d1");
    // Ten of the stations, and the district's two who were taught by the region.
    assert_eq!(
        queries::count_outdated(&mut reader, of).await.unwrap(),
        [(1, 12)]
    );
    let listed = queries::outdated(&mut reader, of, 100).await.unwrap();
    assert!(listed.iter().any(|one| one.person.id == "st1-member3"));
    assert!(listed.iter().any(|one| one.person.id == "d1-chair"));
    assert!(
        queries::outdated(&mut reader, ("module-2", "d1"), 9)
            .await
            .unwrap()
            .is_empty()
    );
    // Those of the other district were taught by the region alone.
    let others = queries::outdated(&mut reader, ("module-1", "d2"), 9)
        .await
        .unwrap();
    assert!(
        others
            .iter()
            .all(|one| one.session_id == "session-r" && !one.person.id.starts_with("st1"))
    );
    drop(reader);
    // Taught again, by the new text: the list is shorter.
    let secretary = district(&world, "2023-10-06T06:00:00Z");
    let mut again = session(
        "session-2",
        (2, "d1"),
        at("2023-10-09T04:00:00Z"),
        &["d1-chair"],
    );
    again.modules = vec!["module-1".to_owned()];
    actions::plan(&secretary, again).await.unwrap();
    let station = Invited::Area("st1-area".to_owned());
    actions::invite(&secretary, "session-2", 1, station)
        .await
        .unwrap();
    let over = district(&world, "2023-10-09T06:30:00Z");
    actions::held(&over, "session-2", 2, HeldSession::default())
        .await
        .unwrap();
    let mut reader = world.home.app.read().await.unwrap();
    assert_eq!(
        queries::count_outdated(&mut reader, of).await.unwrap(),
        [(1, 7)]
    );
}

#[tokio::test]
async fn whoever_was_there_is_listed_with_or_without_a_commission() {
    let world = world().await;
    let chair = centre(&world, "2023-09-10T06:00:00Z");
    let mut observers = programme("programme-2", (2, 2));
    observers.audience = "observers".to_owned();
    actions::create_programme(&chair, observers).await.unwrap();
    actions::add_module(&chair, "programme-2", module("module-9"), Vec::new())
        .await
        .unwrap();
    let open = ProgrammeState::Open;
    actions::move_programme(&chair, "programme-2", 1, open)
        .await
        .unwrap();
    let secretary = district(&world, "2023-09-20T06:00:00Z");
    let mut new = session(
        "session-1",
        (2, "d1"),
        at("2023-10-02T04:00:00Z"),
        &["d1-chair"],
    );
    new.programme_id = "programme-2".to_owned();
    new.modules = vec!["module-9".to_owned()];
    actions::plan(&secretary, new).await.unwrap();
    // A candidate, who sits nowhere, and the chair of a station, for no seat of theirs.
    for (seen, person) in [(1, "c1"), (2, "st1-chair")] {
        let whom = Invited::Person(person.to_owned());
        actions::invite(&secretary, "session-1", seen, whom)
            .await
            .unwrap();
    }
    let over = district(&world, "2023-10-02T06:30:00Z");
    actions::held(&over, "session-1", 3, HeldSession::default())
        .await
        .unwrap();
    let mut next = module("module-9");
    next.change = names("Observers may film");
    let chair = centre(&world, "2023-10-05T06:00:00Z");
    actions::change_module(&chair, 1, next, Vec::new(), "Decision")
        .await
        .unwrap();
    // The chair sits in the commission of the other district, too.
    world
        .sql(
            "insert into commission_member (id, commission_id, person_id, office, nominator, seated_by, valid_from)
                values ('second-seat', 'd2', 'st1-chair', 'member', 'assembly', 'd2-seated', '2019-01-01')",
            bind![],
        )
        .await;
    let mut reader = world.home.app.read().await.unwrap();
    for (area, people) in [
        ("d1", vec!["c1", "st1-chair"]),
        ("r1", vec!["c1", "st1-chair"]),
        ("st1-area", vec!["st1-chair"]),
        ("d2", vec!["st1-chair"]),
        ("st2-area", Vec::new()),
    ] {
        let of = ("module-9", area);
        let listed = queries::outdated(&mut reader, of, 9).await.unwrap();
        let ids: Vec<&str> = listed.iter().map(|one| one.person.id.as_str()).collect();
        assert_eq!(ids, people, "{area}");
        assert!(listed.iter().all(|one| one.office.is_empty()));
        let sums = queries::count_outdated(&mut reader, of).await.unwrap();
        let all: u64 = sums.iter().map(|(_, n)| n).sum();
        assert_eq!(all, u64::try_from(people.len()).unwrap(), "{area}");
    }
}

#[tokio::test]
async fn the_text_is_the_one_that_was_the_newest_when_it_began() {
    let world = world().await;
    taught(&world, (2, 2)).await;
    let secretary = district(&world, "2023-09-20T06:00:00Z");
    let plan = session(
        "session-1",
        (2, "d1"),
        at("2023-10-02T04:00:00Z"),
        &["d1-chair"],
    );
    actions::plan(&secretary, plan).await.unwrap();
    actions::invite(&secretary, "session-1", 1, Invited::Area("d1".to_owned()))
        .await
        .unwrap();
    for (seen, now) in [(1, "2023-09-28T06:00:00Z"), (2, "2023-10-02T05:00:00Z")] {
        let mut next = module("module-1");
        next.change = names("Better");
        let chair = centre(&world, now);
        actions::change_module(&chair, seen, next, Vec::new(), "Decision")
            .await
            .unwrap();
    }
    let over = district(&world, "2023-10-02T07:00:00Z");
    actions::held(&over, "session-1", 2, HeldSession::default())
        .await
        .unwrap();
    let session = now(&world, "session-1").await;
    let mut reader = world.home.app.read().await.unwrap();
    let texts = queries::texts(&mut reader, &session).await.unwrap();
    let versions: Vec<(u64, u64)> = texts.iter().map(|x| (x.version, x.newest)).collect();
    assert_eq!(versions, [(2, 3), (1, 1)]);
}

#[tokio::test]
async fn a_programme_with_a_test_is_not_passed_by_being_there() {
    let world = world().await;
    let acting = centre(&world, "2023-09-10T06:00:00Z");
    let mut tested = programme(PROGRAMME, (2, 2));
    tested.tested = true;
    actions::create_programme(&acting, tested).await.unwrap();
    for id in MODULES {
        actions::add_module(&acting, PROGRAMME, module(id), Vec::new())
            .await
            .unwrap();
    }
    actions::move_programme(&acting, PROGRAMME, 1, ProgrammeState::Open)
        .await
        .unwrap();
    let secretary = district(&world, "2023-09-20T06:00:00Z");
    let plan = session(
        "session-1",
        (2, "d1"),
        at("2023-10-02T04:00:00Z"),
        &["d1-chair"],
    );
    hold(&world, &secretary, plan).await;
    assert_eq!(
        count(&world, "select count(*) as n from training_taught").await,
        22
    );
    assert_eq!(
        count(&world, "select count(*) as n from training_passed").await,
        0
    );
    let mut tx = secretary.begin().await.unwrap();
    let pass = crate::training::passes::Pass {
        person_id: "st1-chair",
        session_id: "session-1",
    };
    for new in [true, false] {
        let done = crate::training::passes::passed(&mut tx, &secretary, pass).await;
        assert_eq!(done.unwrap(), new, "twice is once");
    }
    tx.commit().await.unwrap();
    assert_eq!(
        count(&world, "select count(*) as n from training_passed").await,
        1
    );
}

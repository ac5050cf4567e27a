//! Events by hand: who may, what is refused, which tasks they open and take back.

use super::*;
use crate::bind;
use crate::readiness::watch::cap::Shape;
use crate::readiness::watch::model::Phase;

#[tokio::test]
async fn an_event_opens_its_standing_tasks_once() {
    let world = World::new(3).await;
    let saved = recorded(&world).await;
    // For each station a generator and a plan, for the district the supply itself.
    assert_eq!(saved.settled.opened, 3 + 3 + 1);
    let again = recorded(&world).await;
    assert_eq!(
        (again.id.as_str(), again.settled.opened),
        ("outage", 0),
        "the same form twice"
    );
    assert_eq!(
        states(&world, "outage").await,
        BTreeMap::from([(TaskState::Open, 7)])
    );
    let mut reader = world.home.app.read().await.unwrap();
    let tasks = queries::tasks(&mut reader, "outage").await.unwrap();
    let backup: Vec<_> = tasks
        .iter()
        .filter(|t| t.place.starts_with("power_backup/"))
        .collect();
    assert_eq!(backup.len(), 3);
    for task in &backup {
        assert_eq!(
            (task.addressee.as_str(), task.addressee_area_id.as_str()),
            ("executive", "d1")
        );
        assert_eq!(
            task.due_at,
            at("2023-11-04T08:00:00Z"),
            "twelve hours before is over: at least two are left"
        );
    }
    let plan = tasks.iter().find(|t| t.place == "power_plan/st2").unwrap();
    assert_eq!(
        (plan.addressee.as_str(), plan.addressee_area_id.as_str()),
        ("commission", "st2-area")
    );
    let event = queries::by_id(&mut reader, "outage").await.unwrap();
    assert_eq!((event.stations, event.now.version), (3, 1));
}

#[tokio::test]
async fn who_has_no_power_there_records_nothing_and_rubbish_is_named() {
    let world = World::new(1).await;
    for (role, area) in [
        ("district.secretary", "d2"),
        ("precinct.chair", "st1-area"),
        ("body.energy", "d1"),
        ("administrator", "kz"),
    ] {
        let who = world.acting("x", role, area, eve());
        let refused = actions::record(&who, "e", outage()).await;
        assert!(matches!(refused, Err(Error::Forbidden(_))), "{role} {area}");
    }
    let who = desk(&world);
    let refused = async |change: fn(&mut NewEvent)| {
        let mut new = outage();
        change(&mut new);
        field(actions::record(&who, "e", new).await.unwrap_err())
    };
    assert_eq!(refused(|n| n.kind = "tea".to_owned()).await, "kind");
    assert_eq!(refused(|n| n.planned = None).await, "planned");
    assert_eq!(refused(|n| n.until_at = Some(n.from_at)).await, "until");
    assert_eq!(refused(|n| n.from_at = Timestamp::UNIX_EPOCH).await, "from");
    assert_eq!(refused(|n| n.words = Names::default()).await, "words");
    assert_eq!(refused(|n| n.told_by = " ".to_owned()).await, "told_by");
    assert_eq!(refused(|n| n.areas.clear()).await, "areas");
    assert_eq!(
        refused(|n| n.election_id = "none".to_owned()).await,
        "election"
    );
    let endless = refused(|n| {
        n.kind = "snow".to_owned();
        n.until_at = None;
    });
    assert_eq!(endless.await, "until", "a warning has an end");
}

#[tokio::test]
async fn a_correction_takes_back_what_nobody_has_begun_and_tells_the_others() {
    let world = World::new(2).await;
    recorded(&world).await;
    world
        .sql(
            "update task set state = 'accepted' where origin_key = $1",
            bind!["outage/power_backup/st1"],
        )
        .await;
    let mut lighter = outage();
    lighter.grade = Grade::Moderate;
    let refused = actions::correct(&desk(&world), "outage", 1, lighter.clone(), " ").await;
    assert_eq!(field(refused.unwrap_err()), "reason");
    let saved = actions::correct(&desk(&world), "outage", 1, lighter.clone(), "shorter works")
        .await
        .unwrap();
    let settled = saved.settled;
    assert_eq!(
        (settled.opened, settled.withdrawn, settled.noted),
        (0, 1, 1),
        "generators only"
    );
    let stale = actions::correct(&desk(&world), "outage", 1, lighter, "again").await;
    assert!(matches!(stale, Err(Error::Conflict(_))));
    let back = actions::correct(&desk(&world), "outage", 2, outage(), "longer after all")
        .await
        .unwrap();
    assert_eq!(
        back.settled.opened, 1,
        "the one that was taken back; the accepted one goes on"
    );
    let mut reader = world.home.app.read().await.unwrap();
    let versions = queries::versions(&mut reader, "outage").await.unwrap();
    assert_eq!(versions.len(), 3);
    assert_eq!(
        versions[2].said.grade,
        Grade::Severe,
        "the first stays as it was"
    );
    drop(reader);
    crate::incidents::tests::log_is_sound(&world, "outage").await;
}

#[tokio::test]
async fn an_event_that_begins_at_another_hour_moves_its_deadlines() {
    let world = World::new(2).await;
    recorded(&world).await;
    let due = async || {
        let mut reader = world.home.app.read().await.unwrap();
        let tasks = queries::tasks(&mut reader, "outage").await.unwrap();
        let mut due: Vec<Timestamp> = tasks.iter().map(|t| t.due_at).collect();
        due.sort();
        due
    };
    let before = due().await;
    let mut later = outage();
    later.from_at = at("2023-11-05T18:00:00Z");
    later.until_at = Some(at("2023-11-06T04:00:00Z"));
    let saved = actions::correct(&desk(&world), "outage", 1, later.clone(), "a day later")
        .await
        .unwrap();
    assert!(saved.settled.moved > 0, "{:?}", saved.settled);
    let after = due().await;
    assert!(after.iter().zip(&before).all(|(a, b)| a >= b) && after != before);
    // Other words alone move nothing.
    later.words = Names::new("a", "b", "c");
    let saved = actions::correct(&desk(&world), "outage", 2, later, "words")
        .await
        .unwrap();
    assert_eq!(saved.settled.moved, 0);
    assert_eq!(due().await, after);
}

#[tokio::test]
async fn a_warning_whose_hour_is_over_takes_back_what_nobody_has_begun() {
    use crate::readiness::watch::sweep::sweep;
    let world = World::new(2).await;
    let mut warning = outage();
    warning.kind = "storm".to_owned();
    warning.planned = None;
    let saved = actions::record(&desk(&world), "warned", warning)
        .await
        .unwrap();
    assert!(saved.settled.opened > 1);
    recorded(&world).await;
    world
        .sql(
            "update task set state = 'accepted' where id = (select min(task_id) from watch_task where event_id = $1)",
            bind!["warned"],
        )
        .await;
    let app = &world.home.app;
    let end = at("2023-11-05T04:00:00Z");
    let before = end.checked_sub(jiff::SignedDuration::from_secs(1)).unwrap();
    assert_eq!(sweep(app, before).await.unwrap(), 0);
    let withdrawn = sweep(app, end).await.unwrap();
    assert_eq!(withdrawn, saved.settled.opened - 1, "one had begun");
    assert_eq!(sweep(app, end).await.unwrap(), 0);
    let left = states(&world, "warned").await;
    assert_eq!(left.get(&TaskState::Accepted), Some(&1));
    // The supply is not back because its hour is over.
    assert_eq!(
        states(&world, "outage").await.get(&TaskState::Withdrawn),
        None
    );
}

#[tokio::test]
async fn an_interruption_lasts_until_somebody_says_that_it_is_over() {
    let world = World::new(1).await;
    recorded(&world).await;
    let phase = async |moment: &str| {
        let mut reader = world.home.app.read().await.unwrap();
        let event = queries::by_id(&mut reader, "outage").await.unwrap();
        let rules = world.home.app.rules.watch();
        (
            event.now.phase(rules, at(moment)),
            event.now.is_late(rules, at(moment)),
        )
    };
    assert_eq!(
        phase("2023-11-04T17:59:00Z").await,
        (Phase::Expected, false)
    );
    assert_eq!(phase("2023-11-04T18:00:00Z").await, (Phase::Ongoing, false));
    assert_eq!(phase("2023-11-05T05:00:00Z").await, (Phase::Ongoing, true));
    let who = world.district(at("2023-11-05T05:00:00Z"));
    let future = actions::end(&who, "outage", 1, at("2023-11-05T06:00:00Z"), "").await;
    assert_eq!(field(future.unwrap_err()), "ended");
    let before = actions::end(&who, "outage", 1, at("2023-11-04T06:00:00Z"), "").await;
    assert_eq!(field(before.unwrap_err()), "ended");
    let ended = actions::end(&who, "outage", 1, at("2023-11-05T04:30:00Z"), "")
        .await
        .unwrap();
    assert_eq!(ended.settled.withdrawn, 3);
    assert_eq!(phase("2023-11-05T05:00:00Z").await, (Phase::Ended, false));
    let twice = actions::end(&who, "outage", 2, at("2023-11-05T04:40:00Z"), "").await;
    assert!(matches!(twice, Err(Error::Conflict(_))));
    let cancelled = actions::cancel(&who, "outage", 2, "it was another district").await;
    cancelled.unwrap();
    let corpse = actions::correct(&who, "outage", 3, outage(), "x").await;
    assert!(matches!(corpse, Err(Error::Conflict(_))));
    assert_eq!(phase("2023-11-04T18:00:00Z").await.0, Phase::Cancelled);
}

#[tokio::test]
async fn a_drawing_alone_takes_the_stations_within_it() {
    let world = World::new(3).await;
    for (station, latitude) in [("st1", 48_000_000_i64), ("st2", 60_000_000)] {
        world
            .sql(
                "update station_version set latitude_microdeg = $2, longitude_microdeg = 75000000 where station_id = $1",
                bind![station, latitude],
            )
            .await;
    }
    let square = Shape::polygon("46,73 46,77 49,77 49,73 46,73").unwrap();
    let mut said = outage();
    said.shapes = vec![square];
    let mut reader = world.home.app.read().await.unwrap();
    let day = world.home.app.today();
    let all = queries::places(&mut reader, &said, day).await.unwrap();
    assert_eq!(
        all.len(),
        3,
        "the area is named: a drawing beside it narrows nothing"
    );
    said.by_shape = true;
    let within = queries::places(&mut reader, &said, day).await.unwrap();
    let stations: Vec<&str> = within.iter().map(|p| p.station.as_str()).collect();
    assert_eq!(
        stations,
        ["st1"],
        "one lies elsewhere, of one nobody knows where it lies"
    );
    let districts = queries::districts_within(&mut reader, &said.shapes, ELECTION, day).await;
    assert_eq!(districts.unwrap(), ["d1"]);
}

#[tokio::test]
async fn whoever_gets_the_task_reads_the_hours_of_the_event() {
    let world = World::new(1).await;
    recorded(&world).await;
    let mut reader = world.home.app.read().await.unwrap();
    let key = "outage/power_backup/st1";
    let task = crate::tasks::queries::open_by_origin(&mut reader, "watch", key)
        .await
        .unwrap()
        .unwrap();
    // From midnight to ten in the morning by the clocks of Astana, in both languages, with what was said.
    let lines: Vec<&str> = task.detail.lines().collect();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(
        lines
            .iter()
            .all(|l| l.contains("00:00") && l.contains("10:00")),
        "{lines:?}"
    );
    assert!(lines[0].contains("No electricity"), "{lines:?}");
}

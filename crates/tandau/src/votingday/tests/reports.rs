//! What a station may report, and what it may not.

use super::world::{CONTEST, World, hour};
use super::*;
use actions::{Moment, Turnout, close, open, report_turnout};
use jiff::Timestamp;

fn moment(at: Timestamp, reason: &str) -> Moment {
    Moment {
        station_id: "st1".to_owned(),
        contest_id: CONTEST.to_owned(),
        at,
        reason: reason.to_owned(),
    }
}

fn turnout(station: &str, slot: &str, received: u64, reason: &str) -> Turnout {
    Turnout {
        station_id: station.to_owned(),
        contest_id: CONTEST.to_owned(),
        slot: slot.to_owned(),
        received,
        reason: reason.to_owned(),
    }
}

fn field(error: Error) -> String {
    match error {
        Error::Invalid(problems) => problems[0].field.clone(),
        other => format!("{other:?}"),
    }
}

async fn opened(world: &World, station: &str) {
    let mut input = moment(hour(7, 0), "");
    input.station_id = station.to_owned();
    open(&world.secretary(station, hour(7, 5)), &input)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_correction_is_a_new_version_with_a_reason() {
    let world = World::new(1).await;
    let first = world.secretary("st1", hour(7, 10));
    assert_eq!(
        open(&first, &moment(hour(7, 2), "")).await.unwrap().version,
        1
    );
    let again = open(&first, &moment(hour(7, 2), "")).await.unwrap();
    assert!(again.repeated, "the same report twice is one");
    let refused = open(&first, &moment(hour(7, 4), "")).await.unwrap_err();
    assert_eq!(field(refused), "reason");
    let second = open(&first, &moment(hour(7, 4), "the clock was wrong")).await;
    assert_eq!(second.unwrap().version, 2);
    let mut reader = world.home.app.read().await.unwrap();
    let day = queries::day(&mut reader, "st1", CONTEST).await.unwrap();
    assert_eq!(day.opened_at, Some(hour(7, 4)));
    let events = queries::events(&mut reader, "st1", CONTEST).await.unwrap();
    assert_eq!(events.len(), 2);
    assert_eq!(events[0].happened_at, hour(7, 2), "the old one stays");
}

#[tokio::test]
async fn times_must_be_possible() {
    let world = World::new(1).await;
    let who = world.secretary("st1", hour(7, 10));
    let future = open(&who, &moment(hour(7, 30), "")).await.unwrap_err();
    assert_eq!(field(future), "at");
    let before = open(&who, &moment(hour(-1, 0), "")).await.unwrap_err();
    assert_eq!(field(before), "at", "the day before is not voting day");
    let unopened = close(&who, &moment(hour(7, 5), "")).await;
    assert!(matches!(unopened, Err(Error::Conflict(_))));
    open(&who, &moment(hour(7, 0), "")).await.unwrap();
    let early = close(&who, &moment(hour(6, 59), "")).await.unwrap_err();
    assert_eq!(field(early), "at");
    let later = world.secretary("st1", hour(20, 10));
    close(&later, &moment(hour(20, 1), "")).await.unwrap();
    let after = open(&later, &moment(hour(20, 5), "slip"))
        .await
        .unwrap_err();
    assert_eq!(field(after), "at", "no opening after the closing");
}

#[tokio::test]
async fn only_the_stations_own_commission_reports() {
    let world = World::new(2).await;
    let input = moment(hour(7, 0), "");
    for (person, role, area) in [
        ("x", "precinct.secretary", "st2-area"),
        ("x", "precinct.member", "st1-area"),
        ("x", "district.secretary", "d1"),
        ("x", "central.chair", "kz"),
        ("x", "administrator", "kz"),
    ] {
        let who = world.acting(person, role, area, hour(7, 5));
        let refused = open(&who, &input).await;
        assert!(matches!(refused, Err(Error::Forbidden(_))), "{role} {area}");
        let refused = report_turnout(&who, &turnout("st1", "10:00", 1, "")).await;
        assert!(matches!(refused, Err(Error::Forbidden(_))), "{role} {area}");
    }
    world
        .sql("update election set state = 'campaign'", vec![])
        .await;
    let early = open(&world.secretary("st1", hour(7, 5)), &input).await;
    assert!(matches!(early, Err(Error::Forbidden(_))));
    let unknown = Moment {
        station_id: "nowhere".to_owned(),
        ..input
    };
    let missing = open(&world.secretary("st1", hour(7, 5)), &unknown).await;
    assert!(matches!(missing, Err(Error::NotFound)));
}

#[tokio::test]
async fn a_falling_series_is_explained_or_corrected() {
    let world = World::new(1).await;
    opened(&world, "st1").await;
    let noon = world.secretary("st1", hour(12, 5));
    report_turnout(&noon, &turnout("st1", "10:00", 180, ""))
        .await
        .unwrap();
    let falling = report_turnout(&noon, &turnout("st1", "12:00", 120, "")).await;
    assert_eq!(field(falling.unwrap_err()), "reason");
    let uncorrected = report_turnout(&noon, &turnout("st1", "10:00", 90, "")).await;
    assert_eq!(field(uncorrected.unwrap_err()), "reason");
    let corrected = report_turnout(&noon, &turnout("st1", "10:00", 90, "a digit too many"))
        .await
        .unwrap();
    assert_eq!(corrected.version, 2);
    let fine = report_turnout(&noon, &turnout("st1", "12:00", 120, ""))
        .await
        .unwrap();
    assert!(fine.findings.is_empty());
    let raised = report_turnout(&noon, &turnout("st1", "10:00", 130, "again")).await;
    let found = raised.unwrap().findings;
    assert_eq!(model::code(&found[0]), "falling", "raising an earlier slot");
}

#[tokio::test]
async fn above_the_list_needs_a_reason_and_haste_is_a_warning() {
    let world = World::new(1).await;
    opened(&world, "st1").await;
    let ten = world.secretary("st1", hour(10, 5));
    let above = report_turnout(&ten, &turnout("st1", "10:00", 601, "")).await;
    assert_eq!(field(above.unwrap_err()), "reason");
    let fast = report_turnout(&ten, &turnout("st1", "10:00", 599, ""))
        .await
        .unwrap();
    let codes: Vec<&str> = fast.findings.iter().map(model::code).collect();
    assert_eq!(codes, ["too_steep"], "taken, with the warning on record");
    let mut reader = world.home.app.read().await.unwrap();
    let reports = queries::reports(&mut reader, "st1", CONTEST).await.unwrap();
    assert_eq!(reports[0].findings, ["too_steep"]);
    let huge = report_turnout(&ten, &turnout("st1", "10:00", u64::MAX, "x")).await;
    assert_eq!(field(huge.unwrap_err()), "received");
}

#[tokio::test]
async fn a_slot_is_reported_after_its_hour() {
    let world = World::new(1).await;
    opened(&world, "st1").await;
    let early = world.secretary("st1", hour(9, 59));
    let refused = report_turnout(&early, &turnout("st1", "10:00", 5, "")).await;
    assert_eq!(field(refused.unwrap_err()), "slot");
    let unknown = report_turnout(&early, &turnout("st1", "11:11", 5, "")).await;
    assert_eq!(field(unknown.unwrap_err()), "slot");
    let late = world.secretary("st1", hour(20, 30));
    let open_still = report_turnout(&late, &turnout("st1", "final", 5, "")).await;
    assert_eq!(field(open_still.unwrap_err()), "slot");
    close(&late, &moment(hour(20, 0), "")).await.unwrap();
    report_turnout(&late, &turnout("st1", "final", 5, ""))
        .await
        .unwrap();
}

#[tokio::test]
async fn sums_follow_every_report() {
    let world = World::new(3).await;
    for station in ["st1", "st2", "st3"] {
        opened(&world, station).await;
    }
    let say = async |station: &str, slot: &str, received, reason: &str| {
        let who = world.secretary(station, hour(14, 5));
        report_turnout(&who, &turnout(station, slot, received, reason))
            .await
            .unwrap();
    };
    say("st1", "10:00", 50, "").await;
    say("st2", "10:00", 70, "").await;
    say("st1", "12:00", 99, "").await;
    say("st1", "10:00", 40, "miscounted").await;
    say("st2", "10:00", 70, "").await;
    let mut reader = world.home.app.read().await.unwrap();
    let totals = queries::turnout_of_contest(&mut reader, CONTEST)
        .await
        .unwrap();
    assert_eq!(totals.len(), 2);
    assert_eq!(
        (totals[0].stations, totals[0].received, totals[0].voters),
        (2, 110, 1200)
    );
    assert_eq!((totals[1].stations, totals[1].received), (1, 99));
    let again = queries::recount_turnout(&mut reader, CONTEST)
        .await
        .unwrap();
    assert_eq!(totals, again, "typed sums equal the reports");
    let whole = queries::turnout_of_election(&mut reader, world::ELECTION)
        .await
        .unwrap();
    assert_eq!(totals, whole);
    let day = queries::day(&mut reader, "st1", CONTEST).await.unwrap();
    assert_eq!((day.last_slot.as_str(), day.received), ("12:00", 99));
}

//! Turnout on public pages: always with its hour and how many stations have reported.

use super::night::{Night, election};
use crate::votingday::actions::{Moment, Turnout, open, report_turnout};
use crate::votingday::tests::world::{CONTEST, hour};

async fn report(night: &Night, station: &str, slot: &str, received: u64, reason: &str) {
    let secretary = night.world.secretary(station, hour(19, 0));
    let input = Turnout {
        station_id: station.to_owned(),
        contest_id: CONTEST.to_owned(),
        slot: slot.to_owned(),
        received,
        reason: reason.to_owned(),
    };
    report_turnout(&secretary, &input).await.unwrap();
}

/// Three stations have reported 10:00, one of them 12:00 too.
async fn day() -> Night {
    let night = Night::new(3).await;
    for station in ["st1", "st2", "st3"] {
        let input = Moment {
            station_id: station.to_owned(),
            contest_id: CONTEST.to_owned(),
            at: hour(7, 0),
            reason: String::new(),
        };
        open(&night.world.secretary(station, hour(19, 0)), &input)
            .await
            .unwrap();
        report(&night, station, "10:00", 60, "").await;
    }
    report(&night, "st1", "12:00", 300, "a busload of workers").await;
    night.clock(hour(12, 30));
    night
}

#[tokio::test]
async fn a_few_early_reports_are_not_taken_for_all() {
    let night = day().await;
    for (path, said) in [
        (
            "/?lang=en".to_owned(),
            "10:00: 10.00% of voters had received ballots (3 of 3 stations",
        ),
        (
            format!("{}?lang=en", election()),
            "10:00: 3 of 3 stations reporting",
        ),
        (
            format!("{}/contests/d1?lang=en", election()),
            "10:00: 3 of 3 stations reporting",
        ),
        (
            "/?lang=en".to_owned(),
            "10:00: 3 of 3 stations reporting. <a",
        ),
    ] {
        let (_, page) = night.get(&path).await;
        assert!(page.contains(said), "{path}: {said}");
    }
    let (_, page) = night.get(&format!("{}?lang=en", election())).await;
    let regions = &page[page.find("id=\"regions\"").unwrap()..];
    assert!(
        regions.contains("10.00%") && !regions.contains("50.00%"),
        "the same hour for all"
    );
    for station in ["st2", "st3"] {
        report(&night, station, "12:00", 90, "").await;
    }
    let (_, page) = night.get(&format!("{}?lang=en", election())).await;
    let regions = &page[page.find("id=\"regions\"").unwrap()..];
    assert!(regions.contains("12:00: 3 of 3 stations reporting"));
    assert!(regions.contains("26.67%"), "480 of 1,800");
}

#[tokio::test]
async fn a_corrected_report_stays_readable_with_its_reason() {
    let night = day().await;
    report(&night, "st2", "10:00", 75, "a sheet had been left out").await;
    let (_, page) = night
        .get(&format!("{}/stations/st2?lang=en", election()))
        .await;
    assert!(page.contains("Corrected from 60 to 75"));
    assert!(page.contains("a sheet had been left out"));
}

#[tokio::test]
async fn hours_without_a_source_say_so() {
    let night = day().await;
    let note = "These hours of reports are remembered, not sourced: 10:00, 14:00.";
    for path in ["", "/contests/d1", "/stations/st1"] {
        let (_, page) = night.get(&format!("{}{path}?lang=en", election())).await;
        assert!(page.contains(note), "{path}");
    }
    let (_, rules) = night.get(&format!("{}/rules?lang=en", election())).await;
    assert!(rules.matches("Hour of a turnout report").count() == 7);
    assert!(rules.contains("10:00") && rules.contains("after closing"));
}

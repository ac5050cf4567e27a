//! Reports and their times.

use jiff::civil::date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::*;

fn instant(text: &str) -> Timestamp {
    text.parse().expect("instant")
}

fn zone(station: &Station) -> TimeZone {
    let area = PLAN
        .areas
        .iter()
        .find(|a| a.code == station.area)
        .expect("area");
    TimeZone::get(&area.zone).expect("zone")
}

fn late() -> usize {
    let late: Vec<usize> = (0..PLAN.days.len())
        .filter(|&i| PLAN.days[i].late_reason.is_some())
        .collect();
    assert_eq!(late.len(), 1);
    late[0]
}

#[test]
fn stations_close_at_twenty_by_their_own_clock() {
    let western = [
        "150000000",
        "230000000",
        "270000000",
        "430000000",
        "470000000",
    ];
    for (station, day) in PLAN.stations.iter().zip(&PLAN.days) {
        let west = western.contains(&PLAN.contests[station.contest].region.as_str());
        let closing = instant(if west {
            "2023-11-05T15:00:00Z"
        } else {
            "2023-11-05T14:00:00Z"
        });
        let closes = local(&zone(station), VOTING_DAY.to_datetime(CLOSES));
        assert_eq!(closes.timestamp(), closing);
        assert!(day.opened_at < day.opening_reported_at && day.closed_at < day.closing_reported_at);
        if station.kind == StationKind::Ordinary || day.late_reason.is_some() {
            assert!(day.closed_at >= closing && day.closed_at <= closing + 5.minutes());
        } else {
            // Everybody on the list has voted.
            let last = day.protocols.last().expect("version");
            assert!(day.closed_at < closing);
            assert_eq!(
                last.figures.voters_received_ballots,
                last.figures.voters_on_list
            );
        }
    }
}

/// The series as it stands after all corrections.
fn series(day: &StationDay) -> Vec<u32> {
    SLOTS
        .iter()
        .map(|slot| Some(*slot))
        .chain([None])
        .map(|slot| {
            let reports = day.turnout.iter().filter(|r| r.slot == slot);
            reports
                .max_by_key(|r| r.version)
                .expect("slot")
                .received_ballots
        })
        .collect()
}

#[test]
fn turnout_never_falls_and_ends_at_the_ballots_issued() {
    for (station, day) in PLAN.stations.iter().zip(&PLAN.days) {
        let series = series(day);
        assert!(series.is_sorted(), "{series:?}");
        let figures = &day.protocols.last().expect("version").figures;
        assert_eq!(series.last(), Some(&figures.voters_received_ballots));
        assert!(
            day.turnout
                .iter()
                .all(|r| r.received_ballots <= station.voters_on_list.max(figures.voters_on_list))
        );
        assert!(day.turnout.is_sorted_by_key(|r| r.reported_at));
    }
}

#[test]
fn reports_come_after_their_slot() {
    for (station, day) in PLAN.stations.iter().zip(&PLAN.days) {
        let zone = zone(station);
        for report in &day.turnout {
            let after = report.slot.map_or(day.closing_reported_at, |slot| {
                local(&zone, VOTING_DAY.to_datetime(slot)).timestamp()
            });
            assert!(report.reported_at > after);
        }
    }
}

#[test]
fn four_series_fall_and_are_corrected() {
    let mut corrected = 0;
    for day in &PLAN.days {
        for report in day.turnout.iter().filter(|r| r.version == 2) {
            corrected += 1;
            assert!(report.reason.is_some());
            let first = day
                .turnout
                .iter()
                .find(|r| r.slot == report.slot && r.version == 1)
                .expect("first");
            let next = day
                .turnout
                .iter()
                .find(|r| r.slot > report.slot)
                .expect("next");
            assert!(
                first.received_ballots > next.received_ballots,
                "the mistake shows at the next slot"
            );
            assert!(report.reported_at < next.reported_at);
        }
        let reasons = day.turnout.iter().filter(|r| r.reason.is_some()).count();
        assert_eq!(
            reasons,
            day.turnout.iter().filter(|r| r.version > 1).count()
        );
    }
    assert_eq!(corrected, 4);
}

#[test]
fn protocols_arrive_between_nine_and_three_by_astana_time() {
    let late = late();
    let (nine, three) = (
        instant("2023-11-05T15:00:00Z"),
        instant("2023-11-05T21:00:00Z"),
    );
    for (index, day) in PLAN
        .days
        .iter()
        .enumerate()
        .filter(|&(index, _)| index != late)
    {
        for version in &day.protocols {
            assert!(
                version.submitted_at >= nine && version.decided_at <= three,
                "station {index}: {version:?}"
            );
            assert!(version.submitted_at < version.decided_at);
        }
        assert!(day.protocols.is_sorted_by_key(|v| v.submitted_at));
    }
    let day = &PLAN.days[late];
    assert!(
        day.opened_at
            >= PLAN
                .days
                .iter()
                .enumerate()
                .filter(|&(i, _)| i != late)
                .map(|(_, d)| d.opened_at)
                .max()
                .expect("others")
    );
    let arrives = day.protocols[0].submitted_at;
    assert!(arrives >= three + 3.hours(), "hours after all others");
    // Twelve hours after closing at the latest.
    let limit = local(
        &zone(&PLAN.stations[late]),
        date(2023, 11, 6).at(8, 0, 0, 0),
    );
    assert!(arrives < limit.timestamp());
}

#[test]
fn small_stations_report_first() {
    let mut by_time: Vec<(Timestamp, u32)> = PLAN
        .stations
        .iter()
        .zip(&PLAN.days)
        .map(|(s, d)| (d.protocols[0].submitted_at, s.voters_on_list))
        .collect();
    by_time.sort_unstable();
    let mean = |part: &[(Timestamp, u32)]| {
        part.iter().map(|p| u64::from(p.1)).sum::<u64>() / part.len() as u64
    };
    assert!(mean(&by_time[..300]) * 3 < mean(&by_time[1_150..1_450]));
}

#[test]
fn events_are_in_order_and_complete() {
    assert!(PLAN.events.is_sorted_by_key(|e| e.at));
    let count = |test: fn(&EventKind) -> bool| PLAN.events.iter().filter(|e| test(&e.kind)).count();
    assert_eq!(count(|k| matches!(k, EventKind::Opened)), 1_491);
    assert_eq!(count(|k| matches!(k, EventKind::Closed)), 1_491);
    assert_eq!(count(|k| matches!(k, EventKind::Turnout(_))), 1_491 * 7 + 4);
    assert_eq!(count(|k| matches!(k, EventKind::Submitted(_))), 1_491 + 20);
    assert_eq!(count(|k| matches!(k, EventKind::Decided(_))), 1_491 + 20);
    assert_eq!(
        PLAN.last_event(),
        Some(PLAN.days[late()].protocols[0].decided_at)
    );
    let mut submitted = vec![0; PLAN.stations.len()];
    for event in &PLAN.events {
        match event.kind {
            EventKind::Submitted(version) => {
                assert_eq!(submitted[event.station], version);
                submitted[event.station] += 1;
            }
            EventKind::Decided(version) => assert_eq!(submitted[event.station], version + 1),
            _ => {}
        }
    }
}

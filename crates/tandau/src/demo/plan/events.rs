//! Everything that happens, in order of time.

use super::model::{Event, EventKind, StationDay};

/// The reports and decisions of all stations, by instant, then station, then the order within the station.
pub(super) fn build(days: &[StationDay]) -> Vec<Event> {
    let mut events = Vec::with_capacity(days.len() * 11);
    for (station, day) in days.iter().enumerate() {
        let mut push = |at, kind| events.push(Event { at, station, kind });
        push(day.opening_reported_at, EventKind::Opened);
        for (index, report) in day.turnout.iter().enumerate() {
            push(report.reported_at, EventKind::Turnout(index));
        }
        push(day.closing_reported_at, EventKind::Closed);
        for (index, version) in day.protocols.iter().enumerate() {
            push(version.submitted_at, EventKind::Submitted(index));
            push(version.decided_at, EventKind::Decided(index));
        }
    }
    // Stable: what a station did first stays first.
    events.sort_by_key(|event| (event.at, event.station));
    events
}

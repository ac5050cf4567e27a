//! An event in words.

use super::model::Event;
use crate::platform::T;
use crate::platform::i18n::{instant_long, instant_short};
use jiff::tz::TimeZone;

/// From when until when, by the clocks of the place.
pub(in crate::readiness::watch) fn hours(t: T, event: &Event, zone: &TimeZone) -> String {
    let said = &event.now.said;
    let from = instant_short(t.lang, said.from_at, zone);
    match (event.now.ended_at, said.until_at) {
        (Some(end), _) | (None, Some(end)) => t.watch_when(from, instant_long(t.lang, end, zone)),
        (None, None) => t.watch_when_open(instant_long(t.lang, said.from_at, zone)),
    }
}

//! The day plan: whether people can be at each event in time.

use super::VisitRules;
use crate::accessibility::{Place, metres};

/// An event as the day plan sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stop {
    /// When it starts, in seconds of any one clock.
    pub starts: i64,
    /// When it ends.
    pub ends: i64,
    /// Where; none where nobody knows.
    pub place: Option<Place>,
    /// The place is only about right: the middle of an area.
    pub rough: bool,
    /// Who travels: events of different groups don't hinder each other.
    pub group: u32,
}

/// What the plan says about the way to an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// There is time enough.
    Fits {
        /// Straight line.
        metres: u64,
        /// Minutes that the way takes.
        needed: u64,
        /// Minutes between the events.
        given: u64,
    },
    /// The way takes longer than the time between the events.
    TooFar {
        /// Straight line.
        metres: u64,
        /// Minutes that the way takes.
        needed: u64,
        /// Minutes between the events.
        given: u64,
    },
    /// The second begins before the first is over.
    Overlap {
        /// By so many minutes.
        minutes: u64,
    },
    /// A place is not known, so nobody can say.
    Unknown {
        /// Minutes between the events.
        given: u64,
    },
}

impl Finding {
    /// It can't be done as planned.
    #[must_use]
    pub const fn is_wrong(&self) -> bool {
        matches!(self, Self::TooFar { .. } | Self::Overlap { .. })
    }
}

/// The way between two events of one group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leg {
    /// Place of the first in the list given.
    pub from: usize,
    /// Place of the second.
    pub to: usize,
    /// What there is to say.
    pub finding: Finding,
    /// A place is only about right.
    pub rough: bool,
}

/// Minutes of a way, the time to get in and out included; none for no way.
#[must_use]
pub fn minutes(rules: &VisitRules, metres: u64) -> u64 {
    if metres == 0 {
        return 0;
    }
    let road = u128::from(metres) * u128::from(rules.detour_percent.value) / 100;
    let kmh = u128::from(rules.road_kmh.value.max(1));
    let driven = (road * 60).div_ceil(kmh * 1_000);
    u64::try_from(driven)
        .unwrap_or(u64::MAX)
        .saturating_add(rules.pause_minutes.value)
}

/// Ways between events, group by group, in the order of time. Each event is looked at from the one before it that
/// ends last.
#[must_use]
pub fn day_plan(rules: &VisitRules, stops: &[Stop]) -> Vec<Leg> {
    let mut order: Vec<usize> = (0..stops.len()).collect();
    let key = |at: &usize| {
        stops.get(*at).map_or((0, 0, 0, *at), |s| {
            (i64::from(s.group), s.starts, s.ends, *at)
        })
    };
    order.sort_by_key(key);
    let mut legs = Vec::new();
    let mut before: Option<(usize, &Stop)> = None;
    for at in order {
        let Some(stop) = stops.get(at) else { continue };
        match before {
            Some((from, last)) if last.group == stop.group => {
                legs.push(Leg {
                    from,
                    to: at,
                    finding: way(rules, last, stop),
                    rough: last.rough || stop.rough,
                });
                if stop.ends >= last.ends {
                    before = Some((at, stop));
                }
            }
            _ => before = Some((at, stop)),
        }
    }
    legs.sort_by_key(|leg| (stops.get(leg.to).map_or(0, |s| s.starts), leg.to));
    legs
}

fn way(rules: &VisitRules, first: &Stop, second: &Stop) -> Finding {
    let seconds = second.starts.saturating_sub(first.ends);
    if seconds < 0 {
        return Finding::Overlap {
            minutes: seconds.unsigned_abs().div_ceil(60),
        };
    }
    let given = seconds.unsigned_abs() / 60;
    let (Some(a), Some(b)) = (first.place, second.place) else {
        return Finding::Unknown { given };
    };
    let metres = metres(a, b);
    let needed = minutes(rules, metres);
    if needed > given {
        Finding::TooFar {
            metres,
            needed,
            given,
        }
    } else {
        Finding::Fits {
            metres,
            needed,
            given,
        }
    }
}

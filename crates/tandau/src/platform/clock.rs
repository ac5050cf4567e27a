//! The one place that reads the time.
//!
//! Two readings: `now` is the time of the election's records, which a demo folder moves; `wall` is
//! the machine's own and serves what protects people (sessions, one-time codes, lock-outs).

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// A handle to the clock; cheap to clone.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    /// Microseconds to add to the machine's time.
    Demo(Arc<AtomicI64>),
}

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub const fn system() -> Self {
        Self(Source::System)
    }

    /// A demo folder's clock that shows `at` now and runs on from there.
    #[must_use]
    pub fn demo(at: Timestamp) -> Self {
        let clock = Self(Source::Demo(Arc::new(AtomicI64::new(0))));
        clock.set(at);
        clock
    }

    /// The time of the election's records.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        let wall = Self::machine();
        match &self.0 {
            Source::System => wall,
            Source::Demo(shift) => wall
                .checked_add(SignedDuration::from_micros(shift.load(Ordering::SeqCst)))
                .unwrap_or(wall),
        }
    }

    /// The machine's own time, for what protects people.
    #[must_use]
    pub fn wall(&self) -> Timestamp {
        Self::machine()
    }

    /// Today's date in a zone.
    #[must_use]
    pub fn today(&self, zone: &TimeZone) -> Date {
        self.now().to_zoned_datetime(zone.clone()).date()
    }

    /// Moves a demo clock; the system's can't be moved.
    pub fn set(&self, at: Timestamp) {
        if let Source::Demo(shift) = &self.0 {
            shift.store(
                at.as_microsecond() - Self::machine().as_microsecond(),
                Ordering::SeqCst,
            );
        }
    }

    /// What an audit record says about the clock it was written by.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self.0 {
            Source::System => "system",
            Source::Demo(_) => "demo",
        }
    }

    fn machine() -> Timestamp {
        Timestamp::now()
    }
}

//! How much one account may send: enough for anybody with two thumbs, too little to fill a disk or stop others.

use crate::platform::limits::{Paid, Rate};
use crate::platform::web::FormData;
use crate::platform::{App, Error};
use jiff::Timestamp;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Requests to the inbox: 60 at once, then 20 a second.
    Request,
    /// Photos: 300 at once, then 300 an hour.
    Photo,
    /// KiB of photos: 300 MiB at once, then as much an hour.
    PhotoKib,
}

impl Kind {
    const fn rate(self) -> Rate {
        let (pause_us, burst) = match self {
            Self::Request => (50_000, 60),
            Self::Photo => (12_000_000, 300),
            Self::PhotoKib => (3_600_000_000 / (300 * 1024), 300 * 1024),
        };
        Rate { pause_us, burst }
    }
}

/// What each person has sent.
#[derive(Clone, Debug, Default)]
pub struct Limits(Paid<(Kind, String)>);

impl Limits {
    /// Those of a running program.
    #[must_use]
    pub fn of(app: &App) -> Self {
        app.links.get::<Self>().cloned().unwrap_or_default()
    }

    /// Counts something that a person sends at a moment by the machine's clock.
    ///
    /// # Errors
    /// [`Error::TooMany`] when it is too much by now: it is not counted then.
    pub fn spend(&self, person: &str, kind: Kind, count: i64, now: Timestamp) -> Result<(), Error> {
        self.0
            .spend((kind, person.to_owned()), kind.rate(), count, now)
    }

    /// Counts a form with its files that a person posts to a page.
    ///
    /// # Errors
    /// As [`Limits::spend`].
    pub fn spend_form(app: &App, person: &str, form: &FormData) -> Result<(), Error> {
        let (limits, now) = (Self::of(app), app.clock.wall());
        limits.spend(person, Kind::Request, 1, now)?;
        for upload in form.all_uploads().iter().filter(|u| !u.bytes.is_empty()) {
            limits.spend(person, Kind::Photo, 1, now)?;
            limits.spend(person, Kind::PhotoKib, kib(upload.bytes.len()), now)?;
        }
        Ok(())
    }
}

pub(super) fn kib(bytes: usize) -> i64 {
    i64::try_from(bytes.div_ceil(1024)).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::limits::PRUNE_ABOVE;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millisecond(1_700_000_000_000 + millis).unwrap()
    }

    #[test]
    fn a_burst_passes_and_then_so_many_a_second() {
        let limits = Limits::default();
        let mut passed = 0;
        // A thousand a second for two seconds.
        for n in 0..2_000 {
            match limits.spend("a", Kind::Request, 1, at(n)) {
                Ok(()) => passed += 1,
                Err(Error::TooMany {
                    retry_after_seconds,
                }) => assert_eq!(retry_after_seconds, 1),
                Err(other) => panic!("{other}"),
            }
        }
        assert!((98..=101).contains(&passed), "{passed}");
        assert!(
            limits.spend("b", Kind::Request, 1, at(2_000)).is_ok(),
            "others are not stopped"
        );
        assert!(limits.spend("a", Kind::Request, 60, at(6_000)).is_ok());
    }

    #[test]
    fn bytes_are_counted_by_the_hour() {
        let limits = Limits::default();
        let ten_mib = 10 * 1024;
        let taken = (0..100)
            .filter(|_| limits.spend("a", Kind::PhotoKib, ten_mib, at(0)).is_ok())
            .count();
        assert_eq!(taken, 30);
        let hour = 3_600_000;
        assert!(limits.spend("a", Kind::PhotoKib, ten_mib, at(hour)).is_ok());
    }

    #[test]
    fn who_is_idle_is_forgotten() {
        let limits = Limits::default();
        for n in 0..=PRUNE_ABOVE {
            limits
                .spend(&n.to_string(), Kind::Request, 1, at(0))
                .unwrap();
        }
        limits.spend("late", Kind::Request, 1, at(60_000)).unwrap();
        assert_eq!(limits.0.len(), 1);
    }
}

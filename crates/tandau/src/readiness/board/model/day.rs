//! The day that a page is as of, figures day by day, and what is to be expected. Pure.

use super::Counts;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// The day that a page is as of.
#[derive(Clone, Debug)]
pub struct AsOf {
    /// The day.
    pub day: Date,
    /// Today, as it is at this moment; otherwise the end of a day that is over.
    pub today: bool,
    /// The last moment that counts.
    pub moment: Timestamp,
}

/// Why a day can't be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoDay {
    /// Not a day.
    Form,
    /// It has not come yet.
    Future,
}

/// A day after all others, for what holds now in every zone.
const FOREVER: &str = "9999-12-31";

impl AsOf {
    /// The day asked for (none: today) by the clocks of a zone.
    ///
    /// # Errors
    /// [`NoDay`].
    pub fn read(asked: Option<&str>, now: Timestamp, zone: &TimeZone) -> Result<Self, NoDay> {
        let today = now.to_zoned_datetime(zone.clone()).date();
        let day = match asked.map(str::trim).filter(|text| !text.is_empty()) {
            None => today,
            // One form only: jiff would also read others.
            Some(text) if text.len() == 10 => text.parse::<Date>().map_err(|_| NoDay::Form)?,
            Some(_) => return Err(NoDay::Form),
        };
        if day > today {
            return Err(NoDay::Future);
        }
        if day == today {
            return Ok(Self {
                day,
                today: true,
                moment: now,
            });
        }
        let next = day.tomorrow().map_err(|_| NoDay::Form)?;
        let moment = next
            .to_zoned_datetime(zone.clone())
            .map_err(|_| NoDay::Form)?;
        Ok(Self {
            day,
            today: false,
            moment: moment.timestamp(),
        })
    }

    /// Rows up to this day count. Where clocks are ahead, tomorrow's rows hold already now.
    #[must_use]
    pub fn bound(&self) -> String {
        if self.today {
            FOREVER.to_owned()
        } else {
            self.day.to_string()
        }
    }

    /// The day before.
    #[must_use]
    pub fn day_before(&self) -> Date {
        self.day.yesterday().unwrap_or(self.day)
    }

    /// So many days before.
    #[must_use]
    pub fn back(&self, days: i32) -> Date {
        let back = jiff::Span::new().days(days);
        self.day.checked_sub(back).unwrap_or(self.day)
    }

    /// So many days of 24 hours before the moment.
    #[must_use]
    pub fn ago(&self, days: u16) -> Timestamp {
        let ago = jiff::SignedDuration::from_hours(i64::from(days) * 24);
        self.moment.checked_sub(ago).unwrap_or(Timestamp::MIN)
    }

    /// Days until voting; `None` when it is over.
    #[must_use]
    pub fn days_left(&self, voting_day: Date) -> Option<u64> {
        let span = self.day.until(voting_day).ok()?;
        u64::try_from(span.get_days()).ok()
    }
}

/// The figure of each day from `from` to `to`, where `changes` say by how much it changed on which day.
#[must_use]
pub fn carried(changes: &[(Date, i64)], from: Date, to: Date) -> Vec<(Date, u64)> {
    let mut sum = 0_i64;
    let mut rest = changes.iter().peekable();
    let mut series = Vec::new();
    let first = changes.first().map_or(from, |(day, _)| (*day).max(from));
    let mut day = first;
    while day <= to {
        while let Some((_, change)) = rest.next_if(|(on, _)| *on <= day) {
            sum = sum.saturating_add(*change);
        }
        series.push((day, u64::try_from(sum).unwrap_or(0)));
        match day.tomorrow() {
            Ok(next) => day = next,
            Err(_) => break,
        }
    }
    series
}

/// What is to be expected on voting day, or why that can't be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outlook {
    /// It can.
    Told(electoral::forecast::Forecast),
    /// Too few days.
    TooFew,
    /// Stations are still answering, and what is unmet grows with it.
    StillAnswering,
    /// Voting day has come.
    Over,
}

/// The outlook for voting day from the unmet items of each day.
#[must_use]
pub fn outlook(series: &[(Date, u64)], counts: Counts, days_left: Option<u64>) -> Outlook {
    let Some(left) = days_left
        .and_then(|d| u32::try_from(d).ok())
        .filter(|d| *d > 0)
    else {
        return Outlook::Over;
    };
    let values: Vec<u64> = series.iter().map(|(_, value)| *value).collect();
    match electoral::forecast::forecast(&values, left) {
        None => Outlook::TooFew,
        Some(told) if told.pace_tenths > 0 && !counts.are_answered_by_most() => {
            Outlook::StillAnswering
        }
        Some(told) => Outlook::Told(electoral::forecast::Forecast {
            high: told.high.min(counts.expected),
            middle: told.middle.min(counts.expected),
            low: told.low.min(counts.expected),
            ..told
        }),
    }
}

//! `?as_of=YYYY-MM-DD`: pages, files and interface mean the same by it.

use crate::platform::{App, Error};
use jiff::Timestamp;
use jiff::civil::Date;

/// The first moment that no longer counts, and the day, where one was asked for: the end of that day by the clocks of the
/// capital, never later than just after now.
///
/// # Errors
/// [`Error::Invalid`] saying `wrong` for what is no day.
pub fn before(app: &App, asked: &str, wrong: &str) -> Result<(Timestamp, Option<Date>), Error> {
    let now = app.clock.now();
    // What was put on record at this very moment counts.
    let just = now.checked_add(jiff::Span::new().microseconds(1))?;
    if asked.is_empty() {
        return Ok((just, None));
    }
    let no_day = || Error::field("as_of", wrong);
    let day: Date = asked.parse().map_err(|_| no_day())?;
    let next = day.tomorrow().map_err(|_| no_day())?;
    let end = next.to_zoned_datetime(app.home_zone.clone())?;
    Ok((end.timestamp().min(just), Some(day)))
}

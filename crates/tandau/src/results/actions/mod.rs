//! What commissions do with counted votes: determine, register, publish.

use crate::platform::{App, Error};
use jiff::civil::Date;

/// Days by which a registration is later than the rules give, counted from voting day; `None` in time.
///
/// # Errors
/// Unknown rules.
pub fn registration_is_late(
    app: &App,
    rules_id: &str,
    voting_day: Date,
    registered_on: Date,
) -> Result<Option<u64>, Error> {
    let pack = app.rules.get(rules_id)?;
    let Some(days) = pack.result.as_ref().and_then(|r| r.register_days.as_ref()) else {
        return Ok(None);
    };
    let last = voting_day.checked_add(jiff::Span::new().days(i64::from(days.value)))?;
    let late = last.until(registered_on)?.get_days();
    Ok(u64::try_from(late).ok().filter(|days| *days > 0))
}

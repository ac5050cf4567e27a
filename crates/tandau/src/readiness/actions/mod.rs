//! What may be done about readiness.

mod lists;
mod report;
mod settle;
mod setup;
mod sign;
mod tell;

pub use lists::{Adopted, adopt, adopt_in, put_into_force, resume};
pub use report::report_in;
pub use settle::{Settle, settle};
pub use setup::{set_up, set_up_in};
pub use sign::{Sign, sign, snapshot};
pub(super) use tell::seen_in;
pub use tell::{hold_in, tell_all_in, tell_in};

use super::model::MAX_TEXT_CHARS;
use crate::platform::{Error, T};

/// A reason that must be given.
fn reason_of<'r>(t: T, field: &str, reason: &'r str) -> Result<&'r str, Error> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::field(field, t.form_required()));
    }
    if reason.chars().count() > MAX_TEXT_CHARS {
        return Err(Error::field(field, t.form_too_long(1_000)));
    }
    Ok(reason)
}

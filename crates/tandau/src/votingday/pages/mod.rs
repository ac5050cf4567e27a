//! Office pages of voting day: a station's own day on a phone.

mod day;
mod report;

use crate::platform::access::Action;
use crate::platform::web::{Guard, Routes};

/// Routes of the room.
#[must_use]
pub fn routes() -> Routes {
    let report = Guard::Power(Action::StationReport);
    Routes::new()
        .get(
            "/office/stations/{id}/day",
            Guard::Power(Action::OfficeLook),
            day::show,
        )
        .post("/office/stations/{id}/day/open", report, report::open)
        .post("/office/stations/{id}/day/close", report, report::close)
        .post(
            "/office/stations/{id}/day/turnout",
            Guard::Power(Action::TurnoutReport),
            report::turnout,
        )
}

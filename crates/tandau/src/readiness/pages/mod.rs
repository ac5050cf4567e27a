//! Office pages of readiness.

mod common;
mod item;
mod list;
mod report;
mod section;
mod send;
mod settle;
mod setup;
mod sign;
mod signatures;
mod station;

use crate::platform::access::Action;
use crate::platform::web::{Guard, Routes};

/// Routes of the room.
#[must_use]
pub fn routes() -> Routes {
    let follow = Guard::Power(Action::ReadinessFollow);
    let settle = Guard::Power(Action::ReadinessSettle);
    let sign = Guard::Power(Action::ReadinessSign);
    let change = Guard::Power(Action::ChecklistChange);
    Routes::new()
        .get("/office/readiness", follow, list::show)
        .get(
            "/office/readiness/stations/{station}",
            follow,
            station::show,
        )
        .post(
            "/office/readiness/stations/{station}",
            Guard::Power(Action::ReadinessAnswer),
            send::send,
        )
        .get(
            "/office/readiness/stations/{station}/reports/{report}",
            follow,
            report::show,
        )
        .get(
            "/office/readiness/stations/{station}/photos/{file}",
            follow,
            report::photo,
        )
        .get(
            "/office/readiness/settle/{station}/{item}",
            settle,
            settle::form,
        )
        .post(
            "/office/readiness/settle/{station}/{item}",
            settle,
            settle::send,
        )
        .get("/office/readiness/sign", sign, sign::form)
        .post("/office/readiness/sign", sign, sign::send)
        .get(
            "/office/readiness/signatures/{commission}",
            follow,
            signatures::show,
        )
        .get("/office/readiness/setup/{election}", change, setup::form)
        .post("/office/readiness/setup/{election}", change, setup::send)
}

//! Pages of quality, in the office.

mod report;
mod session;

use crate::platform::access::Action;
use crate::platform::web::{Guard, Routes};

/// Routes of quality.
#[must_use]
pub fn routes() -> Routes {
    const INSPECTS: Guard = Guard::Power(Action::TrainingInspect);
    const RUNS: Guard = Guard::Power(Action::TrainingRun);
    Routes::new()
        .get("/office/training/quality", INSPECTS, report::page)
        .post("/office/training/quality", INSPECTS, report::act)
        .post("/office/training/quality/retest", INSPECTS, report::retest)
        .get(
            "/office/training/quality/{session}",
            INSPECTS,
            session::page,
        )
        .post(
            "/office/training/quality/{session}",
            INSPECTS,
            session::inspect,
        )
        .get(
            "/office/training/feedback/{session}",
            RUNS,
            session::feedback,
        )
        .post("/office/training/feedback/{session}", RUNS, session::ask)
}

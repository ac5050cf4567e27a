//! The public pages of coverage, its files, and the office's list of stations that are not covered.

mod area;
mod country;
mod files;
mod office;
mod station;
mod views;

use super::frame::Frame;
use crate::platform::access::Action;
use crate::platform::web::{Crumb, Ctx, Guard, Routes, Shell};

/// Routes of coverage.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/training/coverage", Guard::Public, country::country)
        .get("/training/coverage.csv", Guard::Public, files::csv)
        .get("/training/coverage.json", Guard::Public, files::json)
        .get("/training/coverage/{area}", Guard::Public, area::area)
        .get(
            "/training/coverage/stations/{station}",
            Guard::Public,
            station::station,
        )
        .get(
            "/office/training/coverage",
            Guard::Power(Action::TrainingFollow),
            office::list,
        )
        .get(
            "/office/training/coverage/{station}",
            Guard::Power(Action::TrainingFollow),
            office::station,
        )
}

/// The frame of a public page with the way to it: home, training, coverage, the steps.
fn shell(ctx: &Ctx, frame: &Frame, title: String, steps: Vec<Crumb>) -> Shell {
    let t = ctx.t;
    let mut way = vec![
        Crumb::to("/", t.shell_nav_home()),
        Crumb::to("/training", t.training_nav()),
        Crumb::to(frame.href("/training/coverage"), t.coverage_nav()),
    ];
    way.extend(steps);
    ctx.shell("training", title, way)
}

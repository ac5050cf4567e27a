//! The public pages.

mod country;
mod district;
mod downloads;
mod looks;
mod map;
mod region;
mod report;
mod station;
pub(crate) mod views;

pub(in crate::readiness::board) use country::sentence;

use super::frame::Frame;
use crate::platform::web::{Crumb, Ctx, Guard, Routes, Shell};
use crate::platform::{Error, T};
use askama::Template;

/// What a page reads behind its question mark beside the day, and refuses where it knows no such thing.
const NAMES: &[&str] = &["election", "section"];

/// Routes of the public pictures.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/readiness", Guard::Public, country::country)
        .get("/readiness.csv", Guard::Public, downloads::country_csv)
        .get("/readiness.json", Guard::Public, downloads::country_json)
        .get("/readiness/regions/{area}", Guard::Public, region::region)
        .get(
            "/readiness/districts/{area}",
            Guard::Public,
            district::district,
        )
        .get(
            "/readiness/districts/{area}/report.pdf",
            Guard::Public,
            report::report,
        )
        .get(
            "/readiness/stations/{station}",
            Guard::Public,
            station::station,
        )
}

/// A page as text, to be kept.
fn text(template: &impl Template) -> Result<String, Error> {
    template.render().map_err(Error::internal)
}

/// The frame of a page with the way to it: home, readiness, the steps.
fn shell(ctx: &Ctx, frame: &Frame, title: String, steps: Vec<Crumb>) -> Shell {
    let t: T = ctx.t;
    let mut way = vec![
        Crumb::to("/", t.shell_nav_home()),
        Crumb::to(frame.href("/readiness"), t.board_nav()),
    ];
    way.extend(steps);
    ctx.shell("readiness", title, way)
}

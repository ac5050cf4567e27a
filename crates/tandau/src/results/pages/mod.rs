//! The public site.

mod contest;
mod election;
mod home;
mod lines;
mod station;
mod words;

use crate::platform::web::{Crumb, Ctx, Guard, Routes};

/// Routes of the public site.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/", Guard::Public, home::home)
        .get("/elections/{id}", Guard::Public, election::election)
        .get(
            "/elections/{id}/contests/{contest}",
            Guard::Public,
            contest::contest,
        )
        .get(
            "/elections/{id}/stations/{station}",
            Guard::Public,
            station::station,
        )
}

/// The way to a page of an election.
fn crumbs(ctx: &Ctx, steps: Vec<Crumb>) -> Vec<Crumb> {
    let mut way = vec![Crumb::to("/", ctx.t.shell_nav_home())];
    way.extend(steps);
    way
}

//! Pages of the planner, in the office.

mod lists;
mod show;

use crate::platform::access::Action;
use crate::platform::web::{Crumb, Ctx, Guard, Routes};

/// Routes of the planner.
#[must_use]
pub fn routes() -> Routes {
    const PLANS: Guard = Guard::Power(Action::TrainingPlan);
    Routes::new()
        .get("/office/training/plans", PLANS, lists::page)
        .post("/office/training/plans", PLANS, lists::ask)
        .post("/office/training/plans/halls", PLANS, lists::hall)
        .post("/office/training/plans/trainers", PLANS, lists::trainer)
        .get("/office/training/plans/{id}", PLANS, show::page)
        .post("/office/training/plans/{id}", PLANS, show::take_over)
}

/// The way to a page of the planner.
fn crumbs(ctx: &Ctx, here: Option<String>) -> Vec<Crumb> {
    let mut way = vec![Crumb::to("/office", ctx.t.shell_nav_office())];
    match here {
        None => way.push(Crumb::here(ctx.t.planner_title())),
        Some(here) => {
            way.push(Crumb::to("/office/training/plans", ctx.t.planner_title()));
            way.push(Crumb::here(here));
        }
    }
    way
}

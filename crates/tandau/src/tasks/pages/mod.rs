//! Pages of tasks in the office: lists, one task with everything about it, a new instruction.

mod bodies;
mod csv;
mod desk;
mod list;
mod new;
mod papers;
mod post;
mod show;
pub(crate) mod words;

pub(crate) use desk::{DeskLine, of_office};
pub(crate) use new::{addressee, addressee_kinds, instant, station};

use crate::platform::access::Action;
use crate::platform::web::{Guard, Routes};

/// Routes of the room.
#[must_use]
pub fn routes() -> Routes {
    let see = Guard::Power(Action::TaskSee);
    let give = Guard::Power(Action::TaskGive);
    let answer = Guard::Power(Action::TaskAnswer);
    let verify = Guard::Power(Action::TaskVerify);
    Routes::new()
        .get("/office/tasks", see, list::page)
        .get("/office/tasks.csv", see, csv::file)
        .get(
            "/office/tasks/bodies",
            Guard::Power(Action::TaskFollow),
            bodies::page,
        )
        .get("/office/tasks/new", give, new::page)
        .post("/office/tasks/new", give, new::give)
        .get("/office/tasks/{id}", see, show::page)
        .get(
            "/office/tasks/{id}/papers/{sequence}/{position}",
            see,
            papers::paper,
        )
        .post("/office/tasks/{id}/accept", answer, post::accept)
        .post("/office/tasks/{id}/dispute", answer, post::dispute)
        .post("/office/tasks/{id}/report", answer, post::report)
        .post("/office/tasks/{id}/verify", verify, post::verify)
        .post("/office/tasks/{id}/return", verify, post::send_back)
        .post("/office/tasks/{id}/withdraw", give, post::withdraw)
        .post("/office/tasks/{id}/move", give, post::move_deadline)
        .post("/office/tasks/{id}/reassign", see, post::reassign)
        .post("/office/tasks/{id}/note", see, post::note)
}

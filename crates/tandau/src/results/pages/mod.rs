//! The public site.

mod contest;
mod downloads;
mod election;
mod files;
mod grounds;
mod home;
mod lines;
mod live;
mod map;
mod office;
mod papers;
mod protocol;
mod repeat;
mod screen;
mod search;
mod slots;
mod statement;
mod station;
mod story;
mod sums;
mod turnout;
mod words;

use crate::platform::Error;
use crate::platform::access::Action;
use crate::platform::web::{Crumb, Ctx, Guard, Routes};
use askama::Template;

/// Routes of the public site.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/", Guard::Public, home::home)
        .get("/search", Guard::Public, search::search)
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
        .get(
            "/elections/{id}/contests/{contest}/lines/{line}",
            Guard::Public,
            sums::line,
        )
        .get(
            "/elections/{id}/contests/{contest}/protocol.pdf",
            Guard::Public,
            papers::protocol,
        )
        .get("/decisions/{id}/paper.pdf", Guard::Public, papers::decision)
        .get(
            "/office/contests/{contest}/stations/{station}/blank.pdf",
            Guard::Power(Action::ProtocolRead),
            papers::blank,
        )
        .get("/elections/{id}/screen", Guard::Public, screen::screen)
        .get("/elections/{id}/live", Guard::Public, live::of_election)
        .get(
            "/elections/{id}/contests/{contest}/live",
            Guard::Public,
            live::of_contest,
        )
        .get("/elections/{id}/results.csv", Guard::Public, downloads::csv)
        .get(
            "/elections/{id}/results.json",
            Guard::Public,
            downloads::json,
        )
        .get(
            "/elections/{id}/results.nist.json",
            Guard::Public,
            downloads::nist,
        )
        .get("/downloads", Guard::Public, downloads::downloads)
        .get("/accessibility", Guard::Public, statement::accessibility)
        .get("/files/{id}", Guard::Public, files::file)
        .get("/files/{id}/preview.png", Guard::Public, files::preview)
        .get(
            "/office/contests/{id}/outcome",
            Guard::Power(Action::OutcomeDetermine),
            office::outcome,
        )
        .post(
            "/office/contests/{id}/outcome",
            Guard::Power(Action::OutcomeDetermine),
            office::determine,
        )
        .get(
            "/office/contests/{id}/repeat",
            Guard::Power(Action::ElectionRepeat),
            repeat::repeat,
        )
        .post(
            "/office/contests/{id}/repeat",
            Guard::Power(Action::ElectionRepeat),
            repeat::call,
        )
        .get(
            "/office/contests/{id}/elected",
            Guard::Power(Action::ElectedRegister),
            office::elected,
        )
        .post(
            "/office/contests/{id}/elected",
            Guard::Power(Action::ElectedRegister),
            office::register,
        )
}

/// A page as text, to be kept.
fn text(template: &impl Template) -> Result<String, Error> {
    template.render().map_err(Error::internal)
}

/// The way to a page of an election.
fn crumbs(ctx: &Ctx, steps: Vec<Crumb>) -> Vec<Crumb> {
    let mut way = vec![Crumb::to("/", ctx.t.shell_nav_home())];
    way.extend(steps);
    way
}

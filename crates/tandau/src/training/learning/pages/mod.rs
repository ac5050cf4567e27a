//! Pages of tests: somebody's own, certificates for everybody, certificates issued and banks in the office.

mod attempt;
mod bank;
mod certificate;
mod certificates;
mod desk;
mod fields;
mod mine;
mod question;

pub(crate) use desk::retests_waiting;

use crate::platform::Error;
use crate::platform::access::Action;
use crate::platform::web::{Crumb, Ctx, Guard, Routes};
use crate::surveys::hall::link_here;
use axum::http::HeaderMap;

/// Routes of tests.
#[must_use]
pub fn routes() -> Routes {
    const MAKES: Guard = Guard::Power(Action::TrainingMake);
    const FOLLOWS: Guard = Guard::Power(Action::TrainingFollow);
    Routes::new()
        .get("/training/tests", Guard::SignedIn, mine::page)
        .post("/training/tests", Guard::SignedIn, mine::begin)
        .get("/training/tests/{id}", Guard::SignedIn, attempt::page)
        .post("/training/tests/{id}", Guard::SignedIn, attempt::answer)
        .post("/training/tests/{id}/end", Guard::SignedIn, attempt::end)
        .get("/certificates", Guard::Public, certificate::find)
        .get("/certificates/{code}", Guard::Public, certificate::page)
        .get(
            "/certificates/{code}/certificate.pdf",
            Guard::Public,
            certificate::pdf,
        )
        .get(
            "/certificates/{code}/badge.json",
            Guard::Public,
            certificate::badge,
        )
        .get(
            "/certificates/status/{list}",
            Guard::Public,
            certificate::status,
        )
        .get(certificates::PATH, FOLLOWS, certificates::list)
        .get(
            "/office/training/certificates/withdraw",
            MAKES,
            certificate::office,
        )
        .post(
            "/office/training/certificates/withdraw",
            MAKES,
            certificate::withdraw,
        )
        .get("/office/training/tests", MAKES, bank::list)
        .get("/office/training/tests/{programme}", MAKES, bank::page)
        .post("/office/training/tests/{programme}", MAKES, bank::set)
        .get(
            "/office/training/tests/{programme}/questions.csv",
            MAKES,
            bank::csv,
        )
        .get(
            "/office/training/tests/{programme}/questions.xlsx",
            MAKES,
            bank::xlsx,
        )
        .post(
            "/office/training/tests/{programme}/import",
            MAKES,
            bank::import,
        )
        .get(
            "/office/training/tests/{programme}/questions/new",
            MAKES,
            question::new,
        )
        .post(
            "/office/training/tests/{programme}/questions/new",
            MAKES,
            question::add,
        )
        .get(
            "/office/training/tests/{programme}/questions/{id}",
            MAKES,
            question::editing,
        )
        .post(
            "/office/training/tests/{programme}/questions/{id}",
            MAKES,
            question::edit,
        )
}

/// The way to a page about banks.
fn crumbs(ctx: &Ctx, programme: Option<(&str, &str)>, here: String) -> Vec<Crumb> {
    let mut way = vec![
        Crumb::to("/office", ctx.t.shell_nav_office()),
        Crumb::to("/office/training/tests", ctx.t.learning_banks()),
    ];
    if let Some((id, title)) = programme {
        way.push(Crumb::to(format!("/office/training/tests/{id}"), title));
    }
    way.push(Crumb::here(here));
    way
}

/// The whole address of a path of this site, as it is signed and printed: under the address that the installation was given.
/// A demo alone goes by the name by which it was asked for.
///
/// # Errors
/// [`Error::Conflict`] for an installation that was given none: whoever asks must not choose what is signed.
fn whole(ctx: &Ctx, headers: &HeaderMap, path: &str) -> Result<String, Error> {
    match &ctx.app.settings.address {
        Some(address) => Ok(format!("{address}{path}")),
        None if ctx.app.settings.demo => Ok(link_here(ctx, headers, path)),
        None => Err(Error::Conflict(ctx.t.learning_no_address())),
    }
}

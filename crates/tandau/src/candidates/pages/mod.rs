//! Pages of candidates: what anyone may read, and the office's part.

mod office;
mod office_candidate;
mod office_contest;
mod public;

pub(crate) use public::{Requirement, requirements};

use crate::platform::access::Action;
use crate::platform::web::{Guard, Routes};

/// Routes of the room.
#[must_use]
pub fn routes() -> Routes {
    let look = Guard::Power(Action::OfficeLook);
    let change = Guard::Power(Action::CandidateChange);
    Routes::new()
        .get("/elections/{id}/candidates", Guard::Public, public::show)
        .get("/office/contests/{id}/candidates", look, office::show)
        .post("/office/contests/{id}/candidates", change, office::nominate)
        .get(
            "/office/contests/{id}/ballot",
            change,
            office_contest::ballot,
        )
        .post(
            "/office/contests/{id}/ballot",
            change,
            office_contest::fix_ballot,
        )
        .get(
            "/office/contests/{id}/extension",
            change,
            office_contest::extension,
        )
        .post(
            "/office/contests/{id}/extension",
            change,
            office_contest::extend,
        )
        .get(
            "/office/contests/{id}/postponement",
            change,
            office_contest::postponement,
        )
        .post(
            "/office/contests/{id}/postponement",
            change,
            office_contest::postpone,
        )
        .get(
            "/office/contests/{id}/candidates/{candidate}",
            look,
            office_candidate::candidate,
        )
        .post(
            "/office/contests/{id}/candidates/{candidate}",
            change,
            office_candidate::decide,
        )
}

//! Pages of candidates: what anyone may read, and the office's part.

mod office;
mod office_candidate;
mod public;

use crate::platform::access::Action;
use crate::platform::web::{Guard, Routes};

/// Routes of the room.
#[must_use]
pub fn routes() -> Routes {
    let look = Guard::Power(Action::OfficeEnter);
    let change = Guard::Power(Action::CandidateChange);
    Routes::new()
        .get("/elections/{id}/candidates", Guard::Public, public::show)
        .get("/office/contests/{id}/candidates", look, office::show)
        .post("/office/contests/{id}/candidates", change, office::nominate)
        .post("/office/contests/{id}/ballot", change, office::fix_ballot)
        .post("/office/contests/{id}/extension", change, office::extend)
        .post(
            "/office/contests/{id}/postponement",
            change,
            office::postpone,
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

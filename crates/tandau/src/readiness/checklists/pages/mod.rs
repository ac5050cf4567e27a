//! Pages of checklists: what a station must have, for everybody; versions and uploads, for the central commission.

mod adopt;
mod files;
mod office;
mod public;
mod words;

use crate::platform::access::Action;
use crate::platform::web::{Guard, Routes};

/// Routes of checklists.
#[must_use]
pub fn routes() -> Routes {
    let change = Guard::Power(Action::ChecklistChange);
    Routes::new()
        .get("/readiness/checklist", Guard::Public, public::page)
        .get("/readiness/checklist.xlsx", Guard::Public, files::xlsx)
        .get("/readiness/checklist.toml", Guard::Public, files::toml)
        .get("/office/checklists", change, office::page)
        .post("/office/checklists", change, adopt::preview)
        .post("/office/checklists/adopt", change, adopt::adopt)
        .get(
            "/office/checklists/{id}/{version}/checklist.xlsx",
            change,
            files::xlsx_of,
        )
}

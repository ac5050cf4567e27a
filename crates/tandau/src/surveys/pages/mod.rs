//! Pages of surveys: the office writes and runs them, everybody sees what came of them.

use crate::platform::web::Routes;

/// Routes of surveys.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
}

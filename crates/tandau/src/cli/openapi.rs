//! `tandau openapi`: the description of the interface for programs.

use super::Outcome;
use super::outcome::json;

pub(super) fn run() -> Outcome {
    json(&crate::api::document())
}

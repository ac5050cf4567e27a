//! Results against the actions of the rooms before, and the pages against what may be shown.

mod acts;
mod bytes;
mod embargo;
mod figures;
pub(crate) mod night;
mod nist;
mod office;
mod search;
mod station;

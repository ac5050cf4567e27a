//! Room `votingday`.

pub(crate) mod store;

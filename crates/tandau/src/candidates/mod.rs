//! Room `candidates`.

pub(crate) mod store;

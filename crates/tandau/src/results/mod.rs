//! Room `results`.

pub(crate) mod store;

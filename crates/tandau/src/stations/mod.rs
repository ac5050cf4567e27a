//! Room `stations`.

pub(crate) mod store;

//! Room `elections`.

pub(crate) mod store;

//! Room `counting`.

pub(crate) mod store;

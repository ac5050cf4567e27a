//! Room `people`.

pub(crate) mod store;

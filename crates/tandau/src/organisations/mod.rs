//! Room `organisations`.

pub(crate) mod store;

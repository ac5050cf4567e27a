//! Room `commissions`.

pub(crate) mod store;

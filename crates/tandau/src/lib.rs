//! Tandau.

//! Surveys.
pub mod hall;

//! Cascade training as data and pure functions: the rules (`rules/kz/training.toml`), who may hand what down, what covers a station,
//! questions and tests, what the answers say, the schedule that covers every station.

pub mod analysis;
pub mod attendance;
pub mod cascade;
pub mod coverage;
pub mod exam;
pub mod plan;
pub mod question;
pub mod rules;

pub use cascade::{Interval, Refusal, TrainerRecord, may_train, overlaps};
pub use rules::{TrainingError, TrainingRules};

#[cfg(test)]
mod learning_tests;

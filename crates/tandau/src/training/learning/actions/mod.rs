//! What may be done with tests: banks written, tests taken, certificates withdrawn.

mod attempt;
mod bank;
mod certificate;

pub use attempt::{
    Answered, answer, answer_all, begin, end, end_expired, right, right_answer, settle, taught_at,
    timing,
};
pub use bank::{set_test, write, write_all, write_file};
pub use certificate::withdraw;
pub(super) use certificate::withdraw_absent_in;

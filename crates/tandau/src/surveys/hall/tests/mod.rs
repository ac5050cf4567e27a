//! Tests of the hall.

mod presence;
mod small;

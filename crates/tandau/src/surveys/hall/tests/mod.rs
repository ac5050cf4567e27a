//! Tests of the hall.

mod phone;
mod presence;
mod small;

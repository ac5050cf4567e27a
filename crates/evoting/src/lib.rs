//! The Belenios voting protocol.
#![allow(dead_code)]

mod arith;
pub mod group;
mod hash;
mod fault;
mod secret;
mod json;
mod proof;
pub mod credential;
pub mod election;
pub mod trustee;
pub mod threshold;
pub mod ballot;
pub mod archive;
pub mod tally;

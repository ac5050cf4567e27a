//! Threshold trustees: m people generate one key together, of whom T can decrypt (§4.6, §4.7; Pedersen's distributed key
//! generation).
//!
//! The steps, numbered as belenios-tool numbers them: (1) each makes a [`Seed`] and publishes a [`Certificate`]; (2) everybody sees
//! all certificates ([`Certificates`]); (3) each deals a secret polynomial ([`Certificates::deal`]); (4) the messages are sorted by receiver
//! ([`sort`]); (5) each checks what it got and keeps its decryption key ([`Certificates::receive`]); (6) all parts make the
//! [`Parameters`] ([`Certificates::combine`]).

mod deal;
mod message;
mod parameters;

pub use deal::{Certificates, Dealing, Received, sort};
#[cfg(test)]
pub(crate) use message::decrypt;
pub use message::{Certificate, Seed};
pub use parameters::Parameters;
pub(crate) use parameters::ParametersText;

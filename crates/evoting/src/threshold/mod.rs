//! Threshold trustees: m people generate one key together, of whom T can decrypt (§4.6, §4.7; Pedersen's distributed key
//! generation).
//!
//! The steps, numbered as belenios-tool numbers them: (1) each makes a [`Seed`] and publishes a [`Certificate`]; (2) everybody sees
//! all certificates ([`Certificates`]); (3) each deals a secret polynomial ([`Certificates::deal`]); (4) the messages are sorted by receiver
//! ([`sort`]); (5) each checks what it got and keeps its decryption key ([`Certificates::receive`]); (6) all parts make the
//! [`Parameters`] ([`Certificates::combine`]).
//!
//! A polynomial with T random coefficients is fixed by any T of its values and by no fewer. Each member deals one: f(j) to member j, in an
//! encrypted and signed message, and g to the power of each coefficient to everybody, so that everybody can check that what j got lies on the
//! polynomial. Member j's key is the sum of what j got; the group's key is the product of g^(f(0)) of all dealers. Nobody ever has its private half: T
//! members who decrypt are combined in the exponent.
//!
//! ```
//! use evoting::group::Ed25519;
//! use evoting::threshold::{Certificates, Dealing, Seed, sort};
//!
//! let random = &mut rand::rng();
//! let seeds: Vec<Seed> = (0..3).map(|_| Seed::generate(random)).collect();
//! let certificates = seeds.iter().map(|seed| seed.certificate::<Ed25519>(random)).collect();
//! let certificates = Certificates::new(certificates)?;
//! let mut dealt = Vec::new();
//! for seed in &seeds {
//!     dealt.push(certificates.deal(seed, 2, random)?);
//! }
//! let texts: Vec<&str> = dealt.iter().map(String::as_str).collect();
//! let inputs = sort(&texts)?;
//! let mut keys = Vec::new();
//! for (seed, input) in seeds.iter().zip(&inputs) {
//!     // Checked against what everybody sees. What is kept opens with the member's own seed.
//!     let received = certificates.receive(seed, input, random)?;
//!     seed.open_decryption_key::<Ed25519>(&received.decryption_key)?;
//!     keys.push(received.public_key);
//! }
//! let dealings = dealt.iter().map(|text| Dealing::parse(text)).collect::<Result<Vec<_>, _>>()?;
//! let group = certificates.combine(dealings, keys)?;
//! assert_eq!((group.threshold, group.verification_keys.len()), (2, 3));
//! # Ok::<(), evoting::Fault>(())
//! ```
//!
//! The messages are those of version 2.0; Belenios 3.0 signs and orders them otherwise and refuses these.

mod deal;
mod message;
mod parameters;

pub use deal::{Certificates, Dealing, Received, sort};
#[cfg(test)]
pub(crate) use message::decrypt;
pub use message::{Certificate, Seed};
pub use parameters::Parameters;
pub(crate) use parameters::ParametersText;

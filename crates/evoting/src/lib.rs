//! The Belenios voting protocol: ballots that stay secret in elections that anybody can verify.
//!
//! Nothing here is new cryptography. The crate implements the published protocol (Belenios 2.0, Cortier, Gaudry, Glondu and others,
//! LORIA) to the byte, so that `belenios-tool`, a program by its authors, verifies every election made here, and every election that it
//! makes is verified here. Section numbers in this documentation are those of the specification of Belenios 2.0.
//!
//! # An election in eight steps
//!
//! 1. **Trustees** make keys ([`trustee::PublicKey::generate`], or together, so that some of them are enough: [`threshold`]). Only all of them (or
//!    enough members) can open anything, and they will open only the sum.
//! 2. A **registrar** makes a [`credential::Credential`] for each voter. The public half goes on a list without names; the secret half to
//!    the voter. Who has one can vote, again and again: the last ballot counts.
//! 3. The **election document** ([`election::Template::document`]) fixes the questions and the trustees' common key. Its hash, the fingerprint, stands in every
//!    ballot, so nothing in it can be changed later.
//! 4. A voter's device **encrypts** each choice as a separate zero or one ([`ballot::Encryptor`]), proves without showing it that each is zero or one and
//!    that their number is allowed, and signs with the credential.
//! 5. The **box** takes a ballot only after checking all of that ([`ballot::BallotCheck::cast`]). Its voter gets a tracker, the ballot's hash, to look for.
//! 6. After the end, anybody can multiply the ciphertexts: the product encrypts the **sum** ([`tally::EncryptedTally`]).
//! 7. Trustees deliver **partial decryptions** of the sum, each with a proof ([`tally::PartialDecryption`]).
//! 8. Together they give the **result**. All of this is in one file that only grows ([`archive`]), each event holding the hash of the one before.
//!
//! [`verify::verify`] checks such a file from the first byte to the last. A result comes out of nothing but a [`verify::VerifiedElection`].
//!
//! # What is on the caller's side
//!
//! The crate reads no clock, opens no network, and takes randomness as an argument: give it the operating system's. Secrets
//! ([`Secret`], [`credential::Credential`], [`threshold::Seed`]) are overwritten when dropped and print as nothing; what is done with a text that was
//! exposed is up to who exposes it. See docs/evoting.md for who holds which secret and what no proof can show.

mod arith;
mod fault;
mod hash;
mod json;
mod list;
mod proof;
mod secret;

pub mod archive;
pub mod ballot;
pub mod credential;
pub mod election;
pub mod group;
pub mod tally;
pub mod threshold;
pub mod trustee;
pub mod verify;

pub use fault::{Class, Fault, Place};
pub use hash::{Hash, b64, hash_from_hex, hex, sha256};
pub use proof::{Proof, secret_text};
pub use secret::Secret;

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;

//! The Belenios voting protocol: ballots that stay secret in elections that anybody can verify.
//!
//! Nothing here is new cryptography. The crate implements the published protocol (Belenios 2.0, Cortier, Gaudry, Glondu and others,
//! LORIA) to the byte, so that `belenios-tool`, a program by its authors, verifies every election made here, and every election that it
//! makes is verified here. Section numbers (§) are those of the specification of Belenios 2.0; where the program does otherwise than its
//! specification says, the program counts, and the text says so.
//!
//! # The idea
//!
//! All calculation is in a [`group`]: a set of numbers (or points) with a generator g and a prime order q, in which g^x is quickly computed and
//! x is not found again. Who knows x for X = g^x has a *key*: x the private half, X the public one.
//!
//! - A **choice** m is 0 or 1 per answer. It is encrypted under the key y as the pair α = g^r, β = y^r · g^m with a random r (ElGamal). Two
//!   such pairs multiply to a pair of the *sum* of what they hold: so votes are added up while nobody can read one.
//! - A voter could encrypt 5, or −1. So every pair comes with a **proof** that it holds 0 or 1, and every answer with one that the sum of its
//!   choices is allowed. Such a proof shows that one of several claims is true, and not which: for the others it is made up backwards, from
//!   random numbers, and a hash over everything (the *challenge*) lets all be made up but one.
//! - Who opens the sum is not simply believed either. Each **trustee** raises α to their private key and proves, in the same manner, that it was
//!   that key. All parts together leave g^(count), which is small enough to be looked up.
//!
//! What a proof looks like, for readers of formulas: who knows x with X = g^x takes a random w, computes A = g^w, gets the challenge c from
//! SHA-256 over a prefix and A, and answers w − x·c. A verifier computes A = g^answer · X^c and hashes again. All proofs
//! here are of this shape, some with several bases, some with several claims.
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
//! [`verify::verify`] checks such a file from the first byte to the last. The eight steps as a program, one trustee and one voter:
//!
//! ```
//! use evoting::archive::{ArchiveStart, Kind, event_records};
//! use evoting::ballot::{BallotCheck, Encryptor};
//! use evoting::credential::{Credential, PublicCredential, new_uuid, public_credentials_document};
//! use evoting::election::{Election, Template};
//! use evoting::group::Ed25519;
//! use evoting::tally::{PartialDecryption, result_text};
//! use evoting::trustee::{PublicKey, Trustee, Trustees};
//! use evoting::verify::{Settings, VerifiedElection, structure, verify};
//!
//! /// Adds an event to the archive, with the documents that belong to it.
//! fn add(archive: &mut Vec<u8>, kind: Kind, documents: &[&[u8]]) {
//!     let so_far = structure(archive.as_slice()).unwrap();
//!     let (bytes, _) = event_records(kind, documents, Some(so_far.head), so_far.events, so_far.timestamp);
//!     archive.extend(bytes);
//! }
//!
//! fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     // Seeded by the operating system.
//!     let random = &mut rand::rng();
//!
//!     // 1. A trustee. `private` never leaves their machine.
//!     let (private, public) = PublicKey::<Ed25519>::generate(random);
//!     let trustees = Trustees::new(vec![Trustee::Single(public)])?;
//!
//!     // 2. A voter's credential, and the public list.
//!     let uuid = new_uuid(random);
//!     let credential = Credential::generate(random);
//!     let key = credential.public::<Ed25519>(&uuid);
//!     let list = public_credentials_document(&[PublicCredential::<Ed25519> { key, weight: None }]);
//!
//!     // 3. The election, and the archive that begins with it.
//!     let template = Template::parse(
//!         r#"{"description":"An example","name":"Who chairs?","questions":
//!             [{"answers":["Aliya","Bauyrzhan"],"blank":true,"min":1,"max":1,"question":"Who?"}]}"#,
//!     )?;
//!     let document = template.document::<Ed25519>(&uuid, &trustees.election_key())?;
//!     let election = Election::<Ed25519>::parse(document.as_bytes())?;
//!     let mut archive = ArchiveStart {
//!         election: document.as_bytes(),
//!         trustees: trustees.text().as_bytes(),
//!         credentials: list.as_bytes(),
//!         timestamp: 1_700_000_000,
//!     }
//!     .bytes();
//!
//!     // 4. The voter's device: not blank, Aliya, not Bauyrzhan.
//!     let ballot = Encryptor::new(&election).ballot(&credential, &[vec![0, 1, 0]], random)?;
//!
//!     // 5. The box checks it before it takes it.
//!     let cast = BallotCheck::new(&election).cast(ballot.as_bytes(), |key| list.contains(&format!("\"{key}\"")))?;
//!     assert_eq!(cast.tracker().len(), 43);
//!     add(&mut archive, Kind::Ballot, &[ballot.as_bytes()]);
//!     add(&mut archive, Kind::EndBallots, &[]);
//!
//!     // 6. The encrypted sum. There is none of an archive that is not right.
//!     let closed = VerifiedElection::<Ed25519>::verify(archive.as_slice(), Settings::default(), random)?;
//!     let [sum, size] = closed.tally().texts();
//!     add(&mut archive, Kind::EncryptedTally, &[sum.as_bytes(), size.as_bytes()]);
//!
//!     // 7. The trustee opens it.
//!     let fingerprint = &closed.election().fingerprint;
//!     let [part, owner] =
//!         PartialDecryption::new(1, &private, closed.tally(), closed.trustees(), fingerprint, random)?.texts();
//!     add(&mut archive, Kind::PartialDecryption, &[part.as_bytes(), owner.as_bytes()]);
//!
//!     // 8. The result.
//!     let opened = VerifiedElection::<Ed25519>::verify(archive.as_slice(), Settings::default(), random)?;
//!     add(&mut archive, Kind::Result, &[result_text(&opened.result()?).as_bytes()]);
//!
//!     // Anybody.
//!     let summary = verify(archive.as_slice(), Settings::default(), random)?;
//!     assert_eq!(summary.result, Some(vec![vec![0, 1, 0]]));
//!
//!     // One bit elsewhere, and there is no election.
//!     archive[5_000] ^= 1;
//!     assert!(verify(archive.as_slice(), Settings::default(), random).is_err());
//!     Ok(())
//! }
//! ```
//!
//! # Where to read on
//!
//! In this order; each module begins with what it is for.
//!
//! | module | what | specification |
//! |---|---|---|
//! | [`group`] | elements and scalars, each with one spelling | §5 |
//! | [`credential`] | what lets a voter vote once, without a name | §4.8 |
//! | [`trustee`], [`threshold`] | who can open the sum: all of several, or some of many | §4.5 – §4.7 |
//! | [`election`] | questions, key, fingerprint | §4.9, §4.10 |
//! | [`ballot`] | making, reading and checking an answer with its proofs | §4.11 – §4.15 |
//! | [`tally`] | the sum, its partial decryptions, the result | §4.16, §4.18, §4.19 |
//! | [`archive`] | the file, its container and its chain of events | §4.4 |
//! | [`verify`] | whether all of it is right, and more than `belenios-tool` asks | |
//! | [`Fault`], [`Class`], [`Place`] | what is wrong, by name, and where | |
//!
//! # What the types don't let one do
//!
//! A secret prints as nothing and is overwritten when it is dropped ([`Secret`], [`credential::Credential`], [`threshold::Seed`]). What was
//! read is another type than what was checked: a [`ballot::UnverifiedBallot`] can be asked for its
//! tracker and for nothing else, a [`ballot::Ballot`] is made by a check alone, and a sum of ballots by [`verify`] alone:
//!
//! ```compile_fail
//! # use evoting::{ballot::{Ballot, Ciphertext}, group::Ed25519};
//! let mine = Ballot::<Ed25519> {
//!     tracker: String::new(),
//!     credential: String::new(),
//!     choices: vec![vec![Ciphertext::neutral()]],
//! };
//! ```
//!
//! A result comes out of nothing but a [`verify::VerifiedElection`], and that out of nothing but a whole archive.
//!
//! # What is on the caller's side
//!
//! The crate reads no clock, opens no network, and takes randomness as an argument: give it the operating system's. What is done with a text that was
//! exposed ([`credential::Credential::expose`], [`threshold::Seed::expose`], [`secret_text`]) is up to who exposes it. Whatever is read has a limit, which is
//! a constant beside it; beyond it nothing is said about the election ([`verify::Refusal::OutOfScope`]). Elections whose answers pass a mixnet are not
//! handled, and said not to be.
//!
//! And what no proof can show (who stood beside the voter, what the phone really encrypted, whether registrar and ballot box are honest) is in
//! docs/evoting.md, with who holds which secret.

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

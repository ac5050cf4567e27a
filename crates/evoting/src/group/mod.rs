//! The groups that elections are held in (§5; `Ed25519` is of Belenios 2.1).
//!
//! | group | elements | an element's text | a scalar's text |
//! |---|---|---|---|
//! | [`Belenios2048`] | numbers modulo a prime p of 2048 bits, of an order q of 256 bits | decimal digits | decimal digits |
//! | [`Ed25519`] | points of edwards25519 of prime order (253 bits) | 64 lower-case hexadecimal digits, the highest first | decimal digits |
//! | [`Rfc3526`] | squares modulo a safe prime of 2048 bits; for reading what others made | decimal digits | decimal digits |
//!
//! Everything above this module is written once, for any [`Group`]. Elements are written multiplicatively, as in the
//! specification, even where the group adds points.
//!
//! Every number has **one spelling**: no sign, no leading zero, no capitals, below its modulus. Hashes are made of these texts, so a second
//! spelling would be a second reading; it is refused with a [`NumberFault`].
//!
//! Not everything of the right shape is **a member**. p − 1 is a number modulo p and the curve has points of order 8; who got one of them into a
//! ballot could let proofs hold that prove nothing. [`parse_member`] reads and tests; where there are many, they are tested together.
//!
//! ```
//! use evoting::group::{Belenios2048, Group, NumberFault, element_text, parse_member};
//!
//! let nine = Belenios2048::scalar(9);
//! let power = Belenios2048::pow(&Belenios2048::generator(), &nine);
//! let text = element_text::<Belenios2048>(&power);
//! assert_eq!(parse_member::<Belenios2048>(&text), Ok(power));
//! assert_eq!(parse_member::<Belenios2048>("4"), Err(NumberFault::Element));
//! assert_eq!(Belenios2048::parse_scalar("007"), Err(NumberFault::Noncanonical));
//! ```
//!
//! Powers of public data take the time they take, and eight at a time where the processor can ([`vectors_in_use`]); powers with a secret
//! exponent take the same steps for all exponents.

mod ed25519;
mod membership;
mod modular;
mod params;

pub use ed25519::Ed25519;
pub(crate) use membership::Membership;
pub use modular::{Belenios2048, Modular, Rfc3526, leave_vectors_aside, vectors_in_use};

use rand::CryptoRng;
use std::fmt::Debug;
use zeroize::Zeroize;

/// Why a text is not a number of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NumberFault {
    /// Not a number in any spelling.
    #[error("is not a number")]
    Syntax,
    /// A number in another spelling than the canonical one: leading zeros, `0x`, `_`, `+`, upper-case digits.
    #[error("is written in an unusual way")]
    Noncanonical,
    /// A scalar that is not below the order of the group.
    #[error("is not below the order of the group")]
    Range,
    /// Not an element: too large, zero, not on the curve, or outside the subgroup.
    #[error("is not an element of the group")]
    Element,
}

/// One base and the powers of it that are wanted, each times powers of the generator and of the election's key.
///
/// All the data are public: what is computed from it takes the time it takes.
#[derive(Clone, Debug)]
pub struct Powers<G: Group> {
    /// The base that differs from job to job.
    pub base: G::Element,
    /// The wanted products; each costs little more than a table once the base is squared through.
    pub wanted: Vec<Wanted<G>>,
}

/// `g^generator · y^key · base^power`.
#[derive(Clone, Debug)]
pub struct Wanted<G: Group> {
    /// Exponent of the base.
    pub power: G::Scalar,
    /// Exponent of the generator.
    pub generator: Option<G::Scalar>,
    /// Exponent of the election's public key.
    pub key: Option<G::Scalar>,
}

/// A group of prime order in which discrete logarithms are hard.
///
/// Functions named `…_secret` and all arithmetic of scalars take time that doesn't depend on values; the others are for
/// public data. Elements that were parsed are numbers of the right size (points on the curve), but only
/// [`is_member`](Group::is_member) says that they belong to the group.
pub trait Group: Copy + Debug + PartialEq + Eq + Send + Sync + 'static {
    /// The name in election documents.
    const NAME: &'static str;
    /// An element (or, before the membership test, something of its shape).
    type Element: Clone + Debug + PartialEq + Eq + Send + Sync;
    /// A whole number modulo the order of the group.
    type Scalar: Clone + Debug + Default + PartialEq + Eq + Send + Sync + Zeroize;
    /// Powers of the generator and of one election's key, for public exponents.
    type PublicTables: Send + Sync;
    /// Powers of one base, for secret exponents.
    type SecretTable: Send + Sync;

    /// The neutral element.
    fn identity() -> Self::Element;
    /// The generator g.
    fn generator() -> Self::Element;
    /// The product.
    fn mul(a: &Self::Element, b: &Self::Element) -> Self::Element;
    /// The inverse.
    fn invert(a: &Self::Element) -> Self::Element;
    /// `base^exponent`, for public data.
    fn pow(base: &Self::Element, exponent: &Self::Scalar) -> Self::Element;
    /// `base^exponent` where the exponent is a secret.
    fn pow_secret(base: &Self::Element, exponent: &Self::Scalar) -> Self::Element;
    /// Is this an element of the group (of the right order)?
    fn is_member(a: &Self::Element) -> bool;
    /// Reads the canonical text of an element. Says nothing about membership, beyond what the text shows.
    ///
    /// # Errors
    /// Names what is wrong with the text.
    fn parse_element(text: &str) -> Result<Self::Element, NumberFault>;
    /// Appends the canonical text of an element.
    fn write_element(a: &Self::Element, out: &mut String);
    /// The canonical texts of many elements; cheaper than one by one in some groups.
    fn element_texts(elements: &[Self::Element]) -> Vec<String> {
        elements.iter().map(element_text::<Self>).collect()
    }

    /// Reads the canonical text of a scalar.
    ///
    /// # Errors
    /// Names what is wrong with the text.
    fn parse_scalar(text: &str) -> Result<Self::Scalar, NumberFault>;
    /// Appends the canonical text of a scalar.
    fn write_scalar(a: &Self::Scalar, out: &mut String);
    /// A small number.
    fn scalar(value: u64) -> Self::Scalar;
    /// Big-endian bytes, reduced modulo the order.
    fn scalar_from_bytes(bytes: &[u8]) -> Self::Scalar;
    /// A uniform scalar (to within 2^−128).
    fn random_scalar(random: &mut impl CryptoRng) -> Self::Scalar;
    /// Sum.
    fn scalar_add(a: &Self::Scalar, b: &Self::Scalar) -> Self::Scalar;
    /// Difference.
    fn scalar_sub(a: &Self::Scalar, b: &Self::Scalar) -> Self::Scalar;
    /// Product.
    fn scalar_mul(a: &Self::Scalar, b: &Self::Scalar) -> Self::Scalar;
    /// Inverse, for public data; zero for zero.
    fn scalar_invert(a: &Self::Scalar) -> Self::Scalar;

    /// Prepares the powers that verification needs.
    fn public_tables(key: &Self::Element) -> Self::PublicTables;
    /// All wanted products of all jobs, in order.
    fn powers(tables: &Self::PublicTables, jobs: &[Powers<Self>]) -> Vec<Self::Element>;
    /// Prepares powers of a base for secret exponents.
    fn secret_table(base: &Self::Element) -> Self::SecretTable;
    /// The power of a prepared base; the exponent is a secret.
    fn table_pow(table: &Self::SecretTable, exponent: &Self::Scalar) -> Self::Element;
    /// Are all of these elements of the group?
    fn all_members(elements: &[Self::Element]) -> bool {
        elements.iter().all(Self::is_member)
    }
    /// Multiplies each product with the product of some of each five elements: those whose bit is set in the coin of this product
    /// and these five.
    fn accumulate(products: &mut [Self::Element], elements: &[Self::Element], coins: &[u8]) {
        membership::accumulate::<Self>(products, elements, coins);
    }
}

/// Modulus of `BELENIOS-2048`.
#[cfg(test)]
pub(crate) fn belenios_p() -> &'static str {
    params::BELENIOS_P
}

/// The canonical text of an element.
#[must_use]
pub fn element_text<G: Group>(a: &G::Element) -> String {
    let mut out = String::with_capacity(MAX_DIGITS);
    G::write_element(a, &mut out);
    out
}

/// Digits of the largest number.
pub(crate) const MAX_DIGITS: usize = 617;

/// The canonical text of a scalar. Whoever knows that it is a secret wipes it.
#[must_use]
pub fn scalar_text<G: Group>(a: &G::Scalar) -> String {
    // With room from the beginning: a text that grows leaves copies behind.
    let mut out = String::with_capacity(MAX_DIGITS);
    G::write_scalar(a, &mut out);
    out
}

/// An element that was read and found to be in the group.
///
/// # Errors
/// Names what is wrong with it.
pub fn parse_member<G: Group>(text: &str) -> Result<G::Element, NumberFault> {
    let element = G::parse_element(text)?;
    if G::is_member(&element) {
        Ok(element)
    } else {
        Err(NumberFault::Element)
    }
}

/// Tells a number in an unusual spelling from what is none.
fn spelling(text: &str) -> NumberFault {
    let plain = text.trim_start_matches(['+', '-']);
    let plain = plain
        .strip_prefix("0x")
        .or_else(|| plain.strip_prefix("0X"))
        .unwrap_or(plain);
    if !plain.is_empty() && plain.bytes().all(|b| b.is_ascii_hexdigit() || b == b'_') {
        NumberFault::Noncanonical
    } else {
        NumberFault::Syntax
    }
}

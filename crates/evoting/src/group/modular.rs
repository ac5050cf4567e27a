//! Multiplicative groups modulo a prime of 2048 bits.

use super::params::{BELENIOS_G, BELENIOS_P, BELENIOS_Q, RFC_P, RFC_Q};
use super::{Group, NumberFault, Powers, spelling};
use crate::arith::{Limbs, Modulus, from_decimal, powers, select, window, write_decimal};
use rand::CryptoRng;
use std::fmt::Debug;
use std::marker::PhantomData;
use std::sync::LazyLock;
use zeroize::{Zeroize, Zeroizing};

/// Limbs of a modulus.
pub(crate) const P: usize = 32;
/// Bits of one window of a table for secret exponents.
const SECRET_WIDTH: usize = 4;

/// The numbers of one group whose order has `Q` limbs.
pub trait Parameters<const Q: usize>: Copy + Debug + PartialEq + Eq + Send + Sync + 'static {
    /// The name in election documents.
    const NAME: &'static str;
    /// Bits of one window of a table for public exponents.
    const PUBLIC_WIDTH: usize;
    #[doc(hidden)]
    fn numbers() -> &'static Numbers<Q>;
}

/// Modulus, order and generator, prepared for calculation.
#[derive(Debug)]
pub struct Numbers<const Q: usize> {
    field: Modulus<P>,
    order: Modulus<Q>,
    generator: Limbs<P>,
}

impl<const Q: usize> Numbers<Q> {
    fn new(p: &str, q: &str, g: &str) -> Self {
        let field = Modulus::new(from_decimal(p).unwrap_or([0; P]));
        let generator = field.enter(&from_decimal(g).unwrap_or([0; P]));
        Self {
            field,
            order: Modulus::new(from_decimal(q).unwrap_or([0; Q])),
            generator,
        }
    }
}

/// The group of order q in the integers modulo a prime p of 2048 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Modular<N, const Q: usize>(PhantomData<N>);

/// See [`Belenios2048`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BeleniosNumbers;
/// See [`Rfc3526`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RfcNumbers;

/// `BELENIOS-2048`: every released belenios-tool knows it. Its order has 256 bits.
pub type Belenios2048 = Modular<BeleniosNumbers, 4>;
/// `RFC-3526-2048`, for reading elections of others: its order has 2047 bits, which makes it seven to ten times slower.
pub type Rfc3526 = Modular<RfcNumbers, 32>;

impl Parameters<4> for BeleniosNumbers {
    const NAME: &'static str = "BELENIOS-2048";
    const PUBLIC_WIDTH: usize = 8;
    fn numbers() -> &'static Numbers<4> {
        static NUMBERS: LazyLock<Numbers<4>> =
            LazyLock::new(|| Numbers::new(BELENIOS_P, BELENIOS_Q, BELENIOS_G));
        &NUMBERS
    }
}

impl Parameters<32> for RfcNumbers {
    const NAME: &'static str = "RFC-3526-2048";
    const PUBLIC_WIDTH: usize = 5;
    fn numbers() -> &'static Numbers<32> {
        static NUMBERS: LazyLock<Numbers<32>> = LazyLock::new(|| Numbers::new(RFC_P, RFC_Q, "2"));
        &NUMBERS
    }
}

/// A number modulo p, in Montgomery form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Residue(pub(crate) Limbs<P>);

/// A number modulo q.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exponent<const Q: usize>(pub(crate) Limbs<Q>);

impl<const Q: usize> Default for Exponent<Q> {
    fn default() -> Self {
        Self([0; Q])
    }
}

impl<const Q: usize> Zeroize for Exponent<Q> {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}

/// Powers of one base by windows: entry `w · 2^width + d` is `base^(d · 2^(width · w))`.
pub struct Table {
    entries: Vec<Limbs<P>>,
    width: usize,
}

impl Table {
    fn new(field: &Modulus<P>, base: &Limbs<P>, bits: usize, width: usize) -> Self {
        let mut entries = Vec::with_capacity(bits.div_ceil(width) << width);
        let mut step = *base;
        for _ in 0..bits.div_ceil(width) {
            let mut power = *field.one();
            for _ in 0..1 << width {
                entries.push(power);
                power = field.mul(&power, &step);
            }
            step = power;
        }
        Self { entries, width }
    }

    /// Multiplies `into` with the power; for public exponents.
    fn multiply_public<const Q: usize>(&self, field: &Modulus<P>, into: &mut Limbs<P>, exponent: &Limbs<Q>) {
        for (at, powers) in self.entries.chunks(1 << self.width).enumerate() {
            let digit = window(exponent, at * self.width, self.width);
            if let Some(power) = powers.get(digit).filter(|_| digit != 0) {
                *into = field.mul(into, power);
            }
        }
    }

    fn pow_secret<const Q: usize>(&self, field: &Modulus<P>, exponent: &Limbs<Q>) -> Limbs<P> {
        let mut result = *field.one();
        for (at, powers) in self.entries.chunks(1 << self.width).enumerate() {
            let power = select(powers, window(exponent, at * self.width, self.width));
            result = field.mul(&result, &power);
        }
        result
    }
}

/// Tables of the generator and of an election's key.
pub struct PublicTables {
    generator: Table,
    key: Table,
}

impl<N: Parameters<Q>, const Q: usize> Modular<N, Q> {
    fn field() -> &'static Modulus<P> {
        &N::numbers().field
    }

    fn order() -> &'static Modulus<Q> {
        &N::numbers().order
    }
}

impl<N: Parameters<Q>, const Q: usize> Group for Modular<N, Q> {
    const NAME: &'static str = N::NAME;
    type Element = Residue;
    type Scalar = Exponent<Q>;
    type PublicTables = PublicTables;
    type SecretTable = Table;

    fn identity() -> Residue {
        Residue(*Self::field().one())
    }

    fn generator() -> Residue {
        Residue(N::numbers().generator)
    }

    fn mul(a: &Residue, b: &Residue) -> Residue {
        Residue(Self::field().mul(&a.0, &b.0))
    }

    fn invert(a: &Residue) -> Residue {
        Residue(Self::field().invert_prime(&a.0))
    }

    fn pow(base: &Residue, exponent: &Self::Scalar) -> Residue {
        Residue(Self::field().pow_public(&base.0, &exponent.0))
    }

    fn pow_secret(base: &Residue, exponent: &Self::Scalar) -> Residue {
        Residue(Self::field().pow_secret(&base.0, &exponent.0))
    }

    fn is_member(a: &Residue) -> bool {
        Self::field().pow_public(&a.0, Self::order().value()) == *Self::field().one()
    }

    fn parse_element(text: &str) -> Result<Residue, NumberFault> {
        let value = decimal::<P>(text)?;
        if !Self::field().holds_public(&value) || value == [0; P] {
            return Err(NumberFault::Element);
        }
        Ok(Residue(Self::field().enter(&value)))
    }

    fn write_element(a: &Residue, out: &mut String) {
        write_decimal(&Self::field().leave(&a.0), out);
    }

    fn parse_scalar(text: &str) -> Result<Self::Scalar, NumberFault> {
        let value = match decimal::<Q>(text) {
            Err(NumberFault::Element) => return Err(NumberFault::Range),
            other => other?,
        };
        if Self::order().holds_public(&value) {
            Ok(Exponent(value))
        } else {
            Err(NumberFault::Range)
        }
    }

    fn write_scalar(a: &Self::Scalar, out: &mut String) {
        write_decimal(&a.0, out);
    }

    fn scalar(value: u64) -> Self::Scalar {
        let mut limbs = [0; Q];
        if let Some(first) = limbs.first_mut() {
            *first = value;
        }
        Exponent(limbs)
    }

    fn scalar_from_bytes(bytes: &[u8]) -> Self::Scalar {
        Exponent(Self::order().reduce_bytes(bytes))
    }

    fn random_scalar(random: &mut impl CryptoRng) -> Self::Scalar {
        let mut bytes = Zeroizing::new(vec![0; 8 * Q + 16]);
        random.fill_bytes(&mut bytes);
        Self::scalar_from_bytes(&bytes)
    }

    fn scalar_add(a: &Self::Scalar, b: &Self::Scalar) -> Self::Scalar {
        Exponent(Self::order().add(&a.0, &b.0))
    }

    fn scalar_sub(a: &Self::Scalar, b: &Self::Scalar) -> Self::Scalar {
        Exponent(Self::order().sub(&a.0, &b.0))
    }

    fn scalar_mul(a: &Self::Scalar, b: &Self::Scalar) -> Self::Scalar {
        let order = Self::order();
        Exponent(order.mul(&order.enter(&a.0), &b.0))
    }

    fn scalar_invert(a: &Self::Scalar) -> Self::Scalar {
        let order = Self::order();
        Exponent(order.leave(&order.invert_prime(&order.enter(&a.0))))
    }

    fn public_tables(key: &Residue) -> PublicTables {
        let table = |base| Table::new(Self::field(), base, 64 * Q, N::PUBLIC_WIDTH);
        PublicTables {
            generator: table(&N::numbers().generator),
            key: table(&key.0),
        }
    }

    fn powers(tables: &PublicTables, jobs: &[Powers<Self>]) -> Vec<Residue> {
        let field = Self::field();
        let mut out = Vec::with_capacity(jobs.iter().map(|job| job.wanted.len()).sum());
        for job in jobs {
            let exponents: Vec<&Limbs<Q>> = job.wanted.iter().map(|w| &w.power.0).collect();
            let raised = powers(field, &job.base.0, &exponents);
            for (mut value, wanted) in raised.into_iter().zip(&job.wanted) {
                for (table, exponent) in [
                    (&tables.generator, &wanted.generator),
                    (&tables.key, &wanted.key),
                ] {
                    if let Some(exponent) = exponent {
                        table.multiply_public(field, &mut value, &exponent.0);
                    }
                }
                out.push(Residue(value));
            }
        }
        out
    }

    fn secret_table(base: &Residue) -> Table {
        Table::new(Self::field(), &base.0, 64 * Q, SECRET_WIDTH)
    }

    fn table_pow(table: &Table, exponent: &Self::Scalar) -> Residue {
        Residue(table.pow_secret(Self::field(), &exponent.0))
    }
}

fn decimal<const N: usize>(text: &str) -> Result<Limbs<N>, NumberFault> {
    from_decimal(text).ok_or_else(|| {
        let digits = text.bytes().all(|b| b.is_ascii_digit());
        if digits && !text.is_empty() && (text == "0" || !text.starts_with('0')) {
            NumberFault::Element
        } else {
            spelling(text)
        }
    })
}

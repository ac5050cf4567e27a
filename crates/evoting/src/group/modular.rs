//! Multiplicative groups modulo a prime of 2048 bits.

use super::membership;
use super::params::{BELENIOS_G, BELENIOS_P, BELENIOS_Q, RFC_P, RFC_Q};
use super::{Group, NumberFault, Powers, Wanted, spelling};
use crate::arith::{
    Chunk, LANES, Limbs, Modulus, Slot, TOGETHER, Wide, WideTable, from_decimal, powers, select,
    window, write_decimal,
};
use rand::CryptoRng;
use std::fmt::Debug;
use std::marker::PhantomData;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicBool, Ordering};
use zeroize::{Zeroize, Zeroizing};

/// Limbs of a modulus.
pub(crate) const P: usize = 32;
/// Bits of one window of a table for secret exponents.
const SECRET_WIDTH: usize = 4;

/// The numbers of one group whose order has `Q` limbs.
pub trait Parameters<const Q: usize>:
    Copy + Debug + PartialEq + Eq + Send + Sync + 'static
{
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
    /// Eight at a time, where the processor can.
    wide: Option<Wide>,
}

impl<const Q: usize> Numbers<Q> {
    fn new(p: &str, q: &str, g: &str) -> Self {
        let field = Modulus::new(from_decimal(p).unwrap_or([0; P]));
        let generator = field.enter(&from_decimal(g).unwrap_or([0; P]));
        let wide = Wide::new(&field);
        Self {
            field,
            order: Modulus::new(from_decimal(q).unwrap_or([0; Q])),
            generator,
            wide,
        }
    }
}

/// The group of order q in the integers modulo a prime p of 2048 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Modular<N, const Q: usize>(PhantomData<N>);

/// Is one number computed at a time, whatever the processor could?
static PORTABLE: AtomicBool = AtomicBool::new(false);

/// Leaves vector instructions aside from now on, in the whole process, or takes them up again. Every answer is the same; only the time
/// differs. For those who measure, and for those who want a file judged by the other of two implementations.
pub fn leave_vectors_aside(aside: bool) {
    PORTABLE.store(aside, Ordering::Relaxed);
}

/// Are eight numbers computed at a time: does the processor have AVX-512 IFMA, and was it not left aside?
#[must_use]
pub fn vectors_in_use() -> bool {
    Belenios2048::wide().is_some()
}

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
    fn multiply_public<const Q: usize>(
        &self,
        field: &Modulus<P>,
        into: &mut Limbs<P>,
        exponent: &Limbs<Q>,
    ) {
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
    wide: Option<[WideTable; 2]>,
}

impl<N: Parameters<Q>, const Q: usize> Modular<N, Q> {
    fn field() -> &'static Modulus<P> {
        &N::numbers().field
    }

    fn order() -> &'static Modulus<Q> {
        &N::numbers().order
    }

    /// Eight at a time, where the processor can and nobody left it aside.
    fn wide() -> Option<&'static Wide> {
        let wide = N::numbers().wide.as_ref();
        wide.filter(|_| !PORTABLE.load(Ordering::Relaxed))
    }
}

impl<N: Parameters<Q>, const Q: usize> Modular<N, Q> {
    /// One job after the other, with the instructions that every processor has.
    fn narrow_powers(tables: &PublicTables, jobs: &[Powers<Self>]) -> Vec<Residue> {
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

    /// Eight jobs of one shape at a time.
    fn wide_powers(
        wide: &Wide,
        tables: [Option<&WideTable>; 2],
        jobs: &[Powers<Self>],
    ) -> Vec<Residue> {
        let mut starts = Vec::with_capacity(jobs.len());
        let mut total = 0;
        for job in jobs {
            starts.push(total);
            total += job.wanted.len();
        }
        let shape = |job: &Powers<Self>| -> Vec<(bool, bool)> {
            job.wanted
                .iter()
                .map(|w| (w.generator.is_some(), w.key.is_some()))
                .collect()
        };
        let mut order: Vec<(Vec<(bool, bool)>, usize)> = jobs
            .iter()
            .enumerate()
            .filter(|(_, job)| !job.wanted.is_empty())
            .map(|(at, job)| (shape(job), at))
            .collect();
        order.sort();
        let mut out = vec![Self::identity(); total];
        for same in order.chunk_by(|a, b| a.0 == b.0) {
            for eight in same.chunks(LANES) {
                let of = |lane: usize| eight.get(lane).and_then(|(_, at)| jobs.get(*at));
                let chunk = Self::chunk(&of, same.first().map_or(0, |(shape, _)| shape.len()));
                let found = wide.powers(Self::field(), &chunk, tables);
                for (lane, (_, at)) in eight.iter().enumerate() {
                    let start = starts.get(*at).copied().unwrap_or(0);
                    for (slot, values) in found.iter().enumerate() {
                        if let (Some(out), Some(value)) =
                            (out.get_mut(start + slot), values.get(lane))
                        {
                            *out = Residue(*value);
                        }
                    }
                }
            }
        }
        out
    }

    /// Eight jobs side by side; lanes without a job raise one to zero.
    fn chunk<'j>(of: &impl Fn(usize) -> Option<&'j Powers<Self>>, slots: usize) -> Chunk<Q> {
        let wanted = |lane: usize, slot: usize| of(lane).and_then(|job| job.wanted.get(slot));
        let slot = |slot: usize| {
            let has = |pick: fn(&Wanted<Self>) -> Option<&Exponent<Q>>| {
                wanted(0, slot).and_then(pick).map(|_| {
                    std::array::from_fn(|lane| {
                        wanted(lane, slot).and_then(pick).map_or([0; Q], |e| e.0)
                    })
                })
            };
            Slot {
                power: std::array::from_fn(|lane| wanted(lane, slot).map_or([0; Q], |w| w.power.0)),
                fixed: [has(|w| w.generator.as_ref()), has(|w| w.key.as_ref())],
            }
        };
        Chunk {
            bases: std::array::from_fn(|lane| {
                of(lane).map_or(*Self::field().one(), |job| job.base.0)
            }),
            slots: (0..slots).map(slot).collect(),
        }
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
        let (generator, key) = (table(&N::numbers().generator), table(&key.0));
        PublicTables {
            wide: Self::wide()
                .map(|wide| [&generator, &key].map(|t| wide.table(&t.entries, t.width))),
            generator,
            key,
        }
    }

    fn powers(tables: &PublicTables, jobs: &[Powers<Self>]) -> Vec<Residue> {
        match (Self::wide(), &tables.wide) {
            (Some(wide), Some(of)) if jobs.len() >= LANES => {
                Self::wide_powers(wide, [Some(&of[0]), Some(&of[1])], jobs)
            }
            _ => Self::narrow_powers(tables, jobs),
        }
    }

    fn all_members(elements: &[Residue]) -> bool {
        let Some(wide) = Self::wide().filter(|_| elements.len() >= LANES) else {
            return elements.iter().all(Self::is_member);
        };
        let order = Exponent(*Self::order().value());
        let jobs: Vec<Powers<Self>> = elements
            .iter()
            .map(|element| Powers {
                base: *element,
                wanted: vec![Wanted {
                    power: order.clone(),
                    generator: None,
                    key: None,
                }],
            })
            .collect();
        Self::wide_powers(wide, [None, None], &jobs)
            .iter()
            .all(|power| *power == Self::identity())
    }

    fn accumulate(products: &mut [Residue], elements: &[Residue], coins: &[u8]) {
        let whole = elements.len() / (LANES * TOGETHER) * (LANES * TOGETHER);
        match Self::wide() {
            Some(wide) if products.len().is_multiple_of(LANES) && whole > 0 => {
                let (now, rest) = elements.split_at(whole);
                let (now_coins, rest_coins) = coins.split_at(whole / TOGETHER * products.len());
                let mut values: Vec<Limbs<P>> = products.iter().map(|p| p.0).collect();
                let now: Vec<Limbs<P>> = now.iter().map(|e| e.0).collect();
                wide.accumulate(Self::field(), &mut values, &now, now_coins);
                for (product, value) in products.iter_mut().zip(values) {
                    *product = Residue(value);
                }
                membership::accumulate::<Self>(products, rest, rest_coins);
            }
            _ => membership::accumulate::<Self>(products, elements, coins),
        }
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

//! Whole numbers of a fixed size: decimal text and Montgomery arithmetic.
//!
//! Multiplication, addition and subtraction take the same time for all values of the same size; what depends on values is
//! named `*_public` and only ever sees published data. docs/adr/0032 says why this is not a library of others.

mod decimal;
mod montgomery;
mod powers;
#[cfg(target_arch = "x86_64")]
mod wide;
#[cfg(not(target_arch = "x86_64"))]
#[path = "narrow.rs"]
mod wide;

pub(crate) use decimal::{from_decimal, write_decimal};
pub(crate) use montgomery::{Limbs, Modulus, select};
pub(crate) use powers::powers;
pub(crate) use wide::{Chunk, LANES, Slot, TOGETHER, Wide, WideTable};

/// Bit `at` of a number.
pub(crate) fn bit<const N: usize>(value: &[u64; N], at: usize) -> bool {
    value
        .get(at / 64)
        .is_some_and(|limb| limb >> (at % 64) & 1 == 1)
}

/// The `width` (at most 16) bits of a number that start at bit `at`.
pub(crate) fn window<const N: usize>(value: &[u64; N], at: usize, width: usize) -> usize {
    let limb = at / 64;
    let shift = at % 64;
    let low = value.get(limb).copied().unwrap_or(0) >> shift;
    let high = if shift == 0 {
        0
    } else {
        value.get(limb + 1).copied().unwrap_or(0) << (64 - shift)
    };
    let mask = (1_u64 << width) - 1;
    usize::try_from((low | high) & mask).unwrap_or(0)
}

/// `a < b`, in time that depends on the values.
pub(crate) fn less_public<const N: usize>(a: &[u64; N], b: &[u64; N]) -> bool {
    a.iter().rev().lt(b.iter().rev())
}

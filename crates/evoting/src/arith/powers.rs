//! Several powers of one base with one chain of squarings (A. C. Yao, "On the evaluation of powers", 1976).

use super::{Limbs, Modulus, bit, window};

/// Bits of a window; only odd windows have a bucket.
const WIDTH: usize = 4;

/// The powers of `base` (in Montgomery form) for each exponent. For public data: time depends on values.
///
/// The base is squared through once. Each exponent is cut into odd windows; the power of the base at the place of a window goes
/// into the bucket of its value, and ∏ bucket_d^d is taken at the end.
pub(crate) fn powers<const N: usize, const M: usize>(
    modulus: &Modulus<N>,
    base: &Limbs<N>,
    exponents: &[&Limbs<M>],
) -> Vec<Limbs<N>> {
    if let [only] = exponents {
        return vec![modulus.pow_public(base, only)];
    }
    let top = exponents
        .iter()
        .filter_map(|e| (0..M * 64).rev().find(|at| bit(e, *at)))
        .max();
    let mut buckets = vec![[None::<Limbs<N>>; 1 << (WIDTH - 1)]; exponents.len()];
    let mut next = vec![0; exponents.len()];
    let mut power = *base;
    for at in 0..=top.unwrap_or(0) {
        if at > 0 {
            power = modulus.sqr(&power);
        }
        for ((exponent, buckets), next) in exponents.iter().zip(&mut buckets).zip(&mut next) {
            if at < *next || !bit(exponent, at) {
                continue;
            }
            let bucket = &mut buckets[window(exponent, at, WIDTH) / 2];
            *bucket = Some(match bucket {
                Some(value) => modulus.mul(value, &power),
                None => power,
            });
            *next = at + WIDTH;
        }
    }
    buckets
        .iter()
        .map(|buckets| gather(modulus, buckets))
        .collect()
}

/// ∏ bucket_d^d over odd d: with S_i the product of the buckets from i on, it is (S_1 · S_3 ·  …)² / S_1 — taken as
/// S_1 · (S_3 · S_5 · …)².
fn gather<const N: usize>(modulus: &Modulus<N>, buckets: &[Option<Limbs<N>>]) -> Limbs<N> {
    let product = |a: Option<Limbs<N>>, b: Option<Limbs<N>>| match (a, b) {
        (Some(a), Some(b)) => Some(modulus.mul(&a, &b)),
        (a, b) => a.or(b),
    };
    let mut suffix = None;
    let mut sum = None;
    for (at, bucket) in buckets.iter().enumerate().rev() {
        suffix = product(suffix, *bucket);
        if at > 0 {
            sum = product(sum, suffix);
        }
    }
    product(suffix, sum.map(|s| modulus.sqr(&s))).unwrap_or(*modulus.one())
}

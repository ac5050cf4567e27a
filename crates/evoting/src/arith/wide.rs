//! Eight numbers of 2048 bits at a time, with the instructions AVX-512 IFMA (52-bit products), where the processor has them.
//!
//! A number is forty limbs of 52 bits; the lanes of a vector are the same limb of eight numbers. With R = 2^2080 > 4p, numbers below
//! 2p multiply to numbers below 2p without a last subtraction (Montgomery; Gueron and Krasnov, "Software implementation of modular
//! exponentiation, using advanced vector instructions architectures", 2012). Public data only: time depends on exponents.
//!
//! The only `unsafe` of this crate is here: calling code that was compiled for these instructions, after asking whether they are
//! there, and seeing eight numbers as a vector and back (docs/adr/0032).

use super::montgomery::{Limbs, Modulus};
use super::window;
use std::arch::x86_64::{
    __m512i, _mm512_add_epi64, _mm512_and_si512, _mm512_madd52hi_epu64, _mm512_madd52lo_epu64,
    _mm512_set1_epi64, _mm512_setzero_si512, _mm512_srli_epi64,
};

/// Limbs of 64 bits.
const N: usize = 32;
/// Limbs of 52 bits.
const LIMBS: usize = 40;
/// Bits of a limb.
const BITS: usize = 52;
const MASK: u64 = (1 << BITS) - 1;
/// Numbers at a time.
pub(crate) const LANES: usize = 8;
/// Bits of a window of exponents.
const WIDTH: usize = 4;
/// Elements whose products are tabulated together (see `group::membership`).
pub(crate) const TOGETHER: usize = 5;

/// One number in limbs of 52 bits.
type Narrow = [u64; LIMBS];

/// Eight numbers, in Montgomery form for R = 2^2080, below 2p.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
struct Lanes([[u64; LANES]; LIMBS]);

/// A modulus prepared for these instructions. It exists only where the processor has them.
#[derive(Debug)]
pub(crate) struct Wide {
    p: Narrow,
    negative_inverse: u64,
    /// Brings Montgomery form for 2^2048 to that for 2^2080.
    enter: Narrow,
    /// Brings it back.
    leave: Narrow,
    one: Narrow,
}

/// Powers of one base by windows, as in `group::modular`.
pub(crate) struct WideTable {
    entries: Vec<Narrow>,
    width: usize,
}

/// Eight bases with as many powers each.
pub(crate) struct Chunk<const M: usize> {
    pub(crate) bases: [Limbs<N>; LANES],
    pub(crate) slots: Vec<Slot<M>>,
}

/// One power of each of eight bases, times powers of tabulated bases.
#[derive(Clone)]
pub(crate) struct Slot<const M: usize> {
    pub(crate) power: [Limbs<M>; LANES],
    pub(crate) fixed: [Option<[Limbs<M>; LANES]>; 2],
}

fn narrow(value: &Limbs<N>) -> Narrow {
    let mut out = [0; LIMBS];
    for (at, limb) in out.iter_mut().enumerate() {
        let (word, shift) = (at * BITS / 64, at * BITS % 64);
        let low = value.get(word).map_or(0, |w| w >> shift);
        let high = match value.get(word + 1) {
            Some(next) if shift > 64 - BITS => next << (64 - shift),
            _ => 0,
        };
        *limb = (low | high) & MASK;
    }
    out
}

/// The number, and the bit above 2048.
fn widen(value: &Narrow) -> (Limbs<N>, u64) {
    let mut out = [0; N];
    let mut above = 0;
    for (at, limb) in value.iter().enumerate() {
        let (word, shift) = (at * BITS / 64, at * BITS % 64);
        match out.get_mut(word) {
            Some(out) => *out |= limb << shift,
            None => above |= limb << shift,
        }
        if shift > 64 - BITS {
            let rest = limb >> (64 - shift);
            match out.get_mut(word + 1) {
                Some(out) => *out |= rest,
                None => above |= rest,
            }
        }
    }
    (out, above)
}

fn splat(value: &Narrow) -> Lanes {
    Lanes(value.map(|limb| [limb; LANES]))
}

fn gather<'a>(of: impl Fn(usize) -> &'a Narrow) -> Lanes {
    let mut out = [[0; LANES]; LIMBS];
    for lane in 0..LANES {
        for (out, limb) in out.iter_mut().zip(of(lane)) {
            out[lane] = *limb;
        }
    }
    Lanes(out)
}

fn lane(lanes: &Lanes, at: usize) -> Narrow {
    lanes.0.map(|limbs| limbs[at])
}

impl Wide {
    /// `None` where the processor lacks the instructions.
    pub(crate) fn new(modulus: &Modulus<N>) -> Option<Self> {
        if !is_x86_feature_detected!("avx512f") || !is_x86_feature_detected!("avx512ifma") {
            return None;
        }
        let mut enter = *modulus.one();
        for _ in 0..64 {
            enter = modulus.add(&enter, &enter);
        }
        // 2^2080 mod p: the number one for R.
        let mut one = *modulus.one();
        for _ in 0..32 {
            one = modulus.add(&one, &one);
        }
        Some(Self {
            p: narrow(modulus.value()),
            negative_inverse: modulus.negative_inverse() & MASK,
            enter: narrow(&enter),
            leave: narrow(modulus.one()),
            one: narrow(&one),
        })
    }

    /// Brings a table over.
    pub(crate) fn table(&self, entries: &[Limbs<N>], width: usize) -> WideTable {
        let mut out = Vec::with_capacity(entries.len());
        for group in entries.chunks(LANES) {
            let plain: Vec<Narrow> = group.iter().map(narrow).collect();
            let lanes = gather(|at| plain.get(at).unwrap_or(&self.one));
            // SAFETY: `new` found the instructions on this processor.
            #[expect(unsafe_code, reason = "instructions that were asked for")]
            let entered = unsafe { mul(self, &lanes, &splat(&self.enter)) };
            out.extend((0..group.len()).map(|at| lane(&entered, at)));
        }
        WideTable {
            entries: out,
            width,
        }
    }

    /// All powers of a chunk, slot by slot, in Montgomery form for 2^2048.
    pub(crate) fn powers<const M: usize>(
        &self,
        modulus: &Modulus<N>,
        chunk: &Chunk<M>,
        tables: [Option<&WideTable>; 2],
    ) -> Vec<[Limbs<N>; LANES]> {
        // SAFETY: `new` found the instructions on this processor.
        #[expect(unsafe_code, reason = "instructions that were asked for")]
        let found = unsafe { powers(self, chunk, tables) };
        found.iter().map(|lanes| leave(modulus, lanes)).collect()
    }

    /// Multiplies each of `products` with the product of some of each five `elements`, chosen by the bits of `coins`.
    /// The number of elements is a multiple of forty, that of products of eight; there are as many coins per five elements as products.
    pub(crate) fn accumulate(
        &self,
        modulus: &Modulus<N>,
        products: &mut [Limbs<N>],
        elements: &[Limbs<N>],
        coins: &[u8],
    ) {
        // SAFETY: `new` found the instructions on this processor.
        #[expect(unsafe_code, reason = "instructions that were asked for")]
        let found = unsafe { accumulate(self, products, elements, coins) };
        for (products, lanes) in products.chunks_mut(LANES).zip(&found) {
            products.copy_from_slice(&leave(modulus, lanes));
        }
    }
}

fn leave(modulus: &Modulus<N>, lanes: &Lanes) -> [Limbs<N>; LANES] {
    std::array::from_fn(|at| {
        let (value, above) = widen(&lane(lanes, at));
        modulus.reduce_once(&value, above)
    })
}

#[target_feature(enable = "avx512f,avx512ifma")]
fn mul(wide: &Wide, a: &Lanes, b: &Lanes) -> Lanes {
    let zero = _mm512_setzero_si512();
    let inverse = set(wide.negative_inverse);
    let mut t = [zero; LIMBS];
    for b in &b.0 {
        let b: __m512i = load(b);
        let mut a_before: __m512i = load(&a.0[0]);
        let mut p_before = set(wide.p[0]);
        let low = _mm512_madd52lo_epu64(t[0], a_before, b);
        let q = _mm512_madd52lo_epu64(zero, low, inverse);
        let low = _mm512_madd52lo_epu64(low, q, p_before);
        let mut carry = _mm512_srli_epi64::<52>(low);
        for j in 1..LIMBS {
            let a_next: __m512i = load(&a.0[j]);
            let p_next = set(wide.p[j]);
            let x = _mm512_madd52hi_epu64(t[j], a_before, b);
            let y = _mm512_madd52hi_epu64(carry, q, p_before);
            let x = _mm512_madd52lo_epu64(x, a_next, b);
            let y = _mm512_madd52lo_epu64(y, q, p_next);
            t[j - 1] = _mm512_add_epi64(x, y);
            carry = zero;
            (a_before, p_before) = (a_next, p_next);
        }
        let x = _mm512_madd52hi_epu64(zero, a_before, b);
        t[LIMBS - 1] = _mm512_madd52hi_epu64(x, q, p_before);
    }
    let mask = set(MASK);
    let mut carry = zero;
    let mut out = [[0; LANES]; LIMBS];
    for (out, t) in out.iter_mut().zip(t) {
        let sum = _mm512_add_epi64(t, carry);
        carry = _mm512_srli_epi64::<52>(sum);
        *out = store(_mm512_and_si512(sum, mask));
    }
    Lanes(out)
}

#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
fn load(lanes: &[u64; LANES]) -> __m512i {
    // SAFETY: both are 64 bytes of which every pattern is a value.
    #[expect(unsafe_code, reason = "plain bytes")]
    unsafe {
        std::mem::transmute::<[u64; LANES], __m512i>(*lanes)
    }
}

#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
fn store(vector: __m512i) -> [u64; LANES] {
    // SAFETY: both are 64 bytes of which every pattern is a value.
    #[expect(unsafe_code, reason = "plain bytes")]
    unsafe {
        std::mem::transmute::<__m512i, [u64; LANES]>(vector)
    }
}

#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
fn set(value: u64) -> __m512i {
    _mm512_set1_epi64(value.cast_signed())
}

#[target_feature(enable = "avx512f,avx512ifma")]
fn powers<const M: usize>(
    wide: &Wide,
    chunk: &Chunk<M>,
    tables: [Option<&WideTable>; 2],
) -> Vec<Lanes> {
    let plain = chunk.bases.map(|base| narrow(&base));
    let mut power = mul(wide, &gather(|at| &plain[at]), &splat(&wide.enter));
    let one = splat(&wide.one);
    let mut buckets = vec![[one; 1 << WIDTH]; chunk.slots.len()];
    let windows = M * 64 / WIDTH;
    for at in 0..windows {
        for (slot, buckets) in chunk.slots.iter().zip(&mut buckets) {
            let digits: [usize; LANES] =
                std::array::from_fn(|lane| window(&slot.power[lane], at * WIDTH, WIDTH));
            if digits == [0; LANES] {
                continue;
            }
            let mut chosen = one;
            for (lane, digit) in digits.iter().enumerate() {
                for (out, bucket) in chosen.0.iter_mut().zip(&buckets[*digit].0) {
                    out[lane] = bucket[lane];
                }
            }
            let product = mul(wide, &chosen, &power);
            for (lane, digit) in digits.iter().enumerate().filter(|(_, digit)| **digit != 0) {
                for (bucket, limb) in buckets[*digit].0.iter_mut().zip(&product.0) {
                    bucket[lane] = limb[lane];
                }
            }
        }
        if at + 1 < windows {
            for _ in 0..WIDTH {
                power = mul(wide, &power, &power);
            }
        }
    }
    let leave = splat(&wide.leave);
    let mut out = Vec::with_capacity(chunk.slots.len());
    for (slot, buckets) in chunk.slots.iter().zip(&buckets) {
        // ∏ bucket_d^d.
        let mut suffix = buckets[(1 << WIDTH) - 1];
        let mut product = suffix;
        for bucket in buckets[1..(1 << WIDTH) - 1].iter().rev() {
            suffix = mul(wide, &suffix, bucket);
            product = mul(wide, &product, &suffix);
        }
        for (table, exponents) in tables.iter().zip(&slot.fixed) {
            let (Some(table), Some(exponents)) = (table, exponents) else {
                continue;
            };
            for (at, powers) in table.entries.chunks(1 << table.width).enumerate() {
                let chosen = gather(|lane| {
                    let digit = window(&exponents[lane], at * table.width, table.width);
                    powers.get(digit).unwrap_or(&wide.one)
                });
                product = mul(wide, &product, &chosen);
            }
        }
        out.push(mul(wide, &product, &leave));
    }
    out
}

#[target_feature(enable = "avx512f,avx512ifma")]
fn accumulate(
    wide: &Wide,
    products: &[Limbs<N>],
    elements: &[Limbs<N>],
    coins: &[u8],
) -> Vec<Lanes> {
    let enter = splat(&wide.enter);
    let mut sums: Vec<Lanes> = products
        .chunks(LANES)
        .map(|group| {
            let plain: Vec<Narrow> = group.iter().map(narrow).collect();
            gather(|at| &plain[at])
        })
        .collect();
    for sum in &mut sums {
        *sum = mul(wide, sum, &enter);
    }
    let all_coins = coins.chunks(products.len() * LANES);
    for (elements, coins) in elements.chunks(LANES * TOGETHER).zip(all_coins) {
        let plain: Vec<Narrow> = elements.iter().map(narrow).collect();
        // Lane g holds the g-th five; entry b the product of those whose bit is set in b.
        let mut table = vec![splat(&wide.one)];
        for at in 0..TOGETHER {
            let element = gather(|lane| &plain[lane * TOGETHER + at]);
            let element = mul(wide, &element, &enter);
            for entry in 0..table.len() {
                let next = if entry == 0 {
                    element
                } else {
                    mul(wide, &table[entry], &element)
                };
                table.push(next);
            }
        }
        for (five, coins) in coins.chunks(products.len()).enumerate() {
            let own: Vec<Narrow> = table.iter().map(|entry| lane(entry, five)).collect();
            for (sum, coins) in sums.iter_mut().zip(coins.chunks(LANES)) {
                let chosen = gather(|at| &own[usize::from(coins[at])]);
                *sum = mul(wide, sum, &chosen);
            }
        }
    }
    let leave = splat(&wide.leave);
    for sum in &mut sums {
        *sum = mul(wide, sum, &leave);
    }
    sums
}

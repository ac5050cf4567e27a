//! Montgomery multiplication for an odd modulus of `N` limbs.

use super::{bit, less_public, window};

/// A number of `N` limbs of 64 bits, the least significant first.
pub(crate) type Limbs<const N: usize> = [u64; N];

/// An odd modulus with what multiplication needs. Numbers given to it and returned by it are below the modulus.
#[derive(Debug)]
pub(crate) struct Modulus<const N: usize> {
    value: Limbs<N>,
    /// −1 / modulus mod 2^64.
    negative_inverse: u64,
    /// 2^(64·N) mod modulus: the number one in Montgomery form.
    one: Limbs<N>,
    /// The square of the above, which brings numbers into Montgomery form.
    square: Limbs<N>,
}

#[inline(always)]
#[expect(clippy::as_conversions, reason = "the two halves of a product")]
fn mul_add(a: u64, b: u64, add: u64, carry: u64) -> (u64, u64) {
    let wide = u128::from(a) * u128::from(b) + u128::from(add) + u128::from(carry);
    (wide as u64, (wide >> 64) as u64)
}

#[inline(always)]
fn add_carry(a: u64, b: u64, carry: u64) -> (u64, u64) {
    let (sum, first) = a.overflowing_add(b);
    let (sum, second) = sum.overflowing_add(carry);
    (sum, u64::from(first | second))
}

#[inline(always)]
fn sub_borrow(a: u64, b: u64, borrow: u64) -> (u64, u64) {
    let (difference, first) = a.overflowing_sub(b);
    let (difference, second) = difference.overflowing_sub(borrow);
    (difference, u64::from(first | second))
}

impl<const N: usize> Modulus<N> {
    /// Prepares an odd modulus.
    pub(crate) fn new(value: Limbs<N>) -> Self {
        let low = value.first().copied().unwrap_or(1);
        // Newton: each step doubles the number of right bits.
        let mut inverse = 1_u64;
        for _ in 0..6 {
            inverse = inverse.wrapping_mul(2_u64.wrapping_sub(low.wrapping_mul(inverse)));
        }
        let mut modulus = Self {
            value,
            negative_inverse: inverse.wrapping_neg(),
            one: [0; N],
            square: [0; N],
        };
        let mut power = [0; N];
        if let Some(first) = power.first_mut() {
            *first = 1;
        }
        for _ in 0..64 * N {
            power = modulus.add(&power, &power);
        }
        modulus.one = power;
        for _ in 0..64 * N {
            power = modulus.add(&power, &power);
        }
        modulus.square = power;
        modulus
    }

    pub(crate) fn value(&self) -> &Limbs<N> {
        &self.value
    }

    /// −1 / modulus mod 2^64.
    pub(super) fn negative_inverse(&self) -> u64 {
        self.negative_inverse
    }

    /// One, in Montgomery form.
    pub(crate) fn one(&self) -> &Limbs<N> {
        &self.one
    }

    /// Is this number below the modulus? For published numbers.
    pub(crate) fn holds_public(&self, value: &Limbs<N>) -> bool {
        less_public(value, &self.value)
    }

    /// `value − modulus` if that is not negative (`carry` is the bit above the top limb), without a branch.
    #[inline(always)]
    pub(super) fn reduce_once(&self, value: &Limbs<N>, carry: u64) -> Limbs<N> {
        let mut less = [0; N];
        let mut borrow = 0;
        for ((out, a), m) in less.iter_mut().zip(value).zip(&self.value) {
            (*out, borrow) = sub_borrow(*a, *m, borrow);
        }
        // Keep `value` only if the subtraction borrowed and there was nothing above to borrow from.
        let keep = (borrow & (carry ^ 1)).wrapping_neg();
        for (out, a) in less.iter_mut().zip(value) {
            *out = (*out & !keep) | (*a & keep);
        }
        less
    }

    pub(crate) fn add(&self, a: &Limbs<N>, b: &Limbs<N>) -> Limbs<N> {
        let mut sum = [0; N];
        let mut carry = 0;
        for ((out, a), b) in sum.iter_mut().zip(a).zip(b) {
            (*out, carry) = add_carry(*a, *b, carry);
        }
        self.reduce_once(&sum, carry)
    }

    pub(crate) fn sub(&self, a: &Limbs<N>, b: &Limbs<N>) -> Limbs<N> {
        let mut difference = [0; N];
        let mut borrow = 0;
        for ((out, a), b) in difference.iter_mut().zip(a).zip(b) {
            (*out, borrow) = sub_borrow(*a, *b, borrow);
        }
        let add_back = borrow.wrapping_neg();
        let mut carry = 0;
        for (out, m) in difference.iter_mut().zip(&self.value) {
            (*out, carry) = add_carry(*out, *m & add_back, carry);
        }
        difference
    }

    /// `a · b / 2^(64·N)`: the product of two numbers in Montgomery form.
    pub(crate) fn mul(&self, a: &Limbs<N>, b: &Limbs<N>) -> Limbs<N> {
        let mut t = [0_u64; N];
        let mut top = 0_u64;
        for &b in b {
            let (low, mut carry_a) = mul_add(a[0], b, t[0], 0);
            let m = low.wrapping_mul(self.negative_inverse);
            let (_, mut carry_m) = mul_add(m, self.value[0], low, 0);
            for j in 1..N {
                let (x, high) = mul_add(a[j], b, t[j], carry_a);
                carry_a = high;
                let (x, high) = mul_add(m, self.value[j], x, carry_m);
                carry_m = high;
                t[j - 1] = x;
            }
            let (sum, first) = carry_a.overflowing_add(carry_m);
            let (sum, second) = sum.overflowing_add(top);
            t[N - 1] = sum;
            top = u64::from(first) + u64::from(second);
        }
        self.reduce_once(&t, top)
    }

    /// The square of a number in Montgomery form.
    pub(crate) fn sqr(&self, a: &Limbs<N>) -> Limbs<N> {
        self.mul(a, a)
    }

    /// Into Montgomery form.
    pub(crate) fn enter(&self, value: &Limbs<N>) -> Limbs<N> {
        self.mul(value, &self.square)
    }

    /// Out of Montgomery form.
    pub(crate) fn leave(&self, value: &Limbs<N>) -> Limbs<N> {
        let mut one = [0; N];
        if let Some(first) = one.first_mut() {
            *first = 1;
        }
        self.mul(value, &one)
    }

    /// `base^exponent` for published numbers: time depends on both. `base` is in Montgomery form, `exponent` is a plain number.
    pub(crate) fn pow_public<const M: usize>(
        &self,
        base: &Limbs<N>,
        exponent: &Limbs<M>,
    ) -> Limbs<N> {
        const WIDTH: usize = 5;
        let Some(top) = (0..M * 64).rev().find(|at| bit(exponent, *at)) else {
            return self.one;
        };
        if top < 8 {
            return self.pow_short(base, exponent, top);
        }
        let square = self.sqr(base);
        let mut odd = vec![*base];
        for at in 1..1 << (WIDTH - 1) {
            let next = self.mul(&odd[at - 1], &square);
            odd.push(next);
        }
        let mut result = self.one;
        let mut at = top + 1;
        while at > 0 {
            if !bit(exponent, at - 1) {
                result = self.sqr(&result);
                at -= 1;
                continue;
            }
            let mut width = WIDTH.min(at);
            while !bit(exponent, at - width) {
                width -= 1;
            }
            for _ in 0..width {
                result = self.sqr(&result);
            }
            result = self.mul(&result, &odd[window(exponent, at - width, width) / 2]);
            at -= width;
        }
        result
    }

    fn pow_short<const M: usize>(
        &self,
        base: &Limbs<N>,
        exponent: &Limbs<M>,
        top: usize,
    ) -> Limbs<N> {
        let mut result = *base;
        for at in (0..top).rev() {
            result = self.sqr(&result);
            if bit(exponent, at) {
                result = self.mul(&result, base);
            }
        }
        result
    }

    /// `base^exponent` in time that depends only on the sizes: every window squares four times, reads all sixteen powers and
    /// multiplies once.
    pub(crate) fn pow_secret<const M: usize>(
        &self,
        base: &Limbs<N>,
        exponent: &Limbs<M>,
    ) -> Limbs<N> {
        const WIDTH: usize = 4;
        let mut powers = vec![self.one; 1 << WIDTH];
        for at in 1..1 << WIDTH {
            powers[at] = self.mul(&powers[at - 1], base);
        }
        let mut result = self.one;
        for at in (0..M * 64 / WIDTH).rev() {
            for _ in 0..WIDTH {
                result = self.sqr(&result);
            }
            let power = select(&powers, window(exponent, at * WIDTH, WIDTH));
            result = self.mul(&result, &power);
        }
        result
    }

    /// The inverse modulo a prime, by Fermat; of zero it is zero. Time depends on the modulus only.
    pub(crate) fn invert_prime(&self, value: &Limbs<N>) -> Limbs<N> {
        let mut two = [0; N];
        if let Some(first) = two.first_mut() {
            *first = 2;
        }
        let mut exponent = [0; N];
        let mut borrow = 0;
        for ((out, a), b) in exponent.iter_mut().zip(&self.value).zip(&two) {
            (*out, borrow) = sub_borrow(*a, *b, borrow);
        }
        self.pow_public(value, &exponent)
    }

    /// A number of big-endian bytes, reduced. For digests and random bytes: up to `N` limbs and as many again.
    pub(crate) fn reduce_bytes(&self, bytes: &[u8]) -> Limbs<N> {
        // Byte by byte, doubling: short, and of the same time for all values.
        let mut value = [0; N];
        for byte in bytes {
            for shift in (0..8).rev() {
                value = self.add(&value, &value);
                let mut low = [0; N];
                if let Some(first) = low.first_mut() {
                    *first = u64::from(byte >> shift & 1);
                }
                value = self.add(&value, &low);
            }
        }
        value
    }
}

/// One of the powers, read without an index that depends on a secret.
pub(crate) fn select<const N: usize>(powers: &[Limbs<N>], index: usize) -> Limbs<N> {
    let mut out = [0; N];
    for (at, power) in powers.iter().enumerate() {
        let difference = u64::try_from(at ^ index).unwrap_or(u64::MAX);
        // All ones when the difference is zero.
        let mask = ((difference | difference.wrapping_neg()) >> 63).wrapping_sub(1);
        let mask = std::hint::black_box(mask);
        for (out, limb) in out.iter_mut().zip(power) {
            *out |= limb & mask;
        }
    }
    out
}

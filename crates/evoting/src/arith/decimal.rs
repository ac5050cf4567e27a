//! Decimal text of large numbers, nineteen digits at a time.

use zeroize::Zeroizing;

/// The largest power of ten in 64 bits. Its top bit is set, as the division below needs.
const TEN_19: u64 = 10_000_000_000_000_000_000;
/// ⌊(2^128 − 1) / 10^19⌋ − 2^64 (Möller and Granlund, "Improved division by invariant integers", 2011).
const RECIPROCAL: u64 = 0xd83c_94fb_6d2a_c34a;
/// Digits in one step.
const STEP: usize = 19;

/// `(high · 2^64 + low)` divided by 10^19, where `high < 10^19`.
#[inline]
fn divide(high: u64, low: u64) -> (u64, u64) {
    let (q0, carry) = high.widening(RECIPROCAL, low);
    let mut q1 = carry.wrapping_add(high).wrapping_add(1);
    let mut rest = low.wrapping_sub(q1.wrapping_mul(TEN_19));
    if rest > q0 {
        q1 = q1.wrapping_sub(1);
        rest = rest.wrapping_add(TEN_19);
    }
    if rest >= TEN_19 {
        q1 = q1.wrapping_add(1);
        rest -= TEN_19;
    }
    (q1, rest)
}

trait Widening {
    /// `self · other + add` as (low, high).
    fn widening(self, other: u64, add: u64) -> (u64, u64);
}

impl Widening for u64 {
    #[inline]
    #[expect(clippy::as_conversions, reason = "the two halves of a product")]
    fn widening(self, other: u64, add: u64) -> (u64, u64) {
        let wide = u128::from(self) * u128::from(other) + u128::from(add);
        (wide as u64, (wide >> 64) as u64)
    }
}

/// Appends the decimal digits of a number, least significant limb first; no leading zero.
pub(crate) fn write_decimal(value: &[u64], out: &mut String) {
    // The number may be a secret.
    let mut rest = Zeroizing::new(value.to_vec());
    let mut steps = Zeroizing::new(Vec::with_capacity(rest.len() + 2));
    let mut len = rest.len();
    while len > 0 && rest.get(len - 1) == Some(&0) {
        len -= 1;
    }
    while len > 0 {
        let mut remainder = 0;
        for limb in rest.iter_mut().take(len).rev() {
            let (quotient, left) = divide(remainder, *limb);
            *limb = quotient;
            remainder = left;
        }
        steps.push(remainder);
        while len > 0 && rest.get(len - 1) == Some(&0) {
            len -= 1;
        }
    }
    let Some(first) = steps.pop() else {
        out.push('0');
        return;
    };
    let mut started = false;
    for step in std::iter::once(&first).chain(steps.iter().rev()) {
        let mut step = *step;
        let mut digits = Zeroizing::new([b'0'; STEP]);
        for digit in digits.iter_mut().rev() {
            *digit = b'0' + u8::try_from(step % 10).unwrap_or(0);
            step /= 10;
        }
        for digit in digits.iter() {
            started |= *digit != b'0';
            if started {
                out.push(char::from(*digit));
            }
        }
    }
}

/// Reads canonical decimal digits: no sign, no leading zero (`0` alone is one), at most `N` limbs. `None` for all else.
pub(crate) fn from_decimal<const N: usize>(text: &str) -> Option<[u64; N]> {
    let bytes = text.as_bytes();
    // A limb holds more than 19.26 digits: a longer text can't fit, and is not read.
    if bytes.is_empty() || bytes.len() > N * 20 || (bytes.len() > 1 && bytes.starts_with(b"0")) {
        return None;
    }
    let mut value = [0_u64; N];
    let head = bytes.len() % STEP;
    let (first, others) = bytes.split_at(head);
    for chunk in std::iter::once(first).chain(others.chunks(STEP)) {
        if chunk.is_empty() {
            continue;
        }
        let mut step = 0_u64;
        for digit in chunk {
            if !digit.is_ascii_digit() {
                return None;
            }
            step = step * 10 + u64::from(digit - b'0');
        }
        let mut carry = step;
        for limb in &mut value {
            let (low, high) = limb.widening(TEN_19, carry);
            *limb = low;
            carry = high;
        }
        if carry != 0 {
            return None;
        }
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn decimal_text_of_a_number_reads_back(value in any::<[u64; 4]>(), keep in 0_usize..5) {
            let mut value = value;
            for limb in value.iter_mut().skip(keep) {
                *limb = 0;
            }
            let mut text = String::new();
            write_decimal(&value, &mut text);
            prop_assert_eq!(from_decimal::<4>(&text), Some(value));
            let bytes: Vec<u8> = value.iter().flat_map(|limb| limb.to_le_bytes()).collect();
            let big = num_bigint::BigUint::from_bytes_le(&bytes);
            prop_assert_eq!(text, big.to_string());
        }

        #[test]
        fn anything_read_is_written_the_same(text in "[0-9+_x-]{0,90}") {
            if let Some(value) = from_decimal::<4>(&text) {
                let mut again = String::new();
                write_decimal(&value, &mut again);
                prop_assert_eq!(again, text);
            }
        }
    }

    #[test]
    fn unusual_spellings_are_no_numbers() {
        for text in [
            "", "00", "01", "+1", "-1", "0x1", "1_0", " 1", "1 ", "1e3", "١",
        ] {
            assert_eq!(from_decimal::<4>(text), None, "{text}");
        }
        assert_eq!(from_decimal::<4>("0"), Some([0; 4]));
        // 2^256 and its predecessor.
        let top = "115792089237316195423570985008687907853269984665640564039457584007913129639936";
        assert_eq!(from_decimal::<4>(top), None);
        assert_eq!(
            from_decimal::<4>(&top.replace("936", "935")),
            Some([u64::MAX; 4])
        );
    }
}

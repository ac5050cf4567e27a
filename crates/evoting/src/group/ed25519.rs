//! The prime-order subgroup of edwards25519 (Belenios 2.1).

use super::{Group, NumberFault, Powers, spelling};
use crate::arith::{from_decimal, write_decimal};
use curve25519_dalek::constants::{ED25519_BASEPOINT_POINT, ED25519_BASEPOINT_TABLE};
use curve25519_dalek::edwards::{
    CompressedEdwardsY, EdwardsBasepointTable, EdwardsPoint, VartimeEdwardsPrecomputation,
};
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::{
    BasepointTable as _, Identity as _, VartimePrecomputedMultiscalarMul as _,
};
use rand::CryptoRng;
use zeroize::Zeroizing;

/// `Ed25519`: Belenios 2.1 and later. Points of edwards25519 of prime order, the calculation by curve25519-dalek.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ed25519;

/// Length of an element's text.
const DIGITS: usize = 64;

impl Group for Ed25519 {
    const NAME: &'static str = "Ed25519";
    type Element = EdwardsPoint;
    type Scalar = Scalar;
    type PublicTables = VartimeEdwardsPrecomputation;
    type SecretTable = EdwardsBasepointTable;

    fn identity() -> EdwardsPoint {
        EdwardsPoint::identity()
    }

    fn generator() -> EdwardsPoint {
        ED25519_BASEPOINT_POINT
    }

    fn mul(a: &EdwardsPoint, b: &EdwardsPoint) -> EdwardsPoint {
        a + b
    }

    fn invert(a: &EdwardsPoint) -> EdwardsPoint {
        -a
    }

    fn pow(base: &EdwardsPoint, exponent: &Scalar) -> EdwardsPoint {
        EdwardsPoint::vartime_double_scalar_mul_basepoint(exponent, base, &Scalar::ZERO)
    }

    fn pow_secret(base: &EdwardsPoint, exponent: &Scalar) -> EdwardsPoint {
        base * exponent
    }

    fn is_member(a: &EdwardsPoint) -> bool {
        a.is_torsion_free()
    }

    fn parse_element(text: &str) -> Result<EdwardsPoint, NumberFault> {
        let digits = text.as_bytes();
        let lower = |b: &u8| b.is_ascii_digit() || (b'a'..=b'f').contains(b);
        if digits.len() != DIGITS || !digits.iter().all(lower) {
            return Err(spelling(text));
        }
        let mut bytes = [0; 32];
        // Most significant digit first: the bytes of RFC 8032, reversed.
        for (byte, pair) in bytes.iter_mut().rev().zip(digits.chunks(2)) {
            let value = |b: u8| {
                if b.is_ascii_digit() {
                    b - b'0'
                } else {
                    b - b'a' + 10
                }
            };
            *byte = match pair {
                [high, low] => value(*high) << 4 | value(*low),
                _ => return Err(NumberFault::Syntax),
            };
        }
        let compressed = CompressedEdwardsY(bytes);
        let point = compressed.decompress().ok_or(NumberFault::Element)?;
        // A second spelling of the same point: y not below the field's prime, or the sign of x = 0.
        if point.compress() == compressed {
            Ok(point)
        } else {
            Err(NumberFault::Noncanonical)
        }
    }

    fn write_element(a: &EdwardsPoint, out: &mut String) {
        write_point(&a.compress(), out);
    }

    fn element_texts(elements: &[EdwardsPoint]) -> Vec<String> {
        // One inversion for sixteen points.
        let (groups, rest) = elements.as_chunks::<16>();
        groups
            .iter()
            .flat_map(EdwardsPoint::compress_batch)
            .chain(rest.iter().map(EdwardsPoint::compress))
            .map(|point| {
                let mut out = String::with_capacity(DIGITS);
                write_point(&point, &mut out);
                out
            })
            .collect()
    }

    fn parse_scalar(text: &str) -> Result<Scalar, NumberFault> {
        let Some(limbs) = from_decimal::<4>(text) else {
            let digits = text.bytes().all(|b| b.is_ascii_digit());
            return Err(if digits && !text.is_empty() && !text.starts_with('0') {
                NumberFault::Range
            } else {
                spelling(text)
            });
        };
        let mut bytes = [0; 32];
        for (out, limb) in bytes.chunks_mut(8).zip(limbs) {
            out.copy_from_slice(&limb.to_le_bytes());
        }
        Option::from(Scalar::from_canonical_bytes(bytes)).ok_or(NumberFault::Range)
    }

    fn write_scalar(a: &Scalar, out: &mut String) {
        let mut limbs = Zeroizing::new([0_u64; 4]);
        for (limb, bytes) in limbs.iter_mut().zip(a.as_bytes().chunks(8)) {
            let mut eight = [0; 8];
            eight.copy_from_slice(bytes);
            *limb = u64::from_le_bytes(eight);
        }
        write_decimal(limbs.as_slice(), out);
    }

    fn scalar(value: u64) -> Scalar {
        Scalar::from(value)
    }

    fn scalar_from_bytes(bytes: &[u8]) -> Scalar {
        let mut wide = Zeroizing::new([0; 64]);
        for (out, byte) in wide.iter_mut().zip(bytes.iter().rev()) {
            *out = *byte;
        }
        Scalar::from_bytes_mod_order_wide(&wide)
    }

    fn random_scalar(random: &mut impl CryptoRng) -> Scalar {
        let mut bytes = Zeroizing::new([0; 64]);
        random.fill_bytes(bytes.as_mut_slice());
        Scalar::from_bytes_mod_order_wide(&bytes)
    }

    fn scalar_add(a: &Scalar, b: &Scalar) -> Scalar {
        a + b
    }

    fn scalar_sub(a: &Scalar, b: &Scalar) -> Scalar {
        a - b
    }

    fn scalar_mul(a: &Scalar, b: &Scalar) -> Scalar {
        a * b
    }

    fn scalar_invert(a: &Scalar) -> Scalar {
        a.invert()
    }

    fn public_tables(key: &EdwardsPoint) -> VartimeEdwardsPrecomputation {
        VartimeEdwardsPrecomputation::new([ED25519_BASEPOINT_POINT, *key])
    }

    fn powers(tables: &VartimeEdwardsPrecomputation, jobs: &[Powers<Self>]) -> Vec<EdwardsPoint> {
        let mut out = Vec::with_capacity(jobs.iter().map(|job| job.wanted.len()).sum());
        for job in jobs {
            for wanted in &job.wanted {
                let generator = wanted.generator.unwrap_or(Scalar::ZERO);
                out.push(match wanted.key {
                    None => EdwardsPoint::vartime_double_scalar_mul_basepoint(
                        &wanted.power,
                        &job.base,
                        &generator,
                    ),
                    Some(key) => tables.vartime_mixed_multiscalar_mul(
                        [generator, key],
                        [wanted.power],
                        [job.base],
                    ),
                });
            }
        }
        out
    }

    fn secret_table(base: &EdwardsPoint) -> EdwardsBasepointTable {
        if *base == ED25519_BASEPOINT_POINT {
            ED25519_BASEPOINT_TABLE.clone()
        } else {
            EdwardsBasepointTable::create(base)
        }
    }

    fn table_pow(table: &EdwardsBasepointTable, exponent: &Scalar) -> EdwardsPoint {
        table * exponent
    }
}

fn write_point(point: &CompressedEdwardsY, out: &mut String) {
    const HEX: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f',
    ];
    for byte in point.0.iter().rev() {
        out.push(HEX[usize::from(byte >> 4)]);
        out.push(HEX[usize::from(byte & 15)]);
    }
}

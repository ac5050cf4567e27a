//! How far apart stations are, in whole numbers.

/// A place in millionths of a degree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// North.
    pub latitude_microdeg: i64,
    /// East.
    pub longitude_microdeg: i64,
}

/// Millimetres in a millionth of a degree of a meridian.
const MILLIMETRES: i128 = 111;
/// A degree.
const DEGREE: i128 = 1_000_000;

/// Metres between two places as the crow flies, good to about one in a hundred over the distances that somebody goes
/// to vote. The cosine is Bhaskara's: (32400 − 4x²) / (32400 + x²) for x degrees.
#[must_use]
pub fn metres(a: Place, b: Place) -> u64 {
    let latitude = |p: Place| i128::from(p.latitude_microdeg).clamp(-90 * DEGREE, 90 * DEGREE);
    let longitude = |p: Place| i128::from(p.longitude_microdeg).clamp(-180 * DEGREE, 180 * DEGREE);
    let north = latitude(a) - latitude(b);
    let mut east = (longitude(a) - longitude(b)).abs();
    if east > 180 * DEGREE {
        east = 360 * DEGREE - east;
    }
    let middle = (latitude(a) + latitude(b)) / 2;
    let square = middle * middle / DEGREE;
    let (above, below) = (32_400 * DEGREE - 4 * square, 32_400 * DEGREE + square);
    let east = east * above.max(0) / below;
    let sum = (north * north + east * east).max(0).unsigned_abs();
    let millimetres = sum.isqrt() * MILLIMETRES.unsigned_abs() * 10_018 / 10_000;
    u64::try_from(millimetres / 1_000).unwrap_or(u64::MAX)
}

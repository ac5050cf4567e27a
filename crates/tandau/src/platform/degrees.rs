//! Latitudes and longitudes as people, phones and files write them, kept in millionths of a degree.

/// Digits behind the point that are kept.
const KEPT: usize = 6;

/// Degrees as they are written: `49.8047`, a comma allowed; none when it is no such number or has more than so many
/// `digits` behind the point. What is smaller than a millionth is dropped.
#[must_use]
pub fn read(text: &str, digits: usize) -> Option<i64> {
    let text = text.trim().replace(',', ".");
    let (sign, size) = text
        .strip_prefix('-')
        .map_or((1, text.as_str()), |rest| (-1, rest));
    let (whole, part) = size.split_once('.').unwrap_or((size, ""));
    let plain = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 3 || part.len() > digits || !plain(whole) || !plain(part) {
        return None;
    }
    let part = part.get(..KEPT).unwrap_or(part);
    let millionths: i64 = format!("{whole}{part:0<6}").parse().ok()?;
    Some(sign * millionths)
}

/// `49.8, 73.1`: north and east, with points.
#[must_use]
pub fn read_pair(text: &str) -> Option<(i64, i64)> {
    let (north, east) = text.split_once(',')?;
    // With a second comma nobody knows which of them parts the two.
    if east.contains(',') {
        return None;
    }
    Some((read(north, KEPT)?, read(east, KEPT)?))
}

/// Six digits behind a point.
#[must_use]
pub fn write(microdeg: i64) -> String {
    let sign = if microdeg < 0 { "-" } else { "" };
    let size = microdeg.unsigned_abs();
    format!("{sign}{}.{:06}", size / 1_000_000, size % 1_000_000)
}

/// North and east as [`read_pair`] reads them.
#[must_use]
pub fn write_pair((north, east): (i64, i64)) -> String {
    format!("{}, {}", write(north), write(east))
}

/// Whether it is at most so many degrees from zero.
#[must_use]
pub const fn fits(microdeg: i64, most: u64) -> bool {
    microdeg.unsigned_abs() <= most.saturating_mul(1_000_000)
}

/// Whether there is such a place: north, east.
#[must_use]
pub const fn on_earth(north: i64, east: i64) -> bool {
    fits(north, 90) && fits(east, 180)
}

#[cfg(test)]
mod tests {
    use super::{fits, on_earth, read, read_pair, write, write_pair};

    #[test]
    fn degrees_are_read_as_they_are_written() {
        for (text, value) in [
            ("49.9431", Some(49_943_100)),
            (" 73,1 ", Some(73_100_000)),
            ("73", Some(73_000_000)),
            ("-0.5", Some(-500_000)),
            ("-0.000001", Some(-1)),
        ] {
            assert_eq!(read(text, 6), value, "{text}");
        }
        for wrong in [
            "",
            ".5",
            "1.2.3",
            "49.94.1",
            "12e3",
            "1e3",
            "4x",
            "4.a",
            "+4",
            "--1",
            "NaN",
            "1234",
            "99999",
            "49.1234567",
        ] {
            assert_eq!(read(wrong, 6), None, "{wrong}");
        }
        for value in [0, 1, -1, 46_118_001, -49_000_007, -179_999_999] {
            assert_eq!(read(&write(value), 6), Some(value));
        }
        assert_eq!(write(-500_000), "-0.500000");
    }

    #[test]
    fn a_phone_writes_as_many_digits_as_it_has() {
        assert_eq!(read("-0.0000019", usize::MAX), Some(-1));
        assert_eq!(read("49.80470000000000041", usize::MAX), Some(49_804_700));
        assert_eq!(read("49.123456789", 9), Some(49_123_456));
        assert_eq!(read("49.1234567891", 9), None);
    }

    #[test]
    fn two_are_read_exactly_and_written_as_they_were() {
        assert_eq!(
            read_pair("49.8047, 73.1094"),
            Some((49_804_700, 73_109_400))
        );
        assert_eq!(read_pair("-1.5,2"), Some((-1_500_000, 2_000_000)));
        for wrong in [
            "",
            "49.8",
            "a, b",
            "49,8, 73,1",
            "49,8,73",
            "49.1234567, 1",
            "1e3, 2",
            "1000, 2",
            ".5, 2",
        ] {
            assert_eq!(read_pair(wrong), None, "{wrong}");
        }
        for pair in [(0, 7), (49_804_700, -1_500_000)] {
            assert_eq!(read_pair(&write_pair(pair)), Some(pair));
        }
    }

    #[test]
    fn what_lies_beyond_the_poles_is_no_place() {
        assert!(fits(90_000_000, 90) && fits(-90_000_000, 90));
        assert!(!fits(90_000_001, 90) && !fits(i64::MIN, 180));
        assert!(on_earth(90_000_000, -180_000_000));
        assert!(!on_earth(90_000_001, 0) && !on_earth(0, 180_000_001));
    }
}

//! A small seeded generator (SplitMix64): the same seed gives the same demonstration on every machine.
//! Not for secrets, lotteries or samples.

/// The state of one stream of numbers.
#[derive(Debug, Clone)]
pub(super) struct Rng(u64);

impl Rng {
    /// A stream named after its purpose, so that a change in one part leaves the others as they were.
    pub(super) fn named(purpose: &str, number: usize) -> Self {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for byte in purpose.bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        Self(hash ^ super::num::wide(number).wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from `low` to `high`, both included; `low` if the range is empty.
    pub(super) fn range(&mut self, low: u32, high: u32) -> u32 {
        let width = u64::from(high.saturating_sub(low)) + 1;
        let offset = u32::try_from(self.next() % width).unwrap_or(0);
        low.saturating_add(offset)
    }

    /// A signed number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = u32::try_from(high - low).unwrap_or(0);
        low + i64::from(self.range(0, width))
    }

    /// True in `share` of `whole` cases.
    pub(super) fn chance(&mut self, share: u32, whole: u32) -> bool {
        self.range(1, whole.max(1)) <= share
    }

    /// A position in a list of `len` entries; 0 for an empty list.
    pub(super) fn index(&mut self, len: usize) -> usize {
        let width = super::num::wide(len).max(1);
        usize::try_from(self.next() % width).unwrap_or(0)
    }

    /// Shuffles a list in place.
    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            let other = self.index(last + 1);
            list.swap(last, other);
        }
    }
}

//! A test: which questions are drawn, in which order, how long it lasts, who passed, who is asked again.
//!
//! Chance comes from a seed that is kept: the same seed and bank give the same test, so that anybody can draw again.

use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;

/// Numbers that follow from a seed: SplitMix64 (Steele, Lea, Flood 2014). For drawing questions, not for secrets.
#[derive(Debug, Clone)]
pub struct Lots(u64);

impl Lots {
    /// Begins with a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Begins with a seed and something that tells two uses of it apart.
    #[must_use]
    pub fn of(seed: u64, what: &str) -> Self {
        // FNV-1a, so that neighbouring words lie far from each other.
        let word = what.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        let mut lots = Self(seed ^ word);
        lots.next();
        lots
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`, each as likely as the others; 0 for 0.
    fn below(&mut self, end: usize) -> usize {
        let Ok(end) = u64::try_from(end) else {
            return 0;
        };
        if end < 2 {
            return 0;
        }
        // Numbers of the last, incomplete round would make small ones likelier.
        let whole = u64::MAX - u64::MAX % end;
        loop {
            let next = self.next();
            if next < whole {
                return usize::try_from(next % end).unwrap_or(0);
            }
        }
    }

    /// Puts things into an order by chance (Fisher and Yates).
    pub fn shuffle<T>(&mut self, things: &mut [T]) {
        for end in (2..=things.len()).rev() {
            let at = self.below(end);
            things.swap(end - 1, at);
        }
    }
}

/// A question that may be drawn.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Drawable {
    /// The module that it belongs to.
    pub module: String,
    /// The question.
    pub question: String,
}

/// Draws questions: from each module in turn, so that none is left out while another gives two more. The order of `bank`
/// doesn't matter, and neither does a question that stands there twice. Fewer than `number` when there are no more.
#[must_use]
pub fn draw(bank: &[Drawable], number: usize, seed: u64) -> Vec<String> {
    let mut lots = Lots::of(seed, "draw");
    let mut modules: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for one in bank {
        modules.entry(&one.module).or_default().push(&one.question);
    }
    let mut piles: Vec<Vec<&str>> = modules
        .into_values()
        .map(|mut pile| {
            pile.sort_unstable();
            pile.dedup();
            lots.shuffle(&mut pile);
            pile
        })
        .collect();
    lots.shuffle(&mut piles);
    let mut drawn = Vec::new();
    while drawn.len() < number && piles.iter().any(|pile| !pile.is_empty()) {
        for pile in &mut piles {
            if drawn.len() < number
                && let Some(question) = pile.pop()
            {
                drawn.push(question.to_owned());
            }
        }
    }
    lots.shuffle(&mut drawn);
    drawn
}

/// Options of a question in the order in which this test shows them.
#[must_use]
pub fn shown(options: &[String], question: &str, seed: u64) -> Vec<String> {
    let mut options = options.to_vec();
    Lots::of(seed, question).shuffle(&mut options);
    options
}

/// Who is asked again: a part of all in per cent, rounded up, at least `least` and never more than there are. The order
/// in which people are given doesn't matter; whoever has the list and the seed draws the same ones.
#[must_use]
pub fn sample(people: &[String], percent: u64, least: u64, seed: u64) -> Vec<String> {
    let mut all = people.to_vec();
    all.sort_unstable();
    all.dedup();
    let of = u64::try_from(all.len()).unwrap_or(u64::MAX);
    let part = of.saturating_mul(percent.min(100)).div_ceil(100);
    let number = usize::try_from(part.max(least)).unwrap_or(usize::MAX);
    Lots::of(seed, "sample").shuffle(&mut all);
    all.truncate(number);
    all.sort_unstable();
    all
}

/// Where a test stands at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Answers are taken; so many seconds are shown as left.
    Running {
        /// Whole seconds.
        left_seconds: u64,
    },
    /// The time is up, but an answer may still be on its way through a slow network.
    Grace,
    /// No answer is taken any more.
    Over,
}

/// When a test ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timing {
    /// When it ends, as the person was told.
    pub ends_at: Timestamp,
    /// How long an answer may travel.
    pub grace_seconds: u64,
}

impl Timing {
    /// Where the test stands.
    #[must_use]
    pub fn at(&self, now: Timestamp) -> Phase {
        let left = self.ends_at.duration_since(now);
        if left > SignedDuration::ZERO {
            let left_seconds = u64::try_from(left.as_secs()).unwrap_or(0);
            return Phase::Running { left_seconds };
        }
        let grace = i64::try_from(self.grace_seconds).unwrap_or(i64::MAX);
        if left >= SignedDuration::from_secs(-grace.min(86_400)) {
            Phase::Grace
        } else {
            Phase::Over
        }
    }
}

/// What came of a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Score {
    /// Right answers.
    pub right: u64,
    /// Questions asked, answered or not.
    pub asked: u64,
}

impl Score {
    /// Whether it is enough: no rounding, 59.99 per cent are not 60. A test without questions is not passed.
    #[must_use]
    pub fn passes(self, percent: u64) -> bool {
        self.asked > 0
            && u128::from(self.right) * 100 >= u128::from(self.asked) * u128::from(percent)
    }

    /// Whole per cent, rounded down: nobody reads 60 who has less.
    #[must_use]
    pub fn percent(self) -> u64 {
        let share = u128::from(self.right) * 100 / u128::from(self.asked.max(1));
        u64::try_from(share).unwrap_or(0)
    }

    /// Right answers that are needed.
    #[must_use]
    pub fn needed(asked: u64, percent: u64) -> u64 {
        u64::try_from((u128::from(asked) * u128::from(percent)).div_ceil(100)).unwrap_or(u64::MAX)
    }
}

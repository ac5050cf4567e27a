//! Who was at a session: codes that change on the trainer's screen, what a mark is worth, and how a list on paper is
//! compared with the records. No clock and no key: moments are passed in as seconds, codes as the digest they come from.

use std::collections::BTreeMap;

/// How codes change. Moments are seconds of one clock (UTC); a step is a whole number of periods since its beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rhythm {
    /// Seconds that a code stands on the screen; at least 1.
    pub period_seconds: u32,
    /// Codes before the present one that are still taken: somebody has to read and type them.
    pub steps_back: u32,
}

impl Rhythm {
    /// The step of a moment.
    #[must_use]
    pub fn step(self, at_seconds: i64) -> i64 {
        at_seconds.div_euclid(i64::from(self.period_seconds.max(1)))
    }

    /// The first second of a step.
    #[must_use]
    pub fn begins(self, step: i64) -> i64 {
        step.saturating_mul(i64::from(self.period_seconds.max(1)))
    }

    /// Seconds until the next code; never 0.
    #[must_use]
    pub fn seconds_left(self, at_seconds: i64) -> u32 {
        let period = i64::from(self.period_seconds.max(1));
        u32::try_from(period - at_seconds.rem_euclid(period)).unwrap_or(1)
    }

    /// Whether a code of a step is fresh at a moment. The next one is, too: two clocks never agree to the second.
    #[must_use]
    pub fn is_fresh(self, code_step: i64, at_seconds: i64) -> bool {
        let now = self.step(at_seconds);
        let oldest = now.saturating_sub(i64::from(self.steps_back));
        (oldest..=now.saturating_add(1)).contains(&code_step)
    }

    /// All steps of a window, the last first: a code that was on the screen lately is found soonest.
    pub fn steps_of(self, window: Window) -> impl Iterator<Item = i64> {
        (self.step(window.opens)..=self.step(window.closes)).rev()
    }
}

/// When people may mark themselves, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The first second.
    pub opens: i64,
    /// The last second.
    pub closes: i64,
}

impl Window {
    /// The window of a session: so many minutes before it begins until so many after it has ended.
    #[must_use]
    pub fn around(starts: i64, ends: i64, before_minutes: u32, after_minutes: u32) -> Self {
        Self {
            opens: starts.saturating_sub(i64::from(before_minutes) * 60),
            closes: ends
                .max(starts)
                .saturating_add(i64::from(after_minutes) * 60),
        }
    }

    /// Whether a moment lies in it.
    #[must_use]
    pub const fn holds(self, at_seconds: i64) -> bool {
        self.opens <= at_seconds && at_seconds <= self.closes
    }
}

/// The digits of a code: the dynamic truncation of RFC 4226 (5.3) of an HMAC, `digits` of them (6 to 8).
#[must_use]
pub fn code_of(digest: &[u8], digits: u32) -> String {
    let digits = digits.clamp(6, 8);
    let offset = digest.last().map_or(0, |b| usize::from(b & 0x0f));
    let bytes = digest.get(offset..).unwrap_or_default();
    let number = bytes
        .iter()
        .take(4)
        .fold(0_u32, |number, byte| (number << 8) | u32::from(*byte))
        & 0x7fff_ffff;
    let width = usize::try_from(digits).unwrap_or(6);
    format!("{:0width$}", number % 10_u32.pow(digits))
}

/// What was typed, without what people put between digits; none where something else stands there.
#[must_use]
pub fn typed(text: &str) -> Option<String> {
    let kept: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '·' | '\u{a0}'))
        .collect();
    let fits = (6..=8).contains(&kept.len()) && kept.bytes().all(|b| b.is_ascii_digit());
    fits.then_some(kept)
}

/// What somebody says who marks themselves with a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// When, by the server's clock: what a phone's clock is wrong by is taken off already.
    pub made_at: i64,
    /// The step on whose code they came, among all of the session's window.
    pub code_step: i64,
    /// Metres from the place of the session, where a position was given.
    pub metres: Option<u64>,
}

/// Why a mark waits for the trainer to decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Doubt {
    /// The code had gone from the screen: somebody may have passed it on.
    OldCode,
    /// Made after the window.
    Late,
    /// Made by a clock that doesn't fit the code.
    Clock,
    /// Made far from the place.
    Far,
    /// It came long after it says that it was made: the moment is the phone's word alone.
    Kept,
}

impl Doubt {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::OldCode,
        Self::Late,
        Self::Clock,
        Self::Far,
        Self::Kept,
    ];

    /// The word kept in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OldCode => "old_code",
            Self::Late => "late",
            Self::Clock => "clock",
            Self::Far => "far",
            Self::Kept => "kept",
        }
    }

    /// The doubt of a word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|d| d.as_str() == text)
    }
}

/// What a mark is worth: nothing speaks against it, or what does. A position is never demanded, so none is no doubt.
#[must_use]
pub fn doubt(rhythm: Rhythm, window: Window, claim: Claim, metres_most: u64) -> Option<Doubt> {
    if claim.made_at > window.closes {
        return Some(Doubt::Late);
    }
    let now = rhythm.step(claim.made_at);
    // The code stood on the screen later than the mark says it was made.
    if claim.code_step > now.saturating_add(1) || claim.made_at < window.opens {
        return Some(Doubt::Clock);
    }
    if !rhythm.is_fresh(claim.code_step, claim.made_at) {
        return Some(Doubt::OldCode);
    }
    claim
        .metres
        .is_some_and(|metres| metres > metres_most)
        .then_some(Doubt::Far)
}

/// Whether a mark that came at a moment of the server's clock lay on a phone for too long: it came after the window, or
/// more than `seconds_most` after it was made.
#[must_use]
pub const fn was_kept(window: Window, made_at: i64, came_at: i64, seconds_most: i64) -> bool {
    came_at > window.closes || came_at.saturating_sub(made_at) > seconds_most
}

/// What is known of one person at a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Traces {
    /// They were invited.
    pub invited: bool,
    /// They marked themselves, and nothing spoke against it.
    pub marked: bool,
    /// They marked themselves, and something did.
    pub doubtful: bool,
    /// They stand on a list on paper.
    pub on_paper: bool,
    /// Somebody who was there has decided.
    pub decided: Option<bool>,
}

/// Where paper and records disagree about a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// On paper alone.
    PaperOnly,
    /// In the records alone.
    RecordOnly,
    /// A mark that something speaks against, and no paper that speaks for it.
    Doubtful,
    /// A mark of somebody who was not invited, and no paper that speaks for it: a code can be passed on.
    Uninvited,
}

impl Difference {
    /// The word of it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PaperOnly => "paper_only",
            Self::RecordOnly => "record_only",
            Self::Doubtful => "doubtful",
            Self::Uninvited => "uninvited",
        }
    }
}

/// Paper and records side by side; people by their ids.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reconciled<'a> {
    /// People on paper.
    pub on_paper: u64,
    /// People who marked themselves, without those of whom somebody has yet to say so.
    pub in_records: u64,
    /// Who disagrees, in the order of ids, decided or not.
    pub differences: Vec<(&'a str, Difference, Option<bool>)>,
    /// Who was there, as far as it is settled.
    pub present: Vec<&'a str>,
    /// Who was there without an invitation.
    pub uninvited: Vec<&'a str>,
    /// Who was invited and did not come.
    pub absent: Vec<&'a str>,
}

impl Reconciled<'_> {
    /// Nobody is left about whom somebody must decide.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.differences
            .iter()
            .all(|(_, _, decided)| decided.is_some())
    }

    /// People about whom somebody must decide.
    #[must_use]
    pub fn open(&self) -> u64 {
        count(
            self.differences
                .iter()
                .filter(|(_, _, decided)| decided.is_none()),
        )
    }
}

fn count<T>(those: impl Iterator<Item = T>) -> u64 {
    u64::try_from(those.count()).unwrap_or(u64::MAX)
}

/// Compares paper with records, person by person. Where one of the two was not kept at all, nothing differs: everybody
/// in the other was there, but for whoever marked themselves without an invitation. What a person decided goes before both.
#[must_use]
pub fn reconcile(people: &BTreeMap<String, Traces>) -> Reconciled<'_> {
    let has_paper = people.values().any(|p| p.on_paper);
    let has_records = people.values().any(|p| p.marked || p.doubtful);
    let mut sum = Reconciled::default();
    for (person, traces) in people {
        let person = person.as_str();
        let difference = match (traces.on_paper, traces.marked) {
            (true, true) => None,
            (true, false) => has_records.then_some(Difference::PaperOnly),
            (false, true) if has_paper => Some(Difference::RecordOnly),
            (false, true) => (!traces.invited).then_some(Difference::Uninvited),
            (false, false) => traces.doubtful.then_some(Difference::Doubtful),
        };
        sum.on_paper += u64::from(traces.on_paper);
        sum.in_records += u64::from(traces.marked);
        if let Some(difference) = difference {
            sum.differences.push((person, difference, traces.decided));
        }
        let there = traces
            .decided
            .unwrap_or_else(|| difference.is_none() && (traces.on_paper || traces.marked));
        if there {
            sum.present.push(person);
            if !traces.invited {
                sum.uninvited.push(person);
            }
        } else if traces.invited && (traces.decided.is_some() || difference.is_none()) {
            sum.absent.push(person);
        }
    }
    sum
}

#[cfg(test)]
mod tests;

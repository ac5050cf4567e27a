//! How many phones are in the hall, without knowing a single one of them.
//!
//! A phone says now and then what it is doing. With its first word its open page is given a place, a random number that
//! nobody else is told: whoever hands it back changes this place and no other. Places stand here alone: in no table and no
//! log, beside no address, cookie or answer. Each open page has another one, and it is forgotten two minutes after its last
//! word has lapsed. Of several processes each counts the phones that spoke to it (docs/operations.md).

use jiff::Timestamp;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Between two words of a phone in a small hall.
const PAUSE_S: u64 = 4;
/// In a large one so many phones speak in a second, all together.
const WORDS_A_SECOND: u64 = 250;
/// No phone is asked to wait longer.
const LONGEST_PAUSE_S: u64 = 60;
/// So long a phone that has fallen silent before its answer was counted is shown as one that fails.
const SILENT_FOR_S: i64 = 120;
/// Places of one hall: ten times the largest. Whoever comes then has none and is not counted here; answers are.
pub(super) const PLACES: usize = 50_000;

/// What a phone says it is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// Its page is open.
    Reading,
    /// An answer is on its way for the first time.
    Sending,
    /// An answer could not be handed over so far.
    Failing,
    /// Its answer is counted.
    Done,
}

impl Doing {
    /// As the phone says it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "reading" => Self::Reading,
            "sending" => Self::Sending,
            "failing" => Self::Failing,
            "done" => Self::Done,
            _ => return None,
        })
    }
}

/// The number of an open page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Place(u64);

impl Place {
    /// As the phone hands it back.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != 16 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        u64::from_str_radix(text, 16).ok().map(Self)
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// What the phone is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heard {
    /// Handed back with the next word; none when the hall has no room for another.
    pub place: Option<Place>,
    /// Until the next word, about.
    pub pause_s: u64,
}

/// The numbers of a hall.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    /// Phones whose page is open.
    pub connected: u64,
    /// Of these, phones whose answer is counted.
    pub done: u64,
    /// Of these, phones whose answer could not be handed over so far.
    pub failing: u64,
    /// Phones that fell silent lately, before their answer was counted.
    pub silent: u64,
}

/// The last word of an open page.
#[derive(Clone, Copy, Debug)]
struct Word {
    lapses: i64,
    doing: Doing,
}

/// The open pages of one hall.
#[derive(Debug, Default)]
struct Hall {
    words: HashMap<Place, Word>,
    /// The second at which what has long lapsed was last thrown away.
    swept: i64,
}

impl Hall {
    fn sweep(&mut self, now: i64) {
        if self.swept < now {
            self.words
                .retain(|_, word| word.lapses > now - SILENT_FOR_S);
            self.swept = now;
        }
    }
}

/// All halls of this process.
#[derive(Clone, Debug, Default)]
pub struct Presence(Arc<Mutex<HashMap<String, Hall>>>);

impl Presence {
    /// Hears a page: the place it was given before, and what it does now; none when it leaves.
    pub fn hear(
        &self,
        survey: &str,
        before: Option<Place>,
        doing: Option<Doing>,
        now: Timestamp,
    ) -> Option<Heard> {
        let now = now.as_second();
        let mut halls = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        halls.retain(|_, hall| {
            hall.sweep(now);
            !hall.words.is_empty()
        });
        let Some(doing) = doing else {
            if let (Some(hall), Some(place)) = (halls.get_mut(survey), before) {
                hall.words.remove(&place);
            }
            return None;
        };
        let hall = halls.entry(survey.to_owned()).or_default();
        let speaking = u64::try_from(hall.words.len()).unwrap_or(u64::MAX);
        let pause_s = (speaking / WORDS_A_SECOND).clamp(PAUSE_S, LONGEST_PAUSE_S);
        // Only what was given out here is known: nobody picks a place.
        let known = before.filter(|place| hall.words.contains_key(place));
        let room = hall.words.len() < PLACES;
        let place = known.or_else(|| room.then(|| Place(rand::random())));
        if let Some(place) = place {
            // Two words may get lost.
            let lapses = now.saturating_add(i64::try_from(pause_s * 3 + 1).unwrap_or(i64::MAX));
            hall.words.insert(place, Word { lapses, doing });
        }
        Some(Heard { place, pause_s })
    }

    /// The numbers of a hall now.
    #[must_use]
    pub fn numbers(&self, survey: &str, now: Timestamp) -> Numbers {
        let now = now.as_second();
        let halls = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut numbers = Numbers::default();
        let words = halls.get(survey).into_iter().flat_map(|h| h.words.values());
        for word in words.filter(|word| word.lapses > now - SILENT_FOR_S) {
            let here = word.lapses > now;
            numbers.connected += u64::from(here);
            numbers.failing += u64::from(here && word.doing == Doing::Failing);
            numbers.done += u64::from(here && word.doing == Doing::Done);
            numbers.silent += u64::from(!here && word.doing != Doing::Done);
        }
        numbers
    }
}

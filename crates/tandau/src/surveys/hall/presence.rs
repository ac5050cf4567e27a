//! How many phones are in the hall, without knowing a single one of them.
//!
//! A phone says now and then what it is doing and hands back the place it was given before. Kept are sums by the
//! second in which they lapse: the phone's unit is taken from its old place and put into its new one. There is no id
//! of a phone, in no table, no log and not here. What is kept lives in this process alone: of several processes each
//! counts the phones that spoke to it (docs/operations.md).

use jiff::Timestamp;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

/// Between two words of a phone in a small hall.
const PAUSE_S: u64 = 4;
/// In a large one so many phones speak in a second, all together.
const WORDS_A_SECOND: u64 = 250;
/// No phone is asked to wait longer.
const LONGEST_PAUSE_S: u64 = 60;
/// So long a phone that has fallen silent before its answer was counted is shown as one that fails.
const SILENT_FOR_S: i64 = 120;

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

    const fn code(self) -> char {
        match self {
            Self::Reading => 'r',
            Self::Sending => 's',
            Self::Failing => 'f',
            Self::Done => 'd',
        }
    }

    const fn of_code(code: char) -> Option<Self> {
        Some(match code {
            'r' => Self::Reading,
            's' => Self::Sending,
            'f' => Self::Failing,
            'd' => Self::Done,
            _ => return None,
        })
    }
}

/// Where the unit of a phone was put: it says nothing about the phone but until when its word holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which run of the program gave it.
    run: u32,
    lapses: i64,
    doing: Doing,
}

impl Place {
    /// As the phone hands it back.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > 40 {
            return None;
        }
        let mut parts = text.split('.');
        let run = u32::from_str_radix(parts.next()?, 16).ok()?;
        let lapses = parts.next()?.parse().ok()?;
        let mut code = parts.next()?.chars();
        let doing = Doing::of_code(code.next()?)?;
        (code.next().is_none() && parts.next().is_none()).then_some(Self { run, lapses, doing })
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:x}.{}.{}", self.run, self.lapses, self.doing.code())
    }
}

/// What the phone is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heard {
    /// Handed back with the next word.
    pub place: Place,
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

#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    reading: u64,
    sending: u64,
    failing: u64,
    done: u64,
}

impl Sums {
    const fn of(&mut self, doing: Doing) -> &mut u64 {
        match doing {
            Doing::Reading => &mut self.reading,
            Doing::Sending => &mut self.sending,
            Doing::Failing => &mut self.failing,
            Doing::Done => &mut self.done,
        }
    }

    const fn all(self) -> u64 {
        self.waiting() + self.done
    }

    const fn waiting(self) -> u64 {
        self.reading + self.sending + self.failing
    }
}

/// Sums of one hall by the second in which they lapse.
type Hall = BTreeMap<i64, Sums>;

/// All halls of this process.
#[derive(Clone, Debug)]
pub struct Presence {
    run: u32,
    halls: Arc<Mutex<HashMap<String, Hall>>>,
}

impl Default for Presence {
    fn default() -> Self {
        Self {
            run: rand::random(),
            halls: Arc::default(),
        }
    }
}

fn numbers(hall: &Hall, now: i64) -> Numbers {
    let mut numbers = Numbers::default();
    for (lapses, sums) in hall {
        if *lapses > now {
            numbers.connected += sums.all();
            numbers.failing += sums.failing;
            numbers.done += sums.done;
        } else {
            numbers.silent += sums.waiting();
        }
    }
    numbers
}

impl Presence {
    /// Hears a phone: what it was given before, and what it does now; none when it leaves.
    pub fn hear(
        &self,
        survey: &str,
        before: Option<Place>,
        doing: Option<Doing>,
        now: Timestamp,
    ) -> Option<Heard> {
        let now = now.as_second();
        let mut halls = self.halls.lock().unwrap_or_else(PoisonError::into_inner);
        halls.retain(|_, hall| {
            while hall
                .first_key_value()
                .is_some_and(|(lapses, _)| *lapses <= now - SILENT_FOR_S)
            {
                hall.pop_first();
            }
            !hall.is_empty()
        });
        if let Some(before) = before.filter(|place| place.run == self.run)
            && let Some(sums) = halls
                .get_mut(survey)
                .and_then(|h| h.get_mut(&before.lapses))
        {
            let sum = sums.of(before.doing);
            *sum = sum.saturating_sub(1);
        }
        let doing = doing?;
        let hall = halls.entry(survey.to_owned()).or_default();
        let pause_s =
            (numbers(hall, now).connected / WORDS_A_SECOND).clamp(PAUSE_S, LONGEST_PAUSE_S);
        // Two words may get lost.
        let lapses = now.saturating_add(i64::try_from(pause_s * 3 + 1).unwrap_or(i64::MAX));
        let sum = hall.entry(lapses).or_default().of(doing);
        *sum = sum.saturating_add(1);
        Some(Heard {
            place: Place {
                run: self.run,
                lapses,
                doing,
            },
            pause_s,
        })
    }

    /// The numbers of a hall now.
    #[must_use]
    pub fn numbers(&self, survey: &str, now: Timestamp) -> Numbers {
        let now = now.as_second();
        let halls = self.halls.lock().unwrap_or_else(PoisonError::into_inner);
        halls.get(survey).map_or_else(Numbers::default, |hall| {
            let lately = hall.range(now - SILENT_FOR_S + 1..);
            numbers(&lately.map(|(at, sums)| (*at, *sums)).collect(), now)
        })
    }
}

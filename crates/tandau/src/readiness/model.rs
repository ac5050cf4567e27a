//! The words of readiness. Pure.

pub use super::signing::{Carried, Drift, Exception, Missing, Signature, Snapshot, changed, lines};

use crate::elections::state::states;
use crate::platform::{Error, Names};
use electoral::checklist::{Carried as Carry, Checklist, Deadlines, Item, Severity, Status};
use electoral::rules::TaskTimes;
use electoral::text::Text;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;

/// Where the tasks of unmet items come from ([`crate::tasks::NewTask::origin`]); the key is
/// `{election}/{station}/{item}`.
pub const ORIGIN: &str = "readiness";
/// The kind of envelope that brings answers ([`crate::platform::inbox::Intake::kind`]).
///
/// Fields: `election`, `station`, `checklist`, `checklist_version`, `seen` (the station's revision when the form was
/// made, empty for unknown); for each item `answer.{item}` (blank: nothing said), `none.{item}` instead of it
/// (`no`: there is none; `na`: not applicable), `note.{item}`, `base.{item}`
/// (sequence of the answer that its author saw, 0 for none); photos and papers under `photo.{item}`.
pub const REPORT: &str = "readiness.report";
/// How a form says which version of a checklist it asks (`data-offline-version`).
#[must_use]
pub fn form_version(checklist: &str, version: u64) -> String {
    format!("{checklist} {version}")
}

/// The section under which all sections together are counted.
pub const ALL_SECTIONS: &str = "";
/// Longest note or reason, in characters.
pub const MAX_TEXT_CHARS: usize = 1_000;
/// Photos and papers with one answer at most.
pub const MAX_PHOTOS: usize = 5;

states! {
    /// How an answer came about.
    Cause {
        /// The station said so.
        Station = "station",
        /// A person decided between two answers.
        Settled = "settled",
        /// Somebody saw whether a task was done.
        Verified = "verified",
        /// Another part of the program knows it.
        Told = "told",
        /// Another version of the checklist came into force.
        Version = "version",
    }
}

states! {
    /// Where an item of a station stands.
    ItemStatus {
        /// It holds.
        Met = "met",
        /// It doesn't.
        Unmet = "unmet",
        /// The question doesn't arise here.
        NotApplicable = "na",
        /// Two people said different things and nobody has decided.
        Disputed = "disputed",
        /// It was answered, but to another version of the question, or what was measured was mended since: it is asked
        /// again and counts as not answered.
        Again = "again",
    }
}

impl From<Status> for ItemStatus {
    fn from(status: Status) -> Self {
        match status {
            Status::Met => Self::Met,
            Status::Unmet => Self::Unmet,
            Status::NotApplicable => Self::NotApplicable,
        }
    }
}

/// The answer that counts now, and what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemState {
    /// Item.
    pub item: String,
    /// Sequence of the newest answer.
    pub sequence: u64,
    /// Where the item stands.
    pub status: ItemStatus,
    /// Since when it stands so.
    pub since: Timestamp,
    /// What the newest answer says.
    pub value: String,
    /// What it says in words.
    pub note: String,
    /// Who gave it.
    pub made_by: String,
    /// The station's revision that brought it.
    pub revision: u64,
}

/// One answer of the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Item.
    pub item: String,
    /// Its place among the answers to the item, from 1.
    pub sequence: u64,
    /// The report that brought it; empty for none.
    pub report_id: String,
    /// How it came about.
    pub cause: Cause,
    /// What it says.
    pub value: String,
    /// What that means.
    pub status: ItemStatus,
    /// In the author's words.
    pub note: String,
    /// The answer its author had before them.
    pub base: u64,
    /// It contradicts an answer that its author had not seen.
    pub conflict: bool,
    /// Who.
    pub made_by: String,
    /// When.
    pub made_at: Timestamp,
    /// Photos and papers, as ids of stored files.
    pub photos: Vec<String>,
}

/// A sending of a station.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The envelope's id.
    pub id: String,
    /// Checklist that was answered.
    pub checklist_id: String,
    /// Its version.
    pub checklist_version: u64,
    /// Answers that it brought.
    pub answers: u64,
    /// Others answered other items meanwhile.
    pub parallel: bool,
    /// When it was filled in.
    pub answered_at: Timestamp,
    /// Who.
    pub made_by: String,
    /// When it arrived.
    pub made_at: Timestamp,
}

/// A station that answers in an election.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The election.
    pub election_id: String,
    /// The station.
    pub station_id: String,
    /// Its own area.
    pub area_id: String,
    /// Zone by whose clocks it lives.
    pub zone: String,
    /// Region.
    pub region_id: String,
    /// District or city.
    pub district_id: String,
    /// Number.
    pub number: u64,
    /// Writings so far.
    pub revision: u64,
    /// The last day with a row of counts.
    pub day: Date,
    /// When it last reported.
    pub reported_at: Option<Timestamp>,
}

impl Place {
    /// The station's zone.
    ///
    /// # Errors
    /// An unknown name, which the registers prevent.
    pub fn time_zone(&self) -> Result<TimeZone, Error> {
        Ok(TimeZone::get(&self.zone)?)
    }

    /// The day of an instant by the station's clocks.
    ///
    /// # Errors
    /// As [`Place::time_zone`].
    pub fn day_of(&self, at: Timestamp) -> Result<Date, Error> {
        Ok(at.to_zoned_datetime(self.time_zone()?).date())
    }

    /// The key of the task that mends an item.
    #[must_use]
    pub fn task_key(&self, item: &str) -> String {
        format!("{}/{}/{item}", self.election_id, self.station_id)
    }
}

/// Which checklist the stations of an election answer, and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InForce {
    /// Checklist.
    pub id: String,
    /// Version.
    pub version: u64,
    /// Hash of its content.
    pub sha256: String,
    /// Voting day of the station's contest.
    pub voting_day: Date,
    /// The report that was asked about has been taken already.
    pub known: bool,
    /// State of the election, as far as the station's own contest is concerned.
    pub election_state: String,
}

/// Items counted by where they stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Items asked.
    pub expected: i64,
    /// Hold.
    pub met: i64,
    /// Don't hold.
    pub unmet: i64,
    /// Of these, without which voting can't be held properly.
    pub unmet_critical: i64,
    /// Don't arise.
    pub na: i64,
    /// Wait for somebody to decide.
    pub disputed: i64,
    /// Nobody has answered.
    pub unanswered: i64,
}

impl Tally {
    /// Everything asked is answered and nothing is missing.
    #[must_use]
    pub const fn is_ready(&self) -> bool {
        self.expected > 0 && self.met + self.na == self.expected
    }

    /// Nothing is answered.
    #[must_use]
    pub const fn is_silent(&self) -> bool {
        self.expected > 0 && self.unanswered == self.expected
    }

    /// Adds one item.
    pub fn add(&mut self, severity: Severity, status: Option<ItemStatus>) {
        self.expected += 1;
        match status {
            Some(ItemStatus::Met) => self.met += 1,
            Some(ItemStatus::Unmet) => {
                self.unmet += 1;
                self.unmet_critical += i64::from(severity == Severity::Critical);
            }
            Some(ItemStatus::NotApplicable) => self.na += 1,
            Some(ItemStatus::Disputed) => self.disputed += 1,
            Some(ItemStatus::Again) | None => self.unanswered += 1,
        }
    }
}

/// What a station adds to the row of its district.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Stations.
    pub stations: i64,
    /// Of these, ready.
    pub ready: i64,
    /// Of these, without any answer.
    pub silent: i64,
    /// Their items.
    pub items: Tally,
}

impl Sums {
    /// One station.
    #[must_use]
    pub fn of(tally: &Tally) -> Self {
        Self {
            stations: 1,
            ready: i64::from(tally.is_ready()),
            silent: i64::from(tally.is_silent()),
            items: *tally,
        }
    }

    /// Items without a station: for sums of sections.
    #[must_use]
    pub fn items_only(items: Tally) -> Self {
        Self {
            items,
            ..Self::default()
        }
    }

    fn zip(&self, other: &Self, with: fn(i64, i64) -> i64) -> Self {
        let (a, b) = (&self.items, &other.items);
        Self {
            stations: with(self.stations, other.stations),
            ready: with(self.ready, other.ready),
            silent: with(self.silent, other.silent),
            items: Tally {
                expected: with(a.expected, b.expected),
                met: with(a.met, b.met),
                unmet: with(a.unmet, b.unmet),
                unmet_critical: with(a.unmet_critical, b.unmet_critical),
                na: with(a.na, b.na),
                disputed: with(a.disputed, b.disputed),
                unanswered: with(a.unanswered, b.unanswered),
            },
        }
    }

    /// Both together.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        self.zip(other, i64::saturating_add)
    }

    /// What must be added to `before` to get this.
    #[must_use]
    pub fn minus(&self, before: &Self) -> Self {
        self.zip(before, i64::saturating_sub)
    }
}

/// Tallies of a station by section; [`ALL_SECTIONS`] is all together.
#[must_use]
pub fn tallies(
    list: &Checklist,
    status: impl Fn(&str) -> Option<ItemStatus>,
) -> BTreeMap<&str, Tally> {
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    tallies.insert(ALL_SECTIONS, Tally::default());
    for item in &list.items {
        let status = status(&item.id);
        for section in [ALL_SECTIONS, item.section.as_str()] {
            tallies
                .entry(section)
                .or_default()
                .add(item.severity, status);
        }
    }
    tallies
}

/// By when an item that is unmet now must be mended: hours by severity, not later than the day by which it must
/// hold, but never so soon that nobody can do it.
///
/// # Errors
/// Outside the calendar.
pub fn due_at(
    deadlines: &Deadlines,
    tasks: &TaskTimes,
    item: &Item,
    voting_day: Date,
    zone: &TimeZone,
    now: Timestamp,
) -> Result<Timestamp, Error> {
    let hours = i64::from(deadlines.hours(item.severity));
    let soon = now.checked_add(SignedDuration::from_hours(hours))?;
    let last = item
        .due_on(voting_day)?
        .at(tasks.due_hour, 0, 0, 0)
        .to_zoned_datetime(zone.clone())?
        .timestamp();
    let least = now.checked_add(SignedDuration::from_hours(i64::from(tasks.least_hours)))?;
    Ok(soon.min(last).max(least))
}

/// The value of an item that somebody looked at. A figure, a day or a name stays as the station gave it.
#[must_use]
pub fn seen_value(item: &Item, before: &str, holds: bool) -> String {
    item.yes_or_no(holds)
        .map_or_else(|| before.to_owned(), |answer| answer.to_text())
}

/// What a value that is on record says about readiness under a question; one that the question can't have is asked
/// again.
#[must_use]
pub fn judged(item: &Item, value: &str, voting_day: Date) -> ItemStatus {
    item.read(value).map_or(ItemStatus::Again, |answer| {
        ItemStatus::from(item.judge(&answer, voting_day))
    })
}

/// Where an answer to `earlier` stands under a newer version of its question.
#[must_use]
pub fn carried(item: &Item, earlier: &Item, value: &str, voting_day: Date) -> ItemStatus {
    match item.carries(earlier) {
        Carry::Whole | Carry::Judged => judged(item, value, voting_day),
        Carry::Asked => ItemStatus::Again,
    }
}

/// Whether somebody is a party to what is disputed: they gave one of the answers since somebody last decided.
#[must_use]
pub fn is_party<'g>(given: impl DoubleEndedIterator<Item = &'g Given>, person: &str) -> bool {
    given
        .rev()
        .take_while(|a| a.cause != Cause::Settled)
        .any(|a| a.made_by == person)
}

/// Words of a checklist as names.
#[must_use]
pub fn names(text: &Text) -> Names {
    Names::new(text.kk.as_str(), text.ru.as_str(), text.en.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_leaves_time_to_act_and_ends_before_the_day_it_must_hold() {
        let list = Checklist::built_in().unwrap();
        let times = electoral::rules::Country::built_in().unwrap().tasks;
        let zone = TimeZone::get("Asia/Almaty").unwrap();
        let day = jiff::civil::date(2023, 11, 5);
        let mut item = list.items[0].clone();
        item.severity = Severity::Major;
        item.due_days = 7;
        let hours = Deadlines {
            critical_hours: 24,
            major_hours: 72,
            minor_hours: 168,
        };
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let due = |now: &str| due_at(&hours, &times, &item, day, &zone, at(now)).unwrap();
        assert_eq!(due("2023-10-02T06:00:00Z"), at("2023-10-05T06:00:00Z"));
        // 29 October, 18:00 by the station's clocks.
        assert_eq!(due("2023-10-28T06:00:00Z"), at("2023-10-29T12:00:00Z"));
        assert_eq!(due("2023-11-04T06:00:00Z"), at("2023-11-05T06:00:00Z"));
    }

    #[test]
    fn tallies_of_sections_add_up() {
        let list = Checklist::built_in().unwrap();
        let tallies = tallies(&list, |item| {
            (item.len() % 2 == 0).then_some(ItemStatus::Unmet)
        });
        let sum = tallies
            .iter()
            .filter(|(section, _)| **section != ALL_SECTIONS)
            .map(|(_, tally)| Sums::of(tally))
            .fold(Sums::default(), |sum, one| sum.plus(&one));
        assert_eq!(sum.items, tallies[ALL_SECTIONS]);
        let nothing = sum.minus(&sum);
        assert_eq!(nothing, Sums::default());
    }
}

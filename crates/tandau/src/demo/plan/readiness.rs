//! The weeks in which stations get ready: what each of them answers and when, what is missing at first, who puts
//! it right by when. Synthetic from end to end.
//!
//! Knows the built-in checklist by the ids of its sections only; what an answer looks like follows from the kind of
//! the question.

use super::day::VOTING_DAY;
use super::model::Station;
use super::num;
use super::rng::Rng;
use electoral::checklist::{Answer, Checklist, Evidence, Item, Kind, Milli, Severity, Status};
use jiff::civil::{Date, DateTime, date};
use jiff::{Span, ToSpan as _};

/// Answers about what can't be looked at before the last week.
const LAST: &[&str] = &["materials", "voter_list"];
/// Answers of the first weeks: the building and what stands in it.
const FIRST: &[&str] = &[
    "premises",
    "boxes",
    "equipment",
    "power",
    "heating",
    "communications",
    "accessibility",
];
/// The station that the visit of 30 September looked at (article, part 2).
const VISITED: (&str, u32) = ("353600000", 448);
/// What was missing there.
const MISSING_THERE: &str = "power_backup";

/// One sending of a station.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sending {
    /// When, by the station's clocks.
    pub at: DateTime,
    /// What it says.
    pub answers: Vec<Said>,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Position in the checklist.
    pub item: usize,
    /// The answer's text.
    pub value: String,
    /// A note comes along.
    pub note: bool,
    /// A photo or paper comes along.
    pub paper: bool,
}

/// What becomes of an item that was missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// Position in the checklist.
    pub item: usize,
    /// Whoever must put it right says that it is done.
    pub reported: DateTime,
    /// The commission looked and sent it back; done again a day later.
    pub returned: bool,
    /// The commission saw that it is done.
    pub verified: DateTime,
}

/// A station's weeks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GettingReady {
    /// In the order of time.
    pub sendings: Vec<Sending>,
    /// In the order of the checklist.
    pub repairs: Vec<Repair>,
}

/// Works out the weeks of every station.
pub fn build(list: &Checklist, stations: &[Station]) -> Vec<GettingReady> {
    stations
        .iter()
        .enumerate()
        .map(|(index, station)| weeks(list, index, station))
        .collect()
}

fn weeks(list: &Checklist, index: usize, station: &Station) -> GettingReady {
    let mut rng = Rng::named("readiness", index);
    let visited = (station.area.as_str(), station.number) == VISITED;
    // Some stations are not heard of until they are called.
    let silent = !visited && rng.chance(4, 100);
    let waves = [
        if silent {
            hour(&mut rng, date(2023, 10, 4), 6)
        } else {
            hour(&mut rng, date(2023, 9, 18), 11)
        },
        hour(&mut rng, date(2023, 10, 11), 11),
        hour(&mut rng, date(2023, 10, 29), 5),
    ];
    let mut sendings = waves.map(|at| Sending {
        at,
        answers: Vec::new(),
    });
    let mut repairs = Vec::new();
    for (position, item) in list.items.iter().enumerate() {
        if item.told_by.is_some() {
            continue;
        }
        let wave = wave_of(item);
        let Some(sending) = sendings.get_mut(wave) else {
            continue;
        };
        let missing = if visited {
            item.id == MISSING_THERE
        } else {
            rng.chance(per_mille(item, wave), 1_000)
        };
        let value = if missing { unmet(item) } else { None };
        if value.is_some()
            && let Some(repair) = repair(&mut rng, position, item, sending.at, visited)
        {
            repairs.push(repair);
        }
        let is_missing = value.is_some();
        let Some(value) = value.or_else(|| met(item, station, sending.at, &mut rng)) else {
            continue;
        };
        sending.answers.push(Said {
            item: position,
            value,
            note: is_missing || item.evidence.contains(&Evidence::Note),
            paper: !is_missing
                && (item.evidence.contains(&Evidence::Photo)
                    || item.evidence.contains(&Evidence::Document)
                    || matches!(item.kind, Kind::Photo { .. })),
        });
    }
    GettingReady {
        sendings: sendings
            .into_iter()
            .filter(|s| !s.answers.is_empty())
            .collect(),
        repairs,
    }
}

/// An hour of a working day within so many days from the first.
fn hour(rng: &mut Rng, first: Date, days: u32) -> DateTime {
    let day = first.saturating_add(i64::from(rng.range(0, days)).days());
    let minute = i64::from(rng.range(0, 9 * 60));
    day.at(9, 0, 0, 0).saturating_add(minute.minutes())
}

fn wave_of(item: &Item) -> usize {
    let late = matches!(&item.kind, Kind::Date { within_days: Some(days), .. } if *days < 30);
    if late || LAST.contains(&item.section.as_str()) {
        2
    } else {
        usize::from(!FIRST.contains(&item.section.as_str()))
    }
}

/// How many stations in a thousand lack it at first.
fn per_mille(item: &Item, wave: usize) -> u32 {
    if item.section == "accessibility" {
        return 70;
    }
    let first = match item.severity {
        Severity::Critical => 8,
        Severity::Major => 18,
        Severity::Minor => 30,
    };
    if wave == 0 { first } else { first / 2 }
}

fn repair(
    rng: &mut Rng,
    position: usize,
    item: &Item,
    found: DateTime,
    visited: bool,
) -> Option<Repair> {
    let accessible = item.section == "accessibility";
    // What needs building is not there by voting day everywhere.
    if accessible && !visited && rng.chance(25, 100) {
        return None;
    }
    let (soonest, latest) = match item.severity {
        Severity::Critical => (18, 50),
        Severity::Major => (30, 120),
        Severity::Minor => (48, 300),
    };
    let after = if visited {
        // Reported while the visit went on; looked at afterwards.
        return Some(Repair {
            item: position,
            reported: date(2023, 10, 2).at(11, 40, 0, 0),
            returned: false,
            verified: date(2023, 10, 4).at(15, 10, 0, 0),
        });
    } else {
        rng.range(soonest, latest)
    };
    let last = VOTING_DAY.saturating_sub(1.day()).at(17, 0, 0, 0);
    let reported = found.saturating_add(i64::from(after).hours()).min(last);
    let returned = rng.chance(8, 100);
    let wait = Span::new().hours(i64::from(rng.range(3, 40) + if returned { 26 } else { 0 }));
    Some(Repair {
        item: position,
        reported,
        returned: returned && reported.saturating_add(30.hours()) < last,
        verified: reported
            .saturating_add(wait)
            .min(last.saturating_add(90.minutes())),
    })
}

/// An answer that is met; none where such a question can't be answered.
fn met(item: &Item, station: &Station, at: DateTime, rng: &mut Rng) -> Option<String> {
    let answer = match &item.kind {
        Kind::YesNo { .. } => item.yes_or_no(true)?,
        Kind::Number {
            least,
            most,
            met_from,
            met_to,
            ..
        } => {
            let from = met_from.map_or(*least, |from| from.max(*least)).0 / 1_000;
            let to = met_to.map_or(*most, |to| to.min(*most)).0 / 1_000;
            let about = if item.id == "voter_list_count" {
                i64::from(station.voters_on_list)
            } else {
                from.saturating_add(i64::from(rng.range(0, 3)))
            };
            Answer::Number(Milli(about.clamp(from, to).saturating_mul(1_000)))
        }
        Kind::Date { .. } => {
            let back = (0..=60).map(|days| at.date().saturating_sub(i64::from(days).days()));
            let fits = back
                .map(Answer::Date)
                .find(|day| item.judge(day, VOTING_DAY) == Status::Met);
            fits?
        }
        Kind::Text { .. } => Answer::Text(words(item, station)),
        Kind::Photo { least } => Answer::Photos(*least),
    };
    Some(answer.to_text())
}

/// An answer that says that it is missing; none where there is none.
fn unmet(item: &Item) -> Option<String> {
    let answer = match &item.kind {
        Kind::YesNo { .. } => item.yes_or_no(false)?,
        Kind::Number {
            least,
            most,
            met_from,
            met_to,
            ..
        } => {
            let one = 1_000;
            let below = met_from.map(|from| Milli(from.0.saturating_sub(one)).max(*least));
            let above = met_to.map(|to| Milli(to.0.saturating_add(one)).min(*most));
            Answer::Number(below.or(above)?)
        }
        Kind::Date { .. } | Kind::Text { .. } | Kind::Photo { .. } => return None,
    };
    (item.judge(&answer, VOTING_DAY) == Status::Unmet).then(|| answer.to_text())
}

/// A post and a telephone of nobody in particular.
fn words(item: &Item, station: &Station) -> String {
    let seed = Rng::named(&item.id, num::index(station.number)).range(10, 99);
    format!("Кезекші бекет / дежурный пост, 8 (000) 000-{seed}-00")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::plan::{Sources, build as plan};

    #[test]
    fn answers_fit_their_questions_and_two_builds_are_equal() {
        let list = Checklist::built_in().unwrap();
        let stations = plan(&Sources::embedded()).unwrap().stations;
        let weeks = build(&list, &stations);
        assert_eq!(weeks, build(&list, &stations));
        let mut missing = 0;
        for (station, week) in stations.iter().zip(&weeks) {
            let times: Vec<DateTime> = week.sendings.iter().map(|s| s.at).collect();
            assert!(times.is_sorted() && times.iter().all(|t| t.date() < VOTING_DAY));
            for said in week.sendings.iter().flat_map(|s| &s.answers) {
                let item = &list.items[said.item];
                let answer = item.read(&said.value).unwrap_or_else(|e| {
                    panic!("{} of {}: {} {e:?}", item.id, station.number, said.value)
                });
                missing += usize::from(item.judge(&answer, VOTING_DAY) == Status::Unmet);
            }
            for repair in &week.repairs {
                assert!(repair.reported < repair.verified, "{repair:?}");
                assert!(repair.verified.date() < VOTING_DAY, "{repair:?}");
            }
        }
        assert!((800..4_000).contains(&missing), "{missing}");
    }
}

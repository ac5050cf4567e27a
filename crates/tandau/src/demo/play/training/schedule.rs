//! When who is taught: the published days of Karaganda, the others spread over the weeks.

use super::is_district;
use crate::demo::load::{self, item};
use crate::demo::plan::Level;
use crate::demo::play::Stage;
use crate::platform::Error;
use jiff::civil::{Date, Weekday, date, time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use std::ops::Range;

/// The day on which the programmes are written.
pub(super) const WRITTEN: Date = date(2023, 9, 18);
/// The day on which the centre teaches.
const CENTRE: Date = date(2023, 9, 20);
/// The day on which those are taught who were seated since.
const LATER: Date = date(2023, 11, 2);
/// The first day on which districts teach, but for those that were reported.
const DISTRICTS: Date = date(2023, 9, 29);
/// People of one session; more make two.
const AT_ONCE: usize = 320;
/// The region of the visit.
pub(super) const VISITED: &str = "350000000";

/// Sessions that were reported: area, day, begins, minutes, people counted.
const PUBLISHED: [(&str, Date, (i8, i8), i64, Option<u64>); 3] = [
    ("353600000", date(2023, 9, 30), (14, 0), 60, None),
    ("352100000", date(2023, 10, 1), (12, 0), 90, None),
    ("355600000", date(2023, 10, 2), (16, 0), 90, Some(226)),
];

/// Who is taught.
#[derive(Clone, Debug)]
pub(super) enum Group {
    /// Commissions of regions.
    Centre,
    /// Commissions of the districts of a region, by its commission's place in the plan.
    Region(usize),
    /// Commissions of stations of a contest; `whole`: with the district's own.
    District {
        contest: usize,
        stations: Range<usize>,
        whole: bool,
    },
    /// Those of a contest who were seated after its session.
    Later(usize),
}

/// A session as it is played.
#[derive(Clone, Debug)]
pub(super) struct Planned {
    pub(super) id: String,
    pub(super) group: Group,
    /// Code of the area.
    pub(super) area: String,
    /// The commission whose officers teach.
    pub(super) teaches: usize,
    pub(super) day: Date,
    pub(super) starts_at: Timestamp,
    /// Where it was planned for another time first.
    pub(super) first_start: Option<Timestamp>,
    pub(super) takes: SignedDuration,
    pub(super) seats: u64,
    pub(super) planned_at: Timestamp,
    /// When it was moved, and from which start.
    pub(super) moved: Option<(Timestamp, Timestamp)>,
    pub(super) cancelled_at: Option<Timestamp>,
    /// It was reported: all were there, on a list of paper.
    pub(super) published: bool,
    /// People counted in the report.
    pub(super) counted: Option<u64>,
    /// People of the plan, for those seated later.
    pub(super) people: Vec<usize>,
}

impl Planned {
    /// When it is closed.
    pub(super) fn closed_at(&self) -> Result<Timestamp, Error> {
        Ok(self
            .starts_at
            .checked_add(self.takes)?
            .checked_add(10.minutes())?)
    }
}

/// Codes of the districts whose sessions were reported.
pub(super) fn reported() -> impl Iterator<Item = &'static str> {
    PUBLISHED.into_iter().map(|one| one.0)
}

/// An hour of a day by the clocks of a zone.
pub(super) fn at(zone: &TimeZone, day: Date, hour: i8) -> Result<Timestamp, Error> {
    load::instant(zone, day, time(hour, 0, 0, 0))
}

fn zone_of(stage: &Stage, code: &str) -> Result<TimeZone, Error> {
    let area = stage.plan.areas.iter().find(|a| a.code == code);
    Ok(TimeZone::get(area.map_or("", |a| a.zone.as_str()))?)
}

/// The working day that lies so many working days after another.
fn after(mut day: Date, mut days: usize) -> Result<Date, Error> {
    let rests = |day: Date| matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    while rests(day) {
        day = day.tomorrow()?;
    }
    while days > 0 {
        day = day.tomorrow()?;
        if !rests(day) {
            days -= 1;
        }
    }
    Ok(day)
}

/// All sessions.
pub(super) fn sessions(stage: &Stage) -> Result<Vec<Planned>, Error> {
    let zone = &stage.app.home_zone;
    let plan = &stage.plan;
    let central = plan
        .commissions
        .iter()
        .position(|c| c.level == Level::Central);
    let central = central.ok_or_else(|| Error::internal("no central commission"))?;
    let country = &item(&plan.commissions, central)?.area;
    let mut all = vec![Planned {
        id: "demo-training-centre".to_owned(),
        group: Group::Centre,
        area: country.clone(),
        teaches: central,
        day: CENTRE,
        starts_at: at(zone, CENTRE, 10)?,
        first_start: None,
        takes: SignedDuration::from_hours(6),
        seats: 250,
        planned_at: at(zone, WRITTEN, 15)?,
        moved: None,
        cancelled_at: None,
        published: false,
        counted: None,
        people: Vec::new(),
    }];
    let mut number = 0;
    for (index, commission) in plan.commissions.iter().enumerate() {
        let votes = plan.contests.iter().any(|c| c.region == commission.area);
        if commission.level != Level::Regional || !votes {
            continue;
        }
        // The visited region first: its districts are taught first.
        let visited = commission.area == VISITED;
        let day = after(date(2023, 9, 22), if visited { 0 } else { number % 5 })?;
        number += 1;
        let zone = zone_of(stage, &commission.area)?;
        all.push(Planned {
            id: format!("demo-training-region-{}", commission.area),
            group: Group::Region(index),
            area: commission.area.clone(),
            teaches: index,
            day,
            starts_at: at(&zone, day, 10)?,
            takes: SignedDuration::from_hours(4),
            seats: 120,
            planned_at: at(&zone, date(2023, 9, 21), 11)?,
            ..first(&all)?
        });
    }
    for contest in 0..plan.contests.len() {
        districts(stage, contest, &mut all)?;
    }
    Ok(all)
}

fn first(all: &[Planned]) -> Result<Planned, Error> {
    item(all, 0).cloned()
}

/// Sessions of a contest: one for all its stations, or several, and one for those seated later.
fn districts(stage: &Stage, number: usize, all: &mut Vec<Planned>) -> Result<(), Error> {
    let plan = &stage.plan;
    let contest = item(&plan.contests, number)?;
    let own = plan
        .commissions
        .iter()
        .position(|c| is_district(c.level) && c.area == contest.area);
    let own = own.ok_or_else(|| Error::internal(format!("no commission of {}", contest.area)))?;
    let above = plan
        .commissions
        .iter()
        .position(|c| c.level == Level::Regional && c.area == contest.region);
    let zone = zone_of(stage, &contest.area)?;
    let reported = PUBLISHED.iter().find(|one| one.0 == contest.area);
    let size = |s: usize| -> usize {
        let precinct = plan.precinct(s).and_then(|p| plan.commissions.get(p));
        precinct.map_or(0, |c| usize::try_from(c.size).unwrap_or(0))
    };
    let total: usize = contest.stations.clone().map(size).sum();
    let groups = if reported.is_some() {
        1
    } else {
        total.div_ceil(AT_ONCE).max(1)
    };
    let each = contest.stations.len().div_ceil(groups).max(1);
    let base = first(all)?;
    let mut last = DISTRICTS;
    for group in 0..groups {
        let begin = (contest.stations.start + group * each).min(contest.stations.end);
        let stations = begin..(begin + each).min(contest.stations.end);
        // A few before the report of 2 October, the others until the end of the month.
        let day = match reported {
            Some(one) => one.1,
            None if number % 9 == 4 => after(date(2023, 10, 2), group)?,
            None => after(date(2023, 10, 4), (number * 7 + group) % 15)?,
        };
        last = last.max(day);
        let starts_at = match reported {
            Some(one) => load::instant(&zone, day, time(one.2.0, one.2.1, 0, 0))?,
            None => at(&zone, day, 10)?,
        };
        let mut one = Planned {
            id: format!(
                "demo-training-{}-{}",
                contest.area.to_lowercase(),
                group + 1
            ),
            group: Group::District {
                contest: number,
                stations,
                whole: groups == 1,
            },
            area: contest.area.clone(),
            // The reported ones were taught by the region's commission, with the district's among those taught.
            teaches: match (reported, above) {
                (Some(_), Some(above)) => above,
                _ => own,
            },
            day,
            starts_at,
            takes: match reported {
                Some(one) => SignedDuration::from_mins(one.3),
                None => SignedDuration::from_hours(3),
            },
            seats: 400,
            planned_at: at(
                &zone,
                if reported.is_some() {
                    date(2023, 9, 25)
                } else {
                    date(2023, 9, 29)
                },
                16,
            )?,
            published: reported.is_some(),
            counted: reported.and_then(|one| one.4),
            ..base.clone()
        };
        if number == 20 && group == 0 {
            let first_start = at(&zone, after(day, 0)?.yesterday()?, 10)?;
            let told = at(&zone, day.saturating_sub(2.days()), 12)?;
            one.first_start = Some(first_start);
            one.moved = Some((told, first_start));
        }
        if number == 30 && group == 0 {
            let mut fell_out = one.clone();
            fell_out.id = format!("{}-x", fell_out.id);
            fell_out.cancelled_at = Some(at(&zone, day.yesterday()?, 9)?);
            all.push(fell_out);
            one.day = after(day, 3)?;
            one.starts_at = at(&zone, one.day, 10)?;
            one.planned_at = at(&zone, day.yesterday()?, 15)?;
            last = last.max(one.day);
        }
        all.push(one);
    }
    later(stage, (number, own, last), all)
}

/// Whoever was seated in a precinct commission after its session is taught before voting.
fn later(
    stage: &Stage,
    (number, own, last): (usize, usize, Date),
    all: &mut Vec<Planned>,
) -> Result<(), Error> {
    let plan = &stage.plan;
    let contest = item(&plan.contests, number)?;
    let mut people = Vec::new();
    for station in contest.stations.clone() {
        let commission = plan.precinct(station).and_then(|p| plan.commissions.get(p));
        let seats = commission.into_iter().flat_map(|c| &c.seats);
        let since = seats.filter(|s| s.seated.date > last && s.seated.date <= LATER);
        people.extend(since.map(|s| s.person));
    }
    if people.is_empty() {
        return Ok(());
    }
    let zone = zone_of(stage, &contest.area)?;
    all.push(Planned {
        id: format!("demo-training-{}-later", contest.area.to_lowercase()),
        group: Group::Later(number),
        area: contest.area.clone(),
        teaches: own,
        day: LATER,
        starts_at: at(&zone, LATER, 15)?,
        takes: SignedDuration::from_hours(2),
        seats: 40,
        planned_at: at(&zone, LATER.yesterday()?, 16)?,
        people,
        ..first(all)?
    });
    Ok(())
}

//! The commissions: central, regional, of districts and cities, of precincts, with their members over the term.

use std::collections::HashMap;

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::contests::Frame;
use super::error::PlanError;
use super::model::{
    Commission, Contest, Decision, EndReason, Level, Office, Organisation, Seat, Sex, Station,
};
use super::people::{People, slavic_share};
use super::rng::Rng;

/// Territorial commissions have seven members (art. 13), so has the central one (art. 11).
const TERRITORIAL: u32 = 7;
/// Regions made in 2022 elected their commissions after that.
const NEW_REGIONS: [&str; 3] = ["100000000", "330000000", "620000000"];

/// Everything that making a commission needs.
struct Maker<'a> {
    people: &'a mut People,
    organisations: &'a [Organisation],
    rng: Rng,
}

/// All commissions: the central one, 17 regional, 45 of districts and cities, one for every station.
pub(super) fn build(
    frame: &Frame,
    cities: &[String],
    regions: &[String],
    stations: &[Station],
    organisations: &[Organisation],
    people: &mut People,
) -> Result<Vec<Commission>, PlanError> {
    let mut maker = Maker {
        people,
        organisations,
        rng: Rng::named("commissions", 0),
    };
    let mut all = vec![maker.commission(Level::Central, "KZ", "KZ", None, None, TERRITORIAL)?];
    let mut of_region = HashMap::new();
    for region in regions {
        of_region.insert(region.as_str(), all.len());
        all.push(maker.commission(Level::Regional, region, region, None, Some(0), TERRITORIAL)?);
    }
    let first_territorial = all.len();
    for contest in &frame.contests {
        let level = if cities.contains(&contest.area) {
            Level::City
        } else {
            Level::District
        };
        let parent = of_region.get(contest.region.as_str()).copied();
        all.push(maker.commission(
            level,
            &contest.area,
            &contest.region,
            None,
            parent,
            TERRITORIAL,
        )?);
    }
    for (index, contest) in frame.contests.iter().enumerate() {
        let target = frame.weights.get(index).map_or(0, |w| w.precinct_members);
        let sizes = maker.sizes(contest, stations, target);
        for (station, size) in contest.stations.clone().zip(sizes) {
            let parent = Some(first_territorial + index);
            let made = maker.commission(
                Level::Precinct,
                &contest.area,
                &contest.region,
                Some(station),
                parent,
                size,
            )?;
            all.push(made);
        }
    }
    maker.replacements(&mut all)?;
    Ok(all)
}

impl Maker<'_> {
    /// Sizes of a contest's precinct commissions: odd, 5–7 up to 2,000 voters, 7–11 above (art. 17);
    /// adding up to `target` where a published number of members gives one.
    fn sizes(&mut self, contest: &Contest, stations: &[Station], target: u32) -> Vec<u32> {
        let own = stations.get(contest.stations.clone()).unwrap_or_default();
        let mut sizes: Vec<u32> = own
            .iter()
            .map(|station| match station.voters_on_list {
                0..=350 => 5,
                351..=1_100 => 5 + 2 * self.rng.range(0, 1),
                1_101..=2_400 => 7,
                2_401..=2_700 => 9,
                _ => 11,
            })
            .collect();
        let mut order: Vec<usize> = (0..own.len()).collect();
        order.sort_by_key(|&i| own.get(i).map_or(0, |s| s.voters_on_list));
        let bounds = |i: usize| {
            if own.get(i).is_some_and(|s| s.voters_on_list > 2_000) {
                (7, 11)
            } else {
                (5, 7)
            }
        };
        let sum = |sizes: &[u32]| sizes.iter().sum::<u32>();
        // Larger stations give up and receive members last and first: small villages have small commissions.
        while target > 0 && sum(&sizes) > target {
            let Some(&i) = order
                .iter()
                .find(|&&i| sizes.get(i).is_some_and(|&s| s > bounds(i).0))
            else {
                break;
            };
            if let Some(size) = sizes.get_mut(i) {
                *size -= 2;
            }
        }
        while target > 0 && sum(&sizes) < target {
            let Some(&i) = order
                .iter()
                .rev()
                .find(|&&i| sizes.get(i).is_some_and(|&s| s < bounds(i).1))
            else {
                break;
            };
            if let Some(size) = sizes.get_mut(i) {
                *size += 2;
            }
        }
        sizes
    }

    fn commission(
        &mut self,
        level: Level,
        area: &str,
        region: &str,
        station: Option<usize>,
        parent: Option<usize>,
        size: u32,
    ) -> Result<Commission, PlanError> {
        let seated = self.decision(region);
        let mut nominators = self.nominators(level);
        let mut seats = Vec::new();
        for position in 0..size {
            let office = match position {
                0 => Office::Chair,
                1 => Office::Deputy,
                2 => Office::Secretary,
                _ => Office::Member,
            };
            let sex = if self.rng.chance(58, 100) {
                Sex::Female
            } else {
                Sex::Male
            };
            seats.push(Seat {
                person: self.people.make(sex, (1958, 2000), slavic_share(region))?,
                office,
                nominator: nominators.pop(),
                term_ends: term_ends(seated.date),
                seated: seated.clone(),
                ended: None,
            });
        }
        Ok(Commission {
            level,
            area: area.to_owned(),
            station,
            parent,
            size,
            seats,
        })
    }

    /// The decision of a maslikhat that elected a whole commission.
    fn decision(&mut self, region: &str) -> Decision {
        let first = if NEW_REGIONS.contains(&region) {
            date(2022, 6, 20)
        } else {
            date(2021, 2, 1)
        };
        let last = date(2022, 12, 23);
        let days = first.until(last).map_or(1, |span| span.get_days());
        let days = u32::try_from(days).unwrap_or(1);
        let day = weekday(plus(first, self.rng.range(0, days)));
        Decision {
            number: format!("{}/{}", self.rng.range(1, 30), self.rng.range(1, 180)),
            date: day,
        }
    }

    /// Every party and association at most once; four parties or more before the associations.
    fn nominators(&mut self, level: Level) -> Vec<usize> {
        if level == Level::Central {
            return Vec::new();
        }
        let of = |party: bool| {
            let list = self.organisations.iter().enumerate();
            list.filter(move |(_, o)| o.is_party == party)
                .map(|(i, _)| i)
                .collect::<Vec<_>>()
        };
        let (mut parties, mut others) = (of(true), of(false));
        self.rng.shuffle(&mut parties);
        self.rng.shuffle(&mut others);
        let silent = usize::from(self.rng.chance(1, 2));
        parties.truncate(parties.len() - silent);
        // The list is taken from its end, so the parties come first.
        others.extend(parties);
        others
    }

    /// Some members left before the election and others took their seats.
    fn replacements(&mut self, all: &mut [Commission]) -> Result<(), PlanError> {
        let reasons = [
            EndReason::OwnRequest,
            EndReason::MovedAway,
            EndReason::Incompatible,
        ];
        let step = 61;
        for (turn, index) in (18..all.len()).step_by(step).enumerate() {
            let Some(commission) = all.get_mut(index) else {
                break;
            };
            let last = commission.seats.len() - 1;
            // Mostly ordinary members; now and then the secretary.
            let position = if turn % 6 == 5 { 2 } else { last };
            let Some(seat) = commission.seats.get_mut(position) else {
                continue;
            };
            let day = weekday(plus(date(2023, 2, 1), self.rng.range(0, 255)));
            let decision = Decision {
                number: format!("{}/{}", self.rng.range(1, 12), self.rng.range(1, 60)),
                date: day,
            };
            let reason = reasons
                .get(turn % reasons.len())
                .copied()
                .unwrap_or(EndReason::OwnRequest);
            seat.ended = Some((decision.clone(), reason));
            let mut successor = seat.clone();
            successor.ended = None;
            // A seat filled in between serves the rest of the commission's term.
            successor.seated = decision;
            successor.person = self.people.make(Sex::Female, (1960, 1999), 10)?;
            commission.seats.push(successor);
        }
        Ok(())
    }
}

/// Five years, to the day before the anniversary.
fn term_ends(seated: Date) -> Date {
    seated
        .checked_add(5.years())
        .and_then(|d| d.checked_sub(1.day()))
        .unwrap_or(seated)
}

fn plus(day: Date, days: u32) -> Date {
    day.checked_add(i64::from(days).days()).unwrap_or(day)
}

/// The same day, or the Friday before a weekend.
fn weekday(day: Date) -> Date {
    let back = i64::from(day.weekday().to_monday_zero_offset()) - 4;
    if back > 0 {
        day.checked_sub(back.days()).unwrap_or(day)
    } else {
        day
    }
}

/// Number of members that a level and list size allow.
#[cfg(test)]
pub(super) fn allowed(level: Level, voters: u32, size: u32) -> bool {
    let (low, high) = match (level, voters) {
        (Level::Precinct, 0..=2_000) => (5, 7),
        (Level::Precinct, _) => (7, 11),
        _ => (TERRITORIAL, TERRITORIAL),
    };
    (low..=high).contains(&size) && size % 2 == 1
}

/// Members with an office and those who may issue ballots: everybody but chair and secretary (art. 41(5)).
pub(super) fn issuers(commission: &Commission, day: Date) -> Vec<usize> {
    let may = |office| matches!(office, Office::Deputy | Office::Member);
    commission
        .seats_on(day)
        .filter(|s| may(s.office))
        .map(|s| s.person)
        .collect()
}

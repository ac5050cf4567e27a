//! The 45 contests with their lists and numbers of stations, as far as published.

use std::collections::HashMap;

use super::areas::PLACEHOLDER;
use super::error::PlanError;
use super::model::{Contest, Published, Sourcing};
use super::num::{Claim, share, share_within};
use super::sources::{PublishedFigure, PublishedFile, Sources, TerritoryRow, WeightRow, rows};

/// The contests, each with the weights it was made from; stations are filled in later.
pub(super) struct Frame {
    pub(super) contests: Vec<Contest>,
    pub(super) weights: Vec<WeightRow>,
    /// Stations of each contest.
    pub(super) stations: Vec<u32>,
}

/// Lays out the contests.
pub(super) fn build(sources: &Sources) -> Result<Frame, PlanError> {
    let territories: Vec<TerritoryRow> = rows("pilot_territories.csv", sources.territories)?;
    let weights: Vec<WeightRow> = rows("pilot_weights.csv", sources.weights)?;
    let file: PublishedFile =
        serde_json::from_str(sources.published).map_err(|error| PlanError::Table {
            file: "akim-2023.json",
            cause: error.to_string(),
        })?;
    if weights.len() != territories.len()
        || weights.iter().zip(&territories).any(|(w, t)| w.no != t.no)
    {
        return Err(PlanError::TooFew("rows of pilot_weights.csv"));
    }
    let nation = |measure| {
        whole(&file.national.figures, measure).ok_or(PlanError::TooFew("national figures"))
    };
    let turnout =
        hundredths(&file.national.figures).ok_or(PlanError::TooFew("national figures"))?;
    let voters_total = nation("voters_on_lists")?;
    let mut contests: Vec<Contest> = territories
        .iter()
        .zip(&weights)
        .map(|(t, w)| contest(t, w))
        .collect();
    publish(&mut contests, &file);
    let stations = stations(&contests, &weights, nation("polling_stations")?);
    voters(&mut contests, &weights, &file, voters_total)?;
    let received_ballots = super::num::part(voters_total, turnout, 10_000);
    received(&mut contests, &file, received_ballots)?;
    Ok(Frame {
        contests,
        weights,
        stations,
    })
}

fn contest(territory: &TerritoryRow, weight: &WeightRow) -> Contest {
    let area = if territory.kato.is_empty() {
        PLACEHOLDER
    } else {
        &territory.kato
    };
    Contest {
        no: territory.no,
        area: area.to_owned(),
        region: territory.region_kato.clone(),
        sourcing: match territory.status.as_str() {
            "sourced" => Sourcing::Sourced,
            "probable" => Sourcing::Probable,
            _ => Sourcing::NotSourced,
        },
        published: Published::default(),
        voters_on_lists: 0,
        received_ballots: 0,
        stations: 0..0,
        ballot: Vec::new(),
        ends_in_tie: weight.scene == "tie",
        nomination_extended: weight.scene == "extension",
    }
}

/// A published count, unless it is an interim figure of voting day.
fn whole(figures: &[PublishedFigure], measure: &str) -> Option<u32> {
    let figure = figures
        .iter()
        .find(|f| f.measure == measure && f.at.is_none())?;
    // Published counts are whole numbers; the text of the number is exact.
    format!("{:.0}", figure.value).parse().ok()
}

/// Published final turnout in hundredths of a percent.
fn hundredths(figures: &[PublishedFigure]) -> Option<u32> {
    let figure = figures
        .iter()
        .find(|f| f.measure == "turnout" && f.at.is_none())?;
    format!("{:.0}", figure.value * 100.0).parse().ok()
}

fn publish(contests: &mut [Contest], file: &PublishedFile) {
    for contest in contests.iter_mut() {
        for entry in file
            .contests
            .iter()
            .filter(|entry| entry.area == contest.area)
        {
            let p = &mut contest.published;
            p.voters_on_lists = whole(&entry.figures, "voters_on_lists").or(p.voters_on_lists);
            p.stations = whole(&entry.figures, "polling_stations").or(p.stations);
            p.turnout = hundredths(&entry.figures).or(p.turnout);
            p.result |= entry
                .figures
                .iter()
                .any(|f| matches!(f.measure.as_str(), "votes" | "against_all"));
        }
        for group in file
            .groups
            .iter()
            .filter(|group| group.areas.contains(&contest.area))
        {
            let of_lists = || {
                let voted = whole(&group.figures, "voted")?;
                let lists = whole(&group.figures, "voters_on_lists")?;
                Some(super::num::part(10_000, voted, lists))
            };
            let p = &mut contest.published;
            p.turnout = p
                .turnout
                .or_else(|| hundredths(&group.figures))
                .or_else(of_lists);
        }
    }
}

/// Published numbers of stations are kept, the rest is shared by weight.
fn stations(contests: &[Contest], weights: &[WeightRow], total: u32) -> Vec<u32> {
    // Syrdarya and Shieli were published together; their weights add up to that figure.
    let fixed = |c: &Contest, w: &WeightRow| {
        c.published
            .stations
            .or_else(|| matches!(c.area.as_str(), "434800000" | "435200000").then_some(w.stations))
    };
    let given: u32 = contests
        .iter()
        .zip(weights)
        .filter_map(|(c, w)| fixed(c, w))
        .sum();
    let open: Vec<u64> = contests
        .iter()
        .zip(weights)
        .map(|(c, w)| {
            if fixed(c, w).is_some() {
                0
            } else {
                u64::from(w.stations)
            }
        })
        .collect();
    let rest = share(total.saturating_sub(given), &open);
    contests
        .iter()
        .zip(weights)
        .zip(rest)
        .map(|((c, w), part)| fixed(c, w).unwrap_or(part))
        .collect()
}

/// Lists: own published figure, share of a published group, derived figure, or share of what is left.
fn voters(
    contests: &mut [Contest],
    weights: &[WeightRow],
    file: &PublishedFile,
    total: u32,
) -> Result<(), PlanError> {
    for (contest, weight) in contests.iter_mut().zip(weights) {
        contest.voters_on_lists = contest.published.voters_on_lists.unwrap_or(0);
        if weight.voters_fixed != 0 {
            contest.voters_on_lists = weight.voters;
        }
    }
    for group in &file.groups {
        let Some(sum) = whole(&group.figures, "voters_on_lists") else {
            continue;
        };
        share_open(contests, weights, sum, &|c| group.areas.contains(&c.area))?;
    }
    share_open(contests, weights, total, &|_| true)
}

/// Shares what is left of `sum` among the chosen contests that have no list yet.
fn share_open(
    contests: &mut [Contest],
    weights: &[WeightRow],
    sum: u32,
    chosen: &dyn Fn(&Contest) -> bool,
) -> Result<(), PlanError> {
    let taken: u32 = contests
        .iter()
        .filter(|c| chosen(c))
        .map(|c| c.voters_on_lists)
        .sum();
    let open: Vec<u64> = contests
        .iter()
        .zip(weights)
        .map(|(c, w)| {
            if chosen(c) && c.voters_on_lists == 0 {
                u64::from(w.voters)
            } else {
                0
            }
        })
        .collect();
    let rest = sum.checked_sub(taken).ok_or(PlanError::CannotShare {
        total: sum,
        among: contests.len(),
    })?;
    for (contest, part) in contests.iter_mut().zip(share(rest, &open)) {
        contest.voters_on_lists += part;
    }
    Ok(())
}

/// Voters who receive a ballot: near the published turnout, the country near the published national one.
fn received(contests: &mut [Contest], file: &PublishedFile, total: u32) -> Result<(), PlanError> {
    let interim: HashMap<&str, u32> = file
        .contests
        .iter()
        .filter_map(|c| {
            let figure = c
                .figures
                .iter()
                .find(|f| f.measure == "received_ballots" && f.at.is_some())?;
            Some((
                c.area.as_str(),
                format!("{:.0}", figure.value).parse().ok()?,
            ))
        })
        .collect();
    let claims: Vec<Claim> = contests
        .iter()
        .map(|contest| {
            let list = contest.voters_on_lists;
            if let Some(turnout) = contest.published.turnout {
                let near = super::num::part(list, turnout, 10_000);
                return Claim {
                    weight: u64::from(near),
                    low: near,
                    high: near,
                };
            }
            let mut rng = super::rng::Rng::named("contest turnout", super::num::index(contest.no));
            let wish = super::num::part(list, rng.range(5_500, 7_200), 10_000);
            let low = super::num::part(list, 50, 100)
                .max(interim.get(contest.area.as_str()).map_or(0, |n| n + n / 5));
            Claim {
                weight: u64::from(wish),
                low,
                high: super::num::part(list, 80, 100),
            }
        })
        .collect();
    for (contest, part) in contests.iter_mut().zip(share_within(total, &claims)?) {
        contest.received_ballots = part;
    }
    Ok(())
}

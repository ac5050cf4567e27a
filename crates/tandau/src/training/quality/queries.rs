//! What the answers of a programme say, as far as numbers may be shown.

use super::model::{ItemLine, Report, TrainerLine};
use super::store;
use crate::platform::database::Connection;
use crate::platform::{App, Error};
use electoral::training::analysis::{Right, decay, knows_less, shrink};
use std::collections::BTreeMap;

/// The report of a programme in an election. Groups of fewer people than the smallest group hold no figures.
///
/// # Errors
/// What the database reports.
pub async fn report(
    connection: &mut Connection,
    app: &App,
    of: (&str, &str),
) -> Result<Report, Error> {
    let smallest = app.rules.smallest_group();
    let rules = &app.rules.training().quality;
    let items = store::items(connection, of).await?;
    let trainers = store::trainers(connection, of).await?;
    let mut levels: BTreeMap<u64, (Right, Right)> = BTreeMap::new();
    for (level, kind, right, people) in store::levels(connection, of).await? {
        if people < smallest {
            continue;
        }
        let (before, after) = levels.entry(level).or_default();
        if kind == "before" {
            *before = right;
        } else {
            *after = right;
        }
    }
    let pairs = store::pairs(connection, of).await?;
    let design = rules.design_percent.value;
    let mut bands = Vec::new();
    for band in decay(&pairs, &rules.decay_days) {
        let people = pairs.iter().filter(|(days, _, _)| {
            *days >= band.from_days && band.to_days.is_none_or(|to| *days <= to)
        });
        let people = u64::try_from(people.count()).unwrap_or(0);
        if people >= smallest {
            let (now, then) = (band.now.thinned(design), band.then.thinned(design));
            bands.push((band, knows_less(now, then, smallest)));
        }
    }
    Ok(Report {
        levels: levels
            .into_iter()
            .map(|(level, (before, after))| (level, before, after))
            .collect(),
        items: by_depth(items, smallest),
        trainers: estimated(trainers, smallest, design),
        decay: bands,
        smallest,
    })
}

/// Who was drawn for a re-test, in the order of their ids: the person, the session after which they had passed.
///
/// # Errors
/// What the database reports.
pub async fn drawn(
    connection: &mut Connection,
    retest_id: &str,
) -> Result<Vec<(String, String)>, Error> {
    store::drawn(connection, retest_id).await
}

/// Each question at each depth against all depths above it.
fn by_depth(items: Vec<ItemLine>, smallest: u64) -> Vec<ItemLine> {
    let all = items.clone();
    items
        .into_iter()
        .map(|mut item| {
            item.above = all
                .iter()
                .filter(|o| o.question_id == item.question_id && o.level < item.level)
                .fold(Right::default(), |sum, o| sum.and(o.here));
            item.small = item.here.of < smallest;
            if item.small {
                item.here = Right::default();
            } else {
                item.here_interval = item.here.interval();
            }
            if item.above.of < smallest {
                item.above = Right::default();
            }
            item.worse = knows_less(item.here, item.above, smallest).is_some();
            item
        })
        .collect()
}

/// Trainers of each depth together; those with too few people stay without figures and say nothing about the others.
fn estimated(
    trainers: Vec<(TrainerLine, Right)>,
    smallest: u64,
    design_percent: u64,
) -> Vec<TrainerLine> {
    let mut by_level: BTreeMap<u64, Vec<(TrainerLine, Right)>> = BTreeMap::new();
    for one in trainers {
        by_level.entry(one.0.level).or_default().push(one);
    }
    let mut lines = Vec::new();
    for of_level in by_level.into_values() {
        let (large, small): (Vec<_>, Vec<_>) = of_level
            .into_iter()
            .partition(|(line, _)| line.people >= smallest);
        let groups: Vec<Right> = large.iter().map(|(_, right)| *right).collect();
        for ((mut line, _), estimate) in large.into_iter().zip(shrink(&groups, design_percent)) {
            line.estimate = Some(estimate);
            lines.push(line);
        }
        lines.extend(small.into_iter().map(|(line, _)| line));
    }
    lines
}

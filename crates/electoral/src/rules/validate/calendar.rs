use std::collections::BTreeMap;

use super::{text, unique};
use crate::calendar::{ELECTION_DAY, Gives, Op, Step, Unit};
use crate::rules::{RulePack, RulesError};

pub(super) fn validate(pack: &RulePack) -> Result<(), RulesError> {
    let facts = pack.facts.iter().map(|fact| fact.id.as_str());
    let steps = pack.calendar.iter().map(|step| step.id.as_str());
    // Steps and facts share one space of names, the election day included.
    unique("calendar", facts.chain(steps).chain([ELECTION_DAY]))?;
    let by_id: BTreeMap<&str, &Step> = pack.calendar.iter().map(|s| (s.id.as_str(), s)).collect();
    let is_fact = |id: &str| pack.facts.iter().any(|fact| fact.id == id);
    for step in &pack.calendar {
        let key = format!("calendar.{}", step.id);
        text(&key, &step.name)?;
        shape(step)?;
        let anchor = step.anchor.as_str();
        let known = anchor == ELECTION_DAY || is_fact(anchor) || by_id.contains_key(anchor);
        let other = step.other_side.as_deref();
        let other_known = other.is_none_or(|id| by_id.contains_key(id));
        if !known || !other_known {
            let unknown = if known {
                other.unwrap_or_default()
            } else {
                anchor
            };
            return Err(RulesError::UnknownAnchor {
                step: step.id.clone(),
                anchor: unknown.to_owned(),
            });
        }
    }
    for step in &pack.calendar {
        follow(step, &by_id)?;
    }
    Ok(())
}

/// Whether number, unit and hour make sense for the operation.
fn shape(step: &Step) -> Result<(), RulesError> {
    let bad = |reason| {
        Err(RulesError::BadStep {
            step: step.id.clone(),
            reason,
        })
    };
    match step.op {
        Op::EndBefore | Op::StartBefore if step.unit != Unit::Days => {
            bad("this operation counts days")
        }
        Op::EndBeforeMonths if step.unit != Unit::Months => bad("this operation counts months"),
        Op::DayAfter if step.n != 0 => bad("the day after has no number"),
        Op::Fixed if step.hour.is_none() => bad("a fixed step states its hour"),
        Op::Fixed if step.unit != Unit::Days => bad("a fixed step counts days"),
        _ if step.op != Op::Fixed && step.n < 0 => bad("the number can't be negative"),
        _ if step.side() == Gives::Day && (step.hour.is_some() || step.unit == Unit::Hours) => {
            bad("a whole day has no hour")
        }
        _ if step.unit == Unit::Hours && step.hour.is_some() => {
            bad("hours after a moment leave no room for an hour")
        }
        _ => Ok(()),
    }
}

/// Walks everything that a step waits for; coming back to it is a circle.
fn follow(start: &Step, by_id: &BTreeMap<&str, &Step>) -> Result<(), RulesError> {
    let mut seen: Vec<&str> = Vec::new();
    let mut open: Vec<&str> = next(start);
    while let Some(id) = open.pop() {
        if id == start.id {
            let mut path: Vec<String> = vec![start.id.clone()];
            path.extend(seen.iter().map(|id| (*id).to_owned()));
            return Err(RulesError::Cycle {
                step: start.id.clone(),
                path,
            });
        }
        if seen.contains(&id) {
            continue;
        }
        seen.push(id);
        if let Some(step) = by_id.get(id) {
            open.extend(next(step));
        }
    }
    Ok(())
}

fn next(step: &Step) -> Vec<&str> {
    let anchor = Some(step.anchor.as_str());
    [anchor, step.other_side.as_deref()]
        .into_iter()
        .flatten()
        .collect()
}

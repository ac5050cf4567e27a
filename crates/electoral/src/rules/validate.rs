//! What the parts of a pack say about each other.

mod calendar;
mod form;

use std::collections::BTreeSet;

use super::{RulePack, RulesError};
use crate::text::Text;

pub(super) fn validate(pack: &RulePack) -> Result<(), RulesError> {
    id("id", &pack.id)?;
    for act in pack.acts.keys() {
        id("acts", act)?;
    }
    if !pack.acts.contains_key(&pack.act) {
        return Err(RulesError::UnknownAct {
            key: "act".to_owned(),
            act: pack.act.clone(),
        });
    }
    text("name", &pack.name)?;
    contest(pack)?;
    people(pack)?;
    organisation(pack)?;
    calendar::validate(pack)?;
    if let Some(protocol) = &pack.protocol {
        form::validate(protocol)?;
    }
    Ok(())
}

fn contest(pack: &RulePack) -> Result<(), RulesError> {
    let contest = &pack.contest;
    text("contest.office", &contest.office)?;
    text("contest.constituency", &contest.constituency.value)?;
    text("contest.called_by", &contest.called_by.value)?;
    if contest.seats.as_ref().is_some_and(|seats| seats.value == 0) {
        return Err(bad("contest.seats", "there must be a seat"));
    }
    if let Some(lists) = &contest.lists {
        let key = "contest.lists";
        if lists.threshold_percent.value.parts() > 1_000_000 {
            return Err(bad(key, "a threshold can't be above 100 %"));
        }
    }
    Ok(())
}

fn people(pack: &RulePack) -> Result<(), RulesError> {
    let nominators = pack.nominators.iter();
    unique("nominators", nominators.map(|n| n.id.as_str()))?;
    for nominator in &pack.nominators {
        let key = format!("nominators.{}", nominator.id);
        text(&key, &nominator.name)?;
        text(&key, &nominator.condition)?;
    }
    unique(
        "eligibility",
        pack.eligibility.iter().map(|r| r.id.as_str()),
    )?;
    for row in &pack.eligibility {
        let key = format!("eligibility.{}", row.id);
        for words in [&row.requirement, &row.evidence, &row.checker] {
            text(&key, words)?;
        }
    }
    unique("documents", pack.documents.iter().map(|d| d.id.as_str()))?;
    for document in &pack.documents {
        let key = format!("documents.{}", document.id);
        text(&key, &document.name)?;
        for nominator in &document.nominators {
            if pack.nominator(nominator).is_none() {
                return Err(RulesError::UnknownNominator {
                    document: document.id.clone(),
                    nominator: nominator.clone(),
                });
            }
        }
    }
    unique("losses", pack.losses.iter().map(|l| l.id.as_str()))?;
    for loss in &pack.losses {
        let key = format!("losses.{}", loss.id);
        text(&key, &loss.name)?;
        if loss.acts.is_empty() {
            return Err(bad(&key, "no act gives this reason"));
        }
    }
    if let Some(deposit) = &pack.deposit {
        let wages = u64::from(deposit.minimum_wages.value);
        if let (Some(wage), Some(amount)) = (&deposit.minimum_wage_kzt, &deposit.amount_kzt)
            && wage.value.checked_mul(wages) != Some(amount.value)
        {
            return Err(bad("deposit.amount_kzt", "not the multiple of the wage"));
        }
    }
    Ok(())
}

fn organisation(pack: &RulePack) -> Result<(), RulesError> {
    if let Some(rules) = &pack.commissions {
        unique(
            "commissions.levels",
            rules.levels.iter().map(|l| l.id.as_str()),
        )?;
        for level in &rules.levels {
            let key = format!("commissions.levels.{}", level.id);
            text(&key, &level.name)?;
            let bounds: Vec<u64> = level
                .sizes
                .iter()
                .map(|band| band.voters_max.unwrap_or(u64::MAX))
                .collect();
            if bounds.last() != Some(&u64::MAX) || !bounds.is_sorted_by(|a, b| a < b) {
                return Err(bad(&key, "bands must rise and the last be open"));
            }
            if level.sizes.iter().any(|b| b.members_min > b.members_max) {
                return Err(bad(&key, "a band's least is above its most"));
            }
        }
    }
    if let Some(rules) = &pack.voting
        && rules.starts.value >= rules.ends.value
    {
        return Err(bad("voting.ends", "voting ends before it starts"));
    }
    if let Some(rules) = &pack.turnout {
        unique("turnout.slots", rules.slots.iter().map(|s| s.id.as_str()))?;
        let times: Vec<_> = rules.slots.iter().filter_map(|slot| slot.time).collect();
        if !times.is_sorted_by(|a, b| a < b) {
            return Err(bad("turnout.slots", "slots must follow each other"));
        }
        let last = rules.slots.len().saturating_sub(1);
        if rules
            .slots
            .iter()
            .take(last)
            .any(|slot| slot.time.is_none())
        {
            return Err(bad("turnout.slots", "only the last slot may lack a time"));
        }
        if rules
            .slots
            .iter()
            .any(|slot| slot.time.is_some() == slot.minutes_after_closing.is_some())
        {
            return Err(bad(
                "turnout.slots",
                "a slot has a time, or minutes after closing",
            ));
        }
    }
    unique("facts", pack.facts.iter().map(|fact| fact.id.as_str()))?;
    for fact in &pack.facts {
        text(&format!("facts.{}", fact.id), &fact.name)?;
    }
    Ok(())
}

fn bad(key: &str, reason: &'static str) -> RulesError {
    RulesError::BadValue {
        key: key.to_owned(),
        reason,
    }
}

fn id(key: &str, id: &str) -> Result<(), RulesError> {
    let known = |c: char| {
        c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-' | ':' | '.')
    };
    if id.is_empty() || id.len() > 64 || !id.chars().all(known) {
        return Err(RulesError::BadId {
            key: key.to_owned(),
            id: id.chars().take(80).collect(),
        });
    }
    Ok(())
}

fn unique<'a>(key: &str, ids: impl Iterator<Item = &'a str>) -> Result<(), RulesError> {
    let mut seen = BTreeSet::new();
    for found in ids {
        id(key, found)?;
        if !seen.insert(found) {
            return Err(RulesError::Duplicate {
                key: key.to_owned(),
                id: found.to_owned(),
            });
        }
    }
    Ok(())
}

fn text(key: &str, text: &Text) -> Result<(), RulesError> {
    match text.blank() {
        None => Ok(()),
        Some(language) => Err(RulesError::BlankText {
            key: key.to_owned(),
            language,
        }),
    }
}

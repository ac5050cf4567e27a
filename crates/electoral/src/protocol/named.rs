//! The checks that arithmetic over lines can't say.

use std::collections::BTreeSet;

use super::check::{Stage, Work, as_figure};
use super::entry::LineKey;
use super::finding::Finding;
use super::form::{Check, Kind, NamedCheck};
use crate::tabulation::{Decimal, ResultShare, Turnout};
use crate::text::Language;
use crate::turnout;
use crate::words;

/// A figure in words as somebody typed it from the paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedWords {
    /// The figure concerned.
    pub key: LineKey,
    /// Language of the words.
    pub language: Language,
    /// The words.
    pub words: String,
}

/// A share as somebody published it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedShare {
    /// The votes concerned: a candidate's or "against all".
    pub key: LineKey,
    /// The share in per cent, as printed.
    pub percent: Decimal,
}

/// Placeholders that a named check can fill.
pub(crate) fn placeholders(named: NamedCheck) -> &'static [&'static str] {
    match named {
        NamedCheck::NotANumber
        | NamedCheck::Negative
        | NamedCheck::Missing
        | NamedCheck::Unknown
        | NamedCheck::OfficerIssued => &["line", "item", "figure"],
        NamedCheck::TooLong => &["line", "item", "limit"],
        NamedCheck::AboveLine => &["line", "item", "figure", "limit"],
        NamedCheck::OverfullBoxValid => &["invalid", "overfull", "difference", "left", "right"],
        NamedCheck::Words => &["line", "item", "figure", "words"],
        NamedCheck::SumOfStations => &["line", "item", "left", "right", "difference"],
        NamedCheck::TurnoutEnd => &["slot", "left", "right", "difference"],
        NamedCheck::ShareDenominator => &["line", "item", "printed", "computed"],
        NamedCheck::InvalidShare => &["invalid", "found", "share", "limit"],
        NamedCheck::AllToOne => &["item", "figure"],
        NamedCheck::FullTurnout => &["issued", "list", "share", "limit"],
    }
}

/// Lines a named check reads, in order, and what they must be.
pub(crate) fn roles(named: NamedCheck) -> &'static [Kind] {
    match named {
        NamedCheck::OfficerIssued => &[Kind::PerMember],
        NamedCheck::OverfullBoxValid => &[Kind::PerBox, Kind::PerBox, Kind::Single],
        NamedCheck::TurnoutEnd => &[Kind::Single],
        NamedCheck::ShareDenominator => &[Kind::Single],
        NamedCheck::InvalidShare | NamedCheck::FullTurnout => &[Kind::Single, Kind::Single],
        NamedCheck::AllToOne => &[Kind::PerCandidate, Kind::Single],
        _ => &[],
    }
}

pub(super) fn run(work: &Work<'_>, check: &Check) -> Vec<Finding> {
    let Some(named) = check.named else {
        return Vec::new();
    };
    match named {
        // Found while a figure is read, before it is an entry.
        NamedCheck::NotANumber | NamedCheck::Negative => Vec::new(),
        // Needs the stations: see `check_sum`.
        NamedCheck::SumOfStations => Vec::new(),
        NamedCheck::TooLong => too_long(work, check),
        NamedCheck::AboveLine => above_line(work, check),
        NamedCheck::Missing => missing(work, check),
        NamedCheck::Unknown => unknown(work, check),
        NamedCheck::OfficerIssued => officer_issued(work, check),
        NamedCheck::OverfullBoxValid => overfull(work, check).into_iter().collect(),
        NamedCheck::Words => typed_words(work, check),
        NamedCheck::TurnoutEnd => turnout_end(work, check),
        NamedCheck::ShareDenominator => share_denominator(work, check),
        NamedCheck::InvalidShare => invalid_share(work, check).into_iter().collect(),
        NamedCheck::AllToOne => all_to_one(work, check).into_iter().collect(),
        NamedCheck::FullTurnout => full_turnout(work, check).into_iter().collect(),
    }
}

fn too_long(work: &Work<'_>, check: &Check) -> Vec<Finding> {
    let limit = work.form.limits.digits_max.value;
    let long = |figure: u64| figure.checked_ilog10().unwrap_or(0) >= limit;
    let values = work.entry.values.iter();
    values
        .filter(|(_, figure)| long(**figure))
        .map(|(key, _)| {
            Finding::new(check)
                .with_line(key.clone())
                .with_figure("limit", u64::from(limit))
        })
        .collect()
}

fn above_line(work: &Work<'_>, check: &Check) -> Vec<Finding> {
    let mut findings = Vec::new();
    for line in &work.form.lines {
        let Some(limit) = line.at_most.as_deref().and_then(|id| work.entry.single(id)) else {
            continue;
        };
        for (key, figure) in work.entry.figures(&line.id) {
            if figure > limit {
                let finding = Finding::new(check).with_line(key.clone());
                findings.push(
                    finding
                        .with_figure("figure", figure)
                        .with_figure("limit", limit),
                );
            }
        }
    }
    findings
}

fn missing(work: &Work<'_>, check: &Check) -> Vec<Finding> {
    if work.context.stage == Stage::Draft {
        return Vec::new();
    }
    let mut keys = Vec::new();
    for line in work.form.lines.iter().filter(|line| line.required) {
        if line.kind == Kind::Single {
            keys.extend(LineKey::single(&line.id));
        }
        let items = work.items(line.kind).iter();
        keys.extend(items.filter_map(|item| LineKey::item(&line.id, item).ok()));
    }
    keys.into_iter()
        .filter(|key| !work.entry.values.contains_key(key))
        .map(|key| Finding::new(check).with_line(key))
        .collect()
}

fn unknown(work: &Work<'_>, check: &Check) -> Vec<Finding> {
    let known = |key: &LineKey| match (work.form.line(key.line()), key.item_id()) {
        (None, _) => false,
        (Some(line), None) => line.kind == Kind::Single,
        // A barred member's figure is a finding of its own.
        (Some(line), Some(item)) => {
            work.items(line.kind).iter().any(|known| known == item)
                || (line.kind == Kind::PerMember
                    && work
                        .context
                        .barred_members
                        .iter()
                        .any(|known| known == item))
        }
    };
    let keys = work.entry.values.iter().filter(|(key, _)| !known(key));
    keys.map(|(key, figure)| {
        Finding::new(check)
            .with_line(key.clone())
            .with_figure("figure", *figure)
    })
    .collect()
}

fn officer_issued(work: &Work<'_>, check: &Check) -> Vec<Finding> {
    let Some(line) = check.lines.first() else {
        return Vec::new();
    };
    let barred: BTreeSet<&String> = work.context.barred_members.iter().collect();
    let figures = work.entry.figures(line);
    figures
        .filter(|(key, figure)| {
            *figure > 0 && barred.iter().any(|id| key.item_id() == Some(id.as_str()))
        })
        .map(|(key, figure)| {
            Finding::new(check)
                .with_line(key.clone())
                .with_figure("figure", figure)
        })
        .collect()
}

/// All ballots of a portable box that holds more than was asked for are invalid.
fn overfull(work: &Work<'_>, check: &Check) -> Option<Finding> {
    let [applications, found, invalid] = check.lines.as_slice() else {
        return None;
    };
    let mut overfull: u64 = 0;
    let mut finding = Finding::new(check);
    for (key, in_box) in work.entry.figures(found) {
        let asked = key
            .item_id()
            .and_then(|item| work.entry.of(applications, item));
        if asked.is_some_and(|asked| in_box > asked) {
            overfull = overfull.checked_add(in_box)?;
            finding.lines.push(key.clone());
        }
    }
    let declared = work.entry.single(invalid)?;
    if overfull <= declared {
        return None;
    }
    finding.lines.extend(LineKey::single(invalid));
    let finding = finding
        .with_figure("invalid", declared)
        .with_figure("overfull", overfull);
    Some(finding.with_sides(i128::from(declared), i128::from(overfull)))
}

fn typed_words(work: &Work<'_>, check: &Check) -> Vec<Finding> {
    let mut findings = Vec::new();
    for typed in work.context.words {
        let Some(figure) = work.entry.values.get(&typed.key).copied() else {
            continue;
        };
        if !words::matches(figure, typed.language, &typed.words) {
            let expected = words::spell(figure, typed.language).unwrap_or_default();
            let finding = Finding::new(check).with_line(typed.key.clone());
            findings.push(
                finding
                    .with_figure("figure", figure)
                    .with_word("words", &expected),
            );
        }
    }
    findings
}

fn turnout_end(work: &Work<'_>, check: &Check) -> Vec<Finding> {
    let (Some(reports), Some(line)) = (work.context.turnout, check.lines.first()) else {
        return Vec::new();
    };
    let Some(issued) = work.entry.single(line) else {
        return Vec::new();
    };
    let build = |slot: &str, left: u64, right: u64| {
        let mut finding = Finding::new(check).with_word("slot", slot);
        finding.lines.extend(LineKey::single(line));
        finding.with_sides(i128::from(left), i128::from(right))
    };
    let latest = turnout::latest(reports);
    let mut findings = Vec::new();
    for report in &latest {
        let last = work.context.final_slot == Some(report.slot.as_str());
        if report.issued > issued || (last && report.issued != issued) {
            findings.push(build(&report.slot, report.issued, issued));
        }
    }
    findings
}

fn share_denominator(work: &Work<'_>, check: &Check) -> Vec<Finding> {
    let Some(took_part) = check.lines.first().and_then(|id| work.entry.single(id)) else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    for published in work.context.shares {
        let Some(votes) = work.entry.values.get(&published.key).copied() else {
            continue;
        };
        let Ok(share) = ResultShare::new(votes, took_part) else {
            continue;
        };
        let computed = share.percent(published.percent.decimals());
        if computed != published.percent {
            let finding = Finding::new(check).with_line(published.key.clone());
            findings.push(
                finding
                    .with_word("printed", &published.percent.to_string())
                    .with_word("computed", &computed.to_string()),
            );
        }
    }
    findings
}

fn invalid_share(work: &Work<'_>, check: &Check) -> Option<Finding> {
    let [invalid, found] = check.lines.as_slice() else {
        return None;
    };
    let (bad, all) = (work.entry.single(invalid)?, work.entry.single(found)?);
    let limit = work.form.limits.invalid_percent_max.value;
    if all == 0 || !limit.exceeded(bad, all) {
        return None;
    }
    let mut finding = Finding::new(check);
    finding.lines.extend(LineKey::single(invalid));
    finding.lines.extend(LineKey::single(found));
    let share = ResultShare::new(bad, all).ok()?.percent(1);
    Some(
        finding
            .with_figure("invalid", bad)
            .with_figure("found", all)
            .with_word("share", &share.to_string())
            .with_word("limit", &limit.to_string()),
    )
}

fn all_to_one(work: &Work<'_>, check: &Check) -> Option<Finding> {
    let [votes, against] = check.lines.as_slice() else {
        return None;
    };
    if work.context.candidates.len() < 2 || work.entry.single(against).unwrap_or(0) > 0 {
        return None;
    }
    let total = work.sum(votes)?;
    let least = work.form.limits.all_to_one_votes_min.value;
    if total < u128::from(least) || total == 0 {
        return None;
    }
    let (key, figure) = work
        .entry
        .figures(votes)
        .find(|(_, figure)| u128::from(*figure) == total)?;
    debug_assert_eq!(as_figure(total), i128::from(figure));
    Some(
        Finding::new(check)
            .with_line(key.clone())
            .with_figure("figure", figure),
    )
}

fn full_turnout(work: &Work<'_>, check: &Check) -> Option<Finding> {
    let [issued, list] = check.lines.as_slice() else {
        return None;
    };
    let (part, whole) = (work.entry.single(issued)?, work.entry.single(list)?);
    let limit = work.form.limits.turnout_percent_max.value;
    if whole == 0 || !limit.reached(part, whole) {
        return None;
    }
    let mut finding = Finding::new(check);
    finding.lines.extend(LineKey::single(issued));
    finding.lines.extend(LineKey::single(list));
    // More ballots than voters is an error of its own (R4), not a high turnout.
    let share = Turnout::new(part, whole).ok()?.percent(1);
    Some(
        finding
            .with_figure("issued", part)
            .with_figure("list", whole)
            .with_word("share", &share.to_string())
            .with_word("limit", &limit.to_string()),
    )
}

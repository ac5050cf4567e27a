//! The fields of one step and the sums below them.

use super::script::{Script, Step};
use super::words::InWords;
use crate::counting::actions::field_name;
use crate::counting::sheet::{MAX_BOXES, Sheet, boxes, language};
use crate::platform::i18n::number;
use crate::platform::{Error, T};
use electoral::protocol::expression::{Comparison, Expr, Relation};
use electoral::protocol::{Audience, Check, Finding, Kind, Line, LineKey, ProtocolEntry};
use std::collections::{BTreeMap, BTreeSet};

/// Portable boxes offered before any is used.
const BOXES_OFFERED: usize = 2;

/// One number field.
pub(super) struct Field {
    pub(super) name: String,
    pub(super) label: String,
    /// Number of the line on the form.
    pub(super) line: String,
    pub(super) value: String,
    pub(super) error: String,
    /// The figure that is kept, read back in words.
    pub(super) words: InWords,
}

/// Fields under one heading; empty heading for lines that stand once.
pub(super) struct Block {
    pub(super) heading: String,
    pub(super) fields: Vec<Field>,
}

/// A relation that must add up, for the page and for the script that watches it.
pub(super) struct SumBox {
    pub(super) left: String,
    pub(super) right: String,
    pub(super) known: String,
    pub(super) differs: String,
    pub(super) total: String,
    pub(super) target_label: String,
    pub(super) target: String,
    pub(super) sentence: String,
    in_step: usize,
}

/// A step of the form.
pub(super) struct StepForm {
    pub(super) blocks: Vec<Block>,
    /// The relation whose fields are mostly here: it stays in sight while one types.
    pub(super) main: Option<SumBox>,
    pub(super) others: Vec<SumBox>,
    pub(super) script: Script,
}

/// Number of a line on the form, from 1.
pub(super) fn line_number(sheet: &Sheet, id: &str) -> usize {
    sheet
        .rules
        .protocol
        .as_ref()
        .and_then(|form| form.lines.iter().position(|line| line.id == id))
        .map_or(0, |place| place + 1)
}

/// The words beside a figure: the line's, or the name of the candidate, member or box.
pub(super) fn label(t: T, sheet: &Sheet, key: &LineKey) -> String {
    let words = sheet
        .rules
        .protocol
        .as_ref()
        .and_then(|form| form.line(key.line()))
        .map_or(key.line(), |line| line.label.get(language(t.lang)));
    let Some(item) = key.item_id() else {
        return words.to_owned();
    };
    match sheet.item_name(item, t.lang) {
        Some(name) => name,
        None => format!("{words}, {}", t.counting_box(item.to_owned())),
    }
}

/// The keys of a step in the order in which they are typed.
pub(super) fn keys(
    sheet: &Sheet,
    group: &str,
    entry: &ProtocolEntry,
) -> Result<Vec<LineKey>, Error> {
    let mut keys = Vec::new();
    for block in plan(sheet, group, entry)? {
        keys.extend(block.1);
    }
    Ok(keys)
}

/// Headings with their keys: portable boxes one by one, everything else line by line.
fn plan(
    sheet: &Sheet,
    group: &str,
    entry: &ProtocolEntry,
) -> Result<Vec<(Option<String>, Vec<LineKey>)>, Error> {
    let form = sheet.form()?;
    let lines: Vec<&Line> = form.group_lines(group).collect();
    let mut plan: Vec<(Option<String>, Vec<LineKey>)> = Vec::new();
    let per_box: Vec<&Line> = lines
        .iter()
        .copied()
        .filter(|l| l.kind == Kind::PerBox)
        .collect();
    if !per_box.is_empty() {
        let used = boxes(form, entry)
            .last()
            .and_then(|n| n.parse().ok())
            .unwrap_or(0);
        let offered = BOXES_OFFERED.max(used + 1).min(MAX_BOXES);
        for number in 1..=offered {
            let item = number.to_string();
            let keys = per_box
                .iter()
                .filter_map(|l| LineKey::item(&l.id, &item).ok());
            plan.push((Some(item.clone()), keys.collect()));
        }
    }
    for line in lines {
        match line.kind {
            Kind::PerBox => {}
            Kind::Single => {
                let key = LineKey::single(&line.id).map_err(Error::internal)?;
                match plan.last_mut() {
                    Some((None, keys)) => keys.push(key),
                    _ => plan.push((None, vec![key])),
                }
            }
            Kind::PerCandidate | Kind::PerMember => {
                let items = sheet.items(line.kind, entry);
                let keys = items.iter().filter_map(|i| LineKey::item(&line.id, i).ok());
                plan.push((Some(line.id.clone()), keys.collect()));
            }
        }
    }
    Ok(plan)
}

/// Builds a step. `typed` is what was sent and could not be read; it is shown again.
pub(super) fn build(
    t: T,
    sheet: &Sheet,
    group: &str,
    entry: &ProtocolEntry,
    findings: &[Finding],
    typed: &BTreeMap<String, (String, String)>,
) -> Result<StepForm, Error> {
    let form = sheet.form()?;
    let lang = language(t.lang);
    let all = keys(sheet, group, entry)?;
    let here: BTreeSet<&LineKey> = all.iter().collect();
    let mut sums: Vec<SumBox> = Vec::new();
    let mut summed: BTreeSet<&str> = BTreeSet::new();
    for check in &form.checks {
        if closing_group(sheet, check) != Some(group) {
            continue;
        }
        if let Some(sum) = sum_box(t, sheet, check, entry, &here, findings) {
            summed.insert(&check.code);
            sums.push(sum);
        }
    }
    let script = Step {
        t,
        sheet,
        form,
        group,
        entry,
        here: &all,
        summed: &summed,
    }
    .script(findings);
    let mut told = field_errors(t, sheet, group, findings, &summed, &all);
    let mut blocks = Vec::new();
    for (heading, keys) in plan(sheet, group, entry)? {
        let heading = match heading {
            None => String::new(),
            Some(id) => match form.line(&id) {
                Some(line) => line.label.get(lang).to_owned(),
                None => t.counting_box_heading(id),
            },
        };
        let fields = keys
            .into_iter()
            .map(|key| {
                let name = field_name(&key);
                let (value, error) = match typed.get(&name) {
                    Some((value, error)) => (value.clone(), error.clone()),
                    None => (
                        entry
                            .values
                            .get(&key)
                            .map_or_else(String::new, u64::to_string),
                        told.remove(&key).unwrap_or_default(),
                    ),
                };
                Field {
                    words: if typed.contains_key(&name) {
                        InWords::default()
                    } else {
                        InWords::of(entry.values.get(&key).copied())
                    },
                    label: field_label(t, sheet, &key),
                    line: line_number(sheet, key.line()).to_string(),
                    name,
                    value,
                    error,
                }
            })
            .collect();
        blocks.push(Block { heading, fields });
    }
    let place = sums
        .iter()
        .enumerate()
        .max_by_key(|(place, sum)| (sum.in_step, usize::MAX - place))
        .map(|(place, _)| place);
    let main = place.map(|place| sums.remove(place));
    Ok(StepForm {
        blocks,
        main,
        others: sums,
        script,
    })
}

/// Under a heading that names the box, a field needs only the words of its line.
fn field_label(t: T, sheet: &Sheet, key: &LineKey) -> String {
    let line = sheet
        .rules
        .protocol
        .as_ref()
        .and_then(|f| f.line(key.line()));
    match line {
        Some(line) if line.kind == Kind::PerBox => line.label.get(language(t.lang)).to_owned(),
        _ => label(t, sheet, key),
    }
}

/// The step at which the last figure of a check is typed.
pub(super) fn closing_group<'s>(sheet: &'s Sheet, check: &Check) -> Option<&'s str> {
    let form = sheet.rules.protocol.as_ref()?;
    let relation = check.relation.as_ref()?;
    let groups = |id: &str| {
        let group = &form.line(id)?.group;
        form.groups.iter().position(|g| g.id == *group)
    };
    let last = relation
        .lines()
        .into_iter()
        .filter_map(|(id, _)| groups(id))
        .max()?;
    form.groups.get(last).map(|g| g.id.as_str())
}

/// Whether a finding is told at this step: one of its figures is typed here and the rest before.
pub(super) fn told_here(sheet: &Sheet, group: &str, finding: &Finding) -> bool {
    let Some(check) = sheet
        .rules
        .protocol
        .as_ref()
        .and_then(|f| f.check(&finding.code))
    else {
        return false;
    };
    if check.relation.is_some() {
        return closing_group(sheet, check) == Some(group);
    }
    let group_of = |key: &LineKey| {
        let form = sheet.rules.protocol.as_ref()?;
        Some(form.line(key.line())?.group.as_str())
    };
    finding.lines.iter().any(|key| group_of(key) == Some(group))
}

fn field_errors(
    t: T,
    sheet: &Sheet,
    group: &str,
    findings: &[Finding],
    summed: &BTreeSet<&str>,
    all: &[LineKey],
) -> BTreeMap<LineKey, String> {
    let mut told: BTreeMap<LineKey, String> = BTreeMap::new();
    for finding in findings {
        if summed.contains(finding.code.as_str()) || !told_here(sheet, group, finding) {
            continue;
        }
        // At the line that is typed last: there the reader knows all of them.
        let place = all.iter().rev().find(|key| finding.lines.contains(key));
        if let Some(key) = place {
            let text = told.entry(key.clone()).or_default();
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&sentence(t, sheet, finding));
        }
    }
    told
}

/// The sentence of a finding for the one who types.
pub(super) fn sentence(t: T, sheet: &Sheet, finding: &Finding) -> String {
    match &sheet.rules.protocol {
        Some(form) => finding.text(form, Audience::Typist, language(t.lang), &|id| {
            sheet.item_name(id, t.lang)
        }),
        None => finding.code.clone(),
    }
}

/// `target = a + b + sum(c)`, whichever side stands first.
fn addition(relation: &Relation) -> Option<(&str, Vec<(&str, bool)>, bool)> {
    if relation.comparison != Comparison::Equal {
        return None;
    }
    let single = |side: &'_ Expr| matches!(side, Expr::Line(_));
    let (target, terms, target_is_left) = if single(&relation.left) {
        (&relation.left, &relation.right, true)
    } else if single(&relation.right) {
        (&relation.right, &relation.left, false)
    } else {
        return None;
    };
    let Expr::Line(target) = target else {
        return None;
    };
    let mut found = Vec::new();
    collect(terms, &mut found).then_some((target.as_str(), found, target_is_left))
}

fn collect<'e>(side: &'e Expr, into: &mut Vec<(&'e str, bool)>) -> bool {
    match side {
        Expr::Line(id) => {
            into.push((id, false));
            true
        }
        Expr::Sum(id) => {
            into.push((id, true));
            true
        }
        Expr::Add(a, b) => collect(a, into) && collect(b, into),
        _ => false,
    }
}

fn sum_box(
    t: T,
    sheet: &Sheet,
    check: &Check,
    entry: &ProtocolEntry,
    here: &BTreeSet<&LineKey>,
    findings: &[Finding],
) -> Option<SumBox> {
    let form = sheet.rules.protocol.as_ref()?;
    let (target, terms, target_is_left) = addition(check.relation.as_ref()?)?;
    let target = LineKey::single(target).ok()?;
    let mut keys = Vec::new();
    for (id, summed) in terms {
        let line = form.line(id)?;
        match (summed, line.kind) {
            (false, Kind::Single) => keys.push(LineKey::single(id).ok()?),
            (true, Kind::PerBox) => return None,
            (true, kind) => {
                for item in sheet.items(kind, entry) {
                    keys.push(LineKey::item(id, &item).ok()?);
                }
            }
            _ => return None,
        }
    }
    let elsewhere: Vec<String> = keys
        .iter()
        .chain([&target])
        .filter(|key| !here.contains(key))
        .filter_map(|key| Some(format!("{}={}", field_name(key), entry.values.get(key)?)))
        .collect();
    let total = keys
        .iter()
        .filter_map(|key| entry.values.get(key))
        .try_fold(0_u64, |sum, figure| sum.checked_add(*figure))?;
    let words = check.typist.get(language(t.lang));
    let differs = if target_is_left {
        words
            .replace("{left}", "{\u{0}}")
            .replace("{right}", "{left}")
            .replace("{\u{0}}", "{right}")
    } else {
        words.to_owned()
    };
    let finding = findings.iter().find(|f| f.code == check.code);
    let names: Vec<String> = keys.iter().map(field_name).collect();
    Some(SumBox {
        left: names.join(" "),
        right: field_name(&target),
        known: elsewhere.join(" "),
        differs,
        total: number(t.lang, total),
        target_label: t.shell_line(line_number(sheet, target.line()).to_string()),
        target: entry
            .values
            .get(&target)
            .map_or_else(|| "–".to_owned(), |n| number(t.lang, *n)),
        sentence: finding.map(|f| sentence(t, sheet, f)).unwrap_or_default(),
        in_step: keys.iter().filter(|key| here.contains(key)).count(),
    })
}

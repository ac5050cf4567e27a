//! The checks that arithmetic can say, with a protocol's figures in place of its lines: `409 + 22 = 431`,
//! or `R1: 409 + 22 ≠ 440`. The office and the public site show the same marks.

use super::model::{Weight, weight};
use crate::platform::Lang;
use crate::platform::i18n::number;
use electoral::protocol::expression::{Comparison, Expr, Relation};
use electoral::protocol::{Check, Finding, Kind, Line, ProtocolEntry, ProtocolForm, Severity};
use std::collections::BTreeMap;

/// More summands than this are shown as their sum.
const SUMMANDS_MAX: usize = 8;

/// A check beside the line that it explains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// `done`, `attention`, `trouble`.
    pub shape: &'static str,
    /// The figures with their sign.
    pub text: String,
}

/// Marks by line; with an item where a check holds for each item by itself.
#[derive(Clone, Debug, Default)]
pub struct Marks(BTreeMap<String, Vec<(Option<String>, Mark)>>);

impl Marks {
    /// The marks of one row: its item's own, and at the last row of a line those of the whole line.
    #[must_use]
    pub fn of(&self, line: &str, item: Option<&str>, last: bool) -> Vec<Mark> {
        let all = self.0.get(line).map_or(&[][..], Vec::as_slice);
        all.iter()
            .filter(|(of, _)| match of {
                Some(of) => item == Some(of.as_str()),
                None => last,
            })
            .map(|(_, mark)| mark.clone())
            .collect()
    }
}

/// The shape that goes with a finding.
#[must_use]
pub fn shape(form: &ProtocolForm, finding: &Finding) -> &'static str {
    match weight(form, finding) {
        Weight::Explain => "attention",
        Weight::Mend | Weight::Fault => "trouble",
    }
}

/// Marks of a protocol. `findings` are those on record, or the live ones of a draft; `order` gives the items
/// of a repeated line as they stand on the paper.
#[must_use]
pub fn marks(
    lang: Lang,
    form: &ProtocolForm,
    entry: &ProtocolEntry,
    findings: &[&Finding],
    order: &dyn Fn(&Line) -> Vec<String>,
) -> Marks {
    let work = Work {
        lang,
        form,
        entry,
        order,
    };
    let mut marks = Marks::default();
    for check in &form.checks {
        let Some(relation) = &check.relation else {
            continue;
        };
        let Some(line) = line_of(relation) else {
            continue;
        };
        let items: Vec<Option<String>> = match work.repeated(relation) {
            Some(repeated) => order(repeated).into_iter().map(Some).collect(),
            None => vec![None],
        };
        for item in items {
            let finding = findings
                .iter()
                .find(|f| f.code == check.code && f.item == item);
            if let Some(mark) = work.mark(check, relation, item.as_deref(), finding.copied()) {
                marks
                    .0
                    .entry(line.to_owned())
                    .or_default()
                    .push((item, mark));
            }
        }
    }
    marks
}

/// The line at which a check is shown: the one that stands alone on its side, else the first.
fn line_of(relation: &Relation) -> Option<&str> {
    match (&relation.left, &relation.right) {
        (Expr::Line(id), _) | (_, Expr::Line(id)) => Some(id),
        _ => relation.lines().first().map(|(id, _)| *id),
    }
}

struct Work<'a> {
    lang: Lang,
    form: &'a ProtocolForm,
    entry: &'a ProtocolEntry,
    order: &'a dyn Fn(&Line) -> Vec<String>,
}

impl Work<'_> {
    /// The repeated line of which a relation speaks item by item.
    fn repeated(&self, relation: &Relation) -> Option<&Line> {
        relation.lines().into_iter().find_map(|(id, summed)| {
            let line = self.form.line(id)?;
            (!summed && line.kind != Kind::Single).then_some(line)
        })
    }

    fn mark(
        &self,
        check: &Check,
        relation: &Relation,
        item: Option<&str>,
        finding: Option<&Finding>,
    ) -> Option<Mark> {
        let written = self.written(relation, item);
        let shape = match (finding, &written) {
            (Some(finding), _) => shape(self.form, finding),
            (None, Some((true, _))) => "done",
            // Figures of another edition of the rules: what does not agree is never shown as agreeing.
            (None, Some((false, _))) if check.severity == Severity::Error => "trouble",
            (None, Some((false, _))) => "attention",
            (None, None) => return None,
        };
        Some(Mark {
            shape,
            text: match (shape, written) {
                ("done", Some((_, text))) => text,
                (_, Some((_, text))) => format!("{}: {text}", check.code),
                (_, None) => check.code.clone(),
            },
        })
    }

    /// Whether a relation holds, and the relation with its figures; nothing while one is missing.
    fn written(&self, relation: &Relation, item: Option<&str>) -> Option<(bool, String)> {
        let left = self.side(&relation.left, item)?;
        let right = self.side(&relation.right, item)?;
        let holds = relation
            .sides(&|id, summed| self.figure(id, summed, item))
            .ok()?
            .holds;
        let sign = match (relation.comparison, holds) {
            (Comparison::Equal, true) => "=",
            (Comparison::Equal, false) => "≠",
            (Comparison::AtMost, true) | (Comparison::Above, false) => "≤",
            (Comparison::AtMost, false) | (Comparison::Above, true) => ">",
            (Comparison::AtLeast, true) | (Comparison::Below, false) => "≥",
            (Comparison::AtLeast, false) | (Comparison::Below, true) => "<",
        };
        let text = match relation.comparison {
            // The sum first, as one adds up on paper.
            Comparison::Equal if matches!(relation.left, Expr::Line(_)) => {
                format!("{right} {sign} {left}")
            }
            _ => format!("{left} {sign} {right}"),
        };
        Some((holds, text))
    }

    fn figure(&self, id: &str, summed: bool, item: Option<&str>) -> Option<u128> {
        let line = self.form.line(id)?;
        if summed {
            return self
                .entry
                .figures(id)
                .try_fold(0_u128, |sum, (_, n)| sum.checked_add(u128::from(n)));
        }
        let figure = match (line.kind, item) {
            (Kind::Single, _) => self.entry.single(id),
            (_, Some(item)) => self.entry.of(id, item),
            (_, None) => return None,
        };
        figure.or((!line.required).then_some(0)).map(u128::from)
    }

    fn side(&self, expr: &Expr, item: Option<&str>) -> Option<String> {
        let shown = |n: u128| number(self.lang, i128::try_from(n).unwrap_or(i128::MAX));
        Some(match expr {
            Expr::Number(n) => number(self.lang, *n),
            Expr::Line(id) => shown(self.figure(id, false, item)?),
            Expr::Sum(id) => self.summands(id)?,
            Expr::Add(a, b) => format!("{} + {}", self.side(a, item)?, self.side(b, item)?),
            Expr::Sub(a, b) => format!("{} \u{2212} {}", self.side(a, item)?, self.side(b, item)?),
            // A limit that is computed is clearer in the sentence of its check.
            Expr::Percent(..) | Expr::Ceil(_) => return None,
        })
    }

    /// `220 + 150 + 50`: as they stand on the ballot and in the commission, not as their ids sort.
    fn summands(&self, id: &str) -> Option<String> {
        let order = (self.order)(self.form.line(id)?);
        let mut figures: Vec<(usize, u64)> = self
            .entry
            .figures(id)
            .map(|(key, n)| {
                let place = order.iter().position(|i| key.item_id() == Some(i));
                (place.unwrap_or(usize::MAX), n)
            })
            .collect();
        figures.sort_by_key(|(place, _)| *place);
        if figures.is_empty() || figures.len() > SUMMANDS_MAX {
            let sum = figures
                .iter()
                .try_fold(0_u128, |sum, (_, n)| sum.checked_add(u128::from(*n)))?;
            return Some(number(self.lang, i128::try_from(sum).ok()?));
        }
        let words: Vec<String> = figures.iter().map(|(_, n)| number(self.lang, *n)).collect();
        Some(words.join(" + "))
    }
}

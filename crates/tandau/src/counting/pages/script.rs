//! The checks of a step as data for the script that shows them while one types (`web/live/checks.ts`): relations
//! and limits from the rule pack, sentences in the reader's language. The server checks the same again.

use super::form::{closing_group, label, sentence, told_here};
use crate::counting::actions::{field_name, typing_sentence};
use crate::counting::sheet::{Sheet, boxes, language};
use crate::platform::T;
use electoral::protocol::expression::{Comparison, Expr, Relation};
use electoral::protocol::{
    Check, Finding, Kind, Line, LineKey, NamedCheck, ProtocolEntry, ProtocolForm, render,
};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What a form carries for the script, each as JSON.
#[derive(Default)]
pub(super) struct Script {
    /// Relations and limits that are told at this step.
    pub(super) checks: String,
    /// Figures of other steps.
    pub(super) known: String,
    /// Sentences for what is no figure.
    pub(super) typing: String,
    /// What only the server can say of a field.
    pub(super) told: String,
}

/// One step of the form.
pub(super) struct Step<'a> {
    pub(super) t: T,
    pub(super) sheet: &'a Sheet,
    pub(super) form: &'a ProtocolForm,
    pub(super) group: &'a str,
    pub(super) entry: &'a ProtocolEntry,
    /// Figures typed here, in their order.
    pub(super) here: &'a [LineKey],
    /// Checks that have a running sum of their own.
    pub(super) summed: &'a BTreeSet<&'a str>,
}

impl Step<'_> {
    pub(super) fn script(&self, findings: &[Finding]) -> Script {
        let known: BTreeMap<String, u64> = self
            .entry
            .values
            .iter()
            .filter(|(key, _)| !self.here.contains(key))
            .map(|(key, figure)| (field_name(key), *figure))
            .collect();
        Script {
            checks: Value::Array(self.checks()).to_string(),
            known: json!(known).to_string(),
            typing: self.typing().to_string(),
            told: self.told(findings).to_string(),
        }
    }

    fn checks(&self) -> Vec<Value> {
        let mut found = Vec::new();
        for check in &self.form.checks {
            if check.named == Some(NamedCheck::AboveLine) {
                found.extend(self.here.iter().filter_map(|key| self.limit(check, key)));
            }
            let Some(relation) = &check.relation else {
                continue;
            };
            if self.summed.contains(check.code.as_str())
                || closing_group(self.sheet, check) != Some(self.group)
            {
                continue;
            }
            match self.repeated(relation) {
                None => found.extend(self.relation(check, relation, None)),
                Some(line) => {
                    let items = self.items(line);
                    let each = items
                        .iter()
                        .map(|i| self.relation(check, relation, Some(i.as_str())));
                    found.extend(each.flatten());
                }
            }
        }
        found
    }

    /// The line of which a relation speaks item by item.
    fn repeated(&self, relation: &Relation) -> Option<&Line> {
        relation.lines().into_iter().find_map(|(id, summed)| {
            let line = self.form.line(id)?;
            (!summed && line.kind != Kind::Single).then_some(line)
        })
    }

    /// Everybody or every box that has a figure, or a field for one.
    fn items(&self, line: &Line) -> Vec<String> {
        let mut items = match line.kind {
            Kind::PerBox => boxes(self.form, self.entry),
            kind => self.sheet.items(kind, self.entry),
        };
        let typed = self.entry.figures(&line.id).map(|(key, _)| key);
        let fields = self.here.iter().filter(|key| key.line() == line.id);
        for key in typed.chain(fields) {
            if let Some(item) = key.item_id()
                && !items.iter().any(|known| known == item)
            {
                items.push(item.to_owned());
            }
        }
        items
    }

    fn relation(&self, check: &Check, relation: &Relation, item: Option<&str>) -> Option<Value> {
        let sign = match relation.comparison {
            Comparison::Equal => "=",
            Comparison::AtMost => "<=",
            Comparison::AtLeast => ">=",
            Comparison::Below => "<",
            Comparison::Above => ">",
        };
        let at = relation
            .lines()
            .into_iter()
            .rev()
            .find_map(|(id, summed)| {
                let of_line = |key: &&LineKey| {
                    key.line() == id && (summed || key.item_id().is_none() || key.item_id() == item)
                };
                self.here.iter().rev().find(of_line)
            })?;
        let mut names = Map::new();
        for line in &self.form.lines {
            if check
                .typist
                .get(language(self.t.lang))
                .contains(&format!("{{{}}}", line.id))
            {
                names.insert(line.id.clone(), self.line(line, item)?);
            }
        }
        Some(json!({
            "code": check.code,
            "at": field_name(at),
            "left": self.expr(&relation.left, item)?,
            "is": sign,
            "right": self.expr(&relation.right, item)?,
            "said": self.said(check, at, item),
            "names": names,
        }))
    }

    /// A figure that can't be above another: told with its first digit too many.
    fn limit(&self, check: &Check, key: &LineKey) -> Option<Value> {
        let limit = self.form.line(key.line())?.at_most.as_deref()?;
        let name = field_name(key);
        Some(json!({
            "code": check.code,
            "at": name,
            "left": name,
            "is": "<=",
            "right": limit,
            "said": self.said(check, key, key.item_id()),
            "names": { "figure": name, "limit": limit },
            "now": true,
        }))
    }

    /// The sentence with everything but its figures filled in.
    fn said(&self, check: &Check, at: &LineKey, item: Option<&str>) -> String {
        let text = check.typist.get(language(self.t.lang));
        render(text, &|name| {
            Some(match (name, item) {
                ("line", _) => self.form.line(at.line()).map_or_else(
                    || label(self.t, self.sheet, at),
                    |line| line.label.get(language(self.t.lang)).to_owned(),
                ),
                ("item", Some(item)) => self
                    .sheet
                    .item_name(item, self.t.lang)
                    .unwrap_or_else(|| item.to_owned()),
                (figure, _) => format!("{{{figure}}}"),
            })
        })
    }

    fn expr(&self, expr: &Expr, item: Option<&str>) -> Option<Value> {
        Some(match expr {
            Expr::Number(n) => json!(n),
            Expr::Line(id) => self.line(self.form.line(id)?, item)?,
            Expr::Sum(id) => self.sum(self.form.line(id)?)?,
            Expr::Add(a, b) => json!(["+", self.expr(a, item)?, self.expr(b, item)?]),
            Expr::Sub(a, b) => json!(["-", self.expr(a, item)?, self.expr(b, item)?]),
            Expr::Percent(a, percent) => json!(["%", self.expr(a, item)?, percent]),
            Expr::Ceil(a) => json!(["ceil", self.expr(a, item)?]),
        })
    }

    fn line(&self, line: &Line, item: Option<&str>) -> Option<Value> {
        let key = match (line.kind, item) {
            (Kind::Single, _) => LineKey::single(&line.id),
            (_, Some(item)) => LineKey::item(&line.id, item),
            (_, None) => return None,
        };
        let name = field_name(&key.ok()?);
        Some(if line.required {
            json!(name)
        } else {
            json!(["?", name])
        })
    }

    fn sum(&self, line: &Line) -> Option<Value> {
        let mut terms = vec![json!("sum")];
        for item in self.items(line) {
            terms.push(match line.kind {
                Kind::PerBox if line.required => self.of_box(line, &item)?,
                _ => self.line(line, Some(&item))?,
            });
        }
        Some(Value::Array(terms))
    }

    /// A figure of a box, 0 while nothing of that box is typed.
    fn of_box(&self, line: &Line, item: &str) -> Option<Value> {
        let mut term = vec![
            json!("box"),
            json!(field_name(&LineKey::item(&line.id, item).ok()?)),
        ];
        let others = self
            .form
            .lines
            .iter()
            .filter(|l| l.kind == Kind::PerBox && l.id != line.id);
        for other in others {
            term.push(json!(field_name(&LineKey::item(&other.id, item).ok()?)));
        }
        Some(Value::Array(term))
    }

    fn typing(&self) -> Value {
        let of = |named| typing_sentence(self.t, self.form, named);
        json!({
            "digits": self.form.limits.digits_max.value,
            "prefix": self.t.shell_error_prefix(),
            "not_a_number": of(NamedCheck::NotANumber),
            "negative": of(NamedCheck::Negative),
            "too_long": of(NamedCheck::TooLong),
        })
    }

    fn told(&self, findings: &[Finding]) -> Value {
        let mut told: BTreeMap<String, String> = BTreeMap::new();
        for finding in findings {
            let named = self.form.check(&finding.code).and_then(|c| c.named);
            let ours =
                named.is_some_and(|n| !matches!(n, NamedCheck::AboveLine | NamedCheck::TooLong));
            if !ours || !told_here(self.sheet, self.group, finding) {
                continue;
            }
            if let Some(key) = finding
                .lines
                .iter()
                .rev()
                .find(|key| self.here.contains(key))
            {
                let text = told.entry(field_name(key)).or_default();
                if !text.is_empty() {
                    text.push(' ');
                }
                text.push_str(&sentence(self.t, self.sheet, finding));
            }
        }
        json!(told)
    }
}

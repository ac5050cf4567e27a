//! One row of the survey as a question: its kind, and what our own columns say of it.

use super::book::Row;
use super::columns::{Column, Heads};
use super::constraint;
use super::left::Reason;
use super::said;
use crate::platform::T;
use electoral::checklist::{Basis, Evidence, Kind, MOST_DUE_DAYS, Milli, Severity};
use electoral::rules::Confidence;
use electoral::text::Text;
use std::collections::BTreeMap;

/// Days before voting, where a form names none.
const USUAL_DAYS: u16 = 5;
/// Characters of a text, where a form names no limit.
const USUAL_CHARS: u16 = 500;
/// The most of a number, where a form names no limit.
const USUAL_MOST: Milli = Milli(1_000_000_000);

/// What a list of choices offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Offer {
    /// Yes and no.
    YesNo,
    /// Also "not applicable".
    YesNoNa,
    /// Anything else.
    Other,
}

/// What a name or label of a choice means: yes, no, not applicable.
pub(super) fn meaning(word: &str) -> Option<usize> {
    const WORDS: [&[&str]; 3] = [
        &["yes", "y", "true", "1", "да", "иә", "ия", "есть", "бар"],
        &["no", "n", "false", "0", "нет", "жоқ"],
        &[
            "na",
            "n_a",
            "n/a",
            "not_applicable",
            "not applicable",
            "неприменимо",
            "не применимо",
            "қолданылмайды",
        ],
    ];
    let word = word.to_lowercase();
    WORDS
        .iter()
        .position(|words| words.contains(&word.as_str()))
}

impl Offer {
    /// Of what each choice means.
    pub(super) fn of(meanings: &[Option<usize>]) -> Self {
        let count = |wanted| meanings.iter().filter(|m| **m == Some(wanted)).count();
        match (meanings.len(), count(0), count(1), count(2)) {
            (2, 1, 1, 0) => Self::YesNo,
            (3, 1, 1, 1) => Self::YesNoNa,
            _ => Self::Other,
        }
    }
}

/// Reads one row; what can't be carried is noted by reason and by what stood there.
pub(super) struct Reading<'a> {
    pub(super) heads: &'a Heads,
    pub(super) row: &'a Row,
    pub(super) offers: &'a BTreeMap<String, Offer>,
    pub(super) bodies: &'a [&'a str],
    pub(super) noted: Vec<(Reason, String)>,
}

impl Reading<'_> {
    fn note(&mut self, reason: Reason, what: impl Into<String>) {
        self.noted.push((reason, what.into()));
    }

    fn own(&self, name: &str) -> &str {
        self.heads.own(self.row, name)
    }

    /// A word of ours, if it is one.
    fn parsed<T>(&mut self, name: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let word = self.own(name).to_owned();
        if word.is_empty() {
            return None;
        }
        let value = parse(&word);
        if value.is_none() {
            self.note(Reason::Value, format!("{name}: {word}"));
        }
        value
    }

    /// A word of ours, or what is usual; a form without the word is told.
    fn or_usual<T>(
        &mut self,
        name: &str,
        parse: impl Fn(&str) -> Option<T>,
        usual: T,
        reason: Reason,
    ) -> T {
        let told = self.noted.len();
        self.parsed(name, parse).unwrap_or_else(|| {
            if self.noted.len() == told {
                self.note(reason, "");
            }
            usual
        })
    }

    fn flag(&mut self, name: &str) -> bool {
        self.parsed(name, truth).unwrap_or(false)
    }

    fn milli(&mut self, name: &str) -> Option<Milli> {
        self.parsed(name, |word| word.parse().ok())
    }

    fn days(&mut self, name: &str) -> Option<u16> {
        self.parsed(name, |word| word.parse().ok())
    }

    /// The kind of question; none for what a checklist hasn't.
    pub(super) fn kind(&mut self) -> Option<Kind> {
        let written = self.heads.cell(self.row, &Column::Type).to_owned();
        let small = written.to_lowercase().replace('_', " ");
        let mut words = small.split_whitespace();
        let kind = match (words.next(), words.next(), words.next()) {
            (Some("select"), Some("one"), Some(list)) if !matches!(list, "from" | "external") => {
                self.choice(&written)?
            }
            (Some("select1"), Some(_), None) => self.choice(&written)?,
            (Some("decimal"), None, None) => self.number(),
            (Some("integer" | "int"), None, None) => {
                self.note(Reason::Whole, "");
                self.number()
            }
            (Some("date"), None, None) => self.date(),
            (Some("text" | "string"), None, None) => self.text(),
            (Some("image" | "photo"), None, None) => Kind::Photo {
                least: self.parsed("photos", |w| w.parse().ok()).unwrap_or(1),
            },
            _ => {
                self.note(Reason::Type, written);
                return None;
            }
        };
        let check = self.heads.cell(self.row, &Column::Constraint).to_owned();
        let understood = match kind {
            Kind::Number { .. } | Kind::Text { .. } => true,
            _ => check.is_empty(),
        };
        if !understood {
            self.note(Reason::Check, check);
        }
        Some(kind)
    }

    /// The condition of a question, which is not carried: where it is not met, "not applicable" can be said.
    fn may_not_apply(&mut self) -> bool {
        let condition = self.heads.cell(self.row, &Column::Relevant);
        if !condition.is_empty() {
            let condition = condition.to_owned();
            self.note(Reason::Condition, condition);
            return true;
        }
        self.flag("not_applicable")
    }

    fn choice(&mut self, written: &str) -> Option<Kind> {
        // Names of lists keep their letters: only the first words are ours.
        let list = written.split_whitespace().filter(|w| {
            !matches!(
                w.to_lowercase().as_str(),
                "select" | "one" | "select_one" | "select1"
            )
        });
        let list: Vec<&str> = list.collect();
        let offer = match list.as_slice() {
            [name] => self.offers.get(*name).copied().unwrap_or(Offer::Other),
            _ => Offer::Other,
        };
        if offer == Offer::Other {
            self.note(Reason::Choices, list.join(" "));
            return None;
        }
        let unmet = |word: &str| match word {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        let unmet_if_yes = self.or_usual("unmet", unmet, false, Reason::Unmet);
        Some(Kind::YesNo {
            not_applicable: self.may_not_apply() || offer == Offer::YesNoNa,
            unmet_if_yes,
        })
    }

    fn number(&mut self) -> Kind {
        let check = self.heads.cell(self.row, &Column::Constraint).to_owned();
        let mut limits = constraint::limits(&check)
            .filter(|l| l.least.unwrap_or(Milli(i64::MIN)) <= l.most.unwrap_or(Milli(i64::MAX)));
        if limits.is_none() && !check.is_empty() {
            self.note(Reason::Check, check);
        }
        let limits = limits.take().unwrap_or_default();
        if limits.least.is_none() || limits.most.is_none() {
            self.note(Reason::Limits, "");
        }
        let least = limits
            .least
            .unwrap_or_else(|| Milli(0).min(limits.most.unwrap_or_default()));
        let most = limits.most.unwrap_or_else(|| USUAL_MOST.max(least));
        let [kk, ru, en] = ["unit_kk", "unit_ru", "unit_en"].map(|name| self.own(name).to_owned());
        let unit = Text { kk, ru, en };
        let unit = if unit.blank().is_some() {
            self.note(Reason::Unit, "");
            said(T::checklists_form_unit)
        } else {
            unit
        };
        let (met_from, met_to) = (self.milli("met_from"), self.milli("met_to"));
        if !self.heads.is_ours() {
            self.note(Reason::Unmet, "");
        }
        Kind::Number {
            unit,
            least,
            most,
            met_from,
            met_to,
            not_applicable: self.may_not_apply(),
        }
    }

    fn date(&mut self) -> Kind {
        if !self.heads.is_ours() {
            self.note(Reason::Unmet, "");
        }
        Kind::Date {
            within_days: self.days("within_days"),
            by_days: self.days("by_days"),
            not_applicable: self.may_not_apply(),
        }
    }

    fn text(&mut self) -> Kind {
        let check = self.heads.cell(self.row, &Column::Constraint).to_owned();
        let most_chars = constraint::most_chars(&check).filter(|most| *most > 0);
        if most_chars.is_none() {
            let reason = if check.is_empty() {
                Reason::Limits
            } else {
                Reason::Check
            };
            self.note(reason, check);
        }
        Kind::Text {
            most_chars: most_chars.unwrap_or(USUAL_CHARS),
        }
    }

    /// A condition of a kind that can't be passed over with "not applicable" is noted here.
    pub(super) fn condition_of_others(&mut self, kind: &Kind) {
        if matches!(kind, Kind::Text { .. } | Kind::Photo { .. }) {
            self.may_not_apply();
        }
    }

    pub(super) fn severity(&mut self) -> Severity {
        self.or_usual(
            "severity",
            Severity::parse,
            Severity::Major,
            Reason::Severity,
        )
    }

    pub(super) fn body(&mut self) -> String {
        let known: Vec<String> = self.bodies.iter().map(|b| (*b).to_owned()).collect();
        let parse = |word: &str| known.iter().find(|b| *b == word).cloned();
        self.or_usual("body", parse, "commission".to_owned(), Reason::Body)
    }

    pub(super) fn due_days(&mut self) -> u16 {
        let parse = |word: &str| word.parse().ok().filter(|days| *days <= MOST_DUE_DAYS);
        self.or_usual("due_days", parse, USUAL_DAYS, Reason::Due)
    }

    pub(super) fn evidence(&mut self) -> Vec<Evidence> {
        let mut evidence = Vec::new();
        for word in self.own("evidence").to_owned().split_whitespace() {
            match Evidence::parse(word) {
                Some(one) if !evidence.contains(&one) => evidence.push(one),
                Some(_) => {}
                None => self.note(Reason::Value, format!("evidence: {word}")),
            }
        }
        evidence
    }

    /// An id of something outside the list; what is none is noted.
    pub(super) fn id(&mut self, name: &str) -> Option<String> {
        self.parsed(name, |word| {
            electoral::checklist::is_id(word).then(|| word.to_owned())
        })
    }

    pub(super) fn basis(&mut self) -> Basis {
        let [article, note] = ["article", "note"].map(|name| self.own(name).to_owned());
        let usual = if article.is_empty() {
            Confidence::Gap
        } else {
            Confidence::FromMemory
        };
        let mut confidence = self.or_usual("confidence", confidence, usual, Reason::Basis);
        if article.is_empty() && confidence != Confidence::Gap {
            self.note(Reason::Value, format!("confidence: {}", confidence.code()));
            confidence = Confidence::Gap;
        }
        Basis {
            article,
            confidence,
            note,
        }
    }
}

fn confidence(word: &str) -> Option<Confidence> {
    [
        Confidence::Sourced,
        Confidence::Computed,
        Confidence::Inferred,
        Confidence::FromMemory,
        Confidence::Gap,
    ]
    .into_iter()
    .find(|c| c.code() == word)
}

/// What a form writes for yes and no.
pub(super) fn truth(word: &str) -> Option<bool> {
    match word.to_lowercase().as_str() {
        "yes" | "true" | "true()" | "1" => Some(true),
        "no" | "false" | "false()" | "0" => Some(false),
        _ => None,
    }
}

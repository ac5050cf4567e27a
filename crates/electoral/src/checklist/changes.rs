//! What a version of a checklist has that an earlier one had not.

use super::{Checklist, Item, Kind};

/// Part of an item that can change between versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// It stands in another section.
    Section,
    /// Other words.
    Wording,
    /// Another hint.
    Hint,
    /// Another kind of answer, or other limits.
    Kind,
    /// It weighs more or less.
    Severity,
    /// Another body mends it.
    Body,
    /// It must hold on another day.
    Due,
    /// Other evidence.
    Evidence,
    /// It tells of another means of access.
    Means,
    /// Another part of the program answers it.
    ToldBy,
    /// It rests on something else.
    Basis,
}

impl Part {
    /// The word of messages and exports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Section => "section",
            Self::Wording => "wording",
            Self::Hint => "hint",
            Self::Kind => "kind",
            Self::Severity => "severity",
            Self::Body => "body",
            Self::Due => "due",
            Self::Evidence => "evidence",
            Self::Means => "means",
            Self::ToldBy => "told-by",
            Self::Basis => "basis",
        }
    }
}

/// What happened to an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// These parts are different.
    Changed(Vec<Part>),
}

/// One item that is not as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change<'a> {
    /// As it is now, or as it was if it is gone.
    pub item: &'a Item,
    /// What happened.
    pub what: What,
}

/// What one version has that another had not.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes<'a> {
    /// Items, in the order of the newer list; those that are gone at the end.
    pub items: Vec<Change<'a>>,
    /// The title or the hours to deadlines are others.
    pub head: bool,
    /// Sections came, went, have another title or another order.
    pub sections: bool,
    /// Items that both have stand in another order.
    pub order: bool,
}

impl Changes<'_> {
    /// Whether the two are the same.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.items.is_empty() && !self.head && !self.sections && !self.order
    }
}

impl Item {
    /// Parts that are different; the ids are taken to be the same.
    fn parts_changed_since(&self, earlier: &Self) -> Vec<Part> {
        [
            (Part::Section, self.section != earlier.section),
            (Part::Wording, self.wording != earlier.wording),
            (Part::Hint, self.hint != earlier.hint),
            (Part::Kind, self.kind != earlier.kind),
            (Part::Severity, self.severity != earlier.severity),
            (Part::Body, self.body != earlier.body),
            (Part::Due, self.due_days != earlier.due_days),
            (Part::Evidence, self.evidence != earlier.evidence),
            (Part::Means, self.means != earlier.means),
            (Part::ToldBy, self.told_by != earlier.told_by),
            (Part::Basis, self.basis != earlier.basis),
        ]
        .into_iter()
        .filter_map(|(part, changed)| changed.then_some(part))
        .collect()
    }
}

/// What becomes of an answer when the question has another version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carried {
    /// Nothing that decides about it is different.
    Whole,
    /// It is an answer to the same question, with other limits: it is judged again.
    Judged,
    /// It answers another question: the question is asked again.
    Asked,
}

impl Item {
    /// What becomes of an answer that was given to `earlier`, the same item of an earlier version. A question whose
    /// words changed together with what makes it unmet is another question, and so is one whose "yes" became its
    /// "no", whose kind is another or whose number has another unit. Other words alone change nothing: they say the same better.
    #[must_use]
    pub fn carries(&self, earlier: &Self) -> Carried {
        if self.kind == earlier.kind {
            return Carried::Whole;
        }
        let same_question = self.wording == earlier.wording
            && match (&self.kind, &earlier.kind) {
                (
                    Kind::YesNo {
                        unmet_if_yes: a, ..
                    },
                    Kind::YesNo {
                        unmet_if_yes: b, ..
                    },
                ) => a == b,
                (Kind::Number { unit: a, .. }, Kind::Number { unit: b, .. }) => a == b,
                (Kind::Date { .. }, Kind::Date { .. })
                | (Kind::Text { .. }, Kind::Text { .. })
                | (Kind::Photo { .. }, Kind::Photo { .. }) => true,
                _ => false,
            };
        if same_question {
            Carried::Judged
        } else {
            Carried::Asked
        }
    }
}

impl Checklist {
    /// What is not as it was in an earlier version.
    #[must_use]
    pub fn changes_since<'a>(&'a self, earlier: &'a Self) -> Changes<'a> {
        let now = self.items.iter().filter_map(|item| {
            let what = match earlier.item(&item.id) {
                None => What::Added,
                Some(before) => What::Changed(item.parts_changed_since(before)),
            };
            (what != What::Changed(Vec::new())).then_some(Change { item, what })
        });
        let gone = earlier
            .items
            .iter()
            .filter(|item| self.item(&item.id).is_none())
            .map(|item| Change {
                item,
                what: What::Removed,
            });
        let kept = |of: &'a Self, other: &'a Self| {
            of.items
                .iter()
                .map(|item| &item.id)
                .filter(|id| other.item(id).is_some())
                .collect::<Vec<_>>()
        };
        Changes {
            items: now.chain(gone).collect(),
            head: self.title != earlier.title || self.deadlines != earlier.deadlines,
            sections: self.sections != earlier.sections,
            order: kept(self, earlier) != kept(earlier, self),
        }
    }
}

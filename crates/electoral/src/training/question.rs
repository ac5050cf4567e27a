//! Questions of a test: what may be answered, and when an answer is right.
//!
//! A question is right or wrong as a whole: whoever reads the result can say why, and an analysis can count.
//! The kind [`Kind::Protocol`] has no key of its own: the checks of the real form decide ([`judge`]).

use crate::protocol::{
    Context, Finding, Kind as LineKind, LineKey, ProtocolEntry, ProtocolForm, Severity, check,
};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Options of a question at most.
pub const OPTIONS_MOST: usize = 12;
/// Lines of the form that one question asks for at most.
pub const LINES_MOST: usize = 30;
/// Characters of a kept answer at most.
pub const ANSWER_MOST: usize = 4_000;

/// Kinds of questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// One of the options.
    One,
    /// All options that are right, and no other.
    Several,
    /// All options in their order.
    Order,
    /// A partner for each option.
    Match,
    /// Lines of a protocol, filled so that the form's checks hold.
    Protocol,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::One,
        Self::Several,
        Self::Order,
        Self::Match,
        Self::Protocol,
    ];

    /// The word kept in tables and files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::One => "one",
            Self::Several => "several",
            Self::Order => "order",
            Self::Match => "match",
            Self::Protocol => "protocol",
        }
    }

    /// The kind of a word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// An answer. [`fmt::Display`] gives the text in which it is kept, [`Answer::parse`] reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The key of an option.
    One(String),
    /// Keys of options.
    Several(BTreeSet<String>),
    /// Keys of all options, the first one first.
    Order(Vec<String>),
    /// Keys of partners by keys of options.
    Match(BTreeMap<String, String>),
    /// Figures by line.
    Figures(ProtocolEntry),
}

/// Letters of keys: they stand in fields, files and kept answers.
#[must_use]
pub fn is_key(text: &str) -> bool {
    (1..=30).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

impl Answer {
    /// Reads a kept answer. None for what no answer of this kind is written as.
    #[must_use]
    pub fn parse(kind: Kind, text: &str) -> Option<Self> {
        if text.len() > ANSWER_MOST {
            return None;
        }
        let parts = || text.split(',').take(OPTIONS_MOST.max(LINES_MOST) + 1);
        let key = |text: &str| is_key(text).then(|| text.to_owned());
        match kind {
            Kind::One => Some(Self::One(key(text)?)),
            Kind::Several => {
                let keys: Vec<String> = parts().map(key).collect::<Option<_>>()?;
                let set: BTreeSet<String> = keys.iter().cloned().collect();
                (set.len() == keys.len()).then_some(Self::Several(set))
            }
            Kind::Order => Some(Self::Order(parts().map(key).collect::<Option<_>>()?)),
            Kind::Match => {
                let mut pairs = BTreeMap::new();
                for part in parts() {
                    let (option, partner) = part.split_once('=')?;
                    if pairs.insert(key(option)?, key(partner)?).is_some() {
                        return None;
                    }
                }
                Some(Self::Match(pairs))
            }
            Kind::Protocol => {
                let mut entry = ProtocolEntry::new();
                for part in parts() {
                    let (line, figure) = part.split_once('=')?;
                    let plain = !figure.is_empty() && figure.bytes().all(|b| b.is_ascii_digit());
                    let figure = plain.then(|| figure.parse().ok()).flatten()?;
                    if entry.set(line.parse().ok()?, figure).is_some() {
                        return None;
                    }
                }
                Some(Self::Figures(entry))
            }
        }
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fn list(f: &mut fmt::Formatter<'_>, parts: impl Iterator<Item = String>) -> fmt::Result {
            for (at, part) in parts.enumerate() {
                if at > 0 {
                    f.write_str(",")?;
                }
                f.write_str(&part)?;
            }
            Ok(())
        }
        match self {
            Self::One(key) => f.write_str(key),
            Self::Several(keys) => list(f, keys.iter().cloned()),
            Self::Order(keys) => list(f, keys.iter().cloned()),
            Self::Match(pairs) => list(f, pairs.iter().map(|(a, b)| format!("{a}={b}"))),
            Self::Figures(entry) => {
                list(f, entry.values.iter().map(|(key, n)| format!("{key}={n}")))
            }
        }
    }
}

/// What an answer is checked against.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Kind.
    pub kind: Kind,
    /// Keys of the options.
    pub options: &'a [&'a str],
    /// Keys of what options are matched with; empty for other kinds.
    pub partners: &'a [&'a str],
    /// Lines to fill; empty for other kinds.
    pub fill: &'a [LineKey],
}

/// Why something is no answer to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nothing was chosen.
    Blank,
    /// An answer of another kind.
    Kind,
    /// An option, partner or line that is not there.
    Option,
    /// An option twice.
    Twice,
    /// Something was left out.
    Incomplete,
}

/// Whether something is an answer at all, right or wrong.
///
/// # Errors
/// [`Fault`].
pub fn check_answer(asked: &Asked<'_>, answer: &Answer) -> Result<(), Fault> {
    let known = |key: &String| asked.options.contains(&key.as_str());
    let whole = |number: usize, of: usize| {
        if number < of {
            Err(Fault::Incomplete)
        } else {
            Ok(())
        }
    };
    match (asked.kind, answer) {
        (Kind::One, Answer::One(key)) => known(key).then_some(()).ok_or(Fault::Option),
        (Kind::Several, Answer::Several(keys)) if keys.is_empty() => Err(Fault::Blank),
        (Kind::Several, Answer::Several(keys)) => {
            keys.iter().all(known).then_some(()).ok_or(Fault::Option)
        }
        (Kind::Order, Answer::Order(keys)) => {
            if !keys.iter().all(known) {
                return Err(Fault::Option);
            }
            if keys.iter().collect::<BTreeSet<_>>().len() != keys.len() {
                return Err(Fault::Twice);
            }
            whole(keys.len(), asked.options.len())
        }
        (Kind::Match, Answer::Match(pairs)) => {
            let partner = |key: &String| asked.partners.contains(&key.as_str());
            if !pairs.keys().all(known) || !pairs.values().all(partner) {
                return Err(Fault::Option);
            }
            whole(pairs.len(), asked.options.len())
        }
        (Kind::Protocol, Answer::Figures(entry)) => {
            if !entry.values.keys().all(|key| asked.fill.contains(key)) {
                return Err(Fault::Option);
            }
            whole(entry.values.len(), asked.fill.len())
        }
        _ => Err(Fault::Kind),
    }
}

/// A protocol to be filled: what stands on the form already.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Exercise {
    /// Figures that are printed on the form.
    pub given: ProtocolEntry,
    /// Lines to fill.
    pub fill: Vec<LineKey>,
}

impl Exercise {
    /// Candidates, members or boxes of the exercise, in the order of their ids.
    #[must_use]
    pub fn items(&self, form: &ProtocolForm, kind: LineKind) -> Vec<String> {
        let keys = self.given.values.keys().chain(&self.fill);
        let items: BTreeSet<&str> = keys
            .filter(|key| form.line(key.line()).is_some_and(|line| line.kind == kind))
            .filter_map(LineKey::item_id)
            .collect();
        items.into_iter().map(str::to_owned).collect()
    }
}

/// What the form's checks say about a filled protocol: the findings that would block it; none when it is right.
/// Relations that need a line which the exercise doesn't show are left out, as on a form that is still being filled.
#[must_use]
pub fn judge(form: &ProtocolForm, exercise: &Exercise, filled: &ProtocolEntry) -> Vec<Finding> {
    let mut entry = exercise.given.clone();
    for (key, figure) in &filled.values {
        entry.set(key.clone(), *figure);
    }
    let candidates = exercise.items(form, LineKind::PerCandidate);
    let members = exercise.items(form, LineKind::PerMember);
    let boxes = exercise.items(form, LineKind::PerBox);
    let context = Context {
        candidates: &candidates,
        issuing_members: &members,
        boxes: &boxes,
        ..Context::default()
    };
    // A sum over members or boxes that the exercise doesn't show would be nought, and no exercise could be right.
    let shown = |id: &str| {
        let optional = form.line(id).is_some_and(|line| !line.required);
        optional || entry.values.keys().any(|key| key.line() == id)
    };
    let concerns = |finding: &Finding| {
        let check = form.check(&finding.code);
        let relation = check.and_then(|check| check.relation.as_ref());
        relation.is_none_or(|relation| relation.lines().iter().all(|(id, _)| shown(id)))
    };
    check(form, &entry, &context)
        .into_iter()
        .filter(|finding| finding.severity == Severity::Error && concerns(finding))
        .collect()
}

/// Whether an answer is right. `exercise` and `form` are read for [`Kind::Protocol`] alone; without them it is wrong.
#[must_use]
pub fn is_right(
    asked: &Asked<'_>,
    key: &Answer,
    answer: &Answer,
    on_form: Option<(&ProtocolForm, &Exercise)>,
) -> bool {
    if check_answer(asked, answer).is_err() {
        return false;
    }
    match (answer, on_form) {
        (Answer::Figures(filled), Some((form, exercise))) => {
            judge(form, exercise, filled).is_empty()
        }
        (Answer::Figures(_), None) => false,
        _ => key == answer,
    }
}

/// Why a question can't stand in a bank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsound {
    /// Too few or too many options, partners or lines.
    Count,
    /// A key of another form, or twice.
    Key,
    /// What is called right is no answer.
    Answer(Fault),
    /// Every option is right: there is nothing to know.
    AllRight,
    /// A line that the form doesn't have, or one that is both printed and to be filled.
    Line(String),
    /// The figures called right break a check of the form.
    Breaks(String),
    /// The checks don't decide this line: another figure would do as well.
    Undecided(String),
}

/// Checks a question before it enters a bank.
///
/// # Errors
/// [`Unsound`].
pub fn check_question(
    asked: &Asked<'_>,
    key: &Answer,
    on_form: Option<(&ProtocolForm, &Exercise)>,
) -> Result<(), Unsound> {
    let (least, partners) = match asked.kind {
        Kind::One | Kind::Several => (2, 0..=0),
        Kind::Order => (3, 0..=0),
        Kind::Match => (2, asked.options.len()..=OPTIONS_MOST),
        Kind::Protocol => (0, 0..=0),
    };
    let most = if asked.kind == Kind::Protocol {
        0
    } else {
        OPTIONS_MOST
    };
    if !(least..=most).contains(&asked.options.len()) || !partners.contains(&asked.partners.len()) {
        return Err(Unsound::Count);
    }
    for keys in [asked.options, asked.partners] {
        let distinct: BTreeSet<&&str> = keys.iter().collect();
        if distinct.len() != keys.len() || !keys.iter().all(|key| is_key(key)) {
            return Err(Unsound::Key);
        }
    }
    check_answer(asked, key).map_err(Unsound::Answer)?;
    match (key, on_form) {
        (Answer::Several(keys), _) if keys.len() == asked.options.len() => Err(Unsound::AllRight),
        (Answer::Figures(figures), Some((form, exercise))) => decided(form, exercise, figures),
        (Answer::Figures(_), None) => Err(Unsound::Count),
        _ => Ok(()),
    }
}

/// Whether the checks of the form allow these figures, and of each line no neighbouring one.
fn decided(
    form: &ProtocolForm,
    exercise: &Exercise,
    figures: &ProtocolEntry,
) -> Result<(), Unsound> {
    if !(1..=LINES_MOST).contains(&exercise.fill.len()) {
        return Err(Unsound::Count);
    }
    let all = exercise.given.values.keys().chain(&exercise.fill);
    for key in all {
        let fits = form
            .line(key.line())
            .is_some_and(|line| (line.kind == LineKind::Single) == key.item_id().is_none());
        if !fits {
            return Err(Unsound::Line(key.to_string()));
        }
    }
    for key in &exercise.fill {
        if exercise.given.values.contains_key(key) {
            return Err(Unsound::Line(key.to_string()));
        }
    }
    if let Some(finding) = judge(form, exercise, figures).first() {
        return Err(Unsound::Breaks(finding.code.clone()));
    }
    for (key, figure) in &figures.values {
        for other in [figure.checked_add(1), figure.checked_sub(1)] {
            let Some(other) = other else { continue };
            let mut changed = figures.clone();
            changed.set(key.clone(), other);
            if judge(form, exercise, &changed).is_empty() {
                return Err(Unsound::Undecided(key.to_string()));
            }
        }
    }
    Ok(())
}

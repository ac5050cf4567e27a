//! A question as fields of a form, and back.

use crate::platform::web::{Choice, FormData};
use crate::platform::{App, Error, T};
use crate::readiness::access::actions::language;
use crate::training::learning::model::{Opt, Question, fault};
use electoral::protocol::{LineKey, ProtocolEntry, ProtocolForm, parse_figure};
use electoral::training::exam::shown;
use electoral::training::question::{Answer, Fault, Kind};
use std::collections::{BTreeMap, BTreeSet};

/// A line of a protocol.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) value: String,
}

/// An option with a list to choose from: places of an order, partners of a match.
#[derive(Clone, Debug)]
pub(super) struct Select {
    pub(super) name: String,
    pub(super) text: String,
    pub(super) choices: Vec<Choice>,
}

/// What the page shows of a question.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    pub(super) kind: &'static str,
    pub(super) text: String,
    pub(super) hint: String,
    pub(super) choices: Vec<Choice>,
    pub(super) selects: Vec<Select>,
    pub(super) given: Vec<Line>,
    pub(super) fill: Vec<Line>,
}

/// The words of a line: its label, and whose it is.
pub(super) fn label(t: T, form: Option<&ProtocolForm>, key: &LineKey) -> String {
    let line = form.and_then(|form| form.line(key.line()));
    let label = line.map_or(key.line(), |line| line.label.get(language(t.lang)));
    match key.item_id() {
        None => label.to_owned(),
        Some(item) => {
            let number: String = item.chars().filter(char::is_ascii_digit).collect();
            t.learning_line_of(
                label,
                if number.is_empty() {
                    item
                } else {
                    number.as_str()
                },
            )
        }
    }
}

/// Options in the order of this test.
fn ordered(question: &Question, options: &[Opt], side: &str, seed: u64) -> Vec<Opt> {
    let keys: Vec<String> = options.iter().map(|o| o.key.clone()).collect();
    let keys = shown(&keys, &format!("{}{side}", question.id), seed);
    keys.iter()
        .filter_map(|key| options.iter().find(|o| o.key == *key).cloned())
        .collect()
}

/// The option at a place of the list as it was shown. A page knows places alone: a key may tell which option is right.
fn at<'a>(shown: &'a [Opt], place: &str) -> Option<&'a str> {
    let place: usize = place.parse().ok()?;
    shown.get(place).map(|option| option.key.as_str())
}

/// A question with what was chosen before. `form` is what was just sent, if the page shows it again.
pub(super) fn of(
    app: &App,
    t: T,
    question: &Question,
    seed: u64,
    kept: Option<&Answer>,
    sent: Option<&FormData>,
) -> Shown {
    let says = &question.says;
    let options = ordered(question, &says.options, "", seed);
    let partners = ordered(question, &says.partners, "=", seed);
    let chosen = |key: &str| match (sent, kept) {
        (Some(form), _) => form
            .all("answer")
            .any(|place| at(&options, place) == Some(key)),
        (None, Some(Answer::One(one))) => one == key,
        (None, Some(Answer::Several(keys))) => keys.contains(key),
        _ => false,
    };
    let before = |name: &str, from: &dyn Fn(&Answer) -> Option<String>| match sent {
        Some(form) => form.text(name).to_owned(),
        None => kept.and_then(from).unwrap_or_default(),
    };
    let nothing = Choice::new("", t.learning_choose(), "-");
    let selects = match says.kind {
        Kind::Order => options
            .iter()
            .enumerate()
            .map(|(n, option)| {
                let name = format!("o.{n}");
                let value = before(&name, &|answer| match answer {
                    Answer::Order(keys) => {
                        let at = keys.iter().position(|key| *key == option.key)?;
                        Some((at + 1).to_string())
                    }
                    _ => None,
                });
                let places =
                    (1..=options.len()).map(|n| Choice::new(n.to_string(), n.to_string(), &value));
                Select {
                    text: option.text.get(t.lang).to_owned(),
                    choices: std::iter::once(nothing.clone()).chain(places).collect(),
                    name,
                }
            })
            .collect(),
        Kind::Match => options
            .iter()
            .enumerate()
            .map(|(n, option)| {
                let name = format!("m.{n}");
                let value = before(&name, &|answer| match answer {
                    Answer::Match(pairs) => {
                        let partner = pairs.get(&option.key)?;
                        let place = partners.iter().position(|p| p.key == *partner)?;
                        Some(place.to_string())
                    }
                    _ => None,
                });
                let partners = partners
                    .iter()
                    .enumerate()
                    .map(|(n, p)| Choice::new(n.to_string(), p.text.get(t.lang), &value));
                Select {
                    text: option.text.get(t.lang).to_owned(),
                    choices: std::iter::once(nothing.clone()).chain(partners).collect(),
                    name,
                }
            })
            .collect(),
        _ => Vec::new(),
    };
    let pack = app.rules.get(&says.pack).ok();
    let form = pack.as_ref().and_then(|pack| pack.protocol.as_ref());
    let order = |key: &LineKey| {
        let at = form.and_then(|f| f.lines.iter().position(|line| line.id == key.line()));
        (at, key.clone())
    };
    let mut given: Vec<(&LineKey, u64)> = says.given.values.iter().map(|(k, n)| (k, *n)).collect();
    given.sort_by_key(|(key, _)| order(key));
    let mut fill = says.fill();
    fill.sort_by_key(order);
    Shown {
        kind: says.kind.as_str(),
        text: says.text.get(t.lang).to_owned(),
        hint: match says.kind {
            Kind::One => t.learning_hint_one(),
            Kind::Several => t.learning_hint_several(),
            Kind::Order => t.learning_hint_order(),
            Kind::Match => t.learning_hint_match(),
            Kind::Protocol => t.learning_hint_protocol(),
        },
        choices: match says.kind {
            Kind::One | Kind::Several => options
                .iter()
                .enumerate()
                .map(|(n, o)| Choice {
                    checked: chosen(&o.key),
                    ..Choice::new(n.to_string(), o.text.get(t.lang), "")
                })
                .collect(),
            _ => Vec::new(),
        },
        selects,
        given: given
            .into_iter()
            .map(|(key, figure)| Line {
                name: String::new(),
                label: label(t, form, key),
                value: electoral::number::grouped(i128::from(figure)),
            })
            .collect(),
        fill: fill
            .iter()
            .map(|key| {
                let name = format!("f.{key}");
                Line {
                    label: label(t, form, key),
                    value: before(&name, &|answer| match answer {
                        Answer::Figures(entry) => entry.values.get(key).map(u64::to_string),
                        _ => None,
                    }),
                    name,
                }
            })
            .collect(),
    }
}

/// The answer that a form holds, in the order in which this test showed its options.
///
/// # Errors
/// [`Error::Invalid`] at `answer`, or at the field of a figure.
pub(super) fn read(
    app: &App,
    t: T,
    (question, seed): (&Question, u64),
    form: &FormData,
) -> Result<Answer, Error> {
    let wrong = |why: Fault| Error::field("answer", fault(t, why));
    let says = &question.says;
    let options = ordered(question, &says.options, "", seed);
    match says.kind {
        Kind::One => match at(&options, form.text("answer")) {
            None => Err(wrong(Fault::Blank)),
            Some(key) => Ok(Answer::One(key.to_owned())),
        },
        Kind::Several => {
            let keys: BTreeSet<String> = form
                .all("answer")
                .filter_map(|place| at(&options, place))
                .map(str::to_owned)
                .collect();
            if keys.is_empty() {
                return Err(wrong(Fault::Blank));
            }
            Ok(Answer::Several(keys))
        }
        Kind::Order => {
            let mut places: BTreeMap<usize, String> = BTreeMap::new();
            for (n, option) in options.iter().enumerate() {
                let place = form.text(&format!("o.{n}"));
                let place = place.parse().map_err(|_| wrong(Fault::Incomplete))?;
                if places.insert(place, option.key.clone()).is_some() {
                    return Err(wrong(Fault::Twice));
                }
            }
            if !places.keys().copied().eq(1..=says.options.len()) {
                return Err(wrong(Fault::Incomplete));
            }
            Ok(Answer::Order(places.into_values().collect()))
        }
        Kind::Match => {
            let partners = ordered(question, &says.partners, "=", seed);
            let mut pairs = BTreeMap::new();
            for (n, option) in options.iter().enumerate() {
                let partner = at(&partners, form.text(&format!("m.{n}")))
                    .ok_or_else(|| wrong(Fault::Incomplete))?;
                pairs.insert(option.key.clone(), partner.to_owned());
            }
            Ok(Answer::Match(pairs))
        }
        Kind::Protocol => {
            let pack = app.rules.get(&says.pack)?;
            let blank = pack.protocol.as_ref().ok_or(Error::NotFound)?;
            let mut entry = ProtocolEntry::new();
            let mut problems = crate::platform::web::FieldErrors::new();
            for key in says.fill() {
                let name = format!("f.{key}");
                match parse_figure(blank, form.text(&name)) {
                    Ok(figure) => {
                        entry.set(key, figure);
                    }
                    Err(_) => problems.add(name, t.form_number()),
                }
            }
            problems.done()?;
            Ok(Answer::Figures(entry))
        }
    }
}

/// An answer in words, for the page of the result.
pub(super) fn words(app: &App, t: T, question: &Question, answer: &Answer) -> Vec<String> {
    let says = &question.says;
    let text = |options: &[Opt], key: &str| {
        let found = options.iter().find(|o| o.key == key);
        found.map_or_else(|| key.to_owned(), |o| o.text.get(t.lang).to_owned())
    };
    match answer {
        Answer::One(key) => vec![text(&says.options, key)],
        Answer::Several(keys) => keys.iter().map(|key| text(&says.options, key)).collect(),
        Answer::Order(keys) => (1..)
            .zip(keys)
            .map(|(n, key): (u32, _)| format!("{n}. {}", text(&says.options, key)))
            .collect(),
        Answer::Match(pairs) => pairs
            .iter()
            .map(|(a, b)| format!("{} → {}", text(&says.options, a), text(&says.partners, b)))
            .collect(),
        Answer::Figures(entry) => {
            let pack = app.rules.get(&says.pack).ok();
            let form = pack.as_ref().and_then(|pack| pack.protocol.as_ref());
            let line = |(key, n): (&LineKey, &u64)| {
                let n = electoral::number::grouped(i128::from(*n));
                format!("{}: {n}", label(t, form, key))
            };
            entry.values.iter().map(line).collect()
        }
    }
}

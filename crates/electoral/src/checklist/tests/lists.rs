//! Checklists of every shape, for properties. The rooms' own tests use this file too.

use super::{
    Basis, Checklist, Confidence, Deadlines, Evidence, Item, Kind, Milli, Section, Severity, Text,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

/// Words as people write them: letters of three scripts, punctuation, a line break inside.
fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z0-9а-яА-ЯёәғқңөұүһіӘҒҚҢӨҰҮҺІ?.,№%°«»\"'<>&=+\\-@{}$;:/|*_#()~!]{1,30}",
        "[а-яіңғүұқөһ]{1,12}( |\\n)[а-яіңғүұқөһ]{1,12}",
        Just("_x000D_".to_owned()),
        Just("=1+1".to_owned()),
        Just("TRUE".to_owned()),
        Just("2023-11-05".to_owned()),
        Just("0015".to_owned()),
        Just("1E5".to_owned()),
    ]
}

fn text() -> impl Strategy<Value = Text> {
    (words(), words(), words()).prop_map(|(kk, ru, en)| Text { kk, ru, en })
}

fn id() -> impl Strategy<Value = String> {
    "[a-z][a-z0-9_]{0,12}"
}

/// Limits in which something is met.
fn number() -> impl Strategy<Value = Kind> {
    let limit = -999_999_999_999_i64..=999_999_999_999;
    (
        text(),
        [limit.clone(), limit.clone(), limit.clone(), limit],
        any::<[bool; 3]>(),
    )
        .prop_map(|(unit, mut limits, [from, to, not_applicable])| {
            limits.sort_unstable();
            let [least, met_from, met_to, most] = limits.map(Milli);
            Kind::Number {
                unit,
                least,
                most,
                met_from: from.then_some(met_from),
                met_to: to.then_some(met_to),
                not_applicable,
            }
        })
}

fn date() -> impl Strategy<Value = Kind> {
    let days = || option::of(0_u16..400);
    (days(), days(), any::<bool>()).prop_map(|(a, b, not_applicable)| {
        let (within_days, by_days) = match (a, b) {
            (Some(a), Some(b)) => (Some(a.max(b)), Some(a.min(b))),
            other => other,
        };
        Kind::Date {
            within_days,
            by_days,
            not_applicable,
        }
    })
}

/// Kinds of every sort.
pub(super) fn kind() -> impl Strategy<Value = Kind> {
    prop_oneof![
        any::<(bool, bool)>().prop_map(|(not_applicable, unmet_if_yes)| Kind::YesNo {
            not_applicable,
            unmet_if_yes,
        }),
        number(),
        date(),
        (1_u16..2_000).prop_map(|most_chars| Kind::Text { most_chars }),
        (1_u8..=10).prop_map(|least| Kind::Photo { least }),
    ]
}

fn basis() -> impl Strategy<Value = Basis> {
    let confidence = prop_oneof![
        Just(Confidence::Sourced),
        Just(Confidence::Computed),
        Just(Confidence::Inferred),
        Just(Confidence::FromMemory),
        Just(Confidence::Gap),
    ];
    (
        words(),
        confidence,
        prop_oneof![Just(String::new()), words()],
    )
        .prop_map(|(article, confidence, note)| Basis {
            article,
            confidence,
            note,
        })
}

fn item() -> impl Strategy<Value = Item> {
    let severity = prop_oneof![
        Just(Severity::Critical),
        Just(Severity::Major),
        Just(Severity::Minor)
    ];
    let evidence = prop::sample::subsequence(Evidence::ALL.to_vec(), 0..=3);
    (
        (
            text(),
            option::of(text()),
            kind(),
            severity,
            id(),
            0_u16..=365,
        ),
        (evidence, any::<bool>(), option::of(id()), basis()),
    )
        .prop_map(
            |(
                (wording, hint, kind, severity, body, due_days),
                (evidence, means, told_by, basis),
            )| {
                Item {
                    id: String::new(),
                    section: String::new(),
                    wording,
                    hint,
                    told_by: told_by.filter(|_| matches!(kind, Kind::YesNo { .. })),
                    means: means.then(String::new),
                    kind,
                    severity,
                    body,
                    due_days,
                    evidence,
                    basis,
                }
            },
        )
}

fn section() -> impl Strategy<Value = (Text, Vec<Item>)> {
    (text(), vec(item(), 1..5))
}

/// Checklists that are in order.
pub(super) fn list() -> impl Strategy<Value = Checklist> {
    (
        text(),
        [1_u16..=240, 1..=240, 1..=240],
        vec(section(), 1..4),
    )
        .prop_map(|(title, [a, b, c], parts)| {
            let mut list = Checklist {
                id: "list-of-tests".to_owned(),
                title,
                deadlines: Deadlines {
                    critical_hours: a,
                    major_hours: a + b,
                    minor_hours: a + b + c,
                },
                sections: Vec::new(),
                items: Vec::new(),
            };
            for (at, (title, items)) in parts.into_iter().enumerate() {
                let section = format!("section_{at}");
                for mut item in items {
                    let number = list.items.len();
                    item.id = format!("q{number}");
                    item.section.clone_from(&section);
                    item.means = item.means.map(|_| format!("means_{number}"));
                    list.items.push(item);
                }
                list.sections.push(Section { id: section, title });
            }
            list
        })
}

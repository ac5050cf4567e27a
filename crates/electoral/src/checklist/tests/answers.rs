//! One table for each kind: what is read of a text, and what that says about readiness.

use super::*;

/// Voting on 5 November 2023.
fn voting() -> Date {
    "2023-11-05".parse().unwrap()
}

/// What a text says; a problem by its name.
fn said(item: &Item, text: &str) -> String {
    match item.read(text) {
        Ok(answer) => item.judge(&answer, voting()).as_str().to_owned(),
        Err(problem) => format!("{problem:?}")
            .split([' ', '(', '{'])
            .next()
            .unwrap()
            .to_owned(),
    }
}

fn table(kind: Kind, rows: &[(&str, &str)]) {
    let one = item(kind);
    for (text, expected) in rows {
        assert_eq!(said(&one, text), *expected, "{:?}: {text:?}", one.kind);
    }
}

#[test]
fn yes_or_no() {
    let kind = |not_applicable, unmet_if_yes| Kind::YesNo {
        not_applicable,
        unmet_if_yes,
    };
    table(
        kind(false, false),
        &[
            ("yes", "met"),
            (" yes\n", "met"),
            ("no", "unmet"),
            ("na", "Choice"),
            ("YES", "Choice"),
            ("1", "Choice"),
            ("иә", "Choice"),
            ("", "Empty"),
            ("  ", "Empty"),
        ],
    );
    table(
        kind(true, false),
        &[("yes", "met"), ("no", "unmet"), ("na", "na")],
    );
    table(
        kind(true, true),
        &[("yes", "unmet"), ("no", "met"), ("na", "na")],
    );
}

#[test]
fn numbers() {
    table(
        number("-50", "50", Some("18"), Some("30")),
        &[
            ("18", "met"),
            ("30", "met"),
            ("17.999", "unmet"),
            ("30,001", "unmet"),
            ("-50", "unmet"),
            ("50", "unmet"),
            ("-50.001", "Range"),
            ("51", "Range"),
            ("warm", "Number"),
            ("1.2345", "Number"),
            ("99999999999", "Number"),
            ("", "Empty"),
        ],
    );
    table(
        number("0", "100", Some("1"), None),
        &[
            ("0", "unmet"),
            ("0.5", "unmet"),
            ("1", "met"),
            ("100", "met"),
        ],
    );
    table(
        number("0", "100", None, Some("8")),
        &[("8", "met"), ("8.1", "unmet")],
    );
    table(number("0", "100", None, None), &[("0", "met")]);
}

#[test]
fn days() {
    let kind = |within_days, by_days| Kind::Date {
        within_days,
        by_days,
        not_applicable: false,
    };
    table(
        kind(Some(14), Some(1)),
        &[
            ("2023-10-22", "met"),
            ("2023-10-21", "unmet"),
            ("2023-11-04", "met"),
            ("2023-11-05", "unmet"),
            ("0001-01-01", "unmet"),
            ("9999-12-31", "unmet"),
            ("2023-11-31", "Date"),
            ("2023-1-1", "Date"),
            ("20231022", "Date"),
            ("2023-10-22T10:00", "Date"),
            ("22.10.2023", "Date"),
            ("-009999-1", "Date"),
            ("", "Empty"),
        ],
    );
    table(
        kind(None, None),
        &[("1990-01-01", "met"), ("2033-01-01", "met")],
    );
    table(
        kind(Some(u16::MAX), None),
        &[("1844-06-01", "met"), ("1844-05-31", "unmet")],
    );
}

#[test]
fn words() {
    table(
        Kind::Text { most_chars: 5 },
        &[
            ("пост", "met"),
            ("  пост  ", "met"),
            ("12345", "met"),
            ("123456", "TooLong"),
            ("әғқңө", "met"),
            (" ", "Empty"),
        ],
    );
}

#[test]
fn photos() {
    table(
        Kind::Photo { least: 2 },
        &[
            ("2", "met"),
            ("10", "met"),
            ("1", "unmet"),
            ("0", "unmet"),
            ("256", "Number"),
            ("-1", "Number"),
            ("+2", "Number"),
            ("two", "Number"),
            ("", "Empty"),
        ],
    );
}

/// Answers of every kind, for questions of every other.
#[test]
fn an_answer_of_another_kind_is_unmet() {
    let kinds = [
        Kind::YesNo {
            not_applicable: false,
            unmet_if_yes: false,
        },
        number("0", "9", None, None),
        Kind::Date {
            within_days: None,
            by_days: None,
            not_applicable: false,
        },
        Kind::Text { most_chars: 9 },
        Kind::Photo { least: 1 },
    ];
    let answers = [
        Answer::Yes,
        Answer::Number(Milli(1_000)),
        Answer::Date(voting()),
        Answer::Text("word".to_owned()),
        Answer::Photos(1),
    ];
    for (at, kind) in kinds.into_iter().enumerate() {
        let one = item(kind);
        for (other, answer) in answers.iter().enumerate() {
            let expected = if at == other {
                Status::Met
            } else {
                Status::Unmet
            };
            assert_eq!(one.judge(answer, voting()), expected, "{answer:?}");
        }
        assert_eq!(
            one.judge(&Answer::NotApplicable, voting()),
            Status::Unmet,
            "{:?}",
            one.kind
        );
    }
}

#[test]
fn nothing_is_judged_beyond_the_calendar() {
    let one = item(Kind::Date {
        within_days: Some(3),
        by_days: None,
        not_applicable: false,
    });
    let answer = Answer::Date(Date::MIN);
    assert_eq!(one.judge(&answer, Date::MIN), Status::Unmet);
}

#[test]
fn a_number_or_a_day_may_not_apply() {
    let Kind::Number {
        unit, least, most, ..
    } = number("0", "100", None, Some("8"))
    else {
        unreachable!()
    };
    table(
        Kind::Number {
            unit,
            least,
            most,
            met_from: None,
            met_to: Some(Milli(8_000)),
            not_applicable: true,
        },
        &[
            ("na", "na"),
            ("8", "met"),
            ("9", "unmet"),
            ("n/a", "Number"),
        ],
    );
    table(
        Kind::Date {
            within_days: Some(14),
            by_days: None,
            not_applicable: true,
        },
        &[("na", "na"), ("2023-11-01", "met"), ("NA", "Date")],
    );
    // Where it may not be said it is read as anything else.
    table(number("0", "1", None, None), &[("na", "Number")]);
    table(Kind::Text { most_chars: 5 }, &[("na", "met")]);
}

#[test]
fn a_day_a_name_or_a_photo_may_be_missing() {
    let day = || Kind::Date {
        within_days: None,
        by_days: None,
        not_applicable: false,
    };
    table(day(), &[("no", "unmet"), ("yes", "Date"), ("No", "Date")]);
    table(Kind::Text { most_chars: 5 }, &[("no", "unmet")]);
    table(Kind::Photo { least: 1 }, &[("no", "unmet")]);
    table(number("0", "1", None, None), &[("no", "Number")]);
    assert_eq!(item(day()).denied(), Some(Answer::No));
    assert_eq!(item(number("0", "1", None, None)).denied(), None);
}

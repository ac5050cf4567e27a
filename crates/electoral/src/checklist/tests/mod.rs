use super::*;
use crate::rules::Confidence;
use crate::text::Text;
use jiff::civil::Date;

mod answers;
mod bad;
mod built_in;
mod changes;
mod lists;
mod properties;

/// Three languages of the same words.
fn text(words: &str) -> Text {
    Text {
        kk: words.to_owned(),
        ru: words.to_owned(),
        en: words.to_owned(),
    }
}

/// An item of a kind.
fn item(kind: Kind) -> Item {
    Item {
        id: "q".to_owned(),
        section: "s".to_owned(),
        wording: text("?"),
        hint: None,
        kind,
        severity: Severity::Major,
        body: "commission".to_owned(),
        due_days: 5,
        evidence: Vec::new(),
        means: None,
        told_by: None,
        basis: Basis {
            article: "39(1)".to_owned(),
            confidence: Confidence::Sourced,
            note: String::new(),
        },
    }
}

fn number(least: &str, most: &str, from: Option<&str>, to: Option<&str>) -> Kind {
    let milli = |text: &str| text.parse::<Milli>().unwrap();
    Kind::Number {
        unit: text("°C"),
        least: milli(least),
        most: milli(most),
        met_from: from.map(milli),
        met_to: to.map(milli),
        not_applicable: false,
    }
}

#[test]
fn numbers_are_read_exactly() {
    for (text, milli) in [
        ("7.5", 7_500),
        ("7,05", 7_050),
        ("-3", -3_000),
        ("0.001", 1),
        ("-0", 0),
        ("999999999.999", 999_999_999_999),
    ] {
        assert_eq!(text.parse(), Ok(Milli(milli)), "{text}");
    }
    for bad in [
        "",
        "-",
        "7.",
        ".5",
        "1.2345",
        "1e3",
        "1 000",
        "12345678901",
        "+3",
        "--3",
        "1.2.3",
        "٣",
    ] {
        assert_eq!(bad.parse::<Milli>(), Err(()), "{bad}");
    }
    assert_eq!(Milli(7_050).to_string(), "7.05");
    assert_eq!(Milli(-500).to_string(), "-0.5");
    assert_eq!(Milli(i64::MIN).to_string(), "-9223372036854775.808");
}

#[test]
fn a_day_is_counted_back_from_voting() {
    let voting: Date = "2023-11-05".parse().unwrap();
    let mut one = item(Kind::Photo { least: 1 });
    for (days, due) in [
        (0, "2023-11-05"),
        (1, "2023-11-04"),
        (21, "2023-10-15"),
        (365, "2022-11-05"),
    ] {
        one.due_days = days;
        assert_eq!(one.due_on(voting).unwrap().to_string(), due);
    }
    assert!(one.due_on(Date::MIN).is_err());
}

#[test]
fn words_and_values_are_one_to_one() {
    for severity in Severity::ALL {
        assert_eq!(Severity::parse(severity.as_str()), Some(severity));
    }
    for evidence in Evidence::ALL {
        assert_eq!(Evidence::parse(evidence.as_str()), Some(evidence));
    }
    for status in [Status::Met, Status::Unmet, Status::NotApplicable] {
        assert_eq!(Status::parse(status.as_str()), Some(status));
    }
    assert_eq!(Severity::parse("grave"), None);
    assert_eq!(Evidence::parse(""), None);
    assert_eq!(Status::parse("met "), None);
}

#[test]
fn questions_come_in_the_order_of_their_sections() {
    let list = Checklist::built_in().unwrap();
    let mut mixed = list.clone();
    mixed.items.rotate_left(7);
    mixed.items.sort_by_key(|a| a.severity);
    mixed.arrange();
    let sections = |list: &Checklist| -> Vec<String> {
        list.items.iter().map(|i| i.section.clone()).collect()
    };
    assert_eq!(sections(&mixed), sections(&list));
}

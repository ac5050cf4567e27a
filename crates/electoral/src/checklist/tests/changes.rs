use super::*;

#[test]
fn what_is_new_gone_or_different_is_told() {
    let before = Checklist::built_in().unwrap();
    assert!(before.changes_since(&before).is_empty());
    let mut now = before.clone();
    let gone = now.items.remove(3);
    now.items[0].severity = Severity::Minor;
    now.items[0].due_days += 1;
    now.items[1].wording.kk.push('.');
    let mut new = now.items[5].clone();
    new.id = "something_new".to_owned();
    new.means = None;
    now.items.insert(6, new);
    let changes = now.changes_since(&before);
    let told: Vec<_> = changes
        .items
        .iter()
        .map(|c| (c.item.id.as_str(), c.what.clone()))
        .collect();
    assert_eq!(
        told,
        [
            (
                before.items[0].id.as_str(),
                What::Changed(vec![Part::Severity, Part::Due])
            ),
            (
                before.items[1].id.as_str(),
                What::Changed(vec![Part::Wording])
            ),
            ("something_new", What::Added),
            (gone.id.as_str(), What::Removed),
        ]
    );
    assert!(!changes.head && !changes.sections && !changes.order);
}

#[test]
fn every_part_is_compared() {
    let before = Checklist::built_in().unwrap();
    let one = before.items[0].clone();
    let changed = Item {
        section: "other".to_owned(),
        wording: text("a"),
        hint: Some(text("b")),
        kind: Kind::Text { most_chars: 7 },
        severity: if one.severity == Severity::Minor {
            Severity::Major
        } else {
            Severity::Minor
        },
        body: "nobody".to_owned(),
        due_days: one.due_days + 1,
        evidence: vec![Evidence::Note, Evidence::Photo, Evidence::Document],
        means: Some("m".to_owned()),
        told_by: Some("t".to_owned()),
        basis: Basis {
            article: "1".to_owned(),
            confidence: Confidence::Gap,
            note: "n".to_owned(),
        },
        id: one.id,
    };
    let mut now = before.clone();
    now.items[0] = changed;
    let changes = now.changes_since(&before);
    let What::Changed(parts) = &changes.items[0].what else {
        panic!("{changes:?}");
    };
    let words: Vec<_> = parts.iter().map(|p| p.as_str()).collect();
    assert_eq!(
        words,
        [
            "section", "wording", "hint", "kind", "severity", "body", "due", "evidence", "means",
            "told-by", "basis"
        ]
    );
}

#[test]
fn head_sections_and_order_are_compared() {
    let before = Checklist::built_in().unwrap();
    let mut now = before.clone();
    now.deadlines.minor_hours += 1;
    assert!(now.changes_since(&before).head);
    now = before.clone();
    now.sections[0].title.en.push('!');
    assert!(now.changes_since(&before).sections);
    now = before.clone();
    now.items.swap(0, 1);
    let changes = now.changes_since(&before);
    assert!(changes.order && changes.items.is_empty() && !changes.is_empty());
}

#[test]
fn an_answer_is_carried_judged_or_asked_for_again() {
    let number = |met_from: &str, unit: &str| Kind::Number {
        unit: crate::Text {
            kk: unit.to_owned(),
            ru: unit.to_owned(),
            en: unit.to_owned(),
        },
        least: Milli(0),
        most: Milli(20_000),
        met_from: met_from.parse().ok(),
        met_to: None,
        not_applicable: false,
    };
    let yes_no = |unmet_if_yes| Kind::YesNo {
        not_applicable: false,
        unmet_if_yes,
    };
    let cases = [
        (number("2", "pcs"), number("2", "pcs"), Carried::Whole),
        (number("2", "pcs"), number("3", "pcs"), Carried::Judged),
        (number("2", "pcs"), number("2", "sets"), Carried::Asked),
        (number("2", "pcs"), yes_no(false), Carried::Asked),
        (yes_no(false), yes_no(true), Carried::Asked),
        (
            Kind::Text { most_chars: 50 },
            Kind::Text { most_chars: 20 },
            Carried::Judged,
        ),
    ];
    for (before, after, expected) in cases {
        let (before, mut after) = (item(before), item(after));
        assert_eq!(after.carries(&before), expected, "{before:?}");
        // The words alone change nothing; with the limits they make another question.
        after.wording.en.push_str(" (anew)");
        let worded = if expected == Carried::Whole {
            Carried::Whole
        } else {
            Carried::Asked
        };
        assert_eq!(after.carries(&before), worded, "{before:?}");
    }
}

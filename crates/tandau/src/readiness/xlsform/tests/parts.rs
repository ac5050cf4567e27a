//! Our own words in a workbook, checks that are limits, sentences for reasons.

use super::*;

#[test]
fn our_own_words_are_checked_too() {
    let understood = read(&workbook(&[(
        "survey",
        &[
            &[
                "type",
                "name",
                "label::en",
                "label::ru",
                "label::kk",
                "required",
                "tandau::severity",
                "tandau::body",
                "tandau::due_days",
                "tandau::evidence",
                "tandau::means",
                "tandau::article",
                "tandau::confidence",
            ],
            &[
                "image",
                "a",
                "A",
                "A",
                "A",
                "yes",
                "critical",
                "police",
                "3",
                "photo note",
                "ramp",
                "39(3)",
                "sourced",
            ],
            &[
                "image",
                "b",
                "B",
                "B",
                "B",
                "yes",
                "grave",
                "king",
                "366",
                "photo poem",
                "Ramp!",
                "",
                "sourced",
            ],
            &[
                "image", "b", "B", "B", "B", "yes", "minor", "health", "0", "", "ramp", "1", "gap",
            ],
        ],
    )]))
    .unwrap();
    let [a, b, c] = understood.list.items.as_slice() else {
        panic!("three");
    };
    assert_eq!(
        (a.severity, a.body.as_str(), a.due_days),
        (Severity::Critical, "police", 3)
    );
    assert_eq!(a.evidence, [Evidence::Photo, Evidence::Note]);
    assert_eq!(a.means.as_deref(), Some("ramp"));
    assert_eq!(
        (b.severity, b.body.as_str(), b.due_days),
        (Severity::Major, "commission", 5)
    );
    assert_eq!(b.evidence, [Evidence::Photo]);
    assert_eq!(b.means, None);
    assert_eq!(b.basis.confidence, Confidence::Gap);
    assert_eq!((c.id.as_str(), c.means.as_deref()), ("b_2", None));
    let values: Vec<_> = understood
        .left
        .iter()
        .filter(|l| l.reason == Reason::Value)
        .map(|l| (l.row, l.what.as_str()))
        .collect();
    assert_eq!(
        values,
        [
            (3, "b: severity: grave"),
            (3, "b: body: king"),
            (3, "b: due_days: 366"),
            (3, "b: evidence: poem"),
            (3, "b: means: Ramp!"),
            (3, "b: confidence: sourced"),
            (4, "means: ramp"),
        ]
    );
}

#[test]
fn checks_are_limits_or_nothing() {
    use super::super::constraint::{limits, most_chars};
    let both = |least: &str, most: &str| {
        let milli = |text: &str| text.parse::<Milli>().ok();
        Some((milli(least), milli(most)))
    };
    for (check, expected) in [
        (". >= 18 and . <= 30", both("18", "30")),
        (".>=18 and .<=30", both("18", "30")),
        ("(. > 0) and (. < 1.5)", both("0.001", "1.499")),
        ("18 <= . and 30 >= .", both("18", "30")),
        (". >= -40", both("-40", "")),
        ("(. >= 1 and . <= 3)", both("1", "3")),
        (". >= 1 and . >= 2", None),
        (". >= 1 or . = 0", None),
        (". >= ${low}", None),
        (". = 3", None),
        ("int(.) >= 1", None),
        (". >= 1e3", None),
        ("", None),
    ] {
        let found = limits(check).map(|l| (l.least, l.most));
        assert_eq!(found, expected, "{check}");
    }
    for (check, expected) in [
        ("string-length(.) <= 150", Some(150)),
        ("string-length( . )<151", Some(150)),
        ("string-length(.) < 0", None),
        ("string-length(.) > 3", None),
        ("string-length(.) <= 99999", None),
        ("regex(., '.')", None),
    ] {
        assert_eq!(most_chars(check), expected, "{check}");
    }
}

#[test]
fn every_reason_has_its_sentence() {
    for reason in Reason::ALL {
        let key = format!("checklists-left-{}", reason.as_str());
        for lang in Lang::ALL {
            assert!(T::new(lang).dynamic(&key).is_some(), "{key}");
        }
    }
}

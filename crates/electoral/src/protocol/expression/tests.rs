use super::*;
use proptest::prelude::*;

fn sides(text: &str) -> Sides {
    let figures = |line: &str, summed: bool| match (line, summed) {
        ("a", false) => Some(100),
        ("b", false) => Some(7),
        ("v", true) => Some(93),
        _ => None,
    };
    Relation::parse(text).unwrap().sides(&figures).unwrap()
}

#[test]
fn arithmetic_goes_from_left_to_right() {
    let s = sides("a = sum(v) + b");
    assert_eq!((s.left, s.right, s.holds), (100, 100, true));
    let s = sides("a - b - b = 86");
    assert!(s.holds);
    let s = sides("b - a < 0");
    assert_eq!((s.left, s.holds), (-93, true));
}

#[test]
fn every_comparison() {
    for (text, holds) in [
        ("b = 7", true),
        ("b = 8", false),
        ("b <= 7", true),
        ("b <= 6", false),
        ("b >= 7", true),
        ("b >= 8", false),
        ("b < 8", true),
        ("b < 7", false),
        ("b > 6", true),
        ("b > 7", false),
    ] {
        assert_eq!(sides(text).holds, holds, "{text}");
    }
}

#[test]
fn percentages_stay_exact_until_ceil() {
    assert_eq!(sides("a <= ceil(b * 101%)").right, 8);
    assert_eq!(sides("a <= ceil(a * 101%)").right, 101);
    // 7.07 is more than 7, though it is less than 8.
    assert!(sides("b < b * 101%").holds);
    assert!(sides("b * 2.5% <= ceil(b * 2.5%)").holds);
}

#[test]
fn missing_figures_are_named() {
    let relation = Relation::parse("a = c").unwrap();
    let known = |line: &str, _| (line == "a").then_some(1);
    assert_eq!(relation.sides(&known), Err(Unknown::Missing("c".into())));
    let huge = |_: &str, _| Some(u128::MAX);
    assert_eq!(relation.sides(&huge), Err(Unknown::Overflow));
}

#[test]
fn lines_are_listed_once() {
    let relation = Relation::parse("a = sum(v) + b - a").unwrap();
    assert_eq!(relation.lines(), [("a", false), ("v", true), ("b", false)]);
    assert_eq!(relation.to_string(), "a = sum(v) + b - a");
}

#[test]
fn faults_say_where() {
    let fault = |text: &str| Relation::parse(text).unwrap_err();
    assert_eq!(
        fault("a = "),
        ExpressionError::Expected {
            position: 4,
            expected: "a number or a line"
        }
    );
    assert_eq!(
        fault("a"),
        ExpressionError::Expected {
            position: 1,
            expected: "a comparison"
        }
    );
    assert_eq!(
        fault("a = b = c"),
        ExpressionError::Expected {
            position: 6,
            expected: "the end"
        }
    );
    assert_eq!(
        fault("a = B"),
        ExpressionError::BadCharacter {
            position: 4,
            character: 'B'
        }
    );
    assert_eq!(
        fault("a = b * c"),
        ExpressionError::Expected {
            position: 8,
            expected: "a percentage"
        }
    );
    assert_eq!(
        fault("a = b * 5"),
        ExpressionError::Expected {
            position: 9,
            expected: "%"
        }
    );
    assert_eq!(
        fault("a = sum(5)"),
        ExpressionError::Expected {
            position: 8,
            expected: "a line"
        }
    );
    assert_eq!(
        fault("a = 99999999999999999999999"),
        ExpressionError::BadNumber(4)
    );
    assert_eq!(fault("a = b * 1.23456%"), ExpressionError::BadNumber(8));
    let deep = format!("a = {}b{}", "ceil(".repeat(9), ")".repeat(9));
    assert!(matches!(fault(&deep), ExpressionError::TooDeep(_)));
    assert_eq!(fault(&"a".repeat(2_000)), ExpressionError::TooLong(2_000));
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,60}|[a-c0-9+*%()<>= .-]{0,60}|(ceil\\(|sum\\(|a|\\)|\\+|=|5|%|\\*| ){0,30}") {
        if let Ok(relation) = Relation::parse(&text) {
            prop_assert_eq!(Relation::parse(&relation.to_string()), Ok(relation.clone()));
            let _ = relation.sides(&|_, _| Some(u128::from(u64::MAX)));
        }
    }

    #[test]
    fn sums_agree_with_integers(a in 0_u64..1_000_000, b in 0_u64..1_000_000, c in 0_u64..1_000_000) {
        let figures = |line: &str, _| Some(u128::from(match line { "a" => a, "b" => b, _ => c }));
        let found = Relation::parse("a = b + c - 3").unwrap().sides(&figures).unwrap();
        let right = i128::from(b) + i128::from(c) - 3;
        prop_assert_eq!((found.left, found.right, found.holds), (i128::from(a), right, i128::from(a) == right));
    }
}

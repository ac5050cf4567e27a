use super::*;
use proptest::prelude::*;

#[test]
fn percentages_are_exact() {
    let five = Percent::parse("5").unwrap();
    assert!(five.reached(5, 100));
    assert!(!five.reached(499, 10_000));
    assert!(!five.exceeded(5, 100));
    assert_eq!(Percent::parse("1").unwrap().of_ceil(101), 2);
    assert_eq!(Percent::parse("2.5").unwrap().to_string(), "2.5");
    assert_eq!(Percent::parse("100").unwrap().to_string(), "100");
}

#[test]
fn faulty_percentages_are_named() {
    for text in ["", " 5", "5 %", "-5", "+5", "5.", ".5", "1e2", "٥"] {
        assert!(
            matches!(Percent::parse(text), Err(PercentError::NotANumber(_))),
            "{text}"
        );
    }
    assert!(matches!(
        Percent::parse("1.00001"),
        Err(PercentError::TooFine(_))
    ));
    for text in ["1000.0001", "99999999999999"] {
        assert!(matches!(
            Percent::parse(text),
            Err(PercentError::TooLarge(_))
        ));
    }
}

#[test]
fn two_thirds_are_rounded_up() {
    let quorum = Fraction::parse("2/3").unwrap();
    assert_eq!(quorum.of_ceil(7), 5);
    assert_eq!(quorum.of_ceil(9), 6);
    for text in ["2", "2/0", "a/3", "-2/3", "/", "2/3/4", "99999999999/1"] {
        assert!(Fraction::parse(text).is_err(), "{text}");
    }
}

#[test]
fn figures_are_grouped_by_three() {
    assert_eq!(grouped(0), "0");
    assert_eq!(grouped(999), "999");
    assert_eq!(grouped(1_062_327), "1\u{202f}062\u{202f}327");
    assert_eq!(grouped(-12_000), "\u{2212}12\u{202f}000");
}

proptest! {
    #[test]
    fn percent_never_panics_and_reads_itself(text in "\\PC{0,12}") {
        if let Ok(percent) = Percent::parse(&text) {
            prop_assert_eq!(Percent::parse(&percent.to_string()), Ok(percent));
        }
    }

    #[test]
    fn ceil_is_the_least_that_reaches(whole in 0_u64..10_000_000, parts in 0_u32..=1_000_000) {
        let percent = Percent::parse(&format!("{}.{:04}", parts / 10_000, parts % 10_000)).unwrap();
        let least = u64::try_from(percent.of_ceil(whole)).unwrap();
        prop_assert!(percent.reached(least, whole));
        prop_assert!(least == 0 || !percent.reached(least - 1, whole));
    }

    #[test]
    fn grouping_only_adds_separators(figure: i64) {
        let plain: String = grouped(i128::from(figure))
            .chars()
            .filter(|c| *c != '\u{202f}')
            .map(|c| if c == '\u{2212}' { '-' } else { c })
            .collect();
        prop_assert_eq!(plain, figure.to_string());
    }
}

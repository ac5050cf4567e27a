use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn kk(number: u64) -> String {
    spell(number, Language::Kk).unwrap()
}
fn ru(number: u64) -> String {
    spell(number, Language::Ru).unwrap()
}
fn en(number: u64) -> String {
    spell(number, Language::En).unwrap()
}

#[test]
fn kazakh() {
    for (number, words) in [
        (0, "нөл"),
        (1, "бір"),
        (10, "он"),
        (48, "қырық сегіз"),
        (100, "бір жүз"),
        (512, "бес жүз он екі"),
        (1_000, "бір мың"),
        (3_000, "үш мың"),
        (62_327, "алпыс екі мың үш жүз жиырма жеті"),
        (1_062_327, "бір миллион алпыс екі мың үш жүз жиырма жеті"),
        (
            999_999_999,
            "тоғыз жүз тоқсан тоғыз миллион тоғыз жүз тоқсан тоғыз мың тоғыз жүз тоқсан тоғыз",
        ),
    ] {
        assert_eq!(kk(number), words);
    }
}

#[test]
fn russian() {
    for (number, words) in [
        (0, "ноль"),
        (2, "два"),
        (11, "одиннадцать"),
        (21, "двадцать один"),
        (100, "сто"),
        (1_000, "одна тысяча"),
        (2_002, "две тысячи два"),
        (5_000, "пять тысяч"),
        (11_000, "одиннадцать тысяч"),
        (12_655, "двенадцать тысяч шестьсот пятьдесят пять"),
        (21_001, "двадцать одна тысяча один"),
        (22_022, "двадцать две тысячи двадцать два"),
        (112_000, "сто двенадцать тысяч"),
        (1_000_000, "один миллион"),
        (2_000_000, "два миллиона"),
        (
            1_062_327,
            "один миллион шестьдесят две тысячи триста двадцать семь",
        ),
        (5_000_040, "пять миллионов сорок"),
        (
            111_111_111,
            "сто одиннадцать миллионов сто одиннадцать тысяч сто одиннадцать",
        ),
    ] {
        assert_eq!(ru(number), words);
    }
}

#[test]
fn english() {
    for (number, words) in [
        (0, "zero"),
        (13, "thirteen"),
        (48, "forty-eight"),
        (100, "one hundred"),
        (512, "five hundred and twelve"),
        (3_005, "three thousand and five"),
        (
            1_062_327,
            "one million sixty-two thousand three hundred and twenty-seven",
        ),
    ] {
        assert_eq!(en(number), words);
    }
}

#[test]
fn too_large_has_no_words() {
    assert_eq!(spell(MAX + 1, Language::Ru), None);
    assert!(!matches(MAX + 1, Language::Ru, ""));
}

#[test]
fn typed_words_may_differ_in_case_and_spaces() {
    assert!(matches(2_002, Language::Ru, "  Две  тысячи ДВА "));
    assert!(matches(48, Language::En, "Forty eight"));
    assert!(!matches(2_003, Language::Ru, "две тысячи два"));
    assert!(!matches(2_002, Language::Ru, "два тысячи два"));
}

#[test]
fn no_two_numbers_share_their_words() {
    for language in Language::ALL {
        let mut seen = BTreeMap::new();
        for number in (0..20_000)
            .chain((0..1_000).map(|n| n * 1_001_001))
            .collect::<std::collections::BTreeSet<_>>()
        {
            let before = seen.insert(spell(number, language).unwrap(), number);
            assert_eq!(before, None, "{number}");
        }
    }
}

proptest! {
    #[test]
    fn every_number_matches_its_own_words_only(number in 0_u64..=MAX, other in 0_u64..=MAX) {
        for language in Language::ALL {
            let words = spell(number, language).unwrap();
            prop_assert!(matches(number, language, &words));
            prop_assert_eq!(matches(other, language, &words), number == other);
            prop_assert!(!words.contains("  ") && words.trim() == words);
        }
    }
}

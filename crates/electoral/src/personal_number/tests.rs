use super::PersonalNumberError as Fault;
use super::*;
use jiff::civil::date;
use proptest::prelude::*;

#[derive(Deserialize)]
struct File {
    vectors: Vec<Vector>,
}

#[derive(Deserialize)]
struct Vector {
    first_11: String,
    check: Option<u8>,
    iin: Option<String>,
}

fn vectors() -> Vec<Vector> {
    let text = include_str!("../../tests/data/iin_test_vectors.json");
    serde_json::from_str::<File>(text).unwrap().vectors
}

#[test]
fn vectors_agree() {
    let vectors = vectors();
    assert_eq!(vectors.len(), 8);
    for vector in vectors {
        match vector.iin {
            Some(number) => {
                let parsed = PersonalNumber::parse(&number).unwrap();
                assert_eq!(parsed.reveal(), number);
                assert_eq!(
                    number,
                    format!("{}{}", vector.first_11, vector.check.unwrap())
                );
            }
            None => {
                for last in 0..10 {
                    let number = format!("{}{last}", vector.first_11);
                    assert_eq!(PersonalNumber::parse(&number), Err(Fault::NeverIssued));
                }
            }
        }
    }
}

#[test]
fn only_one_last_digit_fits() {
    for vector in vectors() {
        let Some(check) = vector.check else { continue };
        for last in 0..10 {
            let result = PersonalNumber::parse(&format!("{}{last}", vector.first_11));
            if last == check {
                assert!(result.is_ok());
            } else {
                let fault = Fault::CheckDigit {
                    found: last,
                    expected: check,
                };
                assert_eq!(result, Err(fault));
            }
        }
    }
}

#[test]
fn date_century_and_sex_are_read() {
    let man = PersonalNumber::parse("850731301237").unwrap();
    assert_eq!(
        (man.born(), man.sex(), man.century()),
        (date(1985, 7, 31), Sex::Male, 1900)
    );
    let woman = PersonalNumber::parse("000101600028").unwrap();
    assert_eq!(
        (woman.born(), woman.sex(), woman.century()),
        (date(2000, 1, 1), Sex::Female, 2000)
    );
}

#[test]
fn age_turns_on_the_birthday() {
    let man = PersonalNumber::parse("850731301237").unwrap();
    assert_eq!(man.age_on(date(2010, 7, 30)), Some(24));
    assert_eq!(man.age_on(date(2010, 7, 31)), Some(25));
    assert_eq!(man.age_on(date(1985, 7, 30)), None);
}

#[test]
fn each_fault_has_its_type() {
    let fault = |text: &str| PersonalNumber::parse(text).unwrap_err();
    assert_eq!(fault(""), Fault::Length(0));
    assert_eq!(fault(" 850731301237"), Fault::Length(13));
    assert_eq!(fault("85073130123"), Fault::Length(11));
    assert_eq!(fault("85073130123x"), Fault::NotADigit { position: 12 });
    assert_eq!(fault("٨50731301237"), Fault::NotADigit { position: 1 });
    assert_eq!(fault("850731901237"), Fault::Century { digit: 9 });
    assert_eq!(fault("850731001237"), Fault::Century { digit: 0 });
    assert_eq!(
        fault("850230301237"),
        Fault::Date {
            year: 1985,
            month: 2,
            day: 30
        }
    );
    // 1900 had no 29 February, 2000 had one.
    assert_eq!(
        fault("000229301237"),
        Fault::Date {
            year: 1900,
            month: 2,
            day: 29
        }
    );
    assert!(!matches!(fault("000229501239"), Fault::Date { .. }));
    assert_eq!(
        fault("850731301238"),
        Fault::CheckDigit {
            found: 8,
            expected: 7
        }
    );
}

#[test]
fn eighty_three_serials_of_a_day_are_unusable() {
    let unusable = (0..10_000).filter(|serial| {
        let number = format!("0302155{serial:04}0");
        PersonalNumber::parse(&number) == Err(Fault::NeverIssued)
    });
    assert_eq!(unusable.count(), 83);
}

#[test]
fn screens_and_logs_hide_the_middle() {
    let man = PersonalNumber::parse("850731301237").unwrap();
    assert_eq!(man.masked(), "85••••••••37");
    assert_eq!(format!("{man:?}"), "PersonalNumber(85••••••••37)");
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,14}|[0-9]{12}") {
        if let Ok(number) = PersonalNumber::parse(&text) {
            prop_assert_eq!(number.reveal(), text);
        }
    }

    #[test]
    fn one_changed_digit_never_passes_unnoticed_in_the_first_pass(serial in 0_u32..10_000, at in 7_usize..11, by in 1_u8..10) {
        // Weights 8 to 11 modulo 11: only the last of the serial's weights is blind (11 ≡ 0).
        let stem = format!("0302155{serial:04}");
        let found = (0..10).find_map(|k| PersonalNumber::parse(&format!("{stem}{k}")).ok());
        let Some(number) = found else { return Ok(()) };
        let mut digits: Vec<u8> = number.reveal().bytes().map(|b| b - b'0').collect();
        let sum: u32 = digits.iter().zip(1_u32..=11).map(|(d, w)| u32::from(*d) * w).sum();
        digits[at] = (digits[at] + by) % 10;
        let changed: u32 = digits.iter().zip(1_u32..=11).map(|(d, w)| u32::from(*d) * w).sum();
        if sum % 11 < 10 && changed % 11 < 10 && at < 10 {
            let text: String = digits.iter().map(|d| char::from(b'0' + d)).collect();
            prop_assert!(PersonalNumber::parse(&text).is_err());
        }
    }
}

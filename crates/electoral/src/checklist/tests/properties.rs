use super::*;
use proptest::prelude::*;

fn day() -> impl Strategy<Value = Date> {
    (1_i16..=9999, 1_i8..=12, 1_i8..=28).prop_map(|(y, m, d)| Date::new(y, m, d).unwrap())
}

/// Any answer, fitting or not.
fn answer() -> impl Strategy<Value = Answer> {
    prop_oneof![
        Just(Answer::Yes),
        Just(Answer::No),
        Just(Answer::NotApplicable),
        any::<i64>().prop_map(|n| Answer::Number(Milli(n))),
        day().prop_map(Answer::Date),
        any::<String>().prop_map(Answer::Text),
        any::<u8>().prop_map(Answer::Photos),
    ]
}

/// Texts near what some kind takes, and any other.
fn typed() -> impl Strategy<Value = String> {
    prop_oneof![
        "yes|no|na|[yesnoa]{1,3}",
        "-?[0-9]{1,10}([.,][0-9]{1,4})?",
        "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        " {0,2}[а-яіңғ ]{0,12} {0,2}",
        any::<String>(),
    ]
}

proptest! {
    /// What is read is written so that it is read the same again.
    #[test]
    fn read_and_written_are_the_same(kind in lists::kind(), text in typed()) {
        let one = item(kind);
        if let Ok(answer) = one.read(&text) {
            prop_assert_eq!(one.read(&answer.to_text()), Ok(answer));
        }
    }

    /// Every answer to every question is judged, on every day.
    #[test]
    fn everything_is_judged(kind in lists::kind(), answer in answer(), voting in day()) {
        let allows = kind.may_not_apply();
        let one = item(kind);
        let status = one.judge(&answer, voting);
        if status == Status::NotApplicable {
            prop_assert!(allows && answer == Answer::NotApplicable);
        }
    }

    /// Nothing that was read is of another kind: a question without limits is met by whatever it takes.
    #[test]
    fn what_is_read_is_of_its_kind(text in typed(), voting in day()) {
        for kind in [
            number("-999999999", "999999999", None, None),
            Kind::Date { within_days: None, by_days: None, not_applicable: false },
            Kind::Text { most_chars: 1_000 },
        ] {
            let one = item(kind);
            match one.read(&text) {
                Ok(Answer::No) => prop_assert!(one.kind.may_be_missing() && text.trim() == "no"),
                Ok(answer) => prop_assert_eq!(one.judge(&answer, voting), Status::Met),
                Err(_) => {}
            }
        }
    }

    #[test]
    fn numbers_are_written_as_they_are_read(n in -999_999_999_999_i64..=999_999_999_999) {
        prop_assert_eq!(Milli(n).to_string().parse(), Ok(Milli(n)));
    }

    #[test]
    fn a_list_is_written_as_it_is_read(list in lists::list()) {
        prop_assert_eq!(list.check(), Ok(()));
        let text = list.to_toml().unwrap();
        prop_assert_eq!(Checklist::parse(&text), Ok(list));
    }

    #[test]
    fn any_text_is_a_list_or_refused(text in any::<String>()) {
        let _ = Checklist::parse(&text);
    }

    /// The file itself with a piece of it torn out or written over.
    #[test]
    fn a_torn_file_is_a_list_or_refused(
        from in 0_usize..60_000,
        length in 0_usize..200,
        instead in "[\\[\\]{}=\"'a-z0-9_,\n-]{0,6}",
    ) {
        let mut chars: Vec<char> = BUILT_IN.chars().collect();
        let from = from.min(chars.len());
        let to = (from + length).min(chars.len());
        chars.splice(from..to, instead.chars());
        let text: String = chars.into_iter().collect();
        if let Ok(list) = Checklist::parse(&text) {
            prop_assert_eq!(list.check(), Ok(()));
        }
    }

    /// Two lists differ in nothing exactly when they are the same.
    #[test]
    fn no_changes_means_the_same(a in lists::list(), b in lists::list()) {
        prop_assert!(a.changes_since(&a).is_empty());
        prop_assert_eq!(a.changes_since(&b).is_empty(), a == b);
    }
}

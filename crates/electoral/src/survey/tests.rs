use super::*;
use proptest::prelude::*;

fn asked<'a>(kind: Kind, options: &'a [&'a str], least: i64, most: i64) -> Asked<'a> {
    Asked {
        kind,
        options,
        least,
        most,
    }
}

fn keys(list: &[&str]) -> Vec<String> {
    list.iter().map(|k| (*k).to_owned()).collect()
}

#[test]
fn the_shares_of_the_article_and_their_intervals() {
    let tenths = |n| Share::of(n, 327).unwrap().tenths();
    assert_eq!(
        [124, 83, 230, 177, 138].map(tenths),
        [379, 254, 703, 541, 422]
    );
    let interval = wilson(177, 327).unwrap();
    assert_eq!((interval.low_tenths, interval.high_tenths), (487, 595));
    assert_eq!(Claim::of(177, 327), Claim::NotDistinguishable);
    assert_eq!(Claim::of(230, 327), Claim::MoreThanHalf);
    assert_eq!(Claim::of(138, 327), Claim::LessThanHalf);
    assert_eq!(Claim::of(0, 0), Claim::NotDistinguishable);
    assert_eq!(wilson(0, 0), None);
    assert_eq!(wilson(2, 1), None);
    assert_eq!(Share::of(1, 0), None);
}

#[test]
fn answers_are_checked_against_their_question() {
    let options = ["a", "b", "c"];
    let one = asked(Kind::One, &options, 1, 1);
    assert_eq!(check(&one, &Answer::One("b".into())), Ok(()));
    assert_eq!(check(&one, &Answer::One("x".into())), Err(Fault::Option));
    assert_eq!(check(&one, &Answer::Scale(1)), Err(Fault::Kind));
    let several = asked(Kind::Several, &options, 2, 2);
    let set = |list: &[&str]| Answer::Several(keys(list).into_iter().collect());
    assert_eq!(check(&several, &set(&["a", "c"])), Ok(()));
    assert_eq!(check(&several, &set(&["a"])), Err(Fault::Few));
    assert_eq!(check(&several, &set(&["a", "b", "c"])), Err(Fault::Many));
    assert_eq!(check(&several, &set(&["a", "z"])), Err(Fault::Option));
    let ranking = asked(Kind::Ranking, &options, 1, 3);
    let order = |list: &[&str]| Answer::Ranking(keys(list));
    assert_eq!(check(&ranking, &order(&["c", "a"])), Ok(()));
    assert_eq!(check(&ranking, &order(&["c", "c"])), Err(Fault::Twice));
    assert_eq!(check(&ranking, &order(&[])), Err(Fault::Few));
    let scale = asked(Kind::Scale, &[], 1, 5);
    assert_eq!(check(&scale, &Answer::Scale(5)), Ok(()));
    for value in [0, 6, i64::MIN, i64::MAX] {
        assert_eq!(check(&scale, &Answer::Scale(value)), Err(Fault::Scale));
    }
    let text = asked(Kind::Text, &[], 0, 10);
    assert_eq!(check(&text, &Answer::Text("жауап".into())), Ok(()));
    assert_eq!(
        check(&text, &Answer::Text(" \u{202e}\u{0}".into())),
        Err(Fault::Blank)
    );
    assert_eq!(
        check(&text, &Answer::Text("x".repeat(1_000_000))),
        Err(Fault::Long)
    );
}

#[test]
fn words_lose_what_would_turn_the_page_and_nothing_else() {
    assert_eq!(
        clean("a\u{202e}b\u{0007}\r\n<b>كلمة</b> 🙂 "),
        "ab \n<b>كلمة</b> 🙂"
    );
}

#[test]
fn steps_begin_at_ten_and_go_by_five() {
    let shown = |n| step(n, 10, 5);
    assert_eq!(
        [9, 10, 14, 15, 327].map(shown),
        [None, Some(10), Some(10), Some(15), Some(325)]
    );
    assert_eq!(step(10, 10, 0), None);
}

#[test]
fn what_was_shown_and_what_comes_next_differ_by_a_group() {
    for (from, size, behind) in [(10, 5, 5), (10, 7, 5), (12, 20, 5)] {
        for answered in 0..200 {
            let Some(shown) = shown_step(answered, from, size, behind) else {
                assert!(answered < from + behind);
                continue;
            };
            assert!(shown >= from && (shown - from) % size == 0);
            assert!(answered - shown >= behind, "the survey may be closed now");
            if let Some(next) = shown_step(answered + 1, from, size, behind) {
                assert!(next == shown || next - shown >= behind);
            }
        }
    }
    assert_eq!(
        [14, 15, 19, 20].map(|n| shown_step(n, 10, 5, 5)),
        [None, Some(10), Some(10), Some(15)]
    );
}

#[test]
fn a_token_typed_wrongly_is_no_token() {
    let token = with_check("ABCDEFGH2").unwrap();
    assert!(is_token(&token) && token.len() == 10);
    assert_eq!(
        normal(&format!(" {}-{} ", token[..5].to_lowercase(), &token[5..])),
        token
    );
    for bad in [
        "",
        "ABCDEFGH20",
        "abcdefgh23",
        "ҚАЗАҚСТАН!",
        "ABCDEFGHJKLMN",
    ] {
        assert!(!is_token(bad), "{bad}");
    }
    assert_eq!(with_check("O"), None);
}

#[test]
fn the_built_in_rules_hold_what_surveys_need() {
    let rules = SurveyRules::built_in().unwrap();
    assert_eq!((rules.live_from.value, rules.live_step.value), (10, 5));
    let text = include_str!("../../../../rules/kz/surveys.toml");
    let spoiled = |from: &str, to: &str| SurveyRules::parse(&text.replace(from, to)).unwrap_err();
    assert_eq!(
        spoiled("live_step = { value = 5", "live_step = { value = 1"),
        SurveyError::Range("live_step", 5, 10_000)
    );
    assert!(matches!(
        spoiled("live_step", "life_step"),
        SurveyError::Syntax(_)
    ));
}

proptest! {
    #[test]
    fn an_interval_holds_its_share_and_mirrors(base in 1_u64..5_000, part in 0_u64..5_000) {
        let count = part.min(base);
        let here = wilson(count, base).unwrap();
        let there = wilson(base - count, base).unwrap();
        prop_assert!(here.low_tenths * base <= count * 1_000 && count * 1_000 <= here.high_tenths * base);
        prop_assert_eq!(here.low_tenths, 1_000 - there.high_tenths);
        let half = Claim::of(count, base);
        prop_assert_eq!(half == Claim::NotDistinguishable, Claim::of(base - count, base) == Claim::NotDistinguishable);
        if half == Claim::MoreThanHalf { prop_assert!(here.low_tenths >= 500); }
        if here.low_tenths > 500 { prop_assert_eq!(half, Claim::MoreThanHalf); }
    }

    #[test]
    fn an_interval_agrees_with_the_textbook(base in 1_u64..100_000, part in 0_u64..100_000) {
        let count = part.min(base);
        let (x, n, z) = (count as f64, base as f64, 1.96_f64);
        let middle = (x + z * z / 2.0) / (n + z * z);
        let half = z / (n + z * z) * (x * (n - x) / n + z * z / 4.0).sqrt();
        let here = wilson(count, base).unwrap();
        prop_assert!(((middle - half) * 1_000.0 - here.low_tenths as f64) > -1e-6);
        prop_assert!(((middle - half) * 1_000.0 - here.low_tenths as f64) < 1.0 + 1e-6);
        prop_assert!((here.high_tenths as f64 - (middle + half) * 1_000.0) > -1e-6);
        prop_assert!((here.high_tenths as f64 - (middle + half) * 1_000.0) < 1.0 + 1e-6);
    }

    #[test]
    fn one_wrong_character_is_always_found(body in "[2-9A-HJ-NP-Z]{9}", at in 0_usize..10, other in 0_usize..32) {
        let token = with_check(&body).unwrap();
        prop_assert!(is_token(&token));
        let mut letters: Vec<u8> = token.bytes().collect();
        if letters[at] != ALPHABET[other] {
            letters[at] = ALPHABET[other];
            prop_assert!(!is_token(std::str::from_utf8(&letters).unwrap()));
        }
    }

    #[test]
    fn nothing_typed_stops_the_readers(text in any::<String>()) {
        let _ = (is_token(&text), normal(&text), with_check(&text));
        prop_assert_eq!(clean(&clean(&text)), clean(&text));
    }
}

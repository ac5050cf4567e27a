use super::*;
use jiff::civil::date;
use jiff::tz::TimeZone;

#[test]
fn numbers_are_grouped_and_shares_rounded_half_up() {
    assert_eq!(number(Lang::Ru, 1_062_327), "1\u{202f}062\u{202f}327");
    assert_eq!(number(Lang::En, 999), "999");
    assert_eq!(number(Lang::Kk, -1234), "\u{2212}1\u{202f}234");
    assert_eq!(share_percent(Lang::Ru, 13_430, 31_286), "42,93\u{a0}%");
    assert_eq!(share_percent(Lang::En, 1, 3), "33.33%");
    assert_eq!(share_percent(Lang::En, 1, 20_000), "0.01%");
    assert_eq!(share_percent(Lang::En, 0, 0), "—");
}

#[test]
fn dates_are_written_as_each_language_does() {
    let day = date(2023, 11, 5);
    assert_eq!(date_long(Lang::Kk, day), "2023 жылғы 5\u{a0}қараша");
    assert_eq!(date_long(Lang::Ru, day), "5\u{a0}ноября 2023\u{a0}года");
    assert_eq!(date_long(Lang::En, day), "5\u{a0}November 2023");
}

#[test]
fn a_time_carries_the_offset_of_its_day() {
    let almaty = TimeZone::get("Asia/Almaty").unwrap();
    let before = date(2023, 11, 5)
        .at(20, 0, 0, 0)
        .to_zoned_datetime(almaty.clone())
        .unwrap();
    let after = date(2024, 11, 5)
        .at(20, 0, 0, 0)
        .to_zoned_datetime(almaty.clone())
        .unwrap();
    assert_eq!(
        instant_long(Lang::Ru, before.timestamp(), &almaty),
        "05.11.2023, 20:00 (UTC+6)"
    );
    assert_eq!(
        instant_long(Lang::Ru, after.timestamp(), &almaty),
        "05.11.2024, 20:00 (UTC+5)"
    );
}

#[test]
fn the_first_wanted_language_wins() {
    assert_eq!(Lang::from_accept("de, ru;q=0.8, kk;q=0.9"), Some(Lang::Kk));
    assert_eq!(Lang::from_accept("en-US,en;q=0.9"), Some(Lang::En));
    assert_eq!(Lang::from_accept("fr"), None);
    assert_eq!(Lang::from_accept("ru;q=0"), None);
}

#[test]
fn every_key_has_a_text_in_every_language() {
    for lang in Lang::ALL {
        for key in KEYS {
            assert!(T::new(lang).dynamic(key).is_some(), "{lang:?} {key}");
        }
    }
}

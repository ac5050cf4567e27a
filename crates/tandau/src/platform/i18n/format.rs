//! Numbers, shares, dates and times as each language writes them.

use super::{Lang, T};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Between groups of three digits: narrow and never at the end of a line.
const GROUP: char = '\u{202f}';

/// A whole number with its digits in groups: `1 062 327`.
#[must_use]
pub fn number(lang: Lang, value: impl TryInto<i128>) -> String {
    match value.try_into() {
        Ok(value) => group_digits(lang, &value.to_string()),
        Err(_) => "—".to_owned(),
    }
}

/// Groups a number already written in digits. Four digits stay together in Kazakh and Russian texts
/// of officials too, but tables line up better when all are grouped alike.
pub(super) fn group_digits(_lang: Lang, digits: &str) -> String {
    let (sign, digits) = digits
        .strip_prefix('-')
        .map_or(("", digits), |rest| ("\u{2212}", rest));
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    grouped.push_str(sign);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(GROUP);
        }
        grouped.push(digit);
    }
    grouped
}

/// `part` of `whole` in percent with two decimals, rounded half up: `62,79 %` (`62.79%` in English).
/// A dash when there is no whole.
#[must_use]
pub fn share_percent(lang: Lang, part: u64, whole: u64) -> String {
    if whole == 0 {
        return "—".to_owned();
    }
    let hundredths = (u128::from(part) * 10_000 * 2 + u128::from(whole)) / (u128::from(whole) * 2);
    let (units, rest) = (hundredths / 100, hundredths % 100);
    match lang {
        Lang::En => format!("{units}.{rest:02}%"),
        Lang::Kk | Lang::Ru => format!("{units},{rest:02}\u{a0}%"),
    }
}

/// A share in tenths of a percent, which is as much as a survey can say: `54,1 %` (`54.1%` in English).
#[must_use]
pub fn tenths_percent(lang: Lang, tenths: u64) -> String {
    let (units, rest) = (tenths / 10, tenths % 10);
    match lang {
        Lang::En => format!("{units}.{rest}%"),
        Lang::Kk | Lang::Ru => format!("{units},{rest}\u{a0}%"),
    }
}

/// A date in words: «2023 жылғы 5 қараша», «5 ноября 2023 года», “5 November 2023”.
#[must_use]
pub fn date_long(lang: Lang, date: Date) -> String {
    let month = T::new(lang).word(&format!("month-of-{}", date.month()));
    match lang {
        Lang::Kk => format!("{} жылғы {}\u{a0}{month}", date.year(), date.day()),
        Lang::Ru => format!("{}\u{a0}{month} {}\u{a0}года", date.day(), date.year()),
        Lang::En => format!("{}\u{a0}{month} {}", date.day(), date.year()),
    }
}

/// A date in figures: `05.11.2023`, in English `5 Nov 2023`.
#[must_use]
pub fn date_short(lang: Lang, date: Date) -> String {
    match lang {
        Lang::Kk | Lang::Ru => format!("{:02}.{:02}.{}", date.day(), date.month(), date.year()),
        Lang::En => {
            let month = T::new(lang).word(&format!("month-of-{}", date.month()));
            let short: String = month.chars().take(3).collect();
            format!("{}\u{a0}{short} {}", date.day(), date.year())
        }
    }
}

/// A day of a year that is known: `05.11`, in English `5 Nov`.
#[must_use]
pub fn day_month(lang: Lang, date: Date) -> String {
    let short = date_short(lang, date);
    let between = if lang == Lang::En { ' ' } else { '.' };
    let day = short.rsplit_once(between).map(|(day, _)| day.to_owned());
    day.unwrap_or(short)
}

/// The hour and minute in a zone: `21:04`.
#[must_use]
pub fn time_of(at: Timestamp, zone: &TimeZone) -> String {
    let local = at.to_zoned_datetime(zone.clone());
    format!("{:02}:{:02}", local.hour(), local.minute())
}

/// Date and time with the zone's offset: `05.11.2023, 21:04 (UTC+6)`.
#[must_use]
pub fn instant_long(lang: Lang, at: Timestamp, zone: &TimeZone) -> String {
    let local = at.to_zoned_datetime(zone.clone());
    format!(
        "{}, {} ({})",
        date_short(lang, local.date()),
        time_of(at, zone),
        offset_name(&local)
    )
}

/// Date and time without the zone, where the page has named it: `05.11.2023, 21:04`.
#[must_use]
pub fn instant_short(lang: Lang, at: Timestamp, zone: &TimeZone) -> String {
    let local = at.to_zoned_datetime(zone.clone());
    format!("{}, {}", date_short(lang, local.date()), time_of(at, zone))
}

fn offset_name(local: &jiff::ZonedDateTime) -> String {
    let seconds = local.offset().seconds();
    let sign = if seconds < 0 { '\u{2212}' } else { '+' };
    let minutes = seconds.unsigned_abs() / 60;
    if minutes.is_multiple_of(60) {
        format!("UTC{sign}{}", minutes / 60)
    } else {
        format!("UTC{sign}{}:{:02}", minutes / 60, minutes % 60)
    }
}

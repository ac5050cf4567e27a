//! Answers and what is missing, in words.

use super::model::names;
use crate::platform::i18n::{Lang, date_long};
use crate::platform::{Error, Names, T};
use electoral::checklist::{Item, Kind, Milli};
use jiff::Span;
use jiff::civil::Date;

/// What an answer says, for people.
pub(in crate::readiness) fn value_words(t: T, item: Option<&Item>, value: &str) -> String {
    let plain = || match value {
        "yes" => t.readiness_yes(),
        "no" => t.readiness_no(),
        "na" => t.readiness_na(),
        other => other.to_owned(),
    };
    if value == "no" && item.is_some_and(|i| i.kind.may_be_missing()) {
        return t.readiness_none();
    }
    match item.map(|i| &i.kind) {
        Some(Kind::Number { unit, .. }) if value != "na" => {
            format!("{} {}", decimal(t, value), names(unit).get(t.lang))
        }
        Some(Kind::Date { .. }) => value
            .parse()
            .map_or_else(|_| value.to_owned(), |day| date_long(t.lang, day)),
        Some(Kind::Text { .. }) => value.to_owned(),
        Some(Kind::Photo { .. }) => match value.parse::<i64>() {
            Ok(count) => t.readiness_photos(count),
            Err(_) => value.to_owned(),
        },
        _ => plain(),
    }
}

/// What an answer says to whoever mends it: that it was answered, where somebody wrote freely, because they may have
/// written of people.
pub(in crate::readiness) fn task_words(t: T, item: &Item, value: &str) -> String {
    match item.kind {
        Kind::Text { .. } if !matches!(value, "no" | "na") => t.readiness_answered(),
        _ => value_words(t, Some(item), value),
    }
}

fn decimal(t: T, value: &str) -> String {
    let point = if t.lang == Lang::En { "." } else { "," };
    value.replace('.', point)
}

/// What is not in order, in the languages of the country: the question, the answer, and the limit that it missed.
/// Nothing that somebody wrote freely: whoever mends it must not read of people.
///
/// # Errors
/// Outside the calendar.
pub(in crate::readiness) fn defect(
    item: &Item,
    value: &str,
    voting_day: Date,
) -> Result<Names, Error> {
    let one = |lang: Lang| -> Result<String, Error> {
        let t = T::new(lang);
        let mut answer = task_words(t, item, value);
        if let Some(need) = need(t, item, value, voting_day)? {
            answer = format!("{answer} ({need})");
        }
        let question = names(&item.wording).get(lang).to_owned();
        Ok(t.readiness_task_title(answer, question))
    };
    Ok(Names::new(one(Lang::Kk)?, one(Lang::Ru)?, one(Lang::En)?))
}

/// The limit that an answer misses.
fn need(t: T, item: &Item, value: &str, voting_day: Date) -> Result<Option<String>, Error> {
    match &item.kind {
        Kind::Number {
            unit,
            met_from,
            met_to,
            ..
        } => {
            let Ok(given) = value.parse::<Milli>() else {
                return Ok(None);
            };
            let with_unit = |limit: &Milli| {
                format!(
                    "{} {}",
                    decimal(t, &limit.to_string()),
                    names(unit).get(t.lang)
                )
            };
            Ok(match (met_from, met_to) {
                (Some(from), _) if given < *from => Some(t.readiness_need_from(with_unit(from))),
                (_, Some(to)) if given > *to => Some(t.readiness_need_to(with_unit(to))),
                _ => None,
            })
        }
        Kind::Date {
            within_days,
            by_days,
            ..
        } => {
            let Ok(given) = value.parse::<Date>() else {
                return Ok(None);
            };
            let before = |days: u16| -> Result<Date, Error> {
                Ok(voting_day.checked_sub(Span::new().try_days(i64::from(days))?)?)
            };
            if let Some(first) = within_days.map(before).transpose()?
                && given < first
            {
                return Ok(Some(t.readiness_need_since(date_long(t.lang, first))));
            }
            if let Some(last) = by_days.map(before).transpose()?
                && given > last
            {
                return Ok(Some(t.readiness_need_by(date_long(t.lang, last))));
            }
            Ok(None)
        }
        _ => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use electoral::checklist::Checklist;
    use jiff::civil::date;

    #[test]
    fn what_somebody_wrote_freely_reaches_nobody_who_mends() {
        let list = Checklist::built_in().unwrap();
        let free = list
            .items
            .iter()
            .find(|i| matches!(i.kind, Kind::Text { .. }))
            .unwrap();
        let words = "Aigul Seitova, uses a wheelchair";
        for lang in Lang::ALL {
            assert!(!task_words(T::new(lang), free, words).contains("Aigul"));
        }
        let title = defect(free, words, date(2023, 11, 5)).unwrap();
        assert!(title.en.ends_with("– answered"), "{title:?}");
        assert_eq!(
            task_words(T::new(Lang::En), free, "no"),
            value_words(T::new(Lang::En), Some(free), "no")
        );
    }

    #[test]
    fn a_defect_says_what_is_missing_and_how_much_is_needed() {
        let list = Checklist::built_in().unwrap();
        let day = date(2023, 11, 5);
        let title = |id: &str, value: &str| defect(list.item(id).unwrap(), value, day).unwrap();
        assert_eq!(
            title("premises_provided", "no").en,
            "Has the voting room been handed over to the precinct commission? – No"
        );
        assert!(
            title("door_width", "72.5")
                .ru
                .ends_with("– 72,5 см (нужно не меньше: 90 см)")
        );
        assert!(title("line_tested", "no").en.ends_with("– There is none"));
        let late = title("line_tested", "2023-10-01").kk;
        assert!(late.contains("(ең ерте күні: ") && late.contains("29\u{a0}қазан"));
    }
}

//! The calendar as plain text, for a terminal.

use super::Plan;
use crate::platform::Lang;
use crate::platform::i18n::{date_short, instant_long};
use electoral::calendar::ComputedStep;
use std::fmt::Write as _;

/// One line for each step: dates, name, article, confidence; times are local with their offset.
#[must_use]
pub fn to_text(rules: &str, plan: &Plan, lang: Lang) -> String {
    let mut text = format!("{rules}  {}\n\n", date_short(lang, plan.voting_day));
    for item in &plan.items {
        let step = &item.step;
        let name = step.name.get(language(lang));
        // Writing to a String does not fail.
        let _ = writeln!(text, "{}", period(step, lang));
        let _ = writeln!(
            text,
            "    {name} [{}, {}]",
            step.article,
            step.confidence.code()
        );
    }
    text
}

fn period(step: &ComputedStep, lang: Lang) -> String {
    let moment = |m: &jiff::ZonedDateTime, whole_day: bool| {
        if whole_day {
            date_short(lang, m.date())
        } else {
            instant_long(lang, m.timestamp(), m.time_zone())
        }
    };
    let from = step
        .from
        .as_ref()
        .map(|m| moment(m, m.time() == jiff::civil::Time::midnight()));
    let until = step
        .until
        .as_ref()
        .map(|m| moment(m, step.until_end_of_day));
    match (from, until) {
        (Some(from), Some(until)) if from == until => from,
        (Some(from), Some(until)) => format!("{from} – {until}"),
        (Some(from), None) => format!("{from} –"),
        (None, Some(until)) => format!("– {until}"),
        (None, None) => "…".to_owned(),
    }
}

pub(crate) use crate::platform::i18n::language;

//! The calendar for calendar programs (RFC 5545).

use super::Plan;
use super::text::language;
use crate::platform::Lang;
use crate::platform::ics::Ics;
use electoral::calendar::ComputedStep;
use jiff::Timestamp;

/// What a calendar says about itself.
#[derive(Clone, Copy, Debug)]
pub struct IcsHead<'a> {
    /// What the ids of events end with: the election's or contest's id, the same in every edition.
    pub id: &'a str,
    /// Title.
    pub title: &'a str,
    /// When this edition was made.
    pub stamp: Timestamp,
}

/// Every step with a date as an event: times in UTC, ids that stay the same when dates move.
///
/// A step with one side only is an event of no length at its moment.
#[must_use]
pub fn to_ics(head: IcsHead<'_>, plan: &Plan, lang: Lang) -> String {
    let mut lines = Ics::new(head.title);
    for item in &plan.items {
        if let Some((start, end)) = period(&item.step) {
            let step = &item.step;
            let name = step.name.get(language(lang));
            lines.add("BEGIN", "VEVENT");
            lines.add("UID", &format!("{}.{}@tandau", step.id, head.id));
            lines.at("DTSTAMP", head.stamp);
            lines.at("DTSTART", start);
            lines.at("DTEND", end);
            lines.text("SUMMARY", name);
            lines.add("SEQUENCE", &item.version.to_string());
            let mut about = format!("{} ({})", step.article, step.confidence.code());
            if let Some(planned) = &item.planned {
                about.push('\n');
                about.push_str(&planned.reason);
            }
            lines.text("DESCRIPTION", &about);
            lines.add("TRANSP", "TRANSPARENT");
            lines.add("END", "VEVENT");
        }
    }
    lines.end()
}

fn period(step: &ComputedStep) -> Option<(Timestamp, Timestamp)> {
    let from = step.from.as_ref().map(jiff::ZonedDateTime::timestamp);
    let until = step.until.as_ref().map(jiff::ZonedDateTime::timestamp);
    Some((from.or(until)?, until.or(from)?))
}

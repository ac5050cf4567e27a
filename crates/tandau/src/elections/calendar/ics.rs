//! The calendar for calendar programs (RFC 5545).

use super::Plan;
use super::text::language;
use crate::platform::Lang;
use electoral::calendar::ComputedStep;
use jiff::Timestamp;

/// Octets of a content line, without its end (RFC 5545, 3.1).
const LINE_OCTETS: usize = 75;

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
    let mut lines = Lines::default();
    lines.add("BEGIN", "VCALENDAR");
    lines.add("VERSION", "2.0");
    lines.add("PRODID", "-//Tandau//Calendar//EN");
    lines.add("CALSCALE", "GREGORIAN");
    lines.add("METHOD", "PUBLISH");
    lines.add("X-WR-CALNAME", &escape(head.title));
    for item in &plan.items {
        if let Some((start, end)) = period(&item.step) {
            let step = &item.step;
            let name = step.name.get(language(lang));
            lines.add("BEGIN", "VEVENT");
            lines.add("UID", &format!("{}.{}@tandau", step.id, head.id));
            lines.add("DTSTAMP", &utc(head.stamp));
            lines.add("DTSTART", &utc(start));
            lines.add("DTEND", &utc(end));
            lines.add("SUMMARY", &escape(name));
            lines.add("SEQUENCE", &item.version.to_string());
            let mut about = format!("{} ({})", step.article, step.confidence.code());
            if let Some(planned) = &item.planned {
                about.push('\n');
                about.push_str(&planned.reason);
            }
            lines.add("DESCRIPTION", &escape(&about));
            lines.add("TRANSP", "TRANSPARENT");
            lines.add("END", "VEVENT");
        }
    }
    lines.add("END", "VCALENDAR");
    lines.text
}

fn period(step: &ComputedStep) -> Option<(Timestamp, Timestamp)> {
    let from = step.from.as_ref().map(jiff::ZonedDateTime::timestamp);
    let until = step.until.as_ref().map(jiff::ZonedDateTime::timestamp);
    Some((from.or(until)?, until.or(from)?))
}

fn utc(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// Text values: backslash, comma, semicolon and line ends (RFC 5545, 3.3.11).
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ',' | ';' => {
                escaped.push('\\');
                escaped.push(c);
            }
            '\n' => escaped.push_str("\\n"),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

#[derive(Default)]
struct Lines {
    text: String,
}

impl Lines {
    /// One content line, folded between characters so that no line has more than 75 octets.
    fn add(&mut self, name: &str, value: &str) {
        let mut octets = 0;
        for c in name.chars().chain([':']).chain(value.chars()) {
            if octets + c.len_utf8() > LINE_OCTETS {
                self.text.push_str("\r\n ");
                octets = 1;
            }
            self.text.push(c);
            octets += c.len_utf8();
        }
        self.text.push_str("\r\n");
    }
}

//! Calendars for calendar programs (RFC 5545): content lines folded between characters, texts escaped, times in UTC.

use jiff::Timestamp;

/// Octets of a content line, without its end (RFC 5545, 3.1).
pub const LINE_OCTETS: usize = 75;

/// A calendar that is being written.
#[derive(Clone, Debug)]
pub struct Ics {
    text: String,
}

impl Ics {
    /// Begins a calendar.
    #[must_use]
    pub fn new(title: &str) -> Self {
        let mut ics = Self {
            text: String::new(),
        };
        ics.add("BEGIN", "VCALENDAR");
        ics.add("VERSION", "2.0");
        ics.add("PRODID", "-//Tandau//Calendar//EN");
        ics.add("CALSCALE", "GREGORIAN");
        ics.add("METHOD", "PUBLISH");
        ics.text("X-WR-CALNAME", title);
        ics
    }

    /// One content line, folded so that no line has more than 75 octets. The value is written as it is.
    pub fn add(&mut self, name: &str, value: &str) {
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

    /// A line whose value is text.
    pub fn text(&mut self, name: &str, value: &str) {
        self.add(name, &escape(value));
    }

    /// A line whose value is a moment.
    pub fn at(&mut self, name: &str, at: Timestamp) {
        self.add(name, &at.strftime("%Y%m%dT%H%M%SZ").to_string());
    }

    /// The whole calendar.
    #[must_use]
    pub fn end(mut self) -> String {
        self.add("END", "VCALENDAR");
        self.text
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Lines as a calendar program reads them: folds taken out.
    fn unfolded(text: &str) -> Vec<String> {
        text.replace("\r\n ", "")
            .split_terminator("\r\n")
            .map(str::to_owned)
            .collect()
    }

    proptest! {
        /// Whatever is written comes back, no line is too long, nothing begins a line of its own.
        #[test]
        fn what_is_written_is_read(title in "\\PC{0,200}", note in "[a-zә, ;\\\\\n]{0,200}") {
            let mut ics = Ics::new(&title);
            ics.text("SUMMARY", &note);
            let text = ics.end();
            prop_assert!(text.split("\r\n").all(|line| line.len() <= LINE_OCTETS));
            let lines = unfolded(&text);
            prop_assert_eq!(lines.len(), 8);
            let read = lines[6].strip_prefix("SUMMARY:").unwrap();
            let mut back = String::new();
            let mut signs = read.chars();
            while let Some(c) = signs.next() {
                match c {
                    '\\' => match signs.next().unwrap() { 'n' => back.push('\n'), c => back.push(c) },
                    c => back.push(c),
                }
            }
            prop_assert_eq!(back, note);
        }
    }
}

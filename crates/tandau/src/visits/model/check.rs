//! What may be written about visits, events, records and proposals.

use super::{
    MAX_LINE, MAX_PEOPLE, MAX_ROWS, MAX_TEXT, NewEvent, NewProposal, NewVisit, Record, Visit,
    is_key, is_word,
};
use crate::platform::web::FieldErrors;
use crate::platform::{Error, Names, T, degrees};
use electoral::visits::VisitRules;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::BTreeSet;

/// Checks a text of three languages that [`Names::filled`] has filled: all are blank or none is.
fn said(t: T, problems: &mut FieldErrors, (field, most): (&str, usize), names: &Names, must: bool) {
    if must && names.kk.is_empty() {
        problems.add(format!("{field}_kk"), t.form_required());
    }
    for (lang, text) in [("kk", &names.kk), ("ru", &names.ru), ("en", &names.en)] {
        if text.chars().count() > most {
            problems.add(format!("{field}_{lang}"), t.form_too_long(most));
        }
    }
}

impl NewVisit {
    /// The same with tidy words.
    #[must_use]
    pub fn tidy(mut self) -> Self {
        self.title = self.title.lines().filled();
        self.head = self.head.lines().filled();
        self.members = self.members.paragraphs().filled();
        self.purpose = self.purpose.paragraphs().filled();
        self
    }

    /// Checks what needs no table.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming each field.
    pub fn check(&self, t: T, rules: &VisitRules) -> Result<(), Error> {
        let mut problems = FieldErrors::new();
        said(t, &mut problems, ("title", MAX_LINE), &self.title, true);
        said(t, &mut problems, ("head", MAX_LINE), &self.head, true);
        said(
            t,
            &mut problems,
            ("members", MAX_TEXT),
            &self.members,
            false,
        );
        said(t, &mut problems, ("purpose", MAX_TEXT), &self.purpose, true);
        let days = i64::from(
            self.ends_on
                .since(self.starts_on)
                .map_or(-1, |s| s.get_days()),
        ) + 1;
        let most = rules.days_most.value;
        if u64::try_from(days).map_or(true, |days| days == 0 || days > most) {
            problems.add("ends_on", t.visits_days_range(most));
        }
        problems.done()
    }
}

impl NewEvent {
    /// The same with tidy words.
    #[must_use]
    pub fn tidy(mut self) -> Self {
        self.place = self.place.lines().filled();
        self.led = self.led.lines().filled();
        self.agenda = self.agenda.paragraphs().filled();
        self.hosts = self.hosts.lines().filled();
        self
    }

    /// Checks what needs no table. `zone` is that of its area.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming each field.
    pub fn check(
        &self,
        t: T,
        rules: &VisitRules,
        visit: &Visit,
        zone: &TimeZone,
    ) -> Result<(), Error> {
        let mut problems = FieldErrors::new();
        if !is_key(&self.key) {
            problems.add("key", t.visits_key_form());
        }
        match rules.kind(&self.kind) {
            None => problems.add("kind", t.form_choice()),
            Some(kind) if kind.station && self.station_id.is_none() => {
                problems.add("station", t.visits_station_needed());
            }
            Some(_) => {}
        }
        said(t, &mut problems, ("place", MAX_LINE), &self.place, true);
        said(t, &mut problems, ("led", MAX_LINE), &self.led, true);
        said(t, &mut problems, ("agenda", MAX_TEXT), &self.agenda, false);
        said(t, &mut problems, ("hosts", MAX_LINE), &self.hosts, false);
        let day = |at: Timestamp| at.to_zoned_datetime(zone.clone()).date();
        if self.ends_at <= self.starts_at {
            problems.add("ends", t.visits_ends_before());
        } else if day(self.starts_at) < visit.starts_on || day(self.ends_at) > visit.ends_on {
            problems.add("day", t.visits_outside_days());
        }
        if let Some((north, east)) = self.coordinates
            && !degrees::on_earth(north, east)
        {
            problems.add("coordinates", t.visits_coordinates_form());
        }
        problems.done()
    }
}

impl Record {
    /// The same with tidy words, without what says nothing.
    #[must_use]
    pub fn tidy(mut self) -> Self {
        self.counts
            .retain(|c| c.invited.is_some() || c.counted.is_some());
        self.counts.sort_by(|a, b| a.category.cmp(&b.category));
        self.speakers = self.speakers.iter().map(|s| s.lines().filled()).collect();
        for report in &mut self.reports {
            report.speaker = report.speaker.lines().filled();
            report.subject = report.subject.lines().filled();
            for figure in &mut report.figures {
                figure.label = figure.label.lines().filled();
            }
        }
        self.surveys.sort();
        self.surveys.dedup();
        self
    }

    /// Checks what needs no table.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming each field.
    pub fn check(&self, t: T, rules: &VisitRules) -> Result<(), Error> {
        let mut problems = FieldErrors::new();
        let mut seen = BTreeSet::new();
        for count in &self.counts {
            if rules.category(&count.category).is_none() || !seen.insert(&count.category) {
                problems.add("counts", t.form_choice());
            }
            let over = |n: Option<u64>| n.is_some_and(|n| n > MAX_PEOPLE);
            for (field, number) in [("invited", count.invited), ("counted", count.counted)] {
                if over(number) {
                    let most = MAX_PEOPLE;
                    problems.add(
                        format!("{field}_{}", count.category),
                        t.visits_people_most(most),
                    );
                }
            }
        }
        if self.speakers.len() > MAX_ROWS {
            problems.add("speakers", t.visits_rows_most(MAX_ROWS));
        }
        if self
            .speakers
            .iter()
            .any(|s| s.kk.is_empty() || s.kk.chars().count() > MAX_LINE)
        {
            problems.add("speakers", t.form_too_long(MAX_LINE));
        }
        if self.reports.len() > MAX_ROWS || self.surveys.len() > MAX_ROWS {
            problems.add("subject_kk", t.visits_rows_most(MAX_ROWS));
        }
        let mut keys = BTreeSet::new();
        for report in &self.reports {
            said(
                t,
                &mut problems,
                ("subject", MAX_LINE),
                &report.subject,
                true,
            );
            said(
                t,
                &mut problems,
                ("speaker", MAX_LINE),
                &report.speaker,
                false,
            );
            let most = rules.figures_most.value;
            if u64::try_from(report.figures.len()).map_or(true, |n| n > most) {
                problems.add("figures", t.visits_rows_most(most));
            }
            for figure in &report.figures {
                if !is_word(&figure.key) || !keys.insert(&figure.key) {
                    problems.add("figures", t.visits_figure_key());
                }
                said(t, &mut problems, ("figures", MAX_LINE), &figure.label, true);
            }
        }
        problems.done()
    }
}

impl NewProposal {
    /// The same with tidy words.
    #[must_use]
    pub fn tidy(mut self) -> Self {
        self.text = self.text.paragraphs().filled();
        self
    }

    /// Checks what needs no table; says whether it is a wish of a profile.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming each field.
    pub fn check(&self, t: T, rules: &VisitRules) -> Result<bool, Error> {
        let mut problems = FieldErrors::new();
        let profile = rules.topic(&self.topic).map(|topic| topic.profile);
        if profile.is_none() {
            problems.add("topic", t.form_choice());
        }
        let is_profile = profile == Some(true);
        if is_profile {
            if rules.wish(&self.wish).is_none() {
                problems.add("wish", t.visits_wish_needed());
            }
            if self.body.is_some() {
                problems.add("kind", t.visits_wish_no_answer());
            }
        } else if !self.wish.is_empty() {
            problems.add("wish", t.visits_wish_only_profile());
        } else if profile.is_some() && self.body.is_none() {
            problems.add("kind", t.form_choice());
        }
        said(
            t,
            &mut problems,
            ("text", MAX_TEXT),
            &self.text,
            !is_profile,
        );
        if self.text.any(names_somebody) {
            problems.add("text_kk", t.visits_personal());
        }
        problems.done()?;
        Ok(is_profile)
    }
}

/// What looks like a telephone, a personal number or an address of a person: eight digits in a row, or an at sign.
pub(in crate::visits) fn names_somebody(text: &str) -> bool {
    let mut run = 0_u32;
    for c in text.chars() {
        if c == '@' {
            return true;
        }
        if c.is_ascii_digit() {
            run += 1;
            if run >= 8 {
                return true;
            }
        } else if !matches!(c, ' ' | '-' | '(' | ')' | '\u{a0}' | '\u{202f}') {
            run = 0;
        }
    }
    false
}

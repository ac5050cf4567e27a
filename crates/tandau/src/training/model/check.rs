//! What is checked before it is kept.

use super::{LANGUAGES, MAX_LINE, MAX_TEXT, NewModule, NewProgramme, NewSession};
use crate::platform::web::FieldErrors;
use crate::platform::{Error, Names, T, degrees};
use electoral::training::rules::CascadeRules;

/// Keys stand in files and addresses.
fn is_key(text: &str) -> bool {
    (1..=40).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

/// A page of this site, or one that is reached over TLS.
fn is_link(text: &str) -> bool {
    text.starts_with("https://") || (text.starts_with('/') && !text.starts_with("//"))
}

fn words(errors: &mut FieldErrors, t: T, field: &str, names: &Names, (must, most): (bool, usize)) {
    for (lang, text) in [("kk", &names.kk), ("ru", &names.ru), ("en", &names.en)] {
        let name = format!("{field}_{lang}");
        if must && text.is_empty() {
            errors.add(name, t.form_required());
        } else if text.chars().count() > most {
            errors.add(
                name,
                t.form_too_long(i64::try_from(most).unwrap_or(i64::MAX)),
            );
        }
    }
}

impl NewProgramme {
    /// Without blanks around; a language that is blank takes the words of another.
    #[must_use]
    pub fn tidy(mut self) -> Self {
        self.key = self.key.trim().to_owned();
        self.title = self.title.lines().filled();
        self.goal = self.goal.paragraphs().filled();
        self
    }

    /// Checks a programme against the rules.
    ///
    /// # Errors
    /// [`Error::Invalid`]: a key, group, level or words that can't be.
    pub fn check(&self, t: T, rules: &CascadeRules) -> Result<(), Error> {
        let mut errors = FieldErrors::new();
        if !is_key(&self.key) {
            errors.add("key", t.training_key_form());
        }
        words(&mut errors, t, "title", &self.title, (true, MAX_LINE));
        words(&mut errors, t, "goal", &self.goal, (true, MAX_TEXT));
        let audience = rules.audience(&self.audience);
        if audience.is_none() {
            errors.add("audience", t.form_choice());
        }
        if self.level_until > rules.last() {
            errors.add("level_until", t.form_choice());
        } else if self.level_from > self.level_until {
            errors.add("level_until", t.training_levels_crossed());
        } else if let (Some(audience), Some(last)) = (audience, rules.level(self.level_until))
            && !audience.commissions.is_empty()
            && !audience.commissions.contains(&last.trains)
        {
            errors.add("audience", t.training_audience_not_taught());
        }
        errors.done()
    }
}

impl NewModule {
    /// Without blanks around; a language that is blank takes the words of another.
    #[must_use]
    pub fn tidy(mut self) -> Self {
        self.key = self.key.trim().to_owned();
        self.title = self.title.lines().filled();
        self.goals = self.goals.paragraphs().filled();
        self.change = self.change.paragraphs().filled();
        for material in &mut self.materials {
            material.title = material.title.trim().to_owned();
            material.link = material.link.trim().to_owned();
        }
        self
    }

    /// Checks a module. A version after the first says what changed.
    ///
    /// # Errors
    /// [`Error::Invalid`].
    pub fn check(&self, t: T, rules: &CascadeRules, first: bool) -> Result<(), Error> {
        let mut errors = FieldErrors::new();
        if !is_key(&self.key) {
            errors.add("key", t.training_key_form());
        }
        words(&mut errors, t, "title", &self.title, (true, MAX_LINE));
        words(&mut errors, t, "goals", &self.goals, (true, MAX_TEXT));
        words(&mut errors, t, "change", &self.change, (!first, MAX_TEXT));
        let most = rules.hours_most.value.saturating_mul(60);
        if !(1..=most).contains(&self.minutes) {
            errors.add("minutes", t.training_minutes_between(most));
        }
        let most = usize::try_from(rules.materials_most.value).unwrap_or(usize::MAX);
        for language in LANGUAGES {
            let own = self.materials.iter().filter(|m| m.language == language);
            let field = format!("materials_{language}");
            if own.clone().count() > most {
                errors.add(field, t.training_materials_most(rules.materials_most.value));
                continue;
            }
            let wrong = own.clone().any(|m| {
                let file = m.file_id.is_some();
                m.title.is_empty()
                    || m.title.chars().count() > MAX_LINE
                    || m.link.chars().count() > MAX_LINE
                    || file != m.link.is_empty()
                    || !(file || is_link(&m.link))
                    || m.link.chars().any(char::is_whitespace)
            });
            if wrong {
                errors.add(field, t.training_materials_form());
            }
        }
        if self
            .materials
            .iter()
            .any(|m| !LANGUAGES.contains(&m.language.as_str()))
        {
            errors.add("materials_kk", t.form_choice());
        }
        errors.done()
    }
}

impl NewSession {
    /// Without blanks around; a language that is blank takes the words of another.
    #[must_use]
    pub fn tidy(mut self) -> Self {
        self.place = self.place.lines().filled();
        let unique = |list: &mut Vec<String>| {
            let mut seen = std::collections::HashSet::new();
            list.retain(|id| !id.is_empty() && seen.insert(id.clone()));
        };
        unique(&mut self.modules);
        unique(&mut self.trainers);
        self
    }

    /// Checks sizes and times.
    ///
    /// # Errors
    /// [`Error::Invalid`].
    pub fn check(&self, t: T, rules: &CascadeRules) -> Result<(), Error> {
        let mut errors = FieldErrors::new();
        words(&mut errors, t, "place", &self.place, (true, MAX_LINE));
        let minutes = self.ends_at.duration_since(self.starts_at).as_mins();
        let most = rules.hours_most.value;
        if minutes < 1 {
            errors.add("ends", t.training_ends_before());
        } else if u64::try_from(minutes).unwrap_or(u64::MAX) > most.saturating_mul(60) {
            errors.add("ends", t.training_hours_most(most));
        }
        let most = rules.seats_most.value;
        if !(1..=most).contains(&self.seats) {
            errors.add("seats", t.training_seats_between(most));
        }
        let trainers = u64::try_from(self.trainers.len()).unwrap_or(u64::MAX);
        if !(1..=rules.trainers_most.value).contains(&trainers) {
            errors.add(
                "trainer",
                t.training_trainers_between(rules.trainers_most.value),
            );
        }
        if self.modules.is_empty() {
            errors.add("module", t.training_modules_needed());
        }
        if let Some((north, east)) = self.coordinates
            && !degrees::on_earth(north, east)
        {
            errors.add("coordinates", t.training_coordinates_form());
        }
        errors.done()
    }
}

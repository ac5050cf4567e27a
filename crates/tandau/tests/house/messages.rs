//! Messages that nobody says are not kept.

use crate::source::{Source, files, program};
use crate::{none, sample};
use std::collections::BTreeSet;

/// Keys of a file of `locales/`.
fn keys(file: &Source) -> impl Iterator<Item = &str> {
    let part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let keys = file.text.lines().filter_map(|line| line.split_once(" ="));
    keys.map(|(key, _)| key)
        .filter(move |key| !key.is_empty() && key.chars().all(part))
}

/// What sources say: words, whole literals, and beginning and end of those with one place to fill.
#[derive(Default)]
struct Said<'s> {
    words: BTreeSet<&'s str>,
    literals: BTreeSet<&'s str>,
    families: BTreeSet<(&'s str, &'s str)>,
}

impl<'s> Said<'s> {
    fn of(sources: &'s [Source]) -> Self {
        let mut said = Self::default();
        for source in sources.iter().filter(|s| !s.is_test()) {
            let is_template = source.path.ends_with(".html");
            let code = if is_template {
                &source.text
            } else {
                &source.parts.code
            };
            let part = |c: char| c.is_alphanumeric() || c == '_';
            said.words.extend(code.split(|c: char| !part(c)));
            for (_, literal) in &source.parts.strings {
                said.literals.insert(literal);
                if let (Some((begins, rest)), Some((_, ends))) =
                    (literal.split_once('{'), literal.rsplit_once('}'))
                    && !rest.contains('{')
                {
                    said.families.insert((begins, ends));
                }
            }
        }
        said.families.retain(|(begins, _)| begins.ends_with('-'));
        said
    }

    fn says(&self, key: &str) -> bool {
        self.words.contains(key.replace('-', "_").as_str())
            || self.literals.contains(key)
            || self
                .families
                .iter()
                .any(|(begins, ends)| key.starts_with(begins) && key.ends_with(ends))
    }
}

fn unsaid(messages: &[Source], sources: &[Source]) -> Vec<String> {
    let said = Said::of(sources);
    let mut problems = Vec::new();
    for file in messages {
        let unsaid = keys(file).filter(|key| !said.says(key));
        problems.extend(unsaid.map(|key| format!("{}: nobody says {key}", file.path)));
    }
    problems
}

#[test]
fn every_message_is_said() {
    let messages = files("locales/en", &[".ftl"]);
    assert!(messages.len() > 20, "the messages were found");
    let mut sources = program();
    sources.extend(files("crates/tandau/src", &[".html"]));
    none(unsaid(&messages, &sources));
}

#[test]
fn a_message_that_nobody_says_is_found() {
    let messages = sample(
        "locales/en/x.ftl",
        "x-method = A\nx-word = B\nx-state-done = C\nx-forgotten = D\n    x-inside = E\n# x-comment = F\n",
    );
    let code = "fn f(t: T) { t.x_method(); t.word(\"x-word\"); t.word(&format!(\"x-state-{}\", s)) } // x_forgotten";
    let found = unsaid(&messages, &sample("crates/tandau/src/x/pages.rs", code));
    assert_eq!(found, ["locales/en/x.ftl: nobody says x-forgotten"]);
    let tests = sample("crates/tandau/src/x/tests.rs", "t.x_forgotten()");
    assert_eq!(unsaid(&messages, &tests).len(), 4);
}

//! Words and figures that several pages say alike.

use super::super::model::{Moment, OutcomeKind, Progress};
use super::super::queries::{Candidate, Contest, Election};
use crate::platform::i18n::{date_long, instant_long, number, share_percent};
use crate::platform::{App, Lang, Names, T};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// A state as `ui::state` shows it: shape and word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// `done`, `partial`, `open`, `attention`, `trouble`.
    pub kind: &'static str,
    /// The word.
    pub text: String,
}

impl Mark {
    pub(super) fn new(kind: &'static str, text: impl Into<String>) -> Self {
        Self {
            kind,
            text: text.into(),
        }
    }
}

/// The shape of a protocol's state.
pub(super) fn shape(state: &str) -> &'static str {
    match state {
        "accepted" => "done",
        "accepted_with_act" | "returned" | "submitted_with_faults" => "attention",
        "submitted" => "partial",
        _ => "open",
    }
}

/// A protocol's state for everybody. A draft is the station's own affair: it reads as expected.
pub(super) fn protocol_mark(t: T, state: &str) -> Mark {
    let key = match state {
        "accepted" => "results-protocol-accepted",
        "accepted_with_act" => "results-protocol-accepted-with-act",
        "submitted" => "results-protocol-submitted",
        "submitted_with_faults" => "results-protocol-submitted-with-faults",
        "returned" => "results-protocol-returned",
        _ => "results-protocol-expected",
    };
    Mark::new(shape(state), t.word(key))
}

/// Width of a bar for an SVG attribute: `41.30`, always with a point.
pub(super) fn width(part: u64, whole: u64) -> String {
    if whole == 0 {
        return "0".to_owned();
    }
    let hundredths = u128::from(part.min(whole)) * 10_000 / u128::from(whole);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// Who nominated.
pub(super) fn nominated_by(t: T, candidate: &Candidate) -> String {
    match (&candidate.organisation, candidate.nominated_by.as_str()) {
        (Some(organisation), _) => organisation.get(t.lang).to_owned(),
        (None, "self") => t.results_by_self(),
        (None, "superior_akim") => t.results_by_superior_akim(),
        (None, _) => t.results_by_party(),
    }
}

/// Hue of a candidate's bar: ballot order, around after eight.
pub(super) fn hue(position: u64) -> u64 {
    position.saturating_sub(1) % 8 + 1
}

/// The state of a contest in one mark. `elected` names the elected person where that may be said.
pub(super) fn contest_mark(t: T, contest: &Contest, moment: Moment, elected: Option<&str>) -> Mark {
    let progress = &contest.progress;
    if moment.votes_are_public() {
        if contest.under_recount {
            return Mark::new("attention", t.results_contest_recount());
        }
        match (contest.outcome, elected) {
            (Some(OutcomeKind::Elected), Some(name)) => {
                return Mark::new("done", t.results_contest_elected(name.to_owned()));
            }
            (Some(kind), _) => {
                let shape = if kind == OutcomeKind::Elected {
                    "done"
                } else {
                    "attention"
                };
                return Mark::new(shape, t.word(kind.message_key()));
            }
            (None, _) => {}
        }
    }
    if progress.is_complete() {
        Mark::new("done", t.results_contest_counted())
    } else if progress.returned > 0 {
        Mark::new("attention", t.results_contest_returned(progress.returned))
    } else if progress.accepted > 0 || progress.checking > 0 || progress.faulty > 0 {
        Mark::new("partial", t.results_contest_counting())
    } else {
        match moment {
            Moment::Before => Mark::new("open", t.results_contest_before()),
            Moment::Voting | Moment::Closing => Mark::new("partial", t.results_contest_voting()),
            _ => Mark::new("open", t.results_contest_waiting()),
        }
    }
}

/// A contest whose voting was moved beyond the day of the others.
pub(super) fn later_mark(t: T, contest: &Contest) -> Mark {
    Mark::new(
        "open",
        t.results_contest_later(date_long(t.lang, contest.voting_day)),
    )
}

/// Adds up the progress of contests.
pub(super) fn progress_of<'c>(contests: impl IntoIterator<Item = &'c Contest>) -> Progress {
    contests
        .into_iter()
        .fold(Progress::default(), |sum, c| sum.plus(c.progress))
}

/// "As of 21:04 (UTC+6)".
pub(super) fn as_of(t: T, now: Timestamp, zone: &TimeZone) -> String {
    t.results_as_of(instant_long(t.lang, now, zone))
}

pub(super) use crate::platform::i18n::language;

/// An article of the election's rules, cited: "Constitutional Law on Elections, art. 9(5)".
pub(super) fn cite(app: &App, election: &Election, article: &str, t: T) -> String {
    let Ok(pack) = app.rules.get(&election.rules_id) else {
        return article.to_owned();
    };
    match pack.acts.get(&pack.act) {
        Some(act) => act.cite(article, language(t.lang)),
        None => article.to_owned(),
    }
}

/// The office that is elected, from the rules.
pub(super) fn office(app: &App, election: &Election, lang: Lang) -> String {
    app.rules
        .get(&election.rules_id)
        .map(|pack| pack.contest.office.get(language(lang)).to_owned())
        .unwrap_or_else(|_| election.title.get(lang).to_owned())
}

/// The same words at the beginning of a sentence.
pub(super) fn sentence_start(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
/// Hundredths of a percent.
pub(super) fn hundredths(part: u64, whole: u64) -> Option<u32> {
    if whole == 0 {
        return None;
    }
    u32::try_from(u128::from(part) * 10_000 / u128::from(whole)).ok()
}

/// A share with two decimals.
pub(super) fn share(t: T, part: u64, whole: u64) -> String {
    share_percent(t.lang, part, whole)
}

/// A whole number.
pub(super) fn n(t: T, value: u64) -> String {
    number(t.lang, value)
}

/// A published figure as this language writes it: `62.79 %` → `62,79 %`.
pub(super) fn published_figure(lang: Lang, figure: &str) -> String {
    let (digits, unit) = figure
        .split_once(' ')
        .map_or((figure, ""), |(digits, unit)| (digits, unit));
    let mut text = match digits.parse::<u64>() {
        Ok(value) => number(lang, value),
        Err(_) if lang == Lang::En => digits.to_owned(),
        Err(_) => digits.replace('.', ","),
    };
    if !unit.is_empty() {
        if !(lang == Lang::En && unit == "%") {
            text.push('\u{a0}');
        }
        text.push_str(unit);
    }
    text
}

/// A name in the page's language.
pub(super) fn name(names: &Names, lang: Lang) -> String {
    names.get(lang).to_owned()
}

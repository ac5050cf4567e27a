//! What several pages show alike.

use super::super::frame::Frame;
use super::super::model::Sums;
use crate::platform::T;
use crate::platform::charts::{Caption, Expected, day_by_day, day_rows};
use crate::platform::i18n::date_long;
use crate::readiness::board::frame::say;
use crate::readiness::board::pages::views::{Bar, Figure, parts};
pub(super) use crate::readiness::board::pages::views::{Mark, as_of, n};
use electoral::training::coverage::State;
use electoral::training::rules::CoverageRules;
use jiff::civil::Date;

/// The word of a state and its shape.
pub(super) fn mark(t: T, state: State) -> Mark {
    match state {
        State::Covered => Mark {
            kind: "done",
            text: t.coverage_state_covered(),
        },
        State::Planned => Mark {
            kind: "partial",
            text: t.coverage_state_planned(),
        },
        State::Uncovered => Mark {
            kind: "attention",
            text: t.coverage_state_uncovered(),
        },
    }
}

/// The state of one station as everybody may know it: covered or not yet. Whether somebody is invited, or was tested and
/// did not pass, would tell of the few people who sit there.
pub(super) fn public_mark(t: T, state: State) -> Mark {
    match state {
        State::Covered => mark(t, state),
        State::Planned | State::Uncovered => Mark {
            kind: "open",
            text: t.coverage_state_not_yet(),
        },
    }
}

/// What stands at the top of a page.
pub(super) struct Head {
    pub(super) kicker: String,
    pub(super) title: String,
    pub(super) lead: String,
    pub(super) people: String,
    pub(super) as_of: String,
    pub(super) bar: Bar,
    pub(super) figures: Vec<Figure>,
}

/// A region or a district in a table.
pub(super) struct Line {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) stations: String,
    pub(super) covered: String,
    pub(super) planned: String,
    pub(super) uncovered: String,
    pub(super) required: String,
    pub(super) scheduled: String,
    pub(super) trained: String,
    pub(super) passed: String,
}

/// Stations that are not covered, day by day.
pub(super) struct Trend {
    pub(super) chart: String,
    pub(super) sentence: String,
    pub(super) planned: String,
    pub(super) rows: Vec<(String, String)>,
}

/// What a station needs, as the rules say it.
pub(super) struct Needs {
    pub(super) rows: Vec<String>,
    pub(super) note: String,
}

/// The requirements in one line of words.
pub(super) fn needs_words(t: T, rules: &CoverageRules) -> String {
    let titles = rules
        .requirements
        .iter()
        .map(|r| lower(&say(&r.title, t.lang)));
    titles.collect::<Vec<_>>().join(", ")
}

fn lower(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(chars).collect()
    })
}

pub(super) fn needs(t: T, rules: &CoverageRules) -> Needs {
    let mut articles: Vec<&str> = rules
        .requirements
        .iter()
        .map(|r| r.percent.article.as_str())
        .filter(|a| !a.is_empty())
        .collect();
    articles.dedup();
    Needs {
        rows: rules
            .requirements
            .iter()
            .map(|r| say(&r.title, t.lang))
            .collect(),
        note: t.coverage_needs_note(articles.join("; ")),
    }
}

/// The top of a page of an area.
pub(super) fn head(t: T, frame: &Frame, rules: &CoverageRules, title: String, sums: Sums) -> Head {
    let p = sums.people;
    let figure = |number: u64, label: String| Figure {
        number: n(t, number),
        label,
    };
    Head {
        kicker: format!(
            "{} · {}",
            date_long(t.lang, frame.election.voting_day),
            frame.election.title.get(t.lang)
        ),
        title,
        lead: t.coverage_lead(date_long(t.lang, frame.due(rules)), needs_words(t, rules)),
        people: t.coverage_lead_people(p.members, p.passed, p.required),
        as_of: as_of(t, &frame.as_of, &frame.zone),
        bar: bar(t, sums),
        figures: vec![
            figure(sums.covered, t.coverage_figure_covered(sums.stations)),
            figure(sums.planned, t.coverage_figure_planned()),
            figure(sums.uncovered(), t.coverage_figure_uncovered()),
            figure(p.passed, t.coverage_figure_passed(p.members)),
        ],
    }
}

fn bar(t: T, sums: Sums) -> Bar {
    let states = [
        (
            "tandau-progress__done",
            "done",
            sums.covered,
            t.coverage_bar_covered(),
        ),
        ("", "partial", sums.planned, t.coverage_bar_planned()),
        (
            "tandau-progress__trouble",
            "attention",
            sums.uncovered(),
            t.coverage_bar_uncovered(),
        ),
    ];
    Bar {
        title: t.coverage_bar_title(),
        parts: parts(t, states, sums.stations),
    }
}

/// A line of a table.
pub(super) fn line(t: T, href: String, name: &str, sums: Sums) -> Line {
    let p = sums.people;
    Line {
        href,
        name: name.to_owned(),
        stations: n(t, sums.stations),
        covered: n(t, sums.covered),
        planned: n(t, sums.planned),
        uncovered: n(t, sums.uncovered()),
        required: n(t, p.required),
        scheduled: n(t, p.scheduled),
        trained: n(t, p.trained),
        passed: n(t, p.passed),
    }
}

/// Stations that are not covered day by day, with what is to be expected on voting day.
pub(super) fn trend(t: T, frame: &Frame, series: &[(Date, u64)], sums: Sums) -> Trend {
    let told = frame.outlook(series, sums);
    let voting = frame.election.voting_day;
    let left = frame.days_left().unwrap_or(0);
    let sentence = match told {
        Some(f) => t.coverage_forecast(date_long(t.lang, voting), f.middle, f.low, f.high),
        None if left > 0 && sums.covered < sums.stations => {
            t.coverage_forecast_few(u64::try_from(electoral::forecast::LEAST_DAYS).unwrap_or(5))
        }
        None => String::new(),
    };
    let label = told.map_or_else(String::new, |f| {
        t.board_forecast_label(f.middle, f.low, f.high)
    });
    let expected = told.map(|f| Expected {
        low: f.low,
        middle: f.middle,
        high: f.high,
        text: &label,
    });
    let open = sums.stations.saturating_sub(sums.covered);
    let caption = Caption {
        id: "trend",
        title: &t.coverage_trend_title(),
        desc: &t.coverage_trend_desc(n(t, open), sentence.as_str()),
    };
    let ahead = u32::try_from(left).unwrap_or(0);
    Trend {
        chart: day_by_day(t.lang, caption, series, (ahead, voting), expected),
        planned: if left > 0 && sums.planned > 0 {
            t.coverage_forecast_planned(sums.uncovered())
        } else {
            String::new()
        },
        sentence,
        rows: day_rows(t.lang, series),
    }
}

//! How figures of a survey are written, on a wall, a page or in a note: what may be said has been decided before.

use super::model::Interval;
use super::queries::{OptionResult, QuestionResult};
use crate::platform::T;
use crate::platform::charts::{Bar, BarChart, Caption, Tone};
use crate::platform::i18n::{number, tenths_percent};

/// An option with its figures in words.
pub(super) struct Shown {
    pub(super) option: String,
    pub(super) count: String,
    pub(super) share: String,
    pub(super) interval: String,
}

/// A figure, or the word that it is not shown: it may be small, or another small one would follow from it.
pub(super) fn figure(t: T, count: Option<u64>) -> String {
    count.map_or_else(|| t.surveys_hidden(), |n| number(t.lang, n))
}

/// From – to, with one sign for both.
pub(super) fn interval(t: T, interval: Option<Interval>) -> String {
    interval.map_or_else(String::new, |i| {
        let low = tenths_percent(t.lang, i.low_tenths);
        let low = low.trim_end_matches(['%', '\u{a0}']);
        format!("{low}\u{2013}{}", tenths_percent(t.lang, i.high_tenths))
    })
}

pub(super) fn options(t: T, asked: &QuestionResult) -> Vec<Shown> {
    asked.options.iter().map(|o| option(t, o)).collect()
}

pub(super) fn option(t: T, option: &OptionResult) -> Shown {
    Shown {
        option: option.wording.get(t.lang).to_owned(),
        count: figure(t, option.count),
        share: option
            .share
            .map_or_else(String::new, |share| tenths_percent(t.lang, share.tenths())),
        interval: interval(t, option.wilson),
    }
}

/// Bars of the options whose figures are shown; empty where there are none. The table stands beside.
pub(super) fn chart(t: T, id: &str, asked: &QuestionResult, options: &[Shown]) -> String {
    let bars: Vec<Bar<'_>> = asked
        .options
        .iter()
        .zip(options)
        .filter_map(|(result, shown)| {
            Some(Bar {
                label: &shown.option,
                note: &shown.interval,
                votes: result.count?,
                votes_text: &shown.count,
                share_text: &shown.share,
                tone: Tone::Position(1),
            })
        })
        .collect();
    match asked.base {
        Some(base) if base > 0 && !bars.is_empty() => BarChart {
            caption: Caption {
                id,
                title: asked.question.wording.get(t.lang),
                desc: &t.surveys_chart_desc(),
            },
            whole: base,
            bars: &bars,
        }
        .render(),
        _ => String::new(),
    }
}

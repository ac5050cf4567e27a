//! Results as bars with the table beside. What may be shown has been decided before: figures come suppressed.

use crate::platform::charts::{Bar, BarChart, Caption, Tone};
use crate::platform::i18n::{number, share_percent};
use crate::platform::T;
use crate::surveys::queries::{OptionResult, QuestionResult, Results};

/// One line of the table.
pub(super) struct RowView {
    pub(super) option: String,
    pub(super) count: String,
    pub(super) share: String,
    pub(super) interval: String,
}

/// One question.
pub(super) struct ResultView {
    pub(super) id: String,
    pub(super) wording: String,
    pub(super) base: String,
    pub(super) chart: String,
    pub(super) rows: Vec<RowView>,
    pub(super) texts: Vec<String>,
}

fn row(t: T, least: u64, base: Option<u64>, option: &OptionResult) -> RowView {
    RowView {
        option: option.wording.get(t.lang).to_owned(),
        count: option
            .count
            .map_or_else(|| t.hall_screen_few(least), |n| number(t.lang, n)),
        share: match (option.count, base) {
            (Some(count), Some(base)) => share_percent(t.lang, count, base),
            _ => String::new(),
        },
        interval: String::new(),
    }
}

/// The questions with what may be shown of them.
pub(super) fn views(t: T, least: u64, results: &Results) -> Vec<ResultView> {
    results
        .questions
        .iter()
        .enumerate()
        .map(|(place, one)| view(t, least, place, one))
        .collect()
}

fn view(t: T, least: u64, place: usize, one: &QuestionResult) -> ResultView {
    let id = format!("r{}", place + 1);
    let wording = one.question.wording.get(t.lang).to_owned();
    let rows: Vec<RowView> = one
        .options
        .iter()
        .map(|option| row(t, least, one.base, option))
        .collect();
    let bars: Vec<Bar<'_>> = rows
        .iter()
        .zip(&one.options)
        .zip(1..)
        .map(|((row, option), position)| Bar {
            label: &row.option,
            note: "",
            votes: option.count.unwrap_or(0),
            votes_text: &row.count,
            share_text: &row.share,
            tone: Tone::Position(position),
        })
        .collect();
    let chart = match one.base {
        Some(base) if !bars.is_empty() => BarChart {
            caption: Caption {
                id: &id,
                title: &wording,
                desc: &t.hall_screen_chart(wording.as_str()),
            },
            whole: base,
            bars: &bars,
        }
        .render(),
        _ => String::new(),
    };
    ResultView {
        base: one
            .base
            .map_or_else(|| t.hall_screen_base_few(), |n| t.hall_screen_base(n)),
        texts: Vec::new(),
        chart,
        rows,
        id,
        wording,
    }
}

//! Results as bars with the table beside. What may be shown has been decided before: figures come suppressed.

use crate::platform::charts::{Bar, BarChart, Caption, Tone};
use crate::platform::i18n::number;
use crate::platform::{Lang, T};
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

/// Tenths of a per cent as the language writes them, without the sign.
fn decimal(lang: Lang, tenths: u64) -> String {
    let point = match lang {
        Lang::En => '.',
        Lang::Kk | Lang::Ru => ',',
    };
    format!("{}{point}{}", tenths / 10, tenths % 10)
}

/// Tenths of a per cent with the sign.
fn percent(lang: Lang, tenths: u64) -> String {
    let number = decimal(lang, tenths);
    match lang {
        Lang::En => format!("{number}%"),
        Lang::Kk | Lang::Ru => format!("{number}\u{a0}%"),
    }
}

fn row(t: T, least: u64, option: &OptionResult) -> RowView {
    RowView {
        option: option.wording.get(t.lang).to_owned(),
        count: option
            .count
            .map_or_else(|| t.hall_screen_few(least), |n| number(t.lang, n)),
        share: option
            .share
            .map_or_else(String::new, |share| percent(t.lang, share.tenths())),
        interval: option.wilson.map_or_else(String::new, |interval| {
            // In the order of their names: high, low.
            t.hall_interval(
                percent(t.lang, interval.high_tenths),
                decimal(t.lang, interval.low_tenths),
            )
        }),
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
        .map(|option| row(t, least, option))
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
        texts: one.texts.clone(),
        chart,
        rows,
        id,
        wording,
    }
}

//! Results as bars with the table beside. What may be shown has been decided before: figures come suppressed.

use crate::platform::T;
use crate::platform::charts::{Bar, BarChart, Caption, Tone};
use crate::platform::i18n::number;
use crate::surveys::queries::{OptionResult, QuestionResult};

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

struct Line {
    row: RowView,
    votes: u64,
    votes_text: String,
}

fn line(t: T, least: u64, option: &OptionResult) -> Line {
    let few = || t.hall_screen_few(least);
    let count = option.count.map_or_else(few, |n| number(t.lang, n));
    Line {
        votes: option.count.unwrap_or(0),
        votes_text: count.clone(),
        row: RowView {
            option: option.wording.get(t.lang).to_owned(),
            count,
            share: String::new(),
            interval: String::new(),
        },
    }
}

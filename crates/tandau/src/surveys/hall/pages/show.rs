//! Results on the wall: bars with the table beside.

use crate::platform::T;
use crate::surveys::queries::Results;
use crate::surveys::shown::{self, Shown};

/// One question.
pub(super) struct ResultView {
    pub(super) id: String,
    pub(super) wording: String,
    pub(super) base: String,
    pub(super) chart: String,
    pub(super) rows: Vec<Shown>,
    pub(super) texts: Vec<String>,
}

/// The questions with what may be shown of them.
pub(super) fn views(t: T, results: &Results) -> Vec<ResultView> {
    (1..)
        .zip(&results.questions)
        .map(|(place, asked)| {
            let id = format!("r{place}");
            let rows = shown::options(t, asked);
            ResultView {
                wording: asked.question.wording.get(t.lang).to_owned(),
                base: asked
                    .base
                    .map_or_else(|| t.hall_screen_base_few(), |n| t.hall_screen_base(n)),
                chart: shown::chart(t, &id, asked, &rows),
                texts: asked.texts.clone(),
                rows,
                id,
            }
        })
        .collect()
}

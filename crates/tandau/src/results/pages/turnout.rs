//! Turnout over the day: the figure, the line, the table.

use super::slots::{SlotRule, Slots};
use super::words::{hundredths, n, sentence_start, share};
use crate::platform::charts::{Caption, LineKind, Point, TurnoutChart};
use crate::platform::{Lang, T};
use crate::results::queries::{SlotTotal, Sums};
use crate::votingday::model::slot_name;

/// Turnout: the figure, the line over the day, the table.
pub(super) struct TurnoutView {
    pub(super) percent: String,
    pub(super) sentence: String,
    pub(super) chart: String,
    pub(super) coverage: String,
    pub(super) rows: Vec<TurnoutRow>,
    /// Hours that are known from memory only.
    pub(super) note: String,
}

/// A slot of the day.
pub(super) struct TurnoutRow {
    pub(super) slot: String,
    pub(super) stations: String,
    pub(super) received: String,
    pub(super) voters: String,
    pub(super) share: String,
}

/// Turnout over the day; `protocols` are the sums once every protocol is accepted, and then the last word.
pub(super) fn turnout_view(
    t: T,
    id: &str,
    slots: &Slots,
    reports: &[SlotTotal],
    expected: u64,
    protocols: Option<&Sums>,
) -> TurnoutView {
    let day = slots.series(reports);
    let chosen = slots.compared(reports, expected);
    let (part, whole) = match (protocols, &chosen) {
        (Some(sums), _) => (sums.received(), sums.on_list()),
        (None, Some(sum)) => (sum.received, sum.voters),
        (None, None) => (0, 0),
    };
    let coverage = match (protocols, &chosen) {
        (Some(_), _) => t.results_turnout_by_protocols(),
        (None, Some(sum)) => {
            let at = sentence_start(&slot_name(t, &sum.slot));
            t.results_turnout_reporting(at, sum.stations, expected)
        }
        (None, None) => t.results_turnout_none(),
    };
    TurnoutView {
        percent: share(t, part, whole),
        sentence: if whole > 0 {
            t.results_turnout_sentence(part, whole)
        } else {
            String::new()
        },
        chart: chart(t, id, &day),
        coverage,
        rows: day
            .iter()
            .map(|(rule, sum)| TurnoutRow {
                slot: slot_name(t, &rule.id),
                stations: t.results_x_of_y(sum.stations, expected),
                received: n(t, sum.received),
                voters: n(t, sum.voters),
                share: share(t, sum.received, sum.voters),
            })
            .collect(),
        note: slots.note(t),
    }
}

fn chart(t: T, id: &str, day: &[(&SlotRule, SlotTotal)]) -> String {
    let points: Vec<Point<'_>> = day
        .iter()
        .filter_map(|(rule, sum)| {
            Some(Point {
                minute: rule.minute?,
                hour: &rule.id,
                turnout: hundredths(sum.received, sum.voters),
                average: None,
            })
        })
        .collect();
    if points.len() < 2 {
        return String::new();
    }
    let desc: Vec<String> = day
        .iter()
        .map(|(rule, sum)| {
            format!(
                "{} – {}",
                slot_name(t, &rule.id),
                share(t, sum.received, sum.voters)
            )
        })
        .collect();
    TurnoutChart {
        caption: Caption {
            id,
            title: &t.results_turnout_chart(),
            desc: &desc.join("; "),
        },
        points: &points,
        kind: LineKind::Line,
        average_label: "",
        percent: &|value| tenths(t.lang, value),
    }
    .render()
}

/// 4210 → "42,1 %".
fn tenths(lang: Lang, hundredths: u32) -> String {
    let (units, tenth) = (hundredths / 100, hundredths % 100 / 10);
    match lang {
        Lang::En if hundredths.is_multiple_of(100) => format!("{units}%"),
        _ if hundredths.is_multiple_of(100) => format!("{units}\u{a0}%"),
        Lang::En => format!("{units}.{tenth}%"),
        _ => format!("{units},{tenth}\u{a0}%"),
    }
}

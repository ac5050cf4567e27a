//! A count day by day, from zero, with what is to be expected on a later day: a range, never a point alone.

use super::frame::{SIZE, grid_line, label, strong};
use super::svg::Canvas;
use super::text::width;
use super::{Caption, Format, both, open, share_of};
use crate::platform::Lang;
use crate::platform::i18n::{date_short, day_month, number};
use jiff::civil::Date;

/// What is expected.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    /// The least of the range.
    pub low: u64,
    /// The middle.
    pub middle: u64,
    /// The most of the range.
    pub high: u64,
    /// As shown: "≈ 40 (10–90)".
    pub text: &'a str,
}

/// The chart.
#[derive(Clone, Copy)]
pub struct TrendChart<'a> {
    /// Name and description.
    pub caption: Caption<'a>,
    /// One value for each day, the last one today's.
    pub values: &'a [u64],
    /// Days from the last value to the day ahead; 0 for none.
    pub days_ahead: u32,
    /// What is expected on that day, if it can be said.
    pub expected: Option<Expected<'a>>,
    /// Words under the axis: day from the first value on, text. What would run into another is left out, the last
    /// first to stay.
    pub labels: &'a [(u32, &'a str)],
    /// Writes a count in the reader's language.
    pub number: &'a dyn Fn(u64) -> String,
}

/// A count of each day with what is expected on a later one, so many days ahead (0 for none); empty without days.
#[must_use]
pub fn day_by_day(
    lang: Lang,
    caption: Caption<'_>,
    series: &[(Date, u64)],
    (days_ahead, day_ahead): (u32, Date),
    expected: Option<Expected<'_>>,
) -> String {
    let (Some((first, _)), Some((today, _))) = (series.first(), series.last()) else {
        return String::new();
    };
    let values: Vec<u64> = series.iter().map(|(_, value)| *value).collect();
    let last = u32::try_from(values.len().saturating_sub(1)).unwrap_or(0);
    let mut days = vec![(0, day_month(lang, *first))];
    if last > 0 {
        days.push((last, day_month(lang, *today)));
    }
    if days_ahead > 0 {
        days.push((last.saturating_add(days_ahead), day_month(lang, day_ahead)));
    }
    let labels: Vec<(u32, &str)> = days.iter().map(|(at, day)| (*at, day.as_str())).collect();
    let chart = TrendChart {
        caption,
        values: &values,
        days_ahead,
        expected,
        labels: &labels,
        number: &|value| number(lang, value),
    };
    chart.render()
}

/// The same days as a table beside the chart, the newest first.
#[must_use]
pub fn day_rows(lang: Lang, series: &[(Date, u64)]) -> Vec<(String, String)> {
    let row = |(day, value): &(Date, u64)| (date_short(lang, *day), number(lang, *value));
    series.iter().rev().map(row).collect()
}

const HEIGHT: u32 = 280;
const TOP: u32 = 34;
const BOTTOM: u32 = 34;

struct Plot {
    left: u32,
    right: u32,
    days: u32,
    top: u64,
}

impl Plot {
    fn x(&self, day: u32) -> u32 {
        self.left + share_of(day.into(), self.days.into(), self.right - self.left)
    }

    fn y(&self, value: u64) -> u32 {
        let floor = HEIGHT - BOTTOM;
        floor - share_of(value, self.top, floor - TOP)
    }
}

/// Upper end of the axis and step between its lines: two to five of them.
fn scale(highest: u64) -> (u64, u64) {
    let mut unit = 1_u64;
    loop {
        for factor in [1, 2, 5] {
            let step = unit.saturating_mul(factor);
            let lines = highest.div_ceil(step).max(1);
            if lines <= 4 || step == u64::MAX {
                return (step.saturating_mul(lines), step);
            }
        }
        unit = unit.saturating_mul(10);
    }
}

impl TrendChart<'_> {
    /// The chart as two SVG elements, wide and narrow.
    #[must_use]
    pub fn render(&self) -> String {
        both(|format| self.draw(format))
    }

    fn draw(&self, format: Format) -> String {
        let highest = self.values.iter().copied().max().unwrap_or(0);
        let highest = highest.max(self.expected.map_or(0, |e| e.high));
        let (top, step) = scale(highest);
        let lines = u32::try_from(top / step).unwrap_or(1);
        let ticks: Vec<(u64, String)> = (0..=lines)
            .map(|n| (u64::from(n) * step, (self.number)(u64::from(n) * step)))
            .collect();
        let axis = ticks.iter().map(|(_, text)| width(text, SIZE, false)).max();
        let last = u32::try_from(self.values.len().saturating_sub(1)).unwrap_or(0);
        let plot = Plot {
            left: axis.unwrap_or(0) + 22,
            right: format.width() - 26,
            days: last.saturating_add(self.days_ahead).max(1),
            top,
        };
        let mut canvas = open(&self.caption, format, HEIGHT);
        for (value, text) in &ticks {
            let at = (plot.left - 12, plot.y(*value));
            grid_line(&mut canvas, at, *value == 0, text, format);
        }
        self.days(&mut canvas, &plot, format);
        let now = self.values.last().map(|value| (last, *value));
        if let (Some(from), Some(expected)) = (now, self.expected) {
            range(&mut canvas, &plot, from, &expected);
        }
        self.line(&mut canvas, &plot);
        if let Some(from) = now {
            self.figures(&mut canvas, &plot, from, format);
        }
        canvas.close()
    }

    /// Words under the axis, the last first, so that the day ahead is always named.
    fn days(&self, canvas: &mut Canvas, plot: &Plot, format: Format) {
        let mut free_until = format.width();
        for (day, text) in self.labels.iter().rev() {
            let x = plot.x(*day);
            let half = width(text, SIZE, false) / 2 + 4;
            let floor = HEIGHT - BOTTOM;
            canvas.empty(
                "path",
                &[
                    ("class", &"chart-axis"),
                    ("d", &format!("M{x} {floor}v5")),
                    ("stroke", &"#4a5a63"),
                ],
            );
            let middle = x.min(format.width().saturating_sub(half)).max(half);
            if middle + half > free_until {
                continue;
            }
            free_until = middle.saturating_sub(half);
            canvas.text("text", &label(&middle, &(HEIGHT - 10), &"middle"), text);
        }
    }

    fn line(&self, canvas: &mut Canvas, plot: &Plot) {
        let mut path = String::new();
        for (day, value) in (0_u32..).zip(self.values) {
            let start = if day == 0 { 'M' } else { 'L' };
            path.push_str(&format!("{start}{} {}", plot.x(day), plot.y(*value)));
        }
        canvas.empty(
            "path",
            &[
                ("class", &"chart-line"),
                ("d", &path),
                ("fill", &"none"),
                ("stroke", &"#00687a"),
                ("stroke-width", &3),
                ("stroke-linejoin", &"round"),
            ],
        );
    }

    /// The last value and what is expected, written beside their dots.
    fn figures(&self, canvas: &mut Canvas, plot: &Plot, now: (u32, u64), format: Format) {
        let (x, y) = (plot.x(now.0), plot.y(now.1));
        dot(canvas, x, y);
        let text = (self.number)(now.1);
        let half = width(&text, SIZE, true) / 2;
        let at = x
            .min(format.width().saturating_sub(half + 2))
            .max(plot.left + half);
        strong(canvas, at, y.saturating_sub(12), "middle", &text);
        let Some(expected) = self.expected else {
            return;
        };
        let (ahead_x, ahead_y) = (plot.x(plot.days), plot.y(expected.middle));
        dot(canvas, ahead_x, ahead_y);
        // Above the whole range, ending where the drawing ends.
        let above = plot.y(expected.high).saturating_sub(10).max(14);
        let begins = format
            .width()
            .saturating_sub(width(expected.text, SIZE, true) + 4);
        let runs_into = begins < at + half + 8 && above.abs_diff(y.saturating_sub(12)) < 20;
        let above = if runs_into {
            above.saturating_sub(20).max(14)
        } else {
            above
        };
        strong(canvas, format.width() - 2, above, "end", expected.text);
    }
}

/// The range as a wedge that opens towards the day ahead, its middle as a broken line.
fn range(canvas: &mut Canvas, plot: &Plot, from: (u32, u64), expected: &Expected<'_>) {
    let (x, y) = (plot.x(from.0), plot.y(from.1));
    let ahead = plot.x(plot.days);
    let (high, low) = (plot.y(expected.high), plot.y(expected.low));
    canvas.empty(
        "path",
        &[
            ("class", &"chart-range"),
            ("d", &format!("M{x} {y}L{ahead} {high}V{low}z")),
            ("fill", &"#d8e6ea"),
            ("stroke", &"#00687a"),
            ("stroke-width", &1),
        ],
    );
    canvas.empty(
        "path",
        &[
            ("class", &"chart-line"),
            (
                "d",
                &format!("M{x} {y}L{ahead} {}", plot.y(expected.middle)),
            ),
            ("fill", &"none"),
            ("stroke", &"#00687a"),
            ("stroke-width", &2),
            ("stroke-dasharray", &"6 5"),
        ],
    );
}

fn dot(canvas: &mut Canvas, x: u32, y: u32) {
    canvas.empty(
        "circle",
        &[
            ("class", &"chart-dot"),
            ("cx", &x),
            ("cy", &y),
            ("r", &5),
            ("fill", &"#fff"),
            ("stroke", &"#00687a"),
            ("stroke-width", &3),
        ],
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_axis_ends_above_everything_and_has_few_lines() {
        for highest in [0, 1, 4, 5, 9, 41, 99, 1_204, 606_060, u64::MAX] {
            let (top, step) = scale(highest);
            assert!(top >= highest && step > 0, "{highest}: {top}");
            assert!(top / step <= 5, "{highest}");
        }
        assert_eq!(scale(41), (60, 20));
    }

    #[test]
    fn days_are_drawn_and_told_in_the_language() {
        let day = |n: i8| jiff::civil::date(2023, 11, n);
        let series = [(day(1), 1_200), (day(2), 8), (day(3), 6)];
        let caption = Caption {
            id: "t",
            title: "t",
            desc: "",
        };
        let drawn = |lang: Lang| day_by_day(lang, caption, &series, (2, day(5)), None);
        for (lang, days) in [
            (Lang::Kk, ["01.11", "03.11", "05.11"]),
            (Lang::Ru, ["01.11", "03.11", "05.11"]),
            (Lang::En, ["1\u{a0}Nov", "3\u{a0}Nov", "5\u{a0}Nov"]),
        ] {
            for day in days {
                assert!(drawn(lang).contains(&format!(">{day}<")), "{lang:?} {day}");
            }
        }
        let alone = day_by_day(Lang::En, caption, &series[..1], (0, day(5)), None);
        assert!(alone.contains(">1\u{a0}Nov<") && !alone.contains("5\u{a0}Nov"));
        assert_eq!(day_by_day(Lang::En, caption, &[], (2, day(5)), None), "");
        let rows = day_rows(Lang::Ru, &series);
        let newest = ("03.11.2023".to_owned(), "6".to_owned());
        assert_eq!((rows.len(), rows.first()), (3, Some(&newest)));
    }

    #[test]
    fn a_range_is_drawn_and_every_word_escaped() {
        let chart = TrendChart {
            caption: Caption {
                id: "t",
                title: "<b>",
                desc: "",
            },
            values: &[10, 8, 6],
            days_ahead: 4,
            expected: Some(Expected {
                low: 0,
                middle: 1,
                high: 4,
                text: "≈ 1 <0–4>",
            }),
            labels: &[(0, "a"), (2, "b"), (6, "c")],
            number: &|n| n.to_string(),
        };
        let drawn = chart.render();
        assert_eq!(drawn.matches("chart-range").count(), 2, "wide and narrow");
        assert!(drawn.contains("&lt;b&gt;") && !drawn.contains("<b>"));
        let bare = TrendChart {
            values: &[],
            expected: None,
            labels: &[],
            days_ahead: 0,
            ..chart
        };
        assert!(!bare.render().contains("chart-range"));
    }
}

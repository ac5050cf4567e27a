//! A share over time: a point for each time that the same was asked, with the interval within which it holds.

use super::frame::{SIZE, grid_line, label, strong};
use super::svg::Canvas;
use super::text::width;
use super::{Caption, Format, both, open, share_of};

/// One time.
#[derive(Clone, Copy, Debug)]
pub struct SharePoint<'a> {
    /// Place on the axis: days since the first point.
    pub day: u32,
    /// The day as shown.
    pub label: &'a str,
    /// The share in tenths of a per cent.
    pub tenths: u64,
    /// The interval, in tenths of a per cent.
    pub interval: (u64, u64),
    /// The share as shown.
    pub text: &'a str,
}

/// The chart.
#[derive(Clone, Copy)]
pub struct ShareChart<'a> {
    /// Name and description.
    pub caption: Caption<'a>,
    /// Points in the order of time.
    pub points: &'a [SharePoint<'a>],
    /// Writes tenths of a per cent in the reader's language.
    pub percent: &'a dyn Fn(u64) -> String,
}

const HEIGHT: u32 = 220;
const TOP: u32 = 30;
const BOTTOM: u32 = 32;
/// All, in tenths of a per cent.
const WHOLE: u64 = 1_000;

struct Plot {
    left: u32,
    right: u32,
    days: u32,
}

impl Plot {
    fn x(&self, day: u32) -> u32 {
        let wide = self.right - self.left;
        if self.days == 0 {
            return self.left + wide / 2;
        }
        self.left + share_of(day.into(), self.days.into(), wide)
    }

    fn y(tenths: u64) -> u32 {
        let floor = HEIGHT - BOTTOM;
        floor - share_of(tenths, WHOLE, floor - TOP)
    }
}

impl ShareChart<'_> {
    /// The chart as two SVG elements, wide and narrow.
    #[must_use]
    pub fn render(&self) -> String {
        both(|format| self.draw(format))
    }

    fn draw(&self, format: Format) -> String {
        let ticks = [0, 250, 500, 750, WHOLE].map(|tenths| (tenths, (self.percent)(tenths)));
        let axis = ticks.iter().map(|(_, text)| width(text, SIZE, false)).max();
        let half = self
            .points
            .iter()
            .map(|p| width(p.label, SIZE, false) / 2)
            .max();
        let half = half.unwrap_or(0);
        let left = axis.unwrap_or(0) + 22;
        let plot = Plot {
            left: left.max(half + 4),
            right: format
                .width()
                .saturating_sub(half.max(26) + 4)
                .max(left + 40),
            days: self.points.last().map_or(0, |point| point.day),
        };
        let mut canvas = open(&self.caption, format, HEIGHT);
        for (tenths, text) in &ticks {
            let at = (plot.left - 12, Plot::y(*tenths));
            grid_line(&mut canvas, at, *tenths == 0, text, format);
        }
        self.line(&mut canvas, &plot);
        self.dots(&mut canvas, &plot);
        canvas.close()
    }

    fn line(&self, canvas: &mut Canvas, plot: &Plot) {
        let mut path = String::new();
        for point in self.points {
            let to = if path.is_empty() { 'M' } else { 'L' };
            let (x, y) = (plot.x(point.day), Plot::y(point.tenths));
            path.push_str(&format!("{to}{x} {y}"));
        }
        canvas.empty(
            "path",
            &[
                ("class", &"chart-line"),
                ("d", &path),
                ("fill", &"none"),
                ("stroke", &"#00687a"),
                ("stroke-width", &2),
                ("stroke-linejoin", &"round"),
            ],
        );
    }

    /// Dots with their intervals; days and values, the last first, that don't run into one another.
    fn dots(&self, canvas: &mut Canvas, plot: &Plot) {
        let (mut days_until, mut values_until) = (u32::MAX, u32::MAX);
        for point in self.points.iter().rev() {
            let (x, y) = (plot.x(point.day), Plot::y(point.tenths));
            let (low, high) = (Plot::y(point.interval.0), Plot::y(point.interval.1));
            let (from, wide) = (x.saturating_sub(6), 12);
            canvas.empty(
                "path",
                &[
                    ("class", &"chart-axis"),
                    (
                        "d",
                        &format!("M{x} {high}V{low}M{from} {high}h{wide}M{from} {low}h{wide}"),
                    ),
                    ("fill", &"none"),
                    ("stroke", &"#4a5a63"),
                    ("stroke-width", &2),
                ],
            );
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
            let half = width(point.label, SIZE, false) / 2 + 4;
            if x.saturating_add(half) < days_until {
                days_until = x.saturating_sub(half);
                let floor = HEIGHT - 9;
                canvas.text("text", &label(&x, &floor, &"middle"), point.label);
            }
            let half = width(point.text, SIZE, true) / 2 + 4;
            if x.saturating_add(half) < values_until {
                values_until = x.saturating_sub(half);
                let above = high.saturating_sub(8);
                strong(canvas, x, above, "middle", point.text);
            }
        }
    }
}

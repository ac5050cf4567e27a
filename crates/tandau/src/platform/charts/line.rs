//! Turnout over the day: reports on a clock, percent from zero.

use super::frame::{SIZE, grid_line, label};
use super::svg::Canvas;
use super::text::width;
use super::{Caption, Format, both, open, share_of};

/// How reports are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// Straight lines between reports.
    Line,
    /// A report holds until the next one: nothing is said about the time between.
    Step,
}

/// A reporting slot.
#[derive(Clone, Copy, Debug)]
pub struct Point<'a> {
    /// Minutes since local midnight: the place on the axis.
    pub minute: u32,
    /// The hour as shown: "10:00".
    pub hour: &'a str,
    /// Turnout in hundredths of a percent, `None` when nothing was reported.
    pub turnout: Option<u32>,
    /// The same for the country, where it is to be compared.
    pub average: Option<u32>,
}

/// The chart.
#[derive(Clone, Copy)]
pub struct TurnoutChart<'a> {
    /// Name and description.
    pub caption: Caption<'a>,
    /// Slots in order of time.
    pub points: &'a [Point<'a>],
    /// How they are joined.
    pub kind: LineKind,
    /// Name of the comparison line; unused without averages.
    pub average_label: &'a str,
    /// Writes hundredths of a percent in the reader's language: 4210 → "42,1 %".
    pub percent: &'a dyn Fn(u32) -> String,
}

const HEIGHT: u32 = 260;
const TOP: u32 = 30;
const BOTTOM: u32 = 32;

struct Plot {
    left: u32,
    right: u32,
    first: u32,
    last: u32,
    /// Upper end of the axis, hundredths of a percent.
    top: u32,
}

impl Plot {
    fn x(&self, minute: u32) -> u32 {
        let span = u64::from(self.last.saturating_sub(self.first));
        let into = u64::from(minute.saturating_sub(self.first));
        self.left + share_of(into, span, self.right - self.left)
    }

    fn y(&self, value: u32) -> u32 {
        let floor = HEIGHT - BOTTOM;
        floor - share_of(value.into(), self.top.into(), floor - TOP)
    }
}

/// Upper end of the axis and step between its lines, so that there are at most five.
fn scale(highest: u32) -> (u32, u32) {
    for (top, step) in [
        (500, 100),
        (1000, 250),
        (2000, 500),
        (4000, 1000),
        (5000, 1000),
        (8000, 2000),
    ] {
        if highest <= top {
            return (top, step);
        }
    }
    (10_000, 2000)
}

impl TurnoutChart<'_> {
    /// The chart as two SVG elements, wide and narrow.
    #[must_use]
    pub fn render(&self) -> String {
        both(|format| self.draw(format))
    }

    fn draw(&self, format: Format) -> String {
        let values = |point: &Point<'_>| [point.turnout, point.average];
        let highest = self.points.iter().flat_map(values).flatten().max();
        let (top, step) = scale(highest.unwrap_or(0));
        let ticks: Vec<(u32, String)> = (0..=top / step)
            .map(|index| (index * step, (self.percent)(index * step)))
            .collect();
        let axis = ticks.iter().map(|(_, text)| width(text, SIZE, false)).max();
        let first = self.points.first().map_or(0, |point| point.minute);
        let last = self.points.iter().map(|point| point.minute).max();
        let plot = Plot {
            left: axis.unwrap_or(0) + 22,
            right: format.width() - 26,
            first,
            last: last.unwrap_or(0).max(first.saturating_add(1)),
            top,
        };
        let mut canvas = open(&self.caption, format, HEIGHT);
        for (value, text) in &ticks {
            let at = (plot.left - 12, plot.y(*value));
            grid_line(&mut canvas, at, *value == 0, text, format);
        }
        self.hours(&mut canvas, &plot);
        let average = self.points.iter().map(|p| (p.minute, p.average));
        let has_average = self.points.iter().any(|p| p.average.is_some());
        if has_average {
            self.series(&mut canvas, &plot, average.collect(), Series::Average);
        }
        let own: Vec<_> = self.points.iter().map(|p| (p.minute, p.turnout)).collect();
        self.series(&mut canvas, &plot, own, Series::Own);
        self.values(&mut canvas, &plot, format);
        if has_average {
            self.average_name(&mut canvas, &plot);
        }
        canvas.close()
    }

    /// Hours under the axis; those that would run into the one before are left out.
    fn hours(&self, canvas: &mut Canvas, plot: &Plot) {
        let mut free_from = 0;
        for point in self.points {
            let x = plot.x(point.minute);
            let half = width(point.hour, SIZE, false) / 2 + 3;
            let floor = HEIGHT - BOTTOM;
            canvas.empty(
                "path",
                &[
                    ("class", &"chart-axis"),
                    ("d", &format!("M{x} {floor}v5")),
                    ("stroke", &"#4a5a63"),
                ],
            );
            if x.saturating_sub(half) < free_from {
                continue;
            }
            free_from = x + half;
            let y = HEIGHT - 9;
            canvas.text("text", &label(&x, &y, &"middle"), point.hour);
        }
    }

    fn series(
        &self,
        canvas: &mut Canvas,
        plot: &Plot,
        values: Vec<(u32, Option<u32>)>,
        which: Series,
    ) {
        let mut path = String::new();
        let mut open = false;
        for &(minute, value) in &values {
            let Some(value) = value else {
                // A slot without a report is a gap, not a guess.
                open = false;
                continue;
            };
            let (x, y) = (plot.x(minute), plot.y(value));
            match (open, self.kind) {
                (false, _) => path.push_str(&format!("M{x} {y}")),
                (true, LineKind::Line) => path.push_str(&format!("L{x} {y}")),
                (true, LineKind::Step) => path.push_str(&format!("H{x}V{y}")),
            }
            open = true;
        }
        let (class, colour, dash) = match which {
            Series::Own => ("chart-line", "#00687a", "none"),
            Series::Average => ("chart-line chart-line--average", "#4a5a63", "6 5"),
        };
        canvas.empty(
            "path",
            &[
                ("class", &class),
                ("d", &path),
                ("fill", &"none"),
                ("stroke", &colour),
                ("stroke-width", &if which == Series::Own { 3 } else { 2 }),
                ("stroke-dasharray", &dash),
                ("stroke-linejoin", &"round"),
            ],
        );
    }

    /// Dots with their values. The last value is always written, others where there is room.
    fn values(&self, canvas: &mut Canvas, plot: &Plot, format: Format) {
        let mut written_until = u32::MAX;
        for point in self.points.iter().rev() {
            let Some(value) = point.turnout else { continue };
            let (x, y) = (plot.x(point.minute), plot.y(value));
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
            let text = (self.percent)(value);
            let half = width(&text, SIZE, true) / 2;
            let below = point.average.is_some_and(|average| average > value);
            let below = below && y + 26 < HEIGHT - BOTTOM;
            // Under a step the rising line would run through the figure: it stands beside it.
            let x = match self.kind {
                LineKind::Step if below => x + half + 6,
                _ => x,
            };
            // Kept inside the drawing at its right edge.
            let x = x.min(format.width().saturating_sub(half + 1));
            // And off the axis' own figures at its left.
            let x = x.max(plot.left + half + 2);
            if x + half + 6 > written_until {
                continue;
            }
            written_until = x.saturating_sub(half);
            let y = if below { y + 22 } else { y.saturating_sub(12) };
            canvas.text(
                "text",
                &[
                    ("class", &"chart-strong chart-value"),
                    ("x", &x),
                    ("y", &y),
                    ("text-anchor", &"middle"),
                    ("font-size", &SIZE),
                    ("font-weight", &700),
                    ("stroke", &"#fff"),
                    ("stroke-width", &4),
                    ("paint-order", &"stroke"),
                ],
                &text,
            );
        }
    }

    /// The comparison's name and last value, where the line ends.
    fn average_name(&self, canvas: &mut Canvas, plot: &Plot) {
        let last = self
            .points
            .iter()
            .rev()
            .find_map(|point| Some((point, point.average?)));
        let Some((point, average)) = last else { return };
        let own = point.turnout.unwrap_or(0);
        let y = plot.y(average);
        let y = if average >= own {
            y.saturating_sub(10)
        } else {
            (y + 20).min(HEIGHT - BOTTOM - 4)
        };
        let x = plot.x(point.minute) + 16;
        let text = format!("{} {}", self.average_label, (self.percent)(average));
        canvas.text("text", &label(&x, &y, &"end"), &text);
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Series {
    Own,
    Average,
}

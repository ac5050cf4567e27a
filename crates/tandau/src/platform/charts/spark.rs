//! A line the size of a word, for lists: the course of a series beside its last figure.

use super::share_of;
use super::svg::{Canvas, Frame};

/// A sparkline. It carries no figures: the list it stands in does.
#[derive(Clone, Copy, Debug)]
pub struct Sparkline<'a> {
    /// Beginning of its ids; unique on the page.
    pub id: &'a str,
    /// What it shows, with the first and last figure.
    pub title: &'a str,
    /// Values at even distances, `None` where nothing was reported.
    pub values: &'a [Option<u32>],
    /// Upper end, the same for all lines of a list.
    pub top: u32,
}

const WIDTH: u32 = 96;
const HEIGHT: u32 = 28;
const MARGIN: u32 = 4;

impl Sparkline<'_> {
    /// The drawing, 96 × 28.
    #[must_use]
    pub fn render(&self) -> String {
        let mut canvas = Canvas::open(&Frame {
            class: "chart-spark",
            id: self.id,
            title: self.title,
            desc: "",
            width: WIDTH,
            height: HEIGHT,
            role: "img",
        });
        let floor = HEIGHT - MARGIN;
        canvas.empty(
            "path",
            &[
                ("class", &"chart-grid"),
                ("d", &format!("M0 {floor}H{WIDTH}")),
                ("stroke", &"#c9d3d8"),
            ],
        );
        let steps = self.values.len().saturating_sub(1).max(1);
        let steps = u64::try_from(steps).unwrap_or(1);
        let mut path = String::new();
        let mut last = None;
        let mut joined = false;
        for (index, value) in (0_u64..).zip(self.values) {
            let Some(value) = value else {
                joined = false;
                continue;
            };
            let x = MARGIN + share_of(index, steps, WIDTH - 2 * MARGIN);
            let y = floor - share_of((*value).into(), self.top.into(), floor - MARGIN);
            path.push_str(&format!("{}{x} {y}", if joined { 'L' } else { 'M' }));
            joined = true;
            last = Some((x, y));
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
        if let Some((x, y)) = last {
            canvas.empty(
                "circle",
                &[
                    ("class", &"chart-end"),
                    ("cx", &x),
                    ("cy", &y),
                    ("r", &3),
                    ("fill", &"#00687a"),
                ],
            );
        }
        canvas.close()
    }
}

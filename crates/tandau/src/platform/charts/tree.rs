//! A tree that is read from above: each branch stands under the one that it came of. Whoever draws a large one folds it first:
//! a branch may stand for many.

use super::frame::SIZE;
use super::svg::Canvas;
use super::text::wrap;
use super::{Caption, Format, both, open};

/// What a branch is; each has a shape of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaf {
    /// It has been.
    Done,
    /// It is to come.
    Open,
    /// It stands for several that are not drawn.
    Folded,
}

/// A branch.
#[derive(Clone, Copy, Debug)]
pub struct Branch<'a> {
    /// How many it came of, one after the other.
    pub depth: usize,
    /// What it is.
    pub leaf: Leaf,
    /// What it is called.
    pub label: &'a str,
    /// More about it, below; empty for nothing.
    pub note: &'a str,
}

/// The chart.
#[derive(Clone, Copy, Debug)]
pub struct TreeChart<'a> {
    /// Name and description.
    pub caption: Caption<'a>,
    /// Branches from above, each before those that came of it.
    pub branches: &'a [Branch<'a>],
}

/// Size of labels.
const LABEL: u32 = 16;
/// From one line of a label, or of a note, to the next.
const LABEL_LINE: u32 = 20;
const NOTE_LINE: u32 = 18;
/// Between branches, and around all of them.
const GAP: u32 = 10;
/// Half of a leaf.
const RADIUS: u32 = 6;
/// Branches deeper than this stand one under the other.
const DEEPEST: usize = 8;

struct Row {
    leaf: Leaf,
    /// Middle of the leaf.
    x: u32,
    y: u32,
    /// Middle of the leaf that it came of.
    above: Option<(u32, u32)>,
    label: Vec<String>,
    note: Vec<String>,
}

impl TreeChart<'_> {
    /// The chart as two SVG elements, wide and narrow.
    #[must_use]
    pub fn render(&self) -> String {
        both(|format| self.draw(format))
    }

    fn draw(&self, format: Format) -> String {
        let (rows, height) = self.rows(format);
        let mut canvas = open(&self.caption, format, height);
        for row in &rows {
            stem(&mut canvas, row);
        }
        for row in &rows {
            leaf(&mut canvas, row);
            words(&mut canvas, row);
        }
        canvas.close()
    }

    /// Where everything stands, and how high that is.
    fn rows(&self, format: Format) -> (Vec<Row>, u32) {
        let step = match format {
            Format::Wide => 32,
            Format::Narrow => 18,
        };
        let mut rows: Vec<Row> = Vec::new();
        // Leaves on the way to the branch before, one for each depth.
        let mut way: Vec<(u32, u32)> = Vec::new();
        let mut top = GAP;
        for branch in self.branches {
            let depth = branch.depth.min(DEEPEST).min(way.len());
            way.truncate(depth);
            let x = GAP + RADIUS + step * u32::try_from(depth).unwrap_or(0);
            let room = format.width().saturating_sub(x + 2 * GAP);
            let label = wrap(branch.label, room, LABEL, true);
            let note = if branch.note.is_empty() {
                Vec::new()
            } else {
                wrap(branch.note, room, SIZE, false)
            };
            let y = top + LABEL_LINE / 2;
            top += LABEL_LINE * lines(&label) + NOTE_LINE * lines(&note) + GAP;
            rows.push(Row {
                leaf: branch.leaf,
                x,
                y,
                above: way.last().copied(),
                label,
                note,
            });
            way.push((x, y));
        }
        (rows, top)
    }
}

fn lines(text: &[String]) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}

/// The line from the leaf above.
fn stem(canvas: &mut Canvas, row: &Row) {
    let Some((x, y)) = row.above else {
        return;
    };
    let path = format!("M{x} {}V{}H{}", y + RADIUS, row.y, row.x - RADIUS);
    canvas.empty(
        "path",
        &[
            ("class", &"chart-axis"),
            ("d", &path),
            ("fill", &"none"),
            ("stroke", &"#4a5a63"),
        ],
    );
}

fn leaf(canvas: &mut Canvas, row: &Row) {
    let (x, y) = (row.x, row.y);
    match row.leaf {
        Leaf::Done => canvas.empty(
            "circle",
            &[
                ("class", &"chart-end"),
                ("cx", &x),
                ("cy", &y),
                ("r", &RADIUS),
                ("fill", &"#00687a"),
            ],
        ),
        Leaf::Open => canvas.empty(
            "circle",
            &[
                ("class", &"chart-dot"),
                ("cx", &x),
                ("cy", &y),
                ("r", &(RADIUS - 1)),
                ("fill", &"#fff"),
                ("stroke", &"#00687a"),
                ("stroke-width", &2),
            ],
        ),
        Leaf::Folded => {
            let (left, up) = (x - RADIUS, y - RADIUS);
            let path = format!("M{left} {y}h{}M{x} {up}v{}", 2 * RADIUS, 2 * RADIUS);
            canvas.empty(
                "path",
                &[
                    ("class", &"chart-axis"),
                    ("d", &path),
                    ("fill", &"none"),
                    ("stroke", &"#4a5a63"),
                    ("stroke-width", &2),
                ],
            );
        }
    }
}

fn words(canvas: &mut Canvas, row: &Row) {
    let x = row.x + RADIUS + GAP;
    let mut y = row.y + LABEL / 3;
    for line in &row.label {
        canvas.text(
            "text",
            &[
                ("class", &"chart-strong"),
                ("x", &x),
                ("y", &y),
                ("font-size", &LABEL),
                ("font-weight", &700),
            ],
            line,
        );
        y += LABEL_LINE;
    }
    for line in &row.note {
        canvas.text(
            "text",
            &[
                ("class", &"chart-text"),
                ("x", &x),
                ("y", &y),
                ("font-size", &SIZE),
                ("fill", &"#4a5a63"),
            ],
            line,
        );
        y += NOTE_LINE;
    }
}

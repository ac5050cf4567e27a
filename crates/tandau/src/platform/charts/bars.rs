//! Horizontal bars: the candidates of a contest in ballot order.

use super::svg::Canvas;
use super::text::{width, wrap};
use super::{Caption, Format, both, open, share_of};

/// Fill colours by ballot position, the ones the style sheet also names; 0 is "against all".
/// Chosen to differ for every common kind of colour vision, none reading as good or bad.
const HUES: [&str; 9] = [
    "#6b7a82", "#0a6cad", "#c25300", "#6a4fa3", "#0e8074", "#a94a86", "#806200", "#35708e",
    "#7a5548",
];

/// How a bar is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// By position on the ballot, from 1.
    Position(u16),
    /// "Against all": grey and hatched.
    AgainstAll,
}

impl Tone {
    fn hue(self) -> u16 {
        match self {
            Self::Position(position) => position.saturating_sub(1) % 8 + 1,
            Self::AgainstAll => 0,
        }
    }
}

/// One bar. Length is `votes` of [`BarChart::whole`].
#[derive(Clone, Copy, Debug)]
pub struct Bar<'a> {
    /// Name as on the ballot.
    pub label: &'a str,
    /// A second line: who nominated, or empty.
    pub note: &'a str,
    /// Votes, for the length.
    pub votes: u64,
    /// Votes as shown, with their unit: "12 345 votes".
    pub votes_text: &'a str,
    /// Share as shown: "42,1 %"; empty if there is none.
    pub share_text: &'a str,
    /// Colour.
    pub tone: Tone,
}

/// A bar chart from zero.
#[derive(Clone, Copy, Debug)]
pub struct BarChart<'a> {
    /// Name and description.
    pub caption: Caption<'a>,
    /// What a full bar stands for, the same unit as votes: the number who took part.
    pub whole: u64,
    /// Bars from the top.
    pub bars: &'a [Bar<'a>],
}

const LABEL: u32 = 18;
const SMALL: u32 = 15;
const LINE: u32 = 24;
const NOTE_LINE: u32 = 21;
const BAR: u32 = 16;
const GAP: u32 = 22;

impl BarChart<'_> {
    /// The chart as two SVG elements, wide and narrow.
    #[must_use]
    pub fn render(&self) -> String {
        both(|format| self.draw(format))
    }

    fn draw(&self, format: Format) -> String {
        let rows: Vec<Row<'_>> = self.bars.iter().map(|bar| Row::new(bar, format)).collect();
        let height = rows.iter().map(Row::height).sum::<u32>().max(GAP) - GAP + 4;
        let mut canvas = open(&self.caption, format, height);
        let hatch = canvas.id("hatch");
        canvas.start("defs", &[]);
        canvas.start(
            "pattern",
            &[
                ("id", &hatch),
                ("width", &6),
                ("height", &6),
                ("patternUnits", &"userSpaceOnUse"),
                ("patternTransform", &"rotate(45)"),
            ],
        );
        let ground: [(&str, &dyn std::fmt::Display); 4] = [
            ("class", &"bar-0"),
            ("width", &6),
            ("height", &6),
            ("fill", &HUES[0]),
        ];
        canvas.empty("rect", &ground);
        canvas.empty(
            "rect",
            &[
                ("class", &"bar-gap"),
                ("width", &2),
                ("height", &6),
                ("fill", &"#fff"),
            ],
        );
        canvas.end("pattern");
        canvas.end("defs");
        let mut top = 0;
        for row in &rows {
            row.draw(&mut canvas, top, self.whole, format, &hatch);
            top += row.height();
        }
        canvas.close()
    }
}

/// A bar with its texts broken into lines.
struct Row<'a> {
    bar: &'a Bar<'a>,
    label: Vec<String>,
    note: Vec<String>,
    /// Votes stand on a line of their own when they don't fit beside the note.
    votes_apart: bool,
}

impl<'a> Row<'a> {
    fn new(bar: &'a Bar<'a>, format: Format) -> Self {
        let full = format.width();
        let share = width(bar.share_text, LABEL, true) + 16;
        let votes = width(bar.votes_text, SMALL, false) + 16;
        let label = wrap(
            bar.label,
            full.saturating_sub(share).max(full / 2),
            LABEL,
            true,
        );
        let beside = wrap(
            bar.note,
            full.saturating_sub(votes).max(full / 2),
            SMALL,
            false,
        );
        let note = match (bar.note.is_empty(), beside.len()) {
            (true, _) => Vec::new(),
            (false, 1) => beside,
            (false, _) => wrap(bar.note, full, SMALL, false),
        };
        let votes_apart = note
            .last()
            .is_some_and(|line| width(line, SMALL, false) + votes > full);
        Self {
            bar,
            label,
            note,
            votes_apart,
        }
    }

    fn text_height(&self) -> u32 {
        let label = u32::try_from(self.label.len()).unwrap_or(1) * LINE;
        let notes = u32::try_from(self.note.len()).unwrap_or(0);
        let lines = if self.votes_apart {
            notes + 1
        } else {
            notes.max(1)
        };
        label + lines * NOTE_LINE
    }

    fn height(&self) -> u32 {
        self.text_height() + 4 + BAR + GAP
    }

    fn draw(&self, canvas: &mut Canvas, top: u32, whole: u64, format: Format, hatch: &str) {
        let full = format.width();
        let bar = self.bar;
        let mut base = top + LABEL;
        for (index, line) in self.label.iter().enumerate() {
            canvas.text("text", &strong(&0, &base, "start"), line);
            if index == 0 && !bar.share_text.is_empty() {
                canvas.text("text", &strong(&full, &base, "end"), bar.share_text);
            }
            base += LINE;
        }
        for (index, line) in self.note.iter().enumerate() {
            if index > 0 {
                base += NOTE_LINE;
            }
            canvas.text("text", &small(&0, &base, "start"), line);
        }
        if self.votes_apart {
            base += NOTE_LINE;
        }
        canvas.text("text", &small(&full, &base, "end"), bar.votes_text);
        let y = top + self.text_height() + 4;
        let length = share_of(bar.votes, whole, full);
        let track: [(&str, &dyn std::fmt::Display); 6] = [
            ("class", &"chart-track"),
            ("y", &y),
            ("width", &full),
            ("height", &BAR),
            ("rx", &2),
            ("fill", &"#e4eaed"),
        ];
        canvas.empty("rect", &track);
        let hue = bar.tone.hue();
        let class = format!("bar-{hue}");
        let hatched = format!("url(#{hatch})");
        let fill = match bar.tone {
            Tone::AgainstAll => hatched.as_str(),
            Tone::Position(_) => HUES.get(usize::from(hue)).copied().unwrap_or(HUES[0]),
        };
        let class = match bar.tone {
            Tone::AgainstAll => "bar-hatched",
            Tone::Position(_) => class.as_str(),
        };
        // A vote is never invisible.
        let length = if bar.votes > 0 { length.max(2) } else { 0 };
        canvas.empty(
            "rect",
            &[
                ("class", &class),
                ("y", &y),
                ("width", &length),
                ("height", &BAR),
                ("rx", &2),
                ("fill", &fill),
            ],
        );
    }
}

type Text<'a> = [(&'a str, &'a dyn std::fmt::Display); 6];

fn strong<'a>(x: &'a u32, y: &'a u32, anchor: &'static str) -> Text<'a> {
    [
        ("class", &"chart-strong"),
        ("x", x),
        ("y", y),
        (
            "text-anchor",
            if anchor == "end" { &"end" } else { &"start" },
        ),
        ("font-size", &LABEL),
        ("font-weight", &700),
    ]
}

fn small<'a>(x: &'a u32, y: &'a u32, anchor: &'static str) -> Text<'a> {
    [
        ("class", &"chart-text"),
        ("x", x),
        ("y", y),
        (
            "text-anchor",
            if anchor == "end" { &"end" } else { &"start" },
        ),
        ("font-size", &SMALL),
        ("fill", &"#4a5a63"),
    ]
}

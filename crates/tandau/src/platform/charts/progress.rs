//! One bar cut into states: how many stations are where. Each state is a word, a colour and a
//! pattern.

use super::svg::Canvas;
use super::text::{width, wrap};
use super::{Caption, Format, both, open, share_of};

/// What a part means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing yet.
    Open,
    /// On its way.
    Calm,
    /// Somebody must look.
    Attention,
    /// Wrong.
    Trouble,
    /// Finished.
    Done,
}

/// How a part is filled, so that it is told apart without colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// Outline only.
    Empty,
    /// Dots.
    Dots,
    /// Rising lines.
    Lines,
    /// Crossed lines.
    Cross,
    /// Full.
    Solid,
}

impl State {
    fn class(self) -> &'static str {
        match self {
            Self::Open => "state-open",
            Self::Calm => "state-calm",
            Self::Attention => "state-attention",
            Self::Trouble => "state-trouble",
            Self::Done => "state-done",
        }
    }

    fn colour(self) -> &'static str {
        match self {
            Self::Open => "#4a5a63",
            Self::Calm => "#00687a",
            Self::Attention => "#8a4b00",
            Self::Trouble => "#a61b1b",
            Self::Done => "#1b6b3a",
        }
    }

    /// The pattern that goes with the state.
    #[must_use]
    pub fn pattern(self) -> Pattern {
        match self {
            Self::Open => Pattern::Empty,
            Self::Calm => Pattern::Dots,
            Self::Attention => Pattern::Lines,
            Self::Trouble => Pattern::Cross,
            Self::Done => Pattern::Solid,
        }
    }
}

/// A part of the bar.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// The state's word: "accepted".
    pub label: &'a str,
    /// How many, for the length.
    pub count: u64,
    /// How many as shown.
    pub count_text: &'a str,
    /// Colour and pattern.
    pub state: State,
}

/// The bar. Parts stand in the order given and fill it together.
#[derive(Clone, Copy, Debug)]
pub struct Progress<'a> {
    /// Name and description.
    pub caption: Caption<'a>,
    /// Parts from the left; those of 0 are left out of the bar, not of the words.
    pub parts: &'a [Part<'a>],
}

const BAR: u32 = 28;
const SWATCH: u32 = 16;
const LINE: u32 = 26;
const SIZE: u32 = 16;

impl Progress<'_> {
    /// The chart as two SVG elements, wide and narrow.
    #[must_use]
    pub fn render(&self) -> String {
        both(|format| self.draw(format))
    }

    fn draw(&self, format: Format) -> String {
        let words = self.place_words(format);
        let last = words.last().map_or(0, |word| word.y + word.height());
        let mut canvas = open(&self.caption, format, last.max(BAR) + 4);
        self.define(&mut canvas);
        for (part, (x, length)) in self.parts.iter().zip(self.lengths(format.width() - 2)) {
            if length > 0 {
                // A gap keeps neighbours of one colour family apart.
                fill(&mut canvas, part, (x + 2, 1), (length - 2, BAR));
            }
        }
        for (part, word) in self.parts.iter().zip(&words) {
            fill(
                &mut canvas,
                part,
                (word.x + 1, word.y + 4),
                (SWATCH, SWATCH),
            );
            for (index, line) in (0_u32..).zip(&word.lines) {
                canvas.text(
                    "text",
                    &[
                        ("class", &"chart-word"),
                        ("x", &(word.x + SWATCH + 9)),
                        ("y", &(word.y + 18 + index * LINE)),
                        ("font-size", &SIZE),
                        ("fill", &"#0b1f2a"),
                    ],
                    line,
                );
            }
        }
        canvas.close()
    }

    /// Start and length of each part. Whatever exists is at least 6 wide; the longest part gives
    /// the room for that, and all together always fill the bar.
    fn lengths(&self, full: u32) -> Vec<(u32, u32)> {
        let total: u64 = self
            .parts
            .iter()
            .fold(0, |sum, part| sum.saturating_add(part.count));
        let mut lengths: Vec<u32> = self
            .parts
            .iter()
            .map(|part| match part.count {
                0 => 0,
                count => share_of(count, total, full).max(6),
            })
            .collect();
        let sum: u32 = lengths.iter().sum();
        if let Some(longest) = lengths.iter_mut().max_by_key(|length| **length)
            && *longest > 0
        {
            *longest = (*longest + full).saturating_sub(sum);
        }
        let mut start = 0;
        lengths
            .into_iter()
            .map(|length| {
                let place = (start, length);
                start += length;
                place
            })
            .collect()
    }

    fn place_words(&self, format: Format) -> Vec<Word> {
        let full = format.width();
        let (mut x, mut y) = (0, BAR + 12);
        let mut words: Vec<Word> = Vec::new();
        for part in self.parts {
            let text = format!("{} {}", part.count_text, part.label);
            let needed = SWATCH + 9 + width(&text, SIZE, false) + 24;
            if x > 0 && x + needed > full {
                x = 0;
                y += words.last().map_or(LINE, Word::height);
            }
            let lines = wrap(&text, full - SWATCH - 9, SIZE, false);
            words.push(Word { x, y, lines });
            x += needed;
        }
        words
    }

    fn define(&self, canvas: &mut Canvas) {
        canvas.start("defs", &[]);
        let mut done: Vec<State> = Vec::new();
        for part in self.parts {
            if done.contains(&part.state) {
                continue;
            }
            done.push(part.state);
            define_pattern(canvas, part.state);
        }
        canvas.end("defs");
    }
}

struct Word {
    x: u32,
    y: u32,
    lines: Vec<String>,
}

impl Word {
    fn height(&self) -> u32 {
        u32::try_from(self.lines.len()).unwrap_or(1) * LINE
    }
}

fn define_pattern(canvas: &mut Canvas, state: State) {
    let shape = match state.pattern() {
        Pattern::Empty | Pattern::Solid => return,
        Pattern::Dots => "M2 4h4",
        Pattern::Lines => "M-2 10L10-2M-2 2L2-2M6 10L10 6",
        Pattern::Cross => "M0 0L8 8M0 8L8 0",
    };
    let id = canvas.id(state.class());
    canvas.start(
        "pattern",
        &[
            ("id", &id),
            ("width", &8),
            ("height", &8),
            ("patternUnits", &"userSpaceOnUse"),
        ],
    );
    canvas.empty(
        "path",
        &[
            ("class", &format!("{} chart-pattern", state.class())),
            ("d", &shape),
            ("stroke", &state.colour()),
            (
                "stroke-width",
                &if state.pattern() == Pattern::Dots {
                    4
                } else {
                    2
                },
            ),
            ("fill", &"none"),
        ],
    );
    canvas.end("pattern");
}

fn fill(canvas: &mut Canvas, part: &Part<'_>, (x, y): (u32, u32), (width, height): (u32, u32)) {
    let state = part.state;
    let colour = match state.pattern() {
        Pattern::Empty => "none".to_owned(),
        Pattern::Solid => state.colour().to_owned(),
        _ => format!("url(#{})", canvas.id(state.class())),
    };
    let full = if state.pattern() == Pattern::Solid {
        " state-full"
    } else {
        ""
    };
    canvas.empty(
        "rect",
        &[
            ("class", &format!("chart-part {}{full}", state.class())),
            ("x", &x),
            ("y", &y),
            ("width", &width),
            ("height", &height),
            ("fill", &colour),
            ("stroke", &state.colour()),
            ("stroke-width", &2),
        ],
    );
}

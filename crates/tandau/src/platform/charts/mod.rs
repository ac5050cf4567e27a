//! Charts drawn by the server as SVG: no script, no style attribute, readable at 320 px.
//!
//! Numbers come formatted in the reader's language; a chart only places them ([`day_by_day`] writes them itself). Each chart has a
//! title and a description, and stands beside a table with the same facts. Text that would not
//! be legible when a wide drawing shrinks is drawn twice, wide and narrow: the style sheet
//! (`web/styles/_charts.scss`) shows the one that fits.
//!
//! Every text is escaped where it is written ([`svg::Canvas`]), so names may hold anything.

pub mod bars;
mod frame;
pub mod line;
pub mod progress;
pub mod shares;
pub mod spark;
pub mod svg;
pub mod text;
pub mod tree;
pub mod trend;

pub use bars::{Bar, BarChart, Tone};
pub use line::{LineKind, Point, TurnoutChart};
pub use progress::{Part, Pattern, Progress, State};
pub use shares::{ShareChart, SharePoint};
pub use spark::Sparkline;
pub use svg::escape;
pub use tree::{Branch, Leaf, TreeChart};
pub use trend::{Expected, TrendChart, day_by_day, day_rows};

#[cfg(test)]
mod tests;

/// What every chart says about itself.
#[derive(Clone, Copy, Debug)]
pub struct Caption<'a> {
    /// Beginning of all ids in the drawing; unique on the page.
    pub id: &'a str,
    /// What is drawn, in a few words.
    pub title: &'a str,
    /// What it shows, in a sentence or two, for readers who don't see it.
    pub desc: &'a str,
}

/// For which width a drawing is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Wide,
    Narrow,
}

impl Format {
    /// Width of the drawing in its own units: about the pixels it is shown at.
    pub(crate) fn width(self) -> u32 {
        match self {
            Self::Wide => 680,
            Self::Narrow => 320,
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Wide => "chart chart--wide",
            Self::Narrow => "chart chart--narrow",
        }
    }

    fn suffix(self) -> &'static str {
        match self {
            Self::Wide => "w",
            Self::Narrow => "n",
        }
    }
}

/// Both drawings of a chart, one after the other.
pub(crate) fn both(draw: impl Fn(Format) -> String) -> String {
    let mut out = draw(Format::Wide);
    out.push_str(&draw(Format::Narrow));
    out
}

/// Opens a chart's `svg` with title and description; the caller closes it.
pub(crate) fn open(caption: &Caption<'_>, format: Format, height: u32) -> svg::Canvas {
    svg::Canvas::open(&svg::Frame {
        class: format.class(),
        id: &format!("{}-{}", caption.id, format.suffix()),
        title: caption.title,
        desc: caption.desc,
        width: format.width(),
        height,
        role: "img",
    })
}

/// `part / whole` of `length`, rounded down; a whole of 0 gives 0, more than all gives `length`.
pub(crate) fn share_of(part: u64, whole: u64, length: u32) -> u32 {
    if whole == 0 {
        return 0;
    }
    let scaled = u128::from(part.min(whole)) * u128::from(length) / u128::from(whole);
    u32::try_from(scaled).unwrap_or(length)
}

//! Tells people how far the demo is: a bar on a terminal, plain lines elsewhere.

use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal as _;

/// How far it is.
#[derive(Clone, Debug)]
pub struct Progress {
    bar: ProgressBar,
    terminal: bool,
}

impl Progress {
    /// A bar of so many events.
    #[must_use]
    pub fn new(events: u64) -> Self {
        let terminal = std::io::stderr().is_terminal();
        let bar = if terminal {
            ProgressBar::new(events)
        } else {
            ProgressBar::hidden()
        };
        if let Ok(style) =
            ProgressStyle::with_template("{msg:<32} {wide_bar} {pos}/{len} {elapsed_precise}")
        {
            bar.set_style(style);
        }
        Self { bar, terminal }
    }

    /// A new part of the work.
    pub fn step(&self, what: &'static str) {
        self.bar.set_message(what);
        self.bar.tick();
        if !self.terminal {
            tracing::info!("demo: {what}");
        }
    }

    /// The time of the demo's day.
    pub fn at(&self, clock: String) {
        self.bar.set_message(clock);
    }

    /// One event done.
    pub fn done_one(&self) {
        self.bar.inc(1);
    }

    /// All done.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

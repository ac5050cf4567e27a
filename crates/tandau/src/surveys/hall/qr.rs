//! The short link as a QR code, drawn as SVG. Always dark on a light ground with its quiet zone: on a dark projector
//! page too, because readers of phones rely on it.

use crate::platform::Error;
use crate::platform::charts::escape;
use qrcode::types::Color;
use qrcode::{EcLevel, QrCode};
use std::fmt::Write as _;

/// Light modules around the code, as the standard asks.
const QUIET: usize = 4;

/// Dark modules, row by row.
pub(super) struct Modules {
    side: usize,
    dark: Vec<bool>,
}

impl Modules {
    /// The code of a text.
    ///
    /// # Errors
    /// A text too long for a code.
    pub(super) fn of(text: &str) -> Result<Self, Error> {
        let code =
            QrCode::with_error_correction_level(text, EcLevel::M).map_err(Error::internal)?;
        Ok(Self {
            side: code.width(),
            dark: code.to_colors().iter().map(|c| *c == Color::Dark).collect(),
        })
    }

    #[cfg(test)]
    pub(super) fn is_dark(&self, x: usize, y: usize) -> bool {
        x < self.side && y < self.side && self.dark.get(y * self.side + x).is_some_and(|dark| *dark)
    }

    #[cfg(test)]
    pub(super) const fn side(&self) -> usize {
        self.side
    }

    /// One path of horizontal runs.
    fn path(&self) -> Result<String, std::fmt::Error> {
        let mut path = String::new();
        for (y, row) in self.dark.chunks(self.side).enumerate() {
            let mut x = 0;
            while let Some(dark) = row.get(x) {
                let run = row.iter().skip(x).take_while(|c| *c == dark).count();
                if *dark {
                    write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET)?;
                }
                x += run;
            }
        }
        Ok(path)
    }
}

/// The code as an `svg` element with a title for those who don't see it.
///
/// # Errors
/// A text too long for a code.
pub fn svg(text: &str, title: &str) -> Result<String, Error> {
    let modules = Modules::of(text)?;
    let side = modules.side + 2 * QUIET;
    let path = modules.path().map_err(Error::internal)?;
    let title = escape(title);
    Ok(format!(
        "<svg class=\"tandau-qr\" viewBox=\"0 0 {side} {side}\" role=\"img\" aria-labelledby=\"qr-title\" \
         shape-rendering=\"crispEdges\"><title id=\"qr-title\">{title}</title>\
         <path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path fill=\"#000\" d=\"{path}\"/></svg>"
    ))
}

//! A picture of the first page of a PDF, for a reader who wants to see the paper beside its figures.

use crate::error::PrintError;
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{RenderCache, RenderSettings, render};

/// The tallest picture, in pixels: a sheet, not a roll.
const HEIGHT_MAX: f32 = 4_000.0;

/// The first page as PNG, as wide as asked for (in pixels).
///
/// # Errors
/// [`PrintError::Unreadable`] for what is no PDF, has no page, or a page of a strange shape.
pub fn first_page(pdf: Vec<u8>, width: u16) -> Result<Vec<u8>, PrintError> {
    let unreadable = |why: &str| PrintError::Unreadable(why.to_owned());
    let pdf = Pdf::new(pdf).map_err(|_| unreadable("not a PDF"))?;
    let page = pdf.pages().first().ok_or_else(|| unreadable("no page"))?;
    let (wide, high) = page.render_dimensions();
    let scale = f32::from(width) / wide;
    if !scale.is_finite() || scale <= 0.0 || !(1.0..=HEIGHT_MAX).contains(&(high * scale)) {
        return Err(unreadable("a page of a strange shape"));
    }
    let pixels = render(
        page,
        &RenderCache::new(),
        &InterpreterSettings::default(),
        &RenderSettings {
            x_scale: scale,
            y_scale: scale,
            bg_color: WHITE,
            ..RenderSettings::default()
        },
    );
    pixels
        .into_png()
        .map_err(|fault| PrintError::Unreadable(fault.to_string()))
}

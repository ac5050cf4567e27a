//! Finds the type of a paper from its bytes and takes out what it says about its maker.

use image::{DynamicImage, ImageFormat, ImageReader, Limits};
use std::io::Cursor;

/// Most pixels of a picture in either direction; a page photographed by a phone has 4,000 by 3,000.
const MAX_SIDE_PX: u32 = 10_000;
/// Memory that decoding one picture may take, in bytes.
const MAX_DECODED_BYTES: u64 = 200 * 1024 * 1024;

/// What a paper may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaType {
    /// A PDF.
    Pdf,
    /// A photo.
    Jpeg,
    /// A picture of a scanner.
    Png,
}

impl MediaType {
    /// The name in HTTP headers.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }
}

/// Why a paper is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CleanError {
    /// Neither PDF nor JPEG nor PNG.
    #[error("neither a PDF nor a photo")]
    Kind,
    /// Says it is one of these but can't be read.
    #[error("the file is damaged")]
    Broken,
    /// A PDF with scripts or attachments.
    #[error("the PDF contains scripts or attachments")]
    Active,
    /// More pixels or bytes than any honest paper.
    #[error("the picture is too large")]
    TooLarge,
}

/// The type of the bytes, and the bytes without metadata.
///
/// # Errors
/// [`CleanError`].
pub fn clean(bytes: &[u8]) -> Result<(MediaType, Vec<u8>), CleanError> {
    match infer::get(bytes).map(|kind| kind.mime_type()) {
        Some("application/pdf") => Ok((MediaType::Pdf, clean_pdf(bytes)?)),
        Some("image/jpeg") => Ok((MediaType::Jpeg, clean_picture(bytes, ImageFormat::Jpeg)?)),
        Some("image/png") => Ok((MediaType::Png, clean_picture(bytes, ImageFormat::Png)?)),
        _ => Err(CleanError::Kind),
    }
}

/// Decodes and encodes anew: pixels pass, place, time and maker of the photo do not.
fn clean_picture(bytes: &[u8], format: ImageFormat) -> Result<Vec<u8>, CleanError> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE_PX);
    limits.max_image_height = Some(MAX_SIDE_PX);
    limits.max_alloc = Some(MAX_DECODED_BYTES);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|e| problem(&e))?;
    // A phone writes "turn me" into the metadata that we drop, so the turn is done here.
    let turn = image::ImageDecoder::orientation(&mut decoder).map_err(|e| problem(&e))?;
    // The decoder's own limit doesn't count the picture it hands out.
    if image::ImageDecoder::total_bytes(&decoder) > MAX_DECODED_BYTES {
        return Err(CleanError::TooLarge);
    }
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|e| problem(&e))?;
    picture.apply_orientation(turn);
    let mut out = Cursor::new(Vec::new());
    match format {
        ImageFormat::Jpeg => {
            let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut out, 85);
            picture
                .into_rgb8()
                .write_with_encoder(encoder)
                .map_err(|_| CleanError::Broken)?;
        }
        _ => picture
            .write_to(&mut out, format)
            .map_err(|_| CleanError::Broken)?,
    }
    Ok(out.into_inner())
}

fn problem(error: &image::ImageError) -> CleanError {
    match error {
        image::ImageError::Limits(_) => CleanError::TooLarge,
        _ => CleanError::Broken,
    }
}

/// Scripts, attachments and forms have no place in a paper; a damaged file is no proof.
fn clean_pdf(bytes: &[u8]) -> Result<Vec<u8>, CleanError> {
    super::pdf::clean(bytes)
}

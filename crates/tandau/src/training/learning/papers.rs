//! The certificate as a paper.

use super::code::printed;
use super::model::Certificate;
use crate::platform::i18n::date_long;
use crate::platform::press::paper_language;
use crate::platform::{App, Error, T};
use print::{CertificatePaper, Edition, ProgrammeFact};
use qrcode::types::Color;
use qrcode::{EcLevel, QrCode};

/// Dark modules of a link, row by row.
fn modules(link: &str) -> Result<Vec<Vec<bool>>, Error> {
    let code = QrCode::with_error_correction_level(link, EcLevel::M).map_err(Error::internal)?;
    let dark: Vec<bool> = code.to_colors().iter().map(|c| *c == Color::Dark).collect();
    Ok(dark
        .chunks(code.width().max(1))
        .map(<[bool]>::to_vec)
        .collect())
}

/// Puts the paper together. `link` is the whole address, `name` as the holder is called in this language.
pub(super) fn certificate(
    app: &App,
    t: T,
    certificate: &Certificate,
    name: &str,
    link: &str,
) -> Result<CertificatePaper, Error> {
    let day = certificate
        .issued_at
        .to_zoned_datetime(app.home_zone.clone())
        .date();
    let fact = |label: String, text_value: String| ProgrammeFact { label, text_value };
    Ok(CertificatePaper {
        edition: Edition::default(),
        language: paper_language(t.lang),
        issuer: t.learning_issuer(),
        title: t.learning_certificate(),
        name: name.to_owned(),
        sentence: t.learning_paper_sentence(),
        programme: certificate.title.get(t.lang).to_owned(),
        facts: vec![
            fact(t.learning_day(), date_long(t.lang, day)),
            fact(t.learning_code(), printed(&certificate.code)),
        ],
        verify: t.learning_paper_verify(),
        address: link
            .split_once("://")
            .map_or(link, |(_, rest)| rest)
            .to_owned(),
        qr: modules(link)?,
        foot: t.learning_paper_foot(),
        synthetic: app.settings.demo,
    })
}

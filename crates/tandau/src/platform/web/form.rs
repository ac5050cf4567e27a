//! What forms send, parsed once at the edge: limits on size and count, no control characters, and the
//! form's token checked before a handler sees anything.

use super::context::SignedIn;
use super::shell::ErrorItem;
use super::{guard, shell};
use crate::platform::files::MAX_FILE_BYTES;
use crate::platform::{App, Error, FieldProblem, Names, T};
use axum::RequestExt as _;
use axum::extract::rejection::RawFormRejection;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse as _;

/// Fields in one form at most.
pub(crate) const MAX_FIELDS: usize = 500;
/// Bytes of one text field at most.
const MAX_FIELD_BYTES: usize = 20_000;
/// Bytes of a form without files.
const MAX_FORM_BYTES: usize = 256 * 1024;

/// A file that came with a form.
#[derive(Clone, Debug)]
pub struct Upload {
    /// Name of the field.
    pub field: String,
    /// Its bytes; what the browser said about name and type is not kept.
    pub bytes: Vec<u8>,
}

/// The fields of a form whose token was right.
#[derive(Clone, Debug, Default)]
pub struct FormData {
    fields: Vec<(String, String)>,
    uploads: Vec<Upload>,
}

impl FormData {
    /// Made of pairs; tests use it.
    #[must_use]
    pub const fn from_fields(fields: Vec<(String, String)>) -> Self {
        Self {
            fields,
            uploads: Vec::new(),
        }
    }

    /// The first value of a field without surrounding blanks; empty when it was not sent.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.fields
            .iter()
            .find(|(n, _)| n == name)
            .map_or("", |(_, v)| v.trim())
    }

    /// All fields.
    #[must_use]
    pub fn fields(&self) -> &[(String, String)] {
        &self.fields
    }

    /// All values of a field.
    pub fn all<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f str> {
        self.fields
            .iter()
            .filter(move |(n, _)| n == name)
            .map(|(_, v)| v.trim())
    }

    /// Whether a box was ticked.
    #[must_use]
    pub fn ticked(&self, name: &str) -> bool {
        !self.text(name).is_empty()
    }

    /// All files.
    #[must_use]
    pub fn all_uploads(&self) -> &[Upload] {
        &self.uploads
    }

    /// All files of a field that are not empty.
    pub fn uploads<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f Upload> {
        self.uploads
            .iter()
            .filter(move |u| u.field == name && !u.bytes.is_empty())
    }

    /// A file that is not empty.
    #[must_use]
    pub fn upload(&self, name: &str) -> Option<&Upload> {
        self.uploads
            .iter()
            .find(|u| u.field == name && !u.bytes.is_empty())
    }

    /// The bytes of such a file.
    #[must_use]
    pub fn bytes(&self, name: &str) -> Option<Vec<u8>> {
        self.upload(name).map(|u| u.bytes.clone())
    }
}

/// Collects what is wrong with a form, field by field.
#[derive(Clone, Debug, Default)]
pub struct FieldErrors(Vec<FieldProblem>);

impl FieldErrors {
    /// Nothing wrong yet.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Adds a problem.
    pub fn add(&mut self, field: impl Into<String>, message: impl Into<String>) {
        self.0.push(FieldProblem {
            field: field.into(),
            message: message.into(),
        });
    }

    /// Takes the problems of an error over; any other error passes.
    ///
    /// # Errors
    /// Whatever is not [`Error::Invalid`].
    pub fn take(error: Error) -> Result<Self, Error> {
        match error {
            Error::Invalid(problems) => Ok(Self(problems)),
            other => Err(other),
        }
    }

    /// As [`FieldErrors::take`], with the status of the answer; what somebody else did meanwhile becomes a problem of
    /// `field`, so that the form comes back with what was typed.
    ///
    /// # Errors
    /// Whatever is neither [`Error::Invalid`] nor [`Error::Conflict`].
    pub fn or_conflict(error: Error, field: &str) -> Result<(Self, StatusCode), Error> {
        match error {
            Error::Conflict(words) => {
                let mut errors = Self::new();
                errors.add(field, words);
                Ok((errors, StatusCode::CONFLICT))
            }
            other => Ok((Self::take(other)?, StatusCode::UNPROCESSABLE_ENTITY)),
        }
    }

    /// The sentence for a field; empty when it is fine.
    #[must_use]
    pub fn of(&self, field: &str) -> &str {
        self.0
            .iter()
            .find(|p| p.field == field)
            .map_or("", |p| p.message.as_str())
    }

    /// True when nothing is wrong.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Lines of the error summary.
    #[must_use]
    pub fn summary(&self) -> Vec<ErrorItem> {
        self.0
            .iter()
            .map(|p| shell::ErrorItem {
                href: format!("#{}", p.field),
                text: p.message.clone(),
            })
            .collect()
    }

    /// Ends with the problems, if there are any.
    ///
    /// # Errors
    /// [`Error::Invalid`].
    pub fn done(self) -> Result<(), Error> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Error::Invalid(self.0))
        }
    }

    /// A text that must be there and at most `max_chars` long; notes the problem otherwise.
    pub fn required<'f>(
        &mut self,
        t: T,
        form: &'f FormData,
        field: &str,
        max_chars: usize,
    ) -> &'f str {
        let text = form.text(field);
        if text.is_empty() {
            self.add(field, t.form_required());
        }
        self.limited(t, form, field, max_chars)
    }

    /// Words in three languages, none of which may lack; notes the problems otherwise.
    pub fn names(&mut self, t: T, form: &FormData, field: &str, max_chars: usize) -> Names {
        let [kk, ru, en] = ["kk", "ru", "en"].map(|lang| {
            self.required(t, form, &format!("{field}_{lang}"), max_chars)
                .to_owned()
        });
        Names::new(kk, ru, en)
    }

    /// Checks words that must be there in three languages, each of at most so many characters. Notes one problem for all
    /// of them, `lacking` where a language is blank.
    pub fn complete<'n>(
        &mut self,
        t: T,
        (field, max_chars): (&str, usize),
        all: impl IntoIterator<Item = &'n Names>,
        lacking: impl Into<String>,
    ) {
        let (mut blank, mut long) = (false, false);
        for names in all {
            blank |= names.any(|text| text.trim().is_empty());
            long |= names.any(|text| text.chars().count() > max_chars);
        }
        if blank {
            self.add(field, lacking);
        } else if long {
            self.add(field, t.form_too_long(max_chars));
        }
    }

    /// A text of at most `max_chars`; notes the problem otherwise.
    pub fn limited<'f>(
        &mut self,
        t: T,
        form: &'f FormData,
        field: &str,
        max_chars: usize,
    ) -> &'f str {
        let text = form.text(field);
        if text.chars().count() > max_chars {
            self.add(
                field,
                t.form_too_long(i64::try_from(max_chars).unwrap_or(i64::MAX)),
            );
        }
        text
    }

    /// A date as date inputs send it; notes the problem otherwise.
    pub fn date(&mut self, t: T, form: &FormData, field: &str) -> Option<jiff::civil::Date> {
        let date = form.text(field).parse().ok();
        if date.is_none() {
            self.add(field, t.form_date());
        }
        date
    }

    /// A whole number, blanks between digits allowed; notes the problem otherwise.
    pub fn count(&mut self, t: T, form: &FormData, field: &str) -> Option<u64> {
        let digits: String = form
            .text(field)
            .chars()
            .filter(|c| !c.is_whitespace())
            .collect();
        let number =
            (!digits.is_empty() && digits.len() <= 9 && digits.bytes().all(|b| b.is_ascii_digit()))
                .then(|| digits.parse().ok())
                .flatten();
        if number.is_none() {
            self.add(field, t.form_number());
        }
        number
    }
}

impl FromRequest<App> for FormData {
    type Rejection = Error;

    async fn from_request(mut request: Request, app: &App) -> Result<Self, Error> {
        let signed_in = request.extensions().get::<SignedIn>().cloned();
        let kind = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|v| v.to_str().ok())
            .unwrap_or_default()
            .to_owned();
        let form = if kind.starts_with("multipart/form-data") {
            DefaultBodyLimit::max(MAX_FILE_BYTES + MAX_FORM_BYTES).apply(&mut request);
            read_multipart(
                request
                    .extract::<Multipart, _>()
                    .await
                    .map_err(|_| Error::Unsupported)?,
            )
            .await?
        } else if kind.starts_with("application/x-www-form-urlencoded") {
            DefaultBodyLimit::max(MAX_FORM_BYTES).apply(&mut request);
            let axum::extract::RawForm(bytes) = request
                .extract()
                .await
                .map_err(|e: RawFormRejection| unreadable(e.into_response().status()))?;
            let mut form = Self::default();
            for (name, value) in parse_urlencoded(&bytes)? {
                form.push(name, value)?;
            }
            form
        } else {
            return Err(Error::Unsupported);
        };
        if let Some(who) = signed_in
            && !guard::token_fits(&app.secret, &who.session, form.text("csrf"))
        {
            return Err(Error::Forged);
        }
        Ok(form)
    }
}

impl FormData {
    fn push(&mut self, name: String, value: String) -> Result<(), Error> {
        if self.fields.len() >= MAX_FIELDS {
            return Err(Error::TooLarge);
        }
        fits(&name, &value)?;
        self.fields.push((name, value));
        Ok(())
    }
}

/// A field as a form or an envelope may have it.
///
/// # Errors
/// [`Error::TooLarge`]; a control character in it.
pub(crate) fn fits(name: &str, value: &str) -> Result<(), Error> {
    if value.len() > MAX_FIELD_BYTES || name.len() > 200 {
        return Err(Error::TooLarge);
    }
    let odd = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    if name.chars().any(char::is_control) || value.chars().any(odd) {
        return Err(Error::field(name, "control characters are not allowed"));
    }
    Ok(())
}

fn parse_urlencoded(bytes: &[u8]) -> Result<Vec<(String, String)>, Error> {
    serde_urlencoded::from_bytes(bytes).map_err(|_| Error::field("", "the form can't be read"))
}

/// Why a body did not arrive as a form: too much of it, or cut off, or torn.
fn unreadable(status: StatusCode) -> Error {
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        Error::TooLarge
    } else {
        Error::field("", "the form can't be read")
    }
}

async fn read_multipart(mut multipart: Multipart) -> Result<FormData, Error> {
    let mut form = FormData::default();
    while let Some(field) = multipart
        .next_field()
        .await
        .map_err(|e| unreadable(e.status()))?
    {
        let name = field.name().unwrap_or_default().to_owned();
        let is_file = field.file_name().is_some();
        let bytes = field.bytes().await.map_err(|e| unreadable(e.status()))?;
        if is_file {
            // A field for a photo that nobody chose.
            if bytes.is_empty() {
                continue;
            }
            if form.uploads.len() >= 5 || bytes.len() > MAX_FILE_BYTES {
                return Err(Error::TooLarge);
            }
            form.uploads.push(Upload {
                field: name,
                bytes: bytes.to_vec(),
            });
        } else {
            let value =
                String::from_utf8(bytes.to_vec()).map_err(|_| Error::field(&name, "not UTF-8"))?;
            form.push(name, value)?;
        }
    }
    Ok(form)
}

//! The press: fonts and forms loaded once, a paper in, a PDF out.

use std::sync::OnceLock;

use serde::Serialize;
use serde_json::Value;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, WorldExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::clean::clean;
use crate::error::PrintError;

/// The forms this crate knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Protocol,
    Result,
    Decision,
    Readiness,
    Programme,
    Note,
    Certificate,
}

/// The fonts, regular before bold.
const FONTS: [&[u8]; 2] = [
    include_bytes!("../fonts/NotoSans-Regular.ttf"),
    include_bytes!("../fonts/NotoSans-Bold.ttf"),
];

/// After how many prints without use a memoized piece of layout is thrown away, so that memory doesn't grow with
/// the number of papers. Measured: little is shared between two papers, and a larger store costs more than it saves.
const KEPT: usize = 2;

/// What all prints share.
struct Press {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    shared: Source,
    protocol: Source,
    result: Source,
    decision: Source,
    readiness: Source,
    programme: Source,
    note: Source,
    certificate: Source,
    paper: FileId,
    options: PdfOptions,
}

static PRESS: OnceLock<Result<Press, PrintError>> = OnceLock::new();

/// Prints one paper. `blank` leaves what a pen fills in empty.
pub(crate) fn print<P: Serialize>(
    form: Form,
    paper: &P,
    blank: bool,
) -> Result<Vec<u8>, PrintError> {
    let press = PRESS
        .get_or_init(Press::set_up)
        .as_ref()
        .map_err(PrintError::clone)?;
    let data = press.data(paper, blank)?;
    let job = Job {
        press,
        main: press.form(form),
        data: Bytes::new(data),
    };
    let sheets = typst::compile::<PagedDocument>(&job).output;
    let pdf = sheets.and_then(|sheets| typst_pdf::pdf(&sheets, &press.options));
    typst::comemo::evict(KEPT);
    pdf.map_err(|faults| PrintError::Typeset(told(&job, &faults)))
}

impl Press {
    fn set_up() -> Result<Self, PrintError> {
        let fonts: Vec<Font> = FONTS
            .into_iter()
            .filter_map(|data| Font::new(Bytes::new(data), 0))
            .collect();
        if fonts.len() != FONTS.len() {
            return Err(PrintError::Press("a font can't be read".to_owned()));
        }
        let standards = PdfStandards::new(&[PdfStandard::Ua_1])
            .map_err(|fault| PrintError::Press(fault.message().to_string()))?;
        Ok(Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            shared: source("shared.typ", include_str!("forms/shared.typ"))?,
            protocol: source("protocol.typ", include_str!("forms/protocol.typ"))?,
            result: source("result.typ", include_str!("forms/result.typ"))?,
            decision: source("decision.typ", include_str!("forms/decision.typ"))?,
            readiness: source("readiness.typ", include_str!("forms/readiness.typ"))?,
            programme: source("programme.typ", include_str!("forms/programme.typ"))?,
            note: source("note.typ", include_str!("forms/note.typ"))?,
            certificate: source("certificate.typ", include_str!("forms/certificate.typ"))?,
            paper: file("paper.json")?,
            options: PdfOptions {
                creator: Smart::Custom(Some("Tandau".to_owned())),
                standards,
                ..PdfOptions::default()
            },
        })
    }

    fn form(&self, form: Form) -> &Source {
        match form {
            Form::Protocol => &self.protocol,
            Form::Result => &self.result,
            Form::Decision => &self.decision,
            Form::Readiness => &self.readiness,
            Form::Programme => &self.programme,
            Form::Note => &self.note,
            Form::Certificate => &self.certificate,
        }
    }

    /// The paper as the form reads it.
    fn data<P: Serialize>(&self, paper: &P, blank: bool) -> Result<Vec<u8>, PrintError> {
        let unfit = |fault: serde_json::Error| PrintError::Press(fault.to_string());
        let mut value = serde_json::to_value(paper).map_err(unfit)?;
        clean("", &mut value, &|letter| {
            self.fonts
                .iter()
                .all(|font| font.info().coverage.contains(u32::from(letter)))
        })?;
        if let Value::Object(fields) = &mut value {
            fields.insert("blank".to_owned(), Value::Bool(blank));
        }
        serde_json::to_vec(&value).map_err(unfit)
    }
}

fn file(name: &str) -> Result<FileId, PrintError> {
    let path = VirtualPath::new(name).map_err(|_| PrintError::Press(name.to_owned()))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

fn source(name: &str, text: &str) -> Result<Source, PrintError> {
    Ok(Source::new(file(name)?, text.to_owned()))
}

/// The first faults with the form and line where they happened.
fn told(job: &Job<'_>, faults: &[SourceDiagnostic]) -> String {
    let place = |fault: &SourceDiagnostic| {
        let id = fault.span.id()?;
        let source = job.source(id).ok()?;
        let line = source.lines().byte_to_line(job.range(fault.span)?.start)?;
        Some(format!(
            " ({}:{})",
            id.vpath().get_without_slash(),
            line + 1
        ))
    };
    let messages: Vec<String> = faults
        .iter()
        .take(3)
        .map(|fault| format!("{}{}", fault.message, place(fault).unwrap_or_default()))
        .collect();
    messages.join("; ")
}

/// One print: the shared press and this paper's data.
struct Job<'a> {
    press: &'a Press,
    main: &'a Source,
    data: Bytes,
}

impl World for Job<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.press.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.press.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        [self.main, &self.press.shared]
            .into_iter()
            .find(|source| source.id() == id)
            .cloned()
            .ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.press.paper {
            Ok(self.data.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.press.fonts.get(index).cloned()
    }

    /// A form has no clock.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

//! Figures in words: read back beside the digits, and typed only where the paper's words differ.

use super::form::{label, line_number};
use super::view;
use crate::counting::actions::{self, PutWords, field_name};
use crate::counting::sheet::Sheet;
use crate::platform::i18n::number;
use crate::platform::web::fields::hidden;
use crate::platform::web::{Choice, Ctx, FormData, see};
use crate::platform::{Error, T};
use axum::extract::Path;
use axum::response::Response;
use electoral::protocol::{Kind, LineKey, ProtocolEntry, TypedWords};
use electoral::text::Language;

/// The languages of a protocol.
const LANGUAGES: [Language; 2] = [Language::Kk, Language::Ru];

/// A figure in the words of a protocol's languages.
#[derive(Clone, Default)]
pub(super) struct InWords {
    pub(super) kk: String,
    pub(super) ru: String,
}

impl InWords {
    pub(super) fn of(figure: Option<u64>) -> Self {
        let spell = |language| {
            figure
                .and_then(|figure| electoral::words::spell(figure, language))
                .unwrap_or_default()
        };
        Self {
            kk: spell(Language::Kk),
            ru: spell(Language::Ru),
        }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.kk.is_empty()
    }
}

/// Words that were typed, and the form for further ones.
#[derive(Default)]
pub(super) struct WordsView {
    pub(super) typed: Vec<TypedRow>,
    /// Figures whose words may differ; empty where nothing can be typed.
    pub(super) lines: Vec<Choice>,
    pub(super) languages: Vec<Choice>,
    pub(super) sent: String,
}

pub(super) struct TypedRow {
    pub(super) line: String,
    pub(super) label: String,
    pub(super) figure: String,
    pub(super) lang: &'static str,
    pub(super) words: String,
}

pub(super) fn view(
    t: T,
    sheet: &Sheet,
    entry: &ProtocolEntry,
    typed: &[TypedWords],
    sent: &FormData,
    open: bool,
) -> WordsView {
    let figure = |key: &LineKey| {
        let figure = entry.values.get(key);
        figure.map_or_else(|| "–".to_owned(), |n| number(t.lang, *n))
    };
    let named = |key: &LineKey| {
        let number = line_number(sheet, key.line()).to_string();
        t.counting_numbered(label(t, sheet, key), number)
    };
    let mut view = WordsView {
        typed: typed
            .iter()
            .map(|one| TypedRow {
                line: field_name(&one.key),
                label: named(&one.key),
                figure: figure(&one.key),
                lang: one.language.code(),
                words: one.words.clone(),
            })
            .collect(),
        sent: sent.text("words").to_owned(),
        ..WordsView::default()
    };
    if open {
        view.lines = keys(sheet, entry)
            .iter()
            .map(|key| {
                let text = format!("{}: {}", named(key), figure(key));
                Choice::new(field_name(key), text, sent.text("line"))
            })
            .collect();
        view.languages = LANGUAGES
            .into_iter()
            .map(|language| {
                let name = t.word(&format!("counting-words-{}", language.code()));
                Choice::new(language.code(), name, sent.text("language"))
            })
            .collect();
    }
    view
}

/// Figures that were typed, in the order of the form.
fn keys(sheet: &Sheet, entry: &ProtocolEntry) -> Vec<LineKey> {
    let lines = sheet.rules.protocol.iter().flat_map(|form| &form.lines);
    let mut keys = Vec::new();
    for line in lines {
        if line.kind == Kind::Single {
            keys.extend(LineKey::single(&line.id));
        } else {
            let items = sheet.items(line.kind, entry);
            keys.extend(items.iter().filter_map(|i| LineKey::item(&line.id, i).ok()));
        }
    }
    keys.retain(|key| entry.values.contains_key(key));
    keys
}

/// A field's name as a key: `took_part`, `votes.ITEM`.
fn key_of(field: &str) -> Option<LineKey> {
    match field.split_once('.') {
        None => LineKey::single(field).ok(),
        Some((line, item)) => LineKey::item(line, item).ok(),
    }
}

/// `POST …/words`: keeps the words of one figure, or takes them away.
pub(super) async fn save(
    ctx: Ctx,
    Path((contest, station)): Path<(String, String)>,
    data: FormData,
) -> Result<Response, Error> {
    match try_save(&ctx, &contest, &station, &data).await {
        Ok(()) => Ok(see(&format!(
            "/office/protocols/{contest}/{station}?step=summary&done=words-saved"
        ))),
        Err(Error::Invalid(problems)) => {
            view::again(&ctx, &contest, &station, data, Error::Invalid(problems)).await
        }
        Err(other) => Err(other),
    }
}

async fn try_save(ctx: &Ctx, contest: &str, station: &str, data: &FormData) -> Result<(), Error> {
    let t = ctx.t;
    let language = LANGUAGES
        .into_iter()
        .find(|language| language.code() == data.text("language"))
        .ok_or_else(|| Error::field("language", t.form_choice()))?;
    let remove = data.text("go") == "remove";
    let words = if remove { "" } else { data.text("words") };
    if words.is_empty() && !remove {
        return Err(Error::field("words", t.form_required()));
    }
    let input = PutWords {
        station_id: station.to_owned(),
        contest_id: contest.to_owned(),
        sequence: hidden(data, "sequence"),
        key: key_of(data.text("line"))
            .ok_or_else(|| Error::field("line", t.counting_words_no_figure()))?,
        language,
        words: words.to_owned(),
    };
    actions::put_words(&ctx.acting()?, &input).await
}

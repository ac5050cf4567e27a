//! A workbook as a checklist, with a list of what it had that a checklist has not.

use super::book::{self, Row, Sheet};
use super::columns::{Column, Heads, guess, lang_of};
use super::left::{Left, Reason, Refused};
use super::names::{complete, offers, same, unused_id};
use super::questions::{Offer, Reading, truth};
use super::said;
use crate::platform::{Lang, T};
use electoral::checklist::{Checklist, Deadlines, Item, Kind, Section, is_id};
use electoral::text::Text;
use std::collections::{BTreeMap, BTreeSet};

/// Characters of what is quoted from the workbook.
const MOST_QUOTED: usize = 120;

/// What was understood of a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Understood {
    /// The checklist, in order.
    pub list: Checklist,
    /// What is not as it stood there, in the order of the workbook.
    pub left: Vec<Left>,
}

/// Reads a workbook. `bodies` are the words of those who can mend something.
///
/// # Errors
/// [`Refused`]: a sentence's worth of why it is none.
pub fn import(bytes: &[u8], bodies: &[&str]) -> Result<Understood, Refused> {
    let sheets = book::read(bytes)?;
    let named = |name: &str| sheets.iter().find(|s| s.name.eq_ignore_ascii_case(name));
    let survey = named("survey").ok_or(Refused::Survey)?;
    let none = Sheet::default();
    let settings = named("settings").unwrap_or(&none);
    let choices = named("choices").unwrap_or(&none);
    let heads = Heads::of(settings, Lang::En);
    let usual = settings
        .rows
        .get(1)
        .and_then(|row| lang_of(heads.other(row, "default_language")))
        .unwrap_or_else(|| guess(survey));
    let columns = Heads::of(survey, usual);
    if !columns.has(&Column::Type) || !columns.has(&Column::Name) {
        return Err(Refused::Survey);
    }
    let mut work = Work {
        offers: offers(choices, usual),
        heads: columns,
        bodies,
        sheet: survey.name.clone(),
        ..Work::default()
    };
    work.columns(survey);
    for row in survey.rows.iter().skip(1) {
        work.row(row);
    }
    work.finish_groups();
    if work.items.is_empty() {
        return Err(Refused::Questions);
    }
    work.unused(choices, &Heads::of(choices, usual));
    let mut list = work.head(settings, &heads);
    for sheet in &sheets {
        let known = ["survey", "choices", "settings"];
        if !known.iter().any(|k| sheet.name.eq_ignore_ascii_case(k)) && !sheet.rows.is_empty() {
            work.sheet.clone_from(&sheet.name);
            work.leave(0, Reason::Sheet, "");
        }
    }
    list.arrange();
    list.check().map_err(Refused::Unsound)?;
    let mut left = work.left;
    left.sort_by_key(|l| l.row);
    left.sort_by_key(|l| sheets.iter().position(|s| s.name == l.sheet));
    Ok(Understood { list, left })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// Its questions stand in this section.
    Group(usize),
    /// Nothing in it is carried.
    Repeat,
}

/// Words between questions, that may become the hint of the next one.
struct Note {
    row: u32,
    words: Text,
}

#[derive(Default)]
struct Work<'a> {
    heads: Heads,
    offers: BTreeMap<String, Offer>,
    bodies: &'a [&'a str],
    sheet: String,
    groups: Vec<Sort>,
    sections: Vec<Section>,
    items: Vec<Item>,
    note: Option<Note>,
    /// Questions that the form lets people pass over, and the row of the first.
    optional: (u32, Vec<String>),
    left: Vec<Left>,
}

impl Work<'_> {
    fn leave(&mut self, row: u32, reason: Reason, what: &str) {
        self.left.push(Left {
            sheet: self.sheet.clone(),
            row,
            what: what.chars().take(MOST_QUOTED).collect(),
            reason,
        });
    }

    /// Columns that nothing is taken from.
    fn columns(&mut self, sheet: &Sheet) {
        let heads = self.heads.clone();
        let row = sheet.rows.first().map_or(0, |r| r.number);
        for (head, column) in heads.filled(sheet) {
            match column {
                Column::Foreign => self.leave(row, Reason::Language, head),
                Column::Shown if !heads.is_ours() => self.leave(row, Reason::Column, head),
                Column::Other(_) | Column::List => self.leave(row, Reason::Column, head),
                _ => {}
            }
        }
    }

    fn row(&mut self, row: &Row) {
        let heads = self.heads.clone();
        let written = heads.cell(row, &Column::Type);
        let small = written.to_lowercase().replace('_', " ");
        let (name, at) = (heads.cell(row, &Column::Name), row.number);
        let what = if name.is_empty() { written } else { name };
        if truth(heads.cell(row, &Column::Disabled)) == Some(true) {
            return self.leave(at, Reason::Disabled, what);
        }
        let in_repeat = self.groups.contains(&Sort::Repeat);
        match small.as_str() {
            "begin group" if in_repeat => self.groups.push(Sort::Repeat),
            "begin group" => self.begin(row, name),
            "begin repeat" => {
                self.drop_note();
                self.leave(at, Reason::Repeat, name);
                self.groups.push(Sort::Repeat);
            }
            "end group" | "end repeat" => {
                self.drop_note();
                self.groups.pop();
            }
            // Empty rows with a remark in some column belong to whoever made the form.
            "" => {}
            _ if in_repeat => self.leave(at, Reason::InRepeat, what),
            "note" => {
                self.drop_note();
                match self.words(row, Column::Label) {
                    Some(words) => self.note = Some(Note { row: at, words }),
                    None => self.leave(at, Reason::Note, what),
                }
            }
            _ => self.question(row, name),
        }
    }

    /// A group begins: a section.
    fn begin(&mut self, row: &Row, name: &str) {
        self.drop_note();
        if !self.groups.is_empty() {
            self.leave(row.number, Reason::Nested, name);
        }
        let heads = self.heads.clone();
        let condition = heads.cell(row, &Column::Relevant);
        if !condition.is_empty() {
            self.leave(row.number, Reason::Condition, condition);
        }
        let taken = self.sections.iter().map(|s| s.id.clone()).collect();
        let id = self.id(row.number, name, &taken);
        let title = self.words(row, Column::Label).unwrap_or_else(|| {
            self.leave(row.number, Reason::Title, name);
            same(if name.is_empty() { &id } else { name })
        });
        self.groups.push(Sort::Group(self.sections.len()));
        self.sections.push(Section { id, title });
    }

    /// The section in which a question stands now.
    fn section(&mut self, row: u32) -> String {
        let at = match self.groups.last() {
            Some(Sort::Group(at)) => *at,
            _ => {
                let general = Section {
                    id: "general".to_owned(),
                    title: said(T::checklists_form_general),
                };
                match self.sections.iter().position(|s| s.title == general.title) {
                    Some(at) => at,
                    None => {
                        let taken = self.sections.iter().map(|s| s.id.clone()).collect();
                        let id = unused_id(&general.id, &taken);
                        self.leave(row, Reason::Title, &id);
                        self.sections.push(Section { id, ..general });
                        self.sections.len().saturating_sub(1)
                    }
                }
            }
        };
        self.sections
            .get(at)
            .map(|s| s.id.clone())
            .unwrap_or_default()
    }

    fn question(&mut self, row: &Row, name: &str) {
        let (heads, offers) = (self.heads.clone(), std::mem::take(&mut self.offers));
        let mut reading = Reading {
            heads: &heads,
            row,
            offers: &offers,
            bodies: self.bodies,
            noted: Vec::new(),
        };
        let item = reading.kind().map(|kind| {
            reading.condition_of_others(&kind);
            let told_by = match kind {
                Kind::YesNo { .. } => reading.id("told_by"),
                _ => None,
            };
            Item {
                id: String::new(),
                section: String::new(),
                wording: same(name),
                hint: None,
                severity: reading.severity(),
                body: reading.body(),
                due_days: reading.due_days(),
                evidence: reading.evidence(),
                means: reading.id("means"),
                told_by,
                basis: reading.basis(),
                kind,
            }
        });
        let noted = reading.noted;
        self.offers = offers;
        for (reason, what) in noted {
            let what = match what.as_str() {
                "" => name.to_owned(),
                what if name.is_empty() => what.to_owned(),
                what => format!("{name}: {what}"),
            };
            self.leave(row.number, reason, &what);
        }
        if let Some(item) = item {
            self.keep(row, name, item);
        }
    }

    /// A question that is carried gets its place, name and words.
    fn keep(&mut self, row: &Row, name: &str, mut item: Item) {
        let heads = self.heads.clone();
        item.section = self.section(row.number);
        let taken = self.items.iter().map(|i| i.id.clone()).collect();
        item.id = self.id(row.number, name, &taken);
        match self.words(row, Column::Label) {
            Some(words) => item.wording = words,
            None => {
                self.leave(row.number, Reason::Title, name);
                item.wording = same(if name.is_empty() { &item.id } else { name });
            }
        }
        item.hint = self.words(row, Column::Hint);
        match self.note.take() {
            Some(note) if item.hint.is_none() => item.hint = Some(note.words),
            Some(note) => self.leave(note.row, Reason::Note, &note.words.en),
            None => {}
        }
        if let Some(means) = &item.means
            && self.items.iter().any(|i| i.means.as_ref() == Some(means))
        {
            self.leave(row.number, Reason::Value, &format!("means: {means}"));
            item.means = None;
        }
        let required = heads.cell(row, &Column::Required);
        let ours = item.told_by.is_some() || item.kind.may_not_apply();
        if truth(required) != Some(true) && !(heads.is_ours() && ours) {
            if self.optional.1.is_empty() {
                self.optional.0 = row.number;
            }
            self.optional.1.push(item.id.clone());
        }
        self.items.push(item);
    }

    /// Words in three languages; those of another where one is missing.
    fn words(&mut self, row: &Row, column: fn(Lang) -> Column) -> Option<Text> {
        let heads = self.heads.clone();
        let [kk, ru, en] = Lang::ALL.map(|lang| heads.cell(row, &column(lang)));
        let (text, missing) = complete(kk, ru, en)?;
        if !missing.is_empty() {
            let what = format!("{} ({missing})", heads.cell(row, &Column::Name));
            self.leave(row.number, Reason::Translation, &what);
        }
        if [&text.kk, &text.ru, &text.en]
            .iter()
            .any(|t| t.contains("${"))
        {
            self.leave(row.number, Reason::Reference, &text.en);
        }
        Some(text)
    }

    /// An id of a name; another one is told.
    fn id(&mut self, row: u32, name: &str, taken: &BTreeSet<String>) -> String {
        let id = unused_id(name, taken);
        if id != name {
            self.leave(row, Reason::Renamed, &format!("{name} → {id}"));
        }
        id
    }

    /// A note that no question took up.
    fn drop_note(&mut self) {
        if let Some(note) = self.note.take() {
            self.leave(note.row, Reason::Note, &note.words.en);
        }
    }

    /// The end of the survey: what waits for something waits in vain.
    fn finish_groups(&mut self) {
        self.drop_note();
        let (row, names) = std::mem::take(&mut self.optional);
        if !names.is_empty() {
            self.leave(row, Reason::Optional, &names.join(", "));
        }
        let used: BTreeSet<String> = self.items.iter().map(|i| i.section.clone()).collect();
        let (kept, empty) = std::mem::take(&mut self.sections)
            .into_iter()
            .partition(|s| used.contains(&s.id));
        self.sections = kept;
        let empty: Vec<Section> = empty;
        for section in empty {
            self.leave(0, Reason::Note, &section.title.en);
        }
    }

    /// Columns of another sheet that nothing is taken from.
    fn unused(&mut self, sheet: &Sheet, heads: &Heads) {
        let survey = std::mem::replace(&mut self.sheet, sheet.name.clone());
        let row = sheet.rows.first().map_or(0, |r| r.number);
        for (head, column) in heads.filled(sheet) {
            match column {
                Column::Foreign => self.leave(row, Reason::Language, head),
                Column::Other(_) => self.leave(row, Reason::Column, head),
                _ => {}
            }
        }
        self.sheet = survey;
    }

    /// Id, title and hours of the whole list.
    fn head(&mut self, settings: &Sheet, heads: &Heads) -> Checklist {
        let survey = std::mem::replace(&mut self.sheet, "settings".to_owned());
        let empty = Row::default();
        let row = settings.rows.get(1).unwrap_or(&empty);
        let at = row.number;
        for (head, column) in heads.filled(settings) {
            let known = [
                "form_title",
                "form_id",
                "version",
                "default_language",
                "title",
                "id_string",
            ];
            if matches!(column, Column::Other(name) if !known.contains(&name.as_str())) {
                self.leave(1, Reason::Column, head);
            }
        }
        let either = |names: [&str; 2]| {
            let found = names.map(|name| heads.other(row, name));
            found.into_iter().find(|f| !f.is_empty()).unwrap_or("")
        };
        let written = either(["form_title", "title"]);
        let [kk, ru, en] = ["title_kk", "title_ru", "title_en"].map(|name| heads.own(row, name));
        let title = match complete(kk, ru, en) {
            Some((title, "")) => title,
            Some((title, missing)) => {
                self.leave(at, Reason::Translation, missing);
                title
            }
            None if written.is_empty() => {
                self.leave(at, Reason::Title, "form_title");
                said(T::checklists_form_general)
            }
            None => {
                self.leave(at, Reason::Translation, written);
                same(written)
            }
        };
        let name = either(["form_id", "id_string"]);
        let plain: String = name
            .to_lowercase()
            .chars()
            .map(|c| {
                if c.is_ascii_alphanumeric() || c == '-' {
                    c
                } else {
                    '_'
                }
            })
            .take(40)
            .collect();
        let id = if is_id(&plain.replace('-', "_")) {
            plain
        } else {
            "imported".to_owned()
        };
        if id != name {
            self.leave(at, Reason::Renamed, &format!("{name} → {id}"));
        }
        let hours = ["critical_hours", "major_hours", "minor_hours"]
            .map(|name| heads.own(row, name).parse::<u16>().ok());
        let deadlines = match hours {
            [Some(critical_hours), Some(major_hours), Some(minor_hours)] => Deadlines {
                critical_hours,
                major_hours,
                minor_hours,
            },
            _ => {
                self.leave(at, Reason::Hours, "");
                Deadlines {
                    critical_hours: 24,
                    major_hours: 72,
                    minor_hours: 168,
                }
            }
        };
        self.sheet = survey;
        Checklist {
            id,
            title,
            deadlines,
            sections: std::mem::take(&mut self.sections),
            items: std::mem::take(&mut self.items),
        }
    }
}

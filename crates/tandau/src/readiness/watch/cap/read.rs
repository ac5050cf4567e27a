//! From bytes to an alert.

use super::merge::{Block, merge};
use super::{Alert, AlertName, CapArea, CapProblem, MAX_BYTES, MessageKind, Shape, Status};
use crate::platform::{Lang, Names};
use electoral::watch::Grade;
use jiff::Timestamp;
use roxmltree::{Document, Node, ParsingOptions};

const NAMESPACE: &str = "urn:oasis:names:tc:emergency:cap:1.2";
/// Elements, texts and comments of one file at most.
const MAX_NODES: u32 = 50_000;
/// An alert is four elements deep; a signature in it a few more.
const MAX_DEPTH: usize = 16;
const MAX_BLOCKS: usize = 24;
const MAX_AREAS: usize = 300;
const MAX_CODES: usize = 500;
const MAX_REFERENCES: usize = 100;
/// Characters of an identifier or a sender.
const MAX_NAME_CHARS: usize = 200;
/// Characters of a text that is kept; the file itself is kept whole.
const MAX_TEXT_CHARS: usize = 4_000;

/// Reads an alert.
///
/// # Errors
/// [`CapProblem`]: the first thing that can't be taken.
pub fn read(bytes: &[u8]) -> Result<Alert, CapProblem> {
    if bytes.len() > MAX_BYTES {
        return Err(CapProblem::TooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| CapProblem::Encoding)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let options = ParsingOptions {
        allow_dtd: false,
        nodes_limit: MAX_NODES,
        ..ParsingOptions::default()
    };
    let document =
        Document::parse_with_options(text, options).map_err(|e| CapProblem::Xml(e.to_string()))?;
    if is_deep(&document) {
        return Err(CapProblem::Deep);
    }
    let root = document.root_element();
    if !root.has_tag_name((NAMESPACE, "alert")) {
        return Err(CapProblem::NotCap);
    }
    let alert = Reader(root);
    let name = AlertName {
        sender: name_of(alert.must("sender")?, "sender")?,
        identifier: name_of(alert.must("identifier")?, "identifier")?,
        sent: alert.instant("sent")?.ok_or(CapProblem::Missing("sent"))?,
    };
    let status = Status::parse(&alert.must("status")?).ok_or(CapProblem::Unreadable("status"))?;
    let kind =
        MessageKind::parse(&alert.must("msgType")?).ok_or(CapProblem::Unreadable("msgType"))?;
    let public = match alert.must("scope")?.as_str() {
        "Public" => true,
        "Restricted" | "Private" => false,
        _ => return Err(CapProblem::Unreadable("scope")),
    };
    let references = references(alert.whole("references"))?;
    if kind != MessageKind::Alert && references.is_empty() {
        return Err(CapProblem::Missing("references"));
    }
    let mut blocks = Vec::new();
    for info in alert.all("info") {
        if blocks.len() >= MAX_BLOCKS {
            return Err(CapProblem::TooMany("info"));
        }
        blocks.push(block(&info)?);
    }
    if kind != MessageKind::Cancel && blocks.is_empty() {
        return Err(CapProblem::Missing("info"));
    }
    Ok(Alert {
        name,
        status,
        kind,
        public,
        references,
        parts: merge(blocks),
    })
}

/// Whether an element lies deeper than any alert has one. Walks in the order of the file, so that a chain of elements
/// costs one step for each.
fn is_deep(document: &Document<'_>) -> bool {
    let mut depth = 0_usize;
    let mut node = Some(document.root());
    while let Some(here) = node {
        if depth > MAX_DEPTH {
            return true;
        }
        if let Some(child) = here.first_child() {
            depth += 1;
            node = Some(child);
            continue;
        }
        let mut at = here;
        node = loop {
            if let Some(next) = at.next_sibling() {
                break Some(next);
            }
            match at.parent() {
                Some(parent) => {
                    depth = depth.saturating_sub(1);
                    at = parent;
                }
                None => break None,
            }
        };
    }
    false
}

/// An element whose children are asked for by name.
struct Reader<'a, 'i>(Node<'a, 'i>);

impl<'a, 'i> Reader<'a, 'i> {
    fn all(&self, name: &'static str) -> impl Iterator<Item = Reader<'a, 'i>> {
        self.0
            .children()
            .filter(move |n| n.has_tag_name((NAMESPACE, name)))
            .map(Reader)
    }

    /// The text of the first child of a name; empty when there is none.
    fn text(&self, name: &'static str) -> String {
        self.all(name).next().map_or_else(String::new, |n| n.own())
    }

    /// The same, however long it is.
    fn whole(&self, name: &'static str) -> &'a str {
        let text = self.all(name).next().and_then(|n| n.0.text());
        text.unwrap_or_default()
    }

    fn own(&self) -> String {
        let text: String = self.0.text().unwrap_or_default().trim().into();
        let odd = |c: char| c.is_control() && c != '\n' && c != '\t';
        text.chars()
            .filter(|c| !odd(*c))
            .take(MAX_TEXT_CHARS)
            .collect()
    }

    fn must(&self, name: &'static str) -> Result<String, CapProblem> {
        match self.text(name) {
            text if text.is_empty() => Err(CapProblem::Missing(name)),
            text => Ok(text),
        }
    }

    /// A moment with its zone.
    fn instant(&self, name: &'static str) -> Result<Option<Timestamp>, CapProblem> {
        match self.text(name) {
            text if text.is_empty() => Ok(None),
            text => moment(&text).map(Some).ok_or(CapProblem::Unreadable(name)),
        }
    }
}

/// `2023-11-04T21:00:00+06:00`: a moment without a zone is none.
fn moment(text: &str) -> Option<Timestamp> {
    // CAP writes UTC as -00:00, which elsewhere means "zone unknown".
    let text = text
        .strip_suffix("-00:00")
        .map_or_else(|| text.to_owned(), |moment| format!("{moment}Z"));
    let at: Timestamp = text.parse().ok()?;
    // Within what tables and calendars can hold.
    let year = at.to_zoned_datetime(jiff::tz::TimeZone::UTC).year();
    (1900..=2200).contains(&year).then_some(at)
}

/// An identifier or sender: no blanks, commas, or brackets.
fn name_of(text: String, element: &'static str) -> Result<String, CapProblem> {
    let odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, ',' | '<' | '&');
    if text.chars().count() > MAX_NAME_CHARS || text.chars().any(odd) {
        return Err(CapProblem::Unreadable(element));
    }
    Ok(text)
}

/// `sender,identifier,sent` for each, with blanks between them.
fn references(text: &str) -> Result<Vec<AlertName>, CapProblem> {
    let unreadable = || CapProblem::Unreadable("references");
    let mut all = Vec::new();
    for word in text.split_whitespace() {
        if all.len() >= MAX_REFERENCES {
            return Err(CapProblem::TooMany("references"));
        }
        let parts: Vec<&str> = word.split(',').collect();
        let [sender, identifier, sent] = parts.as_slice() else {
            return Err(unreadable());
        };
        if sender.is_empty() || identifier.is_empty() {
            return Err(unreadable());
        }
        all.push(AlertName {
            sender: name_of((*sender).to_owned(), "references")?,
            identifier: name_of((*identifier).to_owned(), "references")?,
            sent: moment(sent).ok_or_else(unreadable)?,
        });
    }
    Ok(all)
}

/// The language of a block; `None` for one that we don't speak.
fn language(code: &str) -> Option<Lang> {
    // The protocol's own default.
    let code = if code.is_empty() { "en-US" } else { code };
    Lang::from_code(&code.get(..2)?.to_ascii_lowercase())
}

fn one_of(text: String, known: &[&str], element: &'static str) -> Result<String, CapProblem> {
    if known.contains(&text.as_str()) {
        Ok(text)
    } else {
        Err(CapProblem::Unreadable(element))
    }
}

const URGENCIES: &[&str] = &["Immediate", "Expected", "Future", "Past", "Unknown"];
const CERTAINTIES: &[&str] = &[
    "Observed",
    "Likely",
    "Very Likely",
    "Possible",
    "Unlikely",
    "Unknown",
];
const CATEGORIES: &[&str] = &[
    "Geo",
    "Met",
    "Safety",
    "Security",
    "Rescue",
    "Fire",
    "Health",
    "Env",
    "Transport",
    "Infra",
    "CBRNE",
    "Other",
];

fn block(info: &Reader<'_, '_>) -> Result<Block, CapProblem> {
    let mut categories = Vec::new();
    for category in info.all("category").take(CATEGORIES.len()) {
        categories.push(one_of(category.own(), CATEGORIES, "category")?);
    }
    if categories.is_empty() {
        return Err(CapProblem::Missing("category"));
    }
    let mut areas = Vec::new();
    for one in info.all("area") {
        if areas.len() >= MAX_AREAS {
            return Err(CapProblem::TooMany("area"));
        }
        areas.push(area(&one)?);
    }
    let certainty = one_of(info.must("certainty")?, CERTAINTIES, "certainty")?;
    Ok(Block {
        language: language(&info.text("language")),
        event: info.must("event")?,
        headline: info.text("headline"),
        description: info.text("description"),
        sender_name: info.text("senderName"),
        urgency: one_of(info.must("urgency")?, URGENCIES, "urgency")?,
        grade: Grade::parse(&info.must("severity")?).ok_or(CapProblem::Unreadable("severity"))?,
        // The older word for the same, which the standard keeps.
        certainty: if certainty == "Very Likely" {
            "Likely".to_owned()
        } else {
            certainty
        },
        effective: info.instant("effective")?,
        onset: info.instant("onset")?,
        expires: info.instant("expires")?,
        categories,
        areas,
    })
}

fn area(one: &Reader<'_, '_>) -> Result<CapArea, CapProblem> {
    let description = one.must("areaDesc")?;
    let mut geocodes = Vec::new();
    for code in one.all("geocode") {
        if geocodes.len() >= MAX_CODES {
            return Err(CapProblem::TooMany("geocode"));
        }
        geocodes.push((code.must("valueName")?, code.must("value")?));
    }
    let mut shapes = Vec::new();
    for polygon in one.all("polygon") {
        let text = polygon.0.text().unwrap_or_default();
        shapes.push(Shape::polygon(text).ok_or(CapProblem::Unreadable("polygon"))?);
    }
    for circle in one.all("circle") {
        let text = circle.0.text().unwrap_or_default();
        shapes.push(Shape::circle(text).ok_or(CapProblem::Unreadable("circle"))?);
    }
    if shapes.len() > MAX_CODES {
        return Err(CapProblem::TooMany("polygon"));
    }
    Ok(CapArea {
        description: Names::new(&description, &description, &description),
        geocodes,
        shapes,
    })
}

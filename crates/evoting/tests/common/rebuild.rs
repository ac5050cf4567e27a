//! An archive taken to its documents, changed, and put together again, everything hashed and chained anew.

use super::make::TIMESTAMP;
use evoting::archive::{Kind, entry, event_records};
use evoting::{hex, sha256};
use std::ops::Range;

/// Kinds of events and their documents, the setup's own one included.
pub type Events = Vec<(Kind, Vec<Vec<u8>>)>;

fn size(header: &[u8]) -> usize {
    usize::from_str_radix(std::str::from_utf8(&header[124..135]).unwrap(), 8).unwrap()
}

/// Names of the entries of an archive that is known to be good, and where each lies with its header and padding.
pub fn entries(bytes: &[u8]) -> Vec<(String, Range<usize>)> {
    let (mut at, mut found) = (0, Vec::new());
    while at < bytes.len() {
        let name = std::str::from_utf8(&bytes[at..at + 100]).unwrap();
        let end = at + 512 + size(&bytes[at..]).next_multiple_of(512);
        found.push((name.trim_end_matches('\0').to_owned(), at..end));
        at = end;
    }
    found
}

/// Where each of its events ends: the file up to there was an archive once.
pub fn ends(bytes: &[u8]) -> Vec<usize> {
    let of_event =
        |(name, range): (String, Range<usize>)| name.ends_with(".event.json").then_some(range.end);
    entries(bytes).into_iter().filter_map(of_event).collect()
}

/// The events of an archive that is known to be good.
pub fn events(bytes: &[u8]) -> Events {
    let (mut events, mut records) = (Vec::new(), Vec::new());
    for (name, range) in entries(bytes) {
        let body = bytes[range.start + 512..][..size(&bytes[range])].to_vec();
        if name.ends_with(".event.json") {
            let event: serde_json::Value = serde_json::from_slice(&body).unwrap();
            let kind = Kind::from_name(event["type"].as_str().unwrap()).unwrap();
            events.push((kind, std::mem::take(&mut records)));
        } else if name.ends_with(".data.json") {
            records.push(body);
        }
    }
    events
}

pub fn archive(events: &Events) -> Vec<u8> {
    let first = format!("{{\"version\":1,\"timestamp\":\"{TIMESTAMP}\"}}");
    let mut out = entry("BELENIOS", first.as_bytes(), TIMESTAMP);
    let mut parent = None;
    for (height, (kind, records)) in events.iter().enumerate() {
        let records: Vec<&[u8]> = records.iter().map(Vec::as_slice).collect();
        let height = u64::try_from(height).unwrap();
        let (bytes, hash) = event_records(*kind, &records, parent, height, TIMESTAMP);
        out.extend(bytes);
        parent = Some(hash);
    }
    out
}

/// Replaces a document and what refers to it by its hash.
pub fn with(events: &Events, which: usize, new: Vec<u8>) -> Events {
    let mut events = events.clone();
    let mut documents: Vec<&mut Vec<u8>> =
        events.iter_mut().flat_map(|(_, records)| records).collect();
    let which = which % documents.len();
    let old = hex(&sha256(documents[which]));
    let hash = hex(&sha256(&new));
    *documents[which] = new;
    for (at, document) in documents.into_iter().enumerate() {
        if at != which
            && let Ok(text) = std::str::from_utf8(document)
        {
            *document = text.replace(&old, &hash).into_bytes();
        }
    }
    events
}

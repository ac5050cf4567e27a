//! Writing archives.

use super::event::{Event, Kind};
use super::tar::{BLOCK, FIRST, MAX_OCTAL, Record, first_body, header};
use crate::hash::{Hash, hex, sha256};

/// The bytes of one entry.
#[must_use]
pub fn entry(name: &str, body: &[u8], timestamp: u64) -> Vec<u8> {
    let size = u64::try_from(body.len()).unwrap_or(u64::MAX);
    let mut out = header(name, size, timestamp).to_vec();
    out.extend_from_slice(body);
    let padded = usize::try_from(BLOCK).unwrap_or(512);
    out.resize(out.len().next_multiple_of(padded), 0);
    out
}

/// The beginning of an archive: header, election, trustees, credentials, setup.
#[derive(Clone, Debug)]
pub struct ArchiveStart<'a> {
    /// The election document.
    pub election: &'a [u8],
    /// The trustees document.
    pub trustees: &'a [u8],
    /// The document of public credentials.
    pub credentials: &'a [u8],
    /// Unix seconds; stands in every header. Passed in: this crate has no clock.
    pub timestamp: u64,
}

impl ArchiveStart<'_> {
    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let timestamp = self.timestamp.min(MAX_OCTAL);
        let mut out = entry(FIRST, first_body(timestamp).as_bytes(), timestamp);
        let setup = format!(
            "{{\"election\":\"{}\",\"trustees\":\"{}\",\"credentials\":\"{}\"}}",
            hex(&sha256(self.election)),
            hex(&sha256(self.trustees)),
            hex(&sha256(self.credentials))
        );
        let records = [
            self.election,
            self.trustees,
            self.credentials,
            setup.as_bytes(),
        ];
        out.extend(event_records(Kind::Setup, &records, None, 0, timestamp).0);
        out
    }
}

/// The entries of one event, its records first, and the event's hash.
#[must_use]
pub fn event_records(
    kind: Kind,
    records: &[&[u8]],
    parent: Option<Hash>,
    height: u64,
    timestamp: u64,
) -> (Vec<u8>, Hash) {
    let mut out = Vec::new();
    for body in records {
        out.extend(entry(&Record::Data(sha256(body)).name(), body, timestamp));
    }
    let event = Event {
        parent,
        height,
        kind,
        payload: records.last().map(|body| sha256(body)),
    };
    let text = event.text();
    let hash = sha256(text.as_bytes());
    out.extend(entry(
        &Record::Event(hash).name(),
        text.as_bytes(),
        timestamp,
    ));
    (out, hash)
}

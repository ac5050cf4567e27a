//! Writing archives.

use super::event::{Event, Kind};
use super::tar::{BLOCK, FIRST, MAX_OCTAL, Record, first_body, header};
use crate::hash::{Hash, hex, sha256};
use sha2::{Digest as _, Sha256};
use std::io::{self, Seek, SeekFrom, Write};

/// The bytes of one entry: a header of 512 bytes, the body, zeros up to a multiple of 512. `timestamp` is in Unix seconds.
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

/// Writes the beginning of an archive whose list of credentials comes piece by piece: it may be larger than memory.
#[derive(Debug)]
pub struct StartWriter<W> {
    out: W,
    timestamp: u64,
    setup: String,
    /// Where the header of the list will stand.
    at: u64,
    hasher: Sha256,
    size: u64,
}

impl<W: Write + Seek> StartWriter<W> {
    /// Writes what stands before the list.
    ///
    /// # Errors
    /// What the writer can't do.
    pub fn new(mut out: W, election: &[u8], trustees: &[u8], timestamp: u64) -> io::Result<Self> {
        let timestamp = timestamp.min(MAX_OCTAL);
        out.write_all(&entry(FIRST, first_body(timestamp).as_bytes(), timestamp))?;
        for body in [election, trustees] {
            out.write_all(&entry(&Record::Data(sha256(body)).name(), body, timestamp))?;
        }
        let at = out.stream_position()?;
        // Name and size are known at the end.
        out.write_all(&[0; 512])?;
        Ok(Self {
            out,
            timestamp,
            setup: format!(
                "{{\"election\":\"{}\",\"trustees\":\"{}\"",
                hex(&sha256(election)),
                hex(&sha256(trustees))
            ),
            at,
            hasher: Sha256::new(),
            size: 0,
        })
    }

    /// Writes the next bytes of the list.
    ///
    /// # Errors
    /// What the writer can't do.
    pub fn list(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hasher.update(bytes);
        self.size += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.out.write_all(bytes)
    }

    /// Ends the list and writes the first event.
    ///
    /// # Errors
    /// What the writer can't do; a list that is larger than a header can say (8 GB).
    pub fn end(mut self) -> io::Result<W> {
        if self.size > MAX_OCTAL {
            return Err(io::Error::other("the list of credentials is too large"));
        }
        let padding = usize::try_from(self.size.next_multiple_of(BLOCK) - self.size).unwrap_or(0);
        self.out.write_all(&vec![0; padding])?;
        let hash: Hash = self.hasher.finalize().into();
        self.out.seek(SeekFrom::Start(self.at))?;
        let name = Record::Data(hash).name();
        self.out
            .write_all(&header(&name, self.size, self.timestamp))?;
        self.out.seek(SeekFrom::End(0))?;
        let setup = format!("{},\"credentials\":\"{}\"}}", self.setup, hex(&hash));
        let (event, _) = event_records(Kind::Setup, &[setup.as_bytes()], None, 0, self.timestamp);
        self.out.write_all(&event)?;
        self.out.flush()?;
        Ok(self.out)
    }
}

/// The entries of one event (§4.4), its records first, and the event's hash, which is the next one's `parent`. `height` is the number of events
/// before it.
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

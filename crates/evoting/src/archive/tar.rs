//! The container: an old-style tar with one spelling per entry, read as a stream.

use crate::fault::{Class, Fault};
use crate::hash::{Hash, hash_from_hex, hex};
use crate::json::canonical_u64;
use sha2::{Digest as _, Sha256};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

/// Bytes of a block.
pub(crate) const BLOCK: u64 = 512;
/// Bytes of a record that is kept in memory. The list of credentials may be longer: it is read piece by piece.
pub const MAX_RECORD_BYTES: u64 = 32 << 20;
/// Bytes of the list of credentials: about fifteen million voters.
pub(crate) const MAX_LIST_BYTES: u64 = 10 << 30;
/// Seconds that eleven octal digits can hold.
pub(crate) const MAX_OCTAL: u64 = 0o77_777_777_777;

/// A file or bytes, opened as often as needed.
pub trait Source: Sync {
    /// Opens it at its beginning.
    ///
    /// # Errors
    /// It can't be opened.
    fn open(&self) -> io::Result<Box<dyn ReadSeek + '_>>;
}

/// What an archive is read from.
pub trait ReadSeek: Read + Seek + Send {}
impl<T: Read + Seek + Send> ReadSeek for T {}

impl Source for Path {
    fn open(&self) -> io::Result<Box<dyn ReadSeek + '_>> {
        Ok(Box::new(io::BufReader::with_capacity(
            1 << 18,
            std::fs::File::open(self)?,
        )))
    }
}

impl Source for [u8] {
    fn open(&self) -> io::Result<Box<dyn ReadSeek + '_>> {
        Ok(Box::new(io::Cursor::new(self)))
    }
}

/// What an entry's name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Record {
    Data(Hash),
    Event(Hash),
}

impl Record {
    pub(crate) fn name(self) -> String {
        match self {
            Self::Data(hash) => format!("{}.data.json", hex(&hash)),
            Self::Event(hash) => format!("{}.event.json", hex(&hash)),
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        if let Some(hash) = name.strip_suffix(".data.json") {
            return hash_from_hex(hash).map(Self::Data);
        }
        hash_from_hex(name.strip_suffix(".event.json")?).map(Self::Event)
    }

    fn hash(self) -> Hash {
        match self {
            Self::Data(hash) | Self::Event(hash) => hash,
        }
    }
}

/// The only header of an entry with this name, size and time.
pub(crate) fn header(name: &str, size: u64, timestamp: u64) -> [u8; 512] {
    let mut block = [0; 512];
    let mut put = |at: usize, text: &str| {
        for (out, byte) in block.iter_mut().skip(at).zip(text.bytes()) {
            *out = byte;
        }
    };
    put(0, name);
    put(100, "0000644");
    put(108, "0000000");
    put(116, "0000000");
    put(124, &format!("{size:011o}"));
    put(136, &format!("{timestamp:011o}"));
    put(148, "        ");
    put(156, "0");
    let sum: u32 = block.iter().map(|b| u32::from(*b)).sum();
    for (out, byte) in block
        .iter_mut()
        .skip(148)
        .zip(format!("{sum:06o}\0 ").bytes())
    {
        *out = byte;
    }
    block
}

/// Name of the first entry.
pub(crate) const FIRST: &str = "BELENIOS";

/// The body of the first entry.
pub(crate) fn first_body(timestamp: u64) -> String {
    format!("{{\"version\":1,\"timestamp\":\"{timestamp}\"}}")
}

/// A failure of reading: the archive's fault, or the machine's.
#[derive(Debug)]
pub(crate) enum ReadProblem {
    Fault(Fault),
    Io(io::Error),
}

impl From<Fault> for ReadProblem {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<io::Error> for ReadProblem {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Reads entries one after the other.
pub(crate) struct Reader<'s> {
    input: Box<dyn ReadSeek + 's>,
    length: u64,
    at: u64,
    timestamp: u64,
}

/// An entry whose body was not read yet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) record: Record,
    pub(crate) size: u64,
    pub(crate) start: u64,
}

fn fault(class: Class, detail: impl Into<String>, byte: u64) -> ReadProblem {
    ReadProblem::Fault(Fault::new(class, detail).at_byte(byte))
}

fn octal(field: &[u8]) -> Option<u64> {
    let digits = std::str::from_utf8(field.strip_suffix(b"\0")?).ok()?;
    u64::from_str_radix(digits, 8)
        .ok()
        .filter(|_| digits.bytes().all(|b| b.is_ascii_digit()))
}

impl<'s> Reader<'s> {
    /// Opens an archive and reads its first entry.
    pub(crate) fn new(source: &'s (impl Source + ?Sized)) -> Result<Self, ReadProblem> {
        let mut input = source.open()?;
        let length = input.seek(SeekFrom::End(0))?;
        input.seek(SeekFrom::Start(0))?;
        let mut reader = Self {
            input,
            length,
            at: 0,
            timestamp: 0,
        };
        let first = |detail: &str| fault(Class::ArchiveHeader, detail, 0);
        let Some((name, size, block)) = reader.block()? else {
            return Err(first("the archive is empty"));
        };
        if name != FIRST {
            return Err(first("the first entry is not BELENIOS"));
        }
        let mut body = Vec::new();
        reader.body(size, 0, 1000, &mut |piece| {
            body.extend_from_slice(piece);
            Ok(())
        })?;
        let text = std::str::from_utf8(&body).unwrap_or_default();
        let timestamp = text
            .strip_prefix("{\"version\":1,\"timestamp\":\"")
            .and_then(|rest| rest.strip_suffix("\"}"))
            .and_then(canonical_u64)
            .filter(|seconds| *seconds <= MAX_OCTAL)
            .ok_or_else(|| first("the first entry is of another version, or unusual"))?;
        if block != header(FIRST, size, timestamp) {
            return Err(fault(Class::ArchiveLayout, "unusual bytes in a header", 0));
        }
        reader.timestamp = timestamp;
        Ok(reader)
    }

    pub(crate) fn timestamp(&self) -> u64 {
        self.timestamp
    }

    /// Where the next entry begins.
    pub(crate) fn position(&self) -> u64 {
        self.at
    }

    fn block(&mut self) -> Result<Option<(String, u64, [u8; 512])>, ReadProblem> {
        let start = self.at;
        if start == self.length {
            return Ok(None);
        }
        if start + BLOCK > self.length {
            return Err(fault(
                Class::ArchiveTruncated,
                "the file ends inside a header",
                start,
            ));
        }
        let mut block = [0; 512];
        self.input.read_exact(&mut block)?;
        self.at += BLOCK;
        let (name, rest) = block.split_at(100);
        let end = name.iter().position(|b| *b == 0).unwrap_or(name.len());
        let name = name
            .get(..end)
            .and_then(|name| std::str::from_utf8(name).ok())
            .unwrap_or_default()
            .to_owned();
        let size = rest
            .get(24..36)
            .and_then(octal)
            .filter(|_| !name.is_empty())
            .ok_or_else(|| fault(Class::ArchiveFormat, "not the header of an entry", start))?;
        Ok(Some((name, size, block)))
    }

    /// The next entry; `None` at the end of the file. Its body must be read next.
    pub(crate) fn next(&mut self) -> Result<Option<Entry>, ReadProblem> {
        let start = self.at;
        let Some((name, size, block)) = self.block()? else {
            return Ok(None);
        };
        let record = Record::from_name(&name)
            .ok_or_else(|| fault(Class::ArchiveFormat, "an entry with an unknown name", start))?;
        if block != header(&name, size, self.timestamp) {
            return Err(fault(
                Class::ArchiveLayout,
                "unusual bytes in a header",
                start,
            ));
        }
        Ok(Some(Entry {
            record,
            size,
            start,
        }))
    }

    fn body(
        &mut self,
        size: u64,
        start: u64,
        most: u64,
        sink: &mut dyn FnMut(&[u8]) -> Result<(), Fault>,
    ) -> Result<(), ReadProblem> {
        let padded = size.div_ceil(BLOCK) * BLOCK;
        if self.at + padded > self.length {
            return Err(fault(
                Class::ArchiveTruncated,
                "the file ends inside an entry",
                start,
            ));
        }
        if size > most {
            let detail = format!("an entry of {size} bytes, where at most {most} are read");
            return Err(fault(Class::OutOfScope, detail, start));
        }
        let mut left = size;
        let mut piece = [0; 1 << 14];
        while left > 0 {
            let many = usize::try_from(left).unwrap_or(usize::MAX).min(piece.len());
            let (piece, _) = piece.split_at_mut(many);
            self.input.read_exact(piece)?;
            sink(piece)?;
            left -= u64::try_from(many).unwrap_or(left);
        }
        let mut padding = [0; 512];
        let many = usize::try_from(padded - size).unwrap_or(0);
        let (padding, _) = padding.split_at_mut(many);
        self.input.read_exact(padding)?;
        self.at += padded;
        if padding.iter().any(|b| *b != 0) {
            return Err(fault(
                Class::ArchiveLayout,
                "unusual bytes after an entry",
                start,
            ));
        }
        Ok(())
    }

    /// Reads a body piece by piece and compares it with the hash in its name.
    pub(crate) fn stream(
        &mut self,
        entry: &Entry,
        most: u64,
        sink: &mut dyn FnMut(&[u8]) -> Result<(), Fault>,
    ) -> Result<(), ReadProblem> {
        let mut hasher = Sha256::new();
        // What the sink finds counts only if the body is the one that was named.
        let mut found = Ok(());
        self.body(entry.size, entry.start, most, &mut |piece| {
            hasher.update(piece);
            if found.is_ok() {
                found = sink(piece);
            }
            Ok(())
        })?;
        let hash: Hash = hasher.finalize().into();
        if hash != entry.record.hash() {
            return Err(fault(
                Class::HashMismatch,
                format!("{} has another body", entry.record.name()),
                entry.start,
            ));
        }
        Ok(found?)
    }

    /// Reads a whole body.
    pub(crate) fn read(&mut self, entry: &Entry) -> Result<Vec<u8>, ReadProblem> {
        let mut body = Vec::new();
        self.stream(entry, MAX_RECORD_BYTES, &mut |piece| {
            body.extend_from_slice(piece);
            Ok(())
        })?;
        Ok(body)
    }
}

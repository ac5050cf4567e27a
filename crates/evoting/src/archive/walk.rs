//! Events in their order, each with its records.

use super::event::{Event, Kind};
use super::tar::{MAX_LIST_BYTES, ReadProblem, Reader, Record, Source};
use crate::election::MAX_ELECTION_BYTES;
use crate::fault::{Class, Fault};
use crate::hash::Hash;
use crate::json;
use serde::Deserialize;

/// One event with the records before it.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) event: Event,
    pub(crate) records: Vec<(Hash, Vec<u8>)>,
}

impl Step {
    /// The body of a record, by place.
    pub(crate) fn body(&self, at: usize) -> &[u8] {
        self.records.get(at).map_or(&[], |(_, body)| body)
    }
}

/// Walks through an archive. What it returns is chained, in order, complete, and every body is the one that was named.
pub(crate) struct Walker<'s> {
    reader: Reader<'s>,
    parent: Option<Hash>,
    height: u64,
    last: Option<Kind>,
    /// Where the last whole event ends.
    whole: u64,
}

/// Place of the list of credentials among the records of the first event.
const CREDENTIALS: usize = 2;

/// The file ends after records.
const NO_EVENT: &str = "records that belong to no event";

impl Fault {
    /// Does the file end in the middle of an event?
    fn is_torn(&self) -> bool {
        self.class == Class::ArchiveTruncated || self.detail == NO_EVENT
    }
}

#[derive(Deserialize)]
#[serde(remote = "Self")]
struct SetupText {
    election: String,
    trustees: String,
    credentials: String,
}

json::objects!(SetupText);

/// The first document of an archive, which should be its election, whatever else is wrong: it says whether the rest could be judged.
pub(crate) fn first_document(source: &(impl Source + ?Sized)) -> Option<Vec<u8>> {
    let mut reader = Reader::new(source).ok()?;
    let entry = reader.next().ok()??;
    let mut body = Vec::new();
    let most = u64::try_from(MAX_ELECTION_BYTES).unwrap_or(0);
    // A body that doesn't hash to its name is a body all the same.
    let _ = reader.stream(&entry, most, &mut |piece| {
        body.extend_from_slice(piece);
        Ok(())
    });
    Some(body)
}

impl<'s> Walker<'s> {
    pub(crate) fn new(source: &'s (impl Source + ?Sized)) -> Result<Self, ReadProblem> {
        Ok(Self {
            reader: Reader::new(source)?,
            parent: None,
            height: 0,
            last: None,
            whole: 0,
        })
    }

    pub(crate) fn timestamp(&self) -> u64 {
        self.reader.timestamp()
    }

    /// Hash of the last event that was returned.
    pub(crate) fn head(&self) -> Option<Hash> {
        self.parent
    }

    /// How many events were returned.
    pub(crate) fn events(&self) -> u64 {
        self.height
    }

    pub(crate) fn last(&self) -> Option<Kind> {
        self.last
    }

    /// The next event; `None` at the end of the file. The list of credentials goes to `list`, piece by piece, and is not kept.
    pub(crate) fn next(
        &mut self,
        list: &mut dyn FnMut(&[u8]) -> Result<(), Fault>,
    ) -> Result<Option<Step>, ReadProblem> {
        let next = self.event(list);
        match next {
            Ok(_) => self.whole = self.reader.position(),
            // Whoever keeps the box may have lost power while it was written.
            Err(ReadProblem::Fault(mut fault)) if self.whole > 0 && fault.is_torn() => {
                fault.detail = format!(
                    "{}; the last whole event ends at byte {}",
                    fault.detail, self.whole
                );
                return Err(fault.into());
            }
            Err(_) => {}
        }
        next
    }

    fn event(
        &mut self,
        list: &mut dyn FnMut(&[u8]) -> Result<(), Fault>,
    ) -> Result<Option<Step>, ReadProblem> {
        let mut records = Vec::new();
        loop {
            let start = self.reader.position();
            let Some(entry) = self.reader.next()? else {
                if records.is_empty() && self.height > 0 {
                    return Ok(None);
                }
                return Err(Fault::new(Class::ArchiveOrder, NO_EVENT)
                    .at_byte(start)
                    .into());
            };
            match entry.record {
                Record::Data(hash) => {
                    if records.len() >= Kind::Setup.records() {
                        return Err(Fault::new(
                            Class::ArchiveOrder,
                            "too many records before an event",
                        )
                        .at_byte(start)
                        .into());
                    }
                    let body = if self.height == 0 && records.len() == CREDENTIALS {
                        self.reader.stream(&entry, MAX_LIST_BYTES, list)?;
                        Vec::new()
                    } else {
                        self.reader.read(&entry)?
                    };
                    records.push((hash, body));
                }
                Record::Event(hash) => {
                    let body = self.reader.read(&entry)?;
                    let event = Event::parse(&body).map_err(|f| f.at_byte(start))?;
                    let step = Step { event, records };
                    self.check(&step)
                        .map_err(|f| f.at_height(self.height).at_byte(start))?;
                    self.parent = Some(hash);
                    self.height += 1;
                    self.last = Some(step.event.kind);
                    return Ok(Some(step));
                }
            }
        }
    }

    fn check(&self, step: &Step) -> Result<(), Fault> {
        let event = &step.event;
        let fault = |class, detail: &str| Err(Fault::new(class, detail));
        if event.parent != self.parent {
            return fault(
                Class::ChainParent,
                "an event that doesn't follow the one before it",
            );
        }
        if event.height != self.height {
            return fault(Class::ChainHeight, "heights don't count up from zero");
        }
        let kind = event.kind;
        if !kind.may_follow(self.last) {
            let detail = match self.last {
                Some(last) => format!("{} after {}", kind.name(), last.name()),
                None => format!("the first event is {}", kind.name()),
            };
            return fault(Class::EventOrder, &detail);
        }
        if event.payload.is_some() != (kind.records() > 0) {
            return fault(
                Class::EventPayload,
                "an event with a payload that it must not have, or without one",
            );
        }
        if step.records.len() != kind.records() {
            return fault(
                Class::ArchiveOrder,
                "another number of records than the event has",
            );
        }
        if event.payload != step.records.last().map(|(hash, _)| *hash) {
            return fault(
                Class::HashNotFound,
                "the event's payload is not the record before it",
            );
        }
        if kind == Kind::Setup {
            let named = |at: usize| step.records.get(at).map(|(hash, _)| crate::hash::hex(hash));
            let setup: SetupText = serde_json::from_slice(step.body(3))
                .map_err(|_| Fault::new(Class::EventFormat, "not the setup of an election"))?;
            if [
                Some(setup.election),
                Some(setup.trustees),
                Some(setup.credentials),
            ] != [named(0), named(1), named(2)]
            {
                return fault(
                    Class::HashNotFound,
                    "the setup names other records than those before it",
                );
            }
        }
        Ok(())
    }
}

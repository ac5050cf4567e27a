//! The first reading: container, hashes, chain, order, replayed ballots; and which ballot is its voter's last.

use super::Refusal;
use crate::archive::{Kind, Source, Walker, first_document};
use crate::election::{Draft, ElectionProblem};
use crate::fault::{Class, Fault};
use crate::hash::{Hash, b64, hex, sha256};
use crate::json::Exact;
use std::collections::{HashMap, HashSet};
use std::io::Read as _;

/// What the structure of an archive says, its content aside.
#[derive(Clone, Debug)]
pub struct Structure {
    /// The election document.
    pub election: Vec<u8>,
    /// Hash of the last event.
    pub head: Hash,
    /// Kind of the last event.
    pub last: Kind,
    /// Events.
    pub events: u64,
    /// Ballots.
    pub ballots: u64,
    /// Unix seconds that stand in every header.
    pub timestamp: u64,
    /// Per credential (hash of its text) the height of its last ballot.
    last_ballots: HashMap<Hash, u64>,
    /// Hashes of all ballots.
    seen: HashSet<Hash>,
}

impl Structure {
    /// Is the ballot of this credential at this height its last one?
    pub(crate) fn counts(&self, credential: &str, height: u64) -> bool {
        self.last_ballots.get(&sha256(credential.as_bytes())) == Some(&height)
    }

    /// Was a ballot of these bytes cast?
    #[must_use]
    pub fn has_ballot(&self, bytes: &[u8]) -> bool {
        self.seen.contains(&sha256(bytes))
    }
}

/// The credential of a ballot's text, if it begins as a ballot does.
pub(crate) fn credential_of(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut at = Exact::new(text);
    at.take("{\"election_uuid\":").ok()?;
    at.plain_string().ok()?;
    at.take(",\"election_hash\":").ok()?;
    at.plain_string().ok()?;
    at.take(",\"credential\":").ok()?;
    at.plain_string().ok()
}

/// A fault of an archive, unless it is one of an election that this program doesn't handle: then nothing is said about it.
fn in_scope<S: Source + ?Sized>(source: &S, refusal: Refusal) -> Refusal {
    if !matches!(refusal, Refusal::Fault(_)) {
        return refusal;
    }
    match first_document(source).map(|document| Draft::parse(&document)) {
        Some(Err(problem @ ElectionProblem::Mixnet { .. })) => problem.into(),
        _ => refusal,
    }
}

/// Reads the structure of an archive.
///
/// # Errors
/// The first thing that is wrong with it, or why it can't be read or judged.
pub fn structure<S: Source + ?Sized>(source: &S) -> Result<Structure, Refusal> {
    read(source).map_err(|refusal| in_scope(source, refusal))
}

fn read<S: Source + ?Sized>(source: &S) -> Result<Structure, Refusal> {
    let mut walker = Walker::new(source)?;
    let mut election = Vec::new();
    let mut ballots = 0;
    let mut last_ballots = HashMap::new();
    let mut seen = HashSet::new();
    while let Some(step) = walker.next(&mut |_| Ok(()))? {
        match step.event.kind {
            Kind::Setup => step.body(0).clone_into(&mut election),
            Kind::Ballot => {
                ballots += 1;
                let height = step.event.height;
                let hash = step.event.payload.unwrap_or_default();
                if !seen.insert(hash) {
                    return Err(
                        Fault::new(Class::BallotReplay, "a ballot that was cast before")
                            .at_height(height)
                            .at_ballot(&b64(&hash))
                            .into(),
                    );
                }
                if let Some(credential) = credential_of(step.body(0)) {
                    last_ballots.insert(sha256(credential.as_bytes()), height);
                }
            }
            _ => {}
        }
    }
    let (Some(head), Some(last)) = (walker.head(), walker.last()) else {
        return Err(Fault::new(Class::EventOrder, "there is no setup").into());
    };
    Ok(Structure {
        election,
        head,
        last,
        events: walker.events(),
        ballots,
        timestamp: walker.timestamp(),
        last_ballots,
        seen,
    })
}

/// Is `new` a continuation of `old`: the same bytes, and perhaps more?
///
/// # Errors
/// `NOT_PREFIX` with the first byte that differs; the fault of `old` if that is broken itself; what can't be read.
pub fn continues<S: Source + ?Sized, T: Source + ?Sized>(old: &S, new: &T) -> Result<(), Refusal> {
    let previous = structure(old).map_err(|refusal| match refusal {
        Refusal::Fault(mut fault) => {
            fault.detail = format!("the older archive is broken itself: {}", fault.detail);
            Refusal::Fault(fault)
        }
        other => other,
    })?;
    let source = new;
    let mut old = old.open().map_err(Refusal::Unreadable)?;
    let mut new = new.open().map_err(Refusal::Unreadable)?;
    let mut at = 0;
    loop {
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        let piece = 1 << 16;
        old.by_ref()
            .take(piece)
            .read_to_end(&mut ours)
            .map_err(Refusal::Unreadable)?;
        new.by_ref()
            .take(piece)
            .read_to_end(&mut theirs)
            .map_err(Refusal::Unreadable)?;
        if ours.is_empty() {
            return Ok(());
        }
        if !theirs.starts_with(&ours) {
            let same = ours.iter().zip(&theirs).take_while(|(a, b)| a == b).count();
            let detail = format!(
                "not a continuation of the older archive, whose last event is {}",
                hex(&previous.head)
            );
            let fault =
                Fault::new(Class::NotPrefix, detail).at_byte(at + u64::try_from(same).unwrap_or(0));
            return Err(in_scope(source, fault.into()));
        }
        at += piece;
    }
}

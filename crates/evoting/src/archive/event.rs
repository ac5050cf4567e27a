//! Events and their chain.

use crate::fault::{Class, Fault};
use crate::hash::{Hash, hash_from_hex, hex};
use crate::json::Exact;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Election, trustees and credentials are fixed.
    Setup,
    /// A ballot was cast.
    Ballot,
    /// No more ballots.
    EndBallots,
    /// The ballots were added up.
    EncryptedTally,
    /// A mixnet's step; only in elections that are out of scope.
    Shuffle,
    /// The end of the mixnet's steps.
    EndShuffles,
    /// A trustee decrypted.
    PartialDecryption,
    /// The result.
    Result,
}

impl Kind {
    const ALL: [Self; 8] = [
        Self::Setup,
        Self::Ballot,
        Self::EndBallots,
        Self::EncryptedTally,
        Self::Shuffle,
        Self::EndShuffles,
        Self::PartialDecryption,
        Self::Result,
    ];

    /// The name in archives.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Setup => "Setup",
            Self::Ballot => "Ballot",
            Self::EndBallots => "EndBallots",
            Self::EncryptedTally => "EncryptedTally",
            Self::Shuffle => "Shuffle",
            Self::EndShuffles => "EndShuffles",
            Self::PartialDecryption => "PartialDecryption",
            Self::Result => "Result",
        }
    }

    /// The kind of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Data records that stand just before the event; the last one is its payload.
    #[must_use]
    pub fn records(self) -> usize {
        match self {
            Self::Setup => 4,
            Self::Ballot | Self::Result => 1,
            Self::EndBallots | Self::EndShuffles => 0,
            Self::EncryptedTally | Self::Shuffle | Self::PartialDecryption => 2,
        }
    }

    /// May this event follow that one? `None` stands for the beginning.
    #[must_use]
    pub fn may_follow(self, last: Option<Self>) -> bool {
        use Kind::{
            Ballot, EncryptedTally, EndBallots, EndShuffles, PartialDecryption, Setup, Shuffle,
        };
        match self {
            Setup => last.is_none(),
            Ballot | EndBallots => matches!(last, Some(Setup | Ballot)),
            EncryptedTally => last == Some(EndBallots),
            Shuffle => matches!(last, Some(EncryptedTally | Shuffle)),
            EndShuffles => last == Some(Shuffle),
            PartialDecryption => {
                matches!(last, Some(EncryptedTally | EndShuffles | PartialDecryption))
            }
            Self::Result => last == Some(PartialDecryption),
        }
    }
}

/// One event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Hash of the event before; none at height 0.
    pub parent: Option<Hash>,
    /// Counts from 0.
    pub height: u64,
    /// What happened.
    pub kind: Kind,
    /// Hash of the record that says more.
    pub payload: Option<Hash>,
}

impl Event {
    /// Reads an event (§4.4), which must be canonical: `{"parent":"…","height":n,"type":"…","payload":"…"}`, the first and the last only where
    /// there is one.
    ///
    /// # Errors
    /// Another text, or a type that nobody knows.
    pub fn parse(bytes: &[u8]) -> Result<Self, Fault> {
        let fault = || Fault::new(Class::EventFormat, "the event is not written canonically");
        let text = std::str::from_utf8(bytes).map_err(|_| fault())?;
        let mut at = Exact::new(text);
        let mut read = || {
            let hash = |at: &mut Exact<'_>| hash_from_hex(at.plain_string().ok()?);
            at.take("{").ok()?;
            let parent = if at.has("\"parent\":") {
                let hash = hash(&mut at)?;
                at.take(",").ok()?;
                Some(hash)
            } else {
                None
            };
            at.take("\"height\":").ok()?;
            let height = at.number()?;
            at.take(",\"type\":").ok()?;
            let kind = at.plain_string().ok()?.to_owned();
            let payload = if at.has(",\"payload\":") {
                Some(hash(&mut at)?)
            } else {
                None
            };
            at.take("}").ok()?;
            at.end().ok()?;
            Some((parent, height, kind, payload))
        };
        let (parent, height, kind, payload) = read().ok_or_else(fault)?;
        let kind = Kind::from_name(&kind).ok_or_else(|| {
            Fault::new(Class::EventType, "an event of an unknown type").at_height(height)
        })?;
        Ok(Self {
            parent,
            height,
            kind,
            payload,
        })
    }

    /// The canonical text.
    #[must_use]
    pub fn text(&self) -> String {
        let parent = self
            .parent
            .map(|hash| format!("\"parent\":\"{}\",", hex(&hash)))
            .unwrap_or_default();
        let payload = self
            .payload
            .map(|hash| format!(",\"payload\":\"{}\"", hex(&hash)))
            .unwrap_or_default();
        format!(
            "{{{parent}\"height\":{},\"type\":\"{}\"{payload}}}",
            self.height,
            self.kind.name()
        )
    }
}

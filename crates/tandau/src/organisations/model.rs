//! What is known of an organisation.

use crate::platform::Names;

/// What kind of organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A registered political party.
    Party,
    /// Another public association.
    Association,
}

impl Kind {
    /// All.
    pub const ALL: [Self; 2] = [Self::Party, Self::Association];

    /// The word kept in tables and files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Party => "party",
            Self::Association => "association",
        }
    }

    /// The kind of a word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.as_str() == text)
    }
}

/// An organisation to put on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOrganisation {
    /// Kind.
    pub kind: Kind,
    /// Names.
    pub names: Names,
    /// True for an organisation that does not exist: demonstration data.
    pub synthetic: bool,
}

/// An organisation on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// Permanent id.
    pub id: String,
    /// Kind.
    pub kind: Kind,
    /// Names.
    pub names: Names,
    /// True for demonstration data.
    pub synthetic: bool,
}

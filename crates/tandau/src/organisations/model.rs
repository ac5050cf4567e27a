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

/// A body outside the commissions that answers for instructions in an area, as it is called there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateBody {
    /// Permanent id.
    pub id: String,
    /// Kind: one of [`crate::platform::access::Role::BODIES`].
    pub kind: String,
    /// Where.
    pub area_id: String,
    /// Name of the area.
    pub area: Names,
    /// Names.
    pub names: Names,
    /// True for demonstration data.
    pub synthetic: bool,
}

/// A state body to put on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewStateBody {
    /// Kind.
    pub kind: String,
    /// Where.
    pub area_id: String,
    /// Names.
    pub names: Names,
    /// True for a body that does not exist: demonstration data.
    pub synthetic: bool,
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

use serde::Serialize;

use crate::rules::CommissionLevel;

/// How many members a commission may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct SizeLimits {
    /// Fewest.
    pub min: u32,
    /// Most.
    pub max: u32,
    /// Whether the number must be odd.
    pub odd: bool,
}

/// Why a number of members isn't allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SizeError {
    /// Fewer than the limit.
    #[error("{members} members are fewer than {min}")]
    TooFew {
        /// The members.
        members: u32,
        /// The limit.
        min: u32,
    },
    /// More than the limit.
    #[error("{members} members are more than {max}")]
    TooMany {
        /// The members.
        members: u32,
        /// The limit.
        max: u32,
    },
    /// An even number.
    #[error("{members} members are an even number")]
    Even {
        /// The members.
        members: u32,
    },
}

/// The limits of a level for a number of voters; none where the rules have no band for it.
#[must_use]
pub fn size_limits(level: &CommissionLevel, voters: u64) -> Option<SizeLimits> {
    let fits = |max: Option<u64>| max.is_none_or(|max| voters <= max);
    let band = level.sizes.iter().find(|band| fits(band.voters_max))?;
    Some(SizeLimits {
        min: band.members_min,
        max: band.members_max,
        odd: level.odd,
    })
}

/// Whether a commission of this many members may be formed.
///
/// # Errors
/// [`SizeError`] says which limit is broken.
pub fn check_size(limits: SizeLimits, members: u32) -> Result<(), SizeError> {
    if members < limits.min {
        return Err(SizeError::TooFew {
            members,
            min: limits.min,
        });
    }
    if members > limits.max {
        return Err(SizeError::TooMany {
            members,
            max: limits.max,
        });
    }
    if limits.odd && members.is_multiple_of(2) {
        return Err(SizeError::Even { members });
    }
    Ok(())
}

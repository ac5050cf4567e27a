mod acts;
mod again;
mod imports;
mod offices;
pub(crate) mod papers;
mod recounts;
mod sums;
mod walk;
mod words;

use super::*;
use crate::platform::Error;
use crate::votingday::tests::world;

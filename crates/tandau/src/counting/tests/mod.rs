mod acts;
mod again;
mod boxes;
mod imports;
mod offices;
mod overdue;
mod pages;
pub(crate) mod papers;
mod recounts;
mod sums;
mod walk;
mod words;

use super::*;
use crate::platform::Error;
use crate::votingday::tests::world;

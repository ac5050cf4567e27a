mod acts;
mod again;
mod imports;
mod offices;
mod overdue;
mod sums;
mod walk;

use super::*;
use crate::platform::Error;
use crate::votingday::tests::world;

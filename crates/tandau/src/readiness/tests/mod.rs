mod again;
mod chain;
mod conflicts;
mod intake;
mod pages;
mod signing;
mod speed;
mod sums;
mod versions;
pub(crate) mod world;

use super::*;
use crate::platform::Error;

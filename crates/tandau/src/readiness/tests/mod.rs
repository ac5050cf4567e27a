mod again;
mod chain;
mod conflicts;
mod intake;
mod pages;
mod signing;
mod speed;
mod sums;
pub(crate) mod world;

use super::*;
use crate::platform::Error;

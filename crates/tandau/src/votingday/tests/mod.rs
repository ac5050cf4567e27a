mod embargo;
mod reports;
pub(crate) mod world;

use super::*;
use crate::platform::Error;

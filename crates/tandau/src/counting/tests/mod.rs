mod walk;

use super::*;
use crate::platform::Error;
use crate::votingday::tests::world;

//! After the count: outcomes.

use super::Stage;
use crate::platform::Error;
use jiff::Timestamp;

pub(super) async fn after(_stage: &Stage, _until: Timestamp) -> Result<(), Error> {
    Ok(())
}

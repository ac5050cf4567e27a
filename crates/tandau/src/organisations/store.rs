//! All the SQL of the room's tables.

use crate::platform::audit::Audited;
use crate::statements;

statements! {}

/// What the log of acts vouches for.
pub(crate) const AUDITED: &[Audited] = &[];

//! The station protocol: a form that is data, and checks that are a catalogue.
//!
//! A [`ProtocolForm`] lists lines, groups and checks; a [`ProtocolEntry`] holds the figures somebody typed;
//! [`check`] compares them and returns [`Finding`]s in the order of the catalogue. The arithmetic of the checks stands in the
//! rule pack as small [expressions](expression); what arithmetic can't say is one of the [`NamedCheck`]s.

mod check;
mod entry;
pub mod expression;
mod finding;
mod form;
mod named;
mod territory;
#[cfg(test)]
mod tests;
mod typing;

pub use check::{Context, Stage, check};
pub use entry::{KeyError, LineKey, ProtocolEntry};
pub use finding::{Audience, Finding, render};
pub(crate) use finding::{COMMON as COMMON_PLACEHOLDERS, placeholders as placeholders_of};
pub use form::{Basis, Check, Group, Kind, Limits, Line, NamedCheck, ProtocolForm, Severity};
pub use named::{PublishedShare, TypedWords};
pub(crate) use named::{placeholders as named_placeholders, roles as named_roles};
pub use territory::check_sum;
pub use typing::{TypingFault, parse_figure};

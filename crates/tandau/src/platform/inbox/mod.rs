//! What phones send when they find a network: envelopes, each taken exactly once.
//!
//! A form that works offline is an ordinary form of its room. Without scripts it is posted to the room's page; with
//! them `web/offline` keeps its fields in an envelope on the phone and posts them here later. Either way the room's
//! [`Intake`] takes the same fields in one transaction with the note that this envelope has arrived.

mod http;
mod limits;
mod pages;
mod photos;
pub(crate) mod store;
mod take;
#[cfg(test)]
pub(crate) mod tests;
mod texts;

pub use limits::{Kind as LimitKind, Limits};
pub use pages::routes;
pub use take::{take, take_form};
pub use texts::texts;

use super::app::Answer;
use super::database::Transaction;
use super::{Acting, App};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::Arc;

/// The fields of a form, with what is needed to take them once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// Made on the phone (random UUID): the same envelope sent twice bears the same id.
    pub id: String,
    /// Which room takes it: `readiness.report`.
    pub kind: String,
    /// When it was filled in, by the server's clock: the phone's own time less what its clock was wrong by.
    pub made_at: Timestamp,
    /// Fields by name; values of a field that came more than once are joined by line ends.
    pub fields: BTreeMap<String, String>,
    /// Kept photos by the field they belong to: ids of [`super::files::StoredFile`].
    pub files: BTreeMap<String, Vec<String>>,
}

impl Envelope {
    /// A field without the spaces around it; empty when it is not there.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", |v| v.trim())
    }
}

/// What became of an envelope.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Taken {
    /// A word of the room: `taken`, `parallel`, `conflict`.
    pub state: String,
    /// The sentence for whoever sent it.
    pub message: String,
    /// The page that shows what became of it.
    pub href: String,
}

/// A room that takes envelopes of one kind.
pub trait Intake: Debug + Send + Sync {
    /// The kind.
    fn kind(&self) -> &'static str;

    /// The versions of the form that a phone may have now, one a line, as the form's `data-offline-version` says it;
    /// empty when it has none. A phone with another one is told to open the page anew.
    fn version<'a>(&'a self, acting: &'a Acting) -> Answer<'a, String> {
        let _ = acting;
        Box::pin(async { Ok(String::new()) })
    }

    /// Authorises, checks and writes, inside the inbox's transaction.
    fn take<'a>(
        &'a self,
        tx: &'a mut Transaction,
        acting: &'a Acting,
        envelope: &'a Envelope,
    ) -> Answer<'a, Taken>;
}

/// All of them.
#[derive(Clone, Debug, Default)]
pub struct Intakes(pub Arc<[Arc<dyn Intake>]>);

impl Intakes {
    /// Those of a running program.
    #[must_use]
    pub fn of(app: &App) -> Self {
        app.links.get::<Self>().cloned().unwrap_or_default()
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<dyn Intake>> {
        self.0.iter()
    }

    /// The one for a kind.
    #[must_use]
    pub fn find(&self, kind: &str) -> Option<&Arc<dyn Intake>> {
        self.0.iter().find(|i| i.kind() == kind)
    }
}

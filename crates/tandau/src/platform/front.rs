//! What rooms say on the front page while an election is being prepared. The page belongs to a room on the left;
//! each room on the right that has news implements [`Told`], and `lib.rs` hands them to the running program.

use super::app::Answer;
use super::database::Connection;
use super::{App, T};
use std::fmt::Debug;
use std::sync::Arc;

/// One piece of news: what it is about, what it says, and the page that says all of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Name of the page it leads to.
    pub title: String,
    /// Its address.
    pub href: String,
    /// One sentence or name.
    pub text: String,
    /// Of when it is; may be empty.
    pub when: String,
}

/// A room with news.
pub trait Told: Debug + Send + Sync {
    /// The newest of it that everybody may read; nothing when there is none.
    fn card<'a>(
        &'a self,
        app: &'a App,
        t: T,
        connection: &'a mut Connection,
    ) -> Answer<'a, Option<Card>>;
}

/// All of them, in the order of the page.
#[derive(Clone, Debug, Default)]
pub struct Front(pub Arc<[Arc<dyn Told>]>);

impl Front {
    /// Those of a running program.
    #[must_use]
    pub fn of(app: &App) -> Self {
        app.links.get::<Self>().cloned().unwrap_or_default()
    }

    /// What they say now.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn cards(
        &self,
        app: &App,
        t: T,
        connection: &mut Connection,
    ) -> Result<Vec<Card>, super::Error> {
        let mut cards = Vec::new();
        for room in self.0.iter() {
            cards.extend(room.card(app, t, connection).await?);
        }
        Ok(cards)
    }
}

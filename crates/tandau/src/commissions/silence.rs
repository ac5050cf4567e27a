//! While people still vote, a decision about the count may not tell them how others voted. Voting day, a room to the
//! right, knows when they no longer do; `lib.rs` connects it.

use super::Decision;
use crate::platform::app::Answer;
use crate::platform::database::Connection;
use crate::platform::{App, Error};
use std::fmt::Debug;
use std::sync::Arc;

/// Who knows until when the text of a decision is withheld from the public.
pub trait Silence: Debug + Send + Sync {
    /// Whether the text waits.
    fn withholds<'a>(
        &'a self,
        connection: &'a mut Connection,
        app: &'a App,
        decision: &'a Decision,
    ) -> Answer<'a, bool>;
}

/// The one of the running program.
#[derive(Clone, Debug)]
pub struct Silencer(pub Arc<dyn Silence>);

/// Whether the text of a decision is withheld now.
///
/// # Errors
/// What the database reports.
pub async fn is_withheld(
    connection: &mut Connection,
    app: &App,
    decision: &Decision,
) -> Result<bool, Error> {
    match app.links.get::<Silencer>() {
        Some(Silencer(silence)) => silence.withholds(connection, app, decision).await,
        None => Ok(false),
    }
}

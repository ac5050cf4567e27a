//! What commissions have published, on the front page: the newest note.

use super::shown;
use super::store::published;
use crate::platform::app::Answer;
use crate::platform::database::Connection;
use crate::platform::front::{Card, Told};
use crate::platform::i18n::instant_long;
use crate::platform::{App, T};

/// The front page's news of notes.
#[derive(Debug)]
pub struct Front;

impl Told for Front {
    fn card<'a>(
        &'a self,
        app: &'a App,
        t: T,
        connection: &'a mut Connection,
    ) -> Answer<'a, Option<Card>> {
        Box::pin(async move {
            let Some(note) = published::newest(connection).await? else {
                return Ok(None);
            };
            let title = {
                let figures = published::figures(connection, &note.id, note.revision).await?;
                shown::title_of(t, &note, &figures)?
            };
            Ok(Some(Card {
                title: t.publications_news(),
                href: "/news".to_owned(),
                text: title,
                when: note
                    .published_at
                    .map_or_else(String::new, |at| instant_long(t.lang, at, &app.home_zone)),
            }))
        })
    }
}

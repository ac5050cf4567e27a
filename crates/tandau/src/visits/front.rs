//! Visits on the front page: the newest that has begun.

use super::queries;
use crate::platform::app::Answer;
use crate::platform::database::Connection;
use crate::platform::front::{Card, Told};
use crate::platform::i18n::date_long;
use crate::platform::{App, T};

/// The front page's news of visits.
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
            let visits = queries::public_by(connection, app.clock.now()).await?;
            Ok(visits.into_iter().next().map(|visit| Card {
                title: t.visits_title(),
                href: "/visits".to_owned(),
                text: visit.title.get(t.lang).to_owned(),
                when: format!(
                    "{} – {}",
                    date_long(t.lang, visit.starts_on),
                    date_long(t.lang, visit.ends_on)
                ),
            }))
        })
    }
}

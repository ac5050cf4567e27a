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
            let visits = queries::public_before(connection, app.clock.now(), (1, 0)).await?;
            Ok(visits.into_iter().next().map(|found| Card {
                title: t.visits_title(),
                href: "/visits".to_owned(),
                text: found.visit.title.get(t.lang).to_owned(),
                when: format!(
                    "{} – {}",
                    date_long(t.lang, found.visit.starts_on),
                    date_long(t.lang, found.visit.ends_on)
                ),
            }))
        })
    }
}

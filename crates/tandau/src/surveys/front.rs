//! Surveys on the front page: the newest that was opened.

use super::queries;
use crate::platform::app::Answer;
use crate::platform::database::Connection;
use crate::platform::front::{Card, Told};
use crate::platform::i18n::date_long;
use crate::platform::{App, T};

/// The front page's news of surveys.
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
            let surveys = queries::opened(connection, app.clock.now(), (1, 0)).await?;
            Ok(surveys.into_iter().next().map(|survey| Card {
                title: t.surveys_public_title(),
                href: "/surveys".to_owned(),
                text: survey.title.get(t.lang).to_owned(),
                when: date_long(t.lang, survey.held_on),
            }))
        })
    }
}

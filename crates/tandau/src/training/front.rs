//! Training on the front page: the newest session with its number.

use super::queries;
use crate::platform::app::Answer;
use crate::platform::database::Connection;
use crate::platform::front::{Card, Told};
use crate::platform::i18n::{date_long, number};
use crate::platform::{App, T, areas};

/// The front page's news of training.
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
            let Some(country) = areas::country(connection).await? else {
                return Ok(None);
            };
            let now = app.clock.now();
            let held = queries::held_by(connection, (&country, now), (1, 0)).await?;
            let Some(session) = held.into_iter().next() else {
                return Ok(None);
            };
            let area = areas::by_id(connection, &session.says.area_id, app.today()).await?;
            let day = session.says.starts_at.to_zoned_datetime(area.time_zone()?);
            let name = area.names.get(t.lang);
            Ok(Some(Card {
                title: t.training_title(),
                href: "/training".to_owned(),
                text: match queries::published(app, &session) {
                    Some(people) => t.training_front(name, number(t.lang, people)),
                    None => t.training_front_few(name),
                },
                when: date_long(t.lang, day.date()),
            }))
        })
    }
}

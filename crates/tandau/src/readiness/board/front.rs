//! Readiness on the front page: how many stations are ready, and how many days are left.

use super::frame::{Asked, Frame};
use super::model::Sums;
use super::{pages, queries};
use crate::platform::app::Answer;
use crate::platform::database::Connection;
use crate::platform::front::{Card, Told};
use crate::platform::{App, T};

/// The front page's news of readiness.
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
            let Some(frame) = Frame::open(app, t, connection, &Asked::default()).await? else {
                return Ok(None);
            };
            let districts =
                queries::districts(connection, &frame.election.id, &frame.as_of, "").await?;
            if districts.is_empty() {
                return Ok(None);
            }
            let sums = Sums::of(districts.iter().map(|d| d.sums));
            Ok(Some(Card {
                title: t.board_nav(),
                href: "/readiness".to_owned(),
                text: pages::sentence(t, &frame, sums),
                when: String::new(),
            }))
        })
    }
}

//! Figures that others published: shown in their own box with their source, never mixed into ours.

use super::{ELECTION, Loader, REGISTERS_ON, instant};
use crate::platform::Error;
use jiff::civil::time;

impl Loader {
    pub(super) async fn load_published(&mut self) -> Result<(), Error> {
        let acting = self.operator(instant(&self.app.home_zone, REGISTERS_ON, time(12, 0, 0, 0))?);
        let figures = crate::results::published::parse(include_str!("../../../../../demo/published/akim-2023.json"))?;
        let mut transaction = acting.begin().await?;
        crate::results::actions::add_published_in(&mut transaction, &acting, ELECTION, &figures).await?;
        transaction.commit().await?;
        Ok(())
    }
}

//! State bodies with their officers. Bodies, names and people are synthetic.

use super::{Loader, REGISTERS_ON, instant, item};
use crate::demo::plan::Officer;
use crate::organisations::NewStateBody;
use crate::organisations::actions::{add_body_in, seat_officer_in};
use crate::platform::{Error, Names};
use jiff::civil::time;

/// What each kind is called in front of its area's name.
const NAMES: &[(&str, [&str; 3])] = &[
    ("executive", ["Әкімдік", "Акимат", "Akimat"]),
    (
        "police",
        ["Полиция бөлімі", "Отдел полиции", "Police department"],
    ),
    (
        "emergency",
        [
            "Төтенше жағдайлар бөлімі",
            "Отдел по чрезвычайным ситуациям",
            "Emergency department",
        ],
    ),
    (
        "energy",
        [
            "Электр және жылу желілері",
            "Электрические и тепловые сети",
            "Power and heat networks",
        ],
    ),
    (
        "communications",
        ["Байланыс торабы", "Узел связи", "Communications centre"],
    ),
    ("health", ["Аурухана", "Больница", "Hospital"]),
    (
        "social",
        [
            "Жұмыспен қамту және әлеуметтік бағдарламалар бөлімі",
            "Отдел занятости и социальных программ",
            "Employment and social programmes department",
        ],
    ),
];

impl Loader {
    pub(super) async fn load_bodies(&mut self) -> Result<(), Error> {
        let hour = time(12, 30, 0, 0);
        let acting = self.operator(instant(&self.app.home_zone, REGISTERS_ON, hour)?);
        let mut tx = acting.begin().await?;
        for officer in &self.plan.officers {
            let area_id = self.area(&officer.area)?.to_owned();
            let new = NewStateBody {
                kind: officer.kind.to_owned(),
                area_id,
                names: self.body_names(officer)?,
                synthetic: true,
            };
            let body = add_body_in(&mut tx, &acting, new).await?;
            let person = item(&self.ids.people, officer.person)?;
            seat_officer_in(&mut tx, &acting, &body, person, REGISTERS_ON).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    fn body_names(&self, officer: &Officer) -> Result<Names, Error> {
        let missing = || Error::internal(format!("no names for {}", officer.kind));
        let (_, [kk, ru, en]) = NAMES
            .iter()
            .find(|(kind, _)| *kind == officer.kind)
            .ok_or_else(missing)?;
        let areas = &self.plan.areas;
        let area = areas
            .iter()
            .find(|a| a.code == officer.area)
            .ok_or_else(missing)?;
        Ok(Names::new(
            format!("{kk}, {}", area.name.kk),
            format!("{ru}, {}", area.name.ru),
            format!("{en}, {}", area.name.en),
        ))
    }

    /// The officer of a kind in an area.
    pub(super) fn officer(&self, kind: &str, area: &str) -> Result<usize, Error> {
        let officers = &self.plan.officers;
        officers
            .iter()
            .find(|o| o.kind == kind && o.area == area)
            .map(|o| o.person)
            .ok_or_else(|| Error::internal(format!("{kind} of {area} has no officer")))
    }
}

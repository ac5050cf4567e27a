//! Areas of the classifier.

use super::{Loader, REGISTERS_ON, instant};
use crate::platform::areas::{self, AreaRow};
use crate::platform::{Error, audit, settings};
use jiff::civil::{Date, date, time};

/// Units that exist since before our records begin have this first day.
const BEFORE_RECORDS: Date = date(1991, 12, 16);
/// The edition of the classifier that the codes belong to.
const EDITION: &str = "NK RK 11-2025";

impl Loader {
    pub(super) async fn load_areas(&mut self) -> Result<(), Error> {
        let acting = self.operator(instant(
            &self.app.home_zone,
            REGISTERS_ON,
            time(9, 0, 0, 0),
        )?);
        let rows: Vec<AreaRow> = self
            .plan
            .areas
            .iter()
            .map(|area| AreaRow {
                code: area.code.clone(),
                parent_code: area.parent.clone().unwrap_or_default(),
                kind: area.kind.as_str().to_owned(),
                name_kk: area.name.kk.clone(),
                name_ru: area.name.ru.clone(),
                name_en: area.name.en.clone(),
                zone: area.zone.clone(),
                valid_from: area.valid_from.unwrap_or(BEFORE_RECORDS).to_string(),
                valid_until: String::new(),
                edition: EDITION.to_owned(),
                note: if area.valid_from_approximate {
                    "valid_from approximate"
                } else {
                    ""
                }
                .to_owned(),
            })
            .collect();
        let mut transaction = acting.begin().await?;
        self.ids.areas = areas::add(&mut transaction, &acting, &rows).await?;
        settings::set(
            &mut transaction,
            "area-import:demo",
            &format!("{} areas of {EDITION}", rows.len()),
        )
        .await?;
        acting
            .record(
                &mut transaction,
                audit::Event {
                    event: "areas.imported",
                    kind: "area_import",
                    object: &["demo"],
                    contest_id: "",
                },
            )
            .await?;
        transaction.commit().await?;
        Ok(())
    }
}

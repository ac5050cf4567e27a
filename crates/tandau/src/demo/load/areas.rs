//! Areas of the classifier.

use super::{Loader, REGISTERS_ON, instant};
use crate::demo::plan::Area;
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
        let rows = rows(&self.plan.areas);
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

/// Areas of the plan as rows of an import.
fn rows(areas: &[Area]) -> Vec<AreaRow> {
    areas
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
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::plan::{Sources, build};
    use crate::testing::Installation;

    /// The classifier as `tandau import areas` takes it.
    const FILE: &str = include_str!("../../../../../demo/kz/areas.csv");

    #[test]
    fn the_file_of_areas_is_the_classifier_of_the_plan() {
        let plan = build(&Sources::embedded()).unwrap();
        let mut file = csv::Reader::from_reader(FILE.as_bytes());
        let in_file: Vec<Vec<String>> = file
            .records()
            .map(|r| r.unwrap().iter().map(str::to_owned).collect())
            .collect();
        let in_plan: Vec<Vec<String>> = rows(&plan.areas)
            .into_iter()
            // No classifier has the territory that no source names.
            .filter(|row| row.kind != "placeholder")
            .map(|r| {
                vec![
                    r.code,
                    r.parent_code,
                    r.kind,
                    r.name_kk,
                    r.name_ru,
                    r.name_en,
                    r.zone,
                    r.valid_from,
                    r.valid_until,
                    r.edition,
                    r.note,
                ]
            })
            .collect();
        for (place, (file, plan)) in in_file.iter().zip(&in_plan).enumerate() {
            assert_eq!(file, plan, "row {}", place + 2);
        }
        assert_eq!(in_file.len(), in_plan.len());
    }

    #[tokio::test]
    async fn the_file_of_areas_is_taken_whole_and_once() {
        let place = Installation::new().await;
        let acting = place.operator();
        let rows = FILE.lines().count() - 1;
        for _ in 0..2 {
            let taken = areas::import_csv(&acting, FILE.as_bytes(), false).await;
            assert_eq!(taken.unwrap(), rows);
        }
        let mut reader = place.app.read().await.unwrap();
        let kinds = areas::store::count_by_kind(&mut reader).await.unwrap();
        let total: u64 = kinds.iter().map(|(_, n)| n).sum();
        assert_eq!(total, u64::try_from(rows).unwrap());
        let count = |kind: &str| kinds.iter().find(|(k, _)| k == kind).map(|(_, n)| *n);
        assert_eq!(
            (count("country"), count("region")),
            (Some(1), Some(17)),
            "{kinds:?}"
        );
        let found = areas::search(&mut reader, "Сарышаған", 10).await.unwrap();
        let way = areas::path(&mut reader, &found[0].id).await.unwrap();
        let codes: Vec<&str> = way.iter().map(|a| a.code.as_str()).take(3).collect();
        assert_eq!(codes, ["KZ", "350000000", "353600000"]);
    }
}

//! Areas: country, regions, districts, the Karaganda region in full, the territory that no source names.

use std::collections::{HashMap, HashSet};

use super::error::PlanError;
use super::model::{Area, AreaKind, Text3};
use super::sources::{ChangeRow, DistrictRow, RegionRow, Sources, UnitRow, ZoneRow, rows};

/// The code of the territory of Turkistan region that no source names.
pub const PLACEHOLDER: &str = "610000000-N";

const COUNTRY: &str = "KZ";

/// All areas, parents first.
pub(super) fn build(sources: &Sources) -> Result<Vec<Area>, PlanError> {
    let zones: HashMap<String, String> = rows::<ZoneRow>("zones.csv", sources.zones)?
        .into_iter()
        .map(|row| (row.region_kato, row.zone))
        .collect();
    let changes: HashMap<String, ChangeRow> = rows::<ChangeRow>("changes.csv", sources.changes)?
        .into_iter()
        .map(|row| (row.kato.clone(), row))
        .collect();
    let zone_of = |region: &str| {
        zones
            .get(region)
            .cloned()
            .ok_or_else(|| PlanError::Unknown {
                what: "time zone of region",
                code: region.to_owned(),
            })
    };
    let make = |code: String, parent: String, kind, name, zone| {
        let change = changes.get(&code);
        Area {
            valid_from: change.map(|c| c.valid_from),
            valid_from_approximate: change.is_some_and(|c| c.approximate != 0),
            code,
            parent: Some(parent),
            kind,
            name,
            zone,
        }
    };
    let mut areas = vec![Area {
        code: COUNTRY.to_owned(),
        parent: None,
        kind: AreaKind::Country,
        name: Text3::new(
            "Қазақстан Республикасы",
            "Республика Казахстан",
            "Republic of Kazakhstan",
        ),
        zone: "Asia/Almaty".to_owned(),
        valid_from: None,
        valid_from_approximate: false,
    }];
    for row in rows::<RegionRow>("regions.csv", sources.regions)? {
        let zone = zone_of(&row.kato)?;
        let (kk, ru) = (spelled(&row.name_kk, true), spelled(&row.name_ru, false));
        let name = Text3::new(kk, ru, row.name_en);
        areas.push(make(
            row.kato,
            COUNTRY.to_owned(),
            kind(&row.kind),
            name,
            zone,
        ));
    }
    for row in rows::<DistrictRow>("districts.csv", sources.districts)? {
        let zone = zone_of(&row.region_kato)?;
        let name = Text3::new(row.name_kk, row.name_ru, row.name_en);
        areas.push(make(row.kato, row.region_kato, kind(&row.kind), name, zone));
    }
    areas.push(placeholder(zone_of("610000000")?));
    let known: HashSet<String> = areas.iter().map(|area| area.code.clone()).collect();
    let zone = zone_of("350000000")?;
    for row in rows::<UnitRow>("karaganda_region_units.csv", sources.karaganda)? {
        if !known.contains(&row.kato) {
            let name = Text3::new(row.name_kk, row.name_ru, row.name_en);
            areas.push(make(
                row.kato,
                row.parent_kato,
                kind(&row.unit_type),
                name,
                zone.clone(),
            ));
        }
    }
    Ok(areas)
}

fn placeholder(zone: String) -> Area {
    Area {
        code: PLACEHOLDER.to_owned(),
        parent: Some("610000000".to_owned()),
        kind: AreaKind::Placeholder,
        name: Text3::new(
            "Дереккөзі табылмаған аумақ (Түркістан облысы)",
            "Территория не установлена по источникам (Туркестанская область)",
            "Territory not sourced (Turkistan Region)",
        ),
        zone,
        valid_from: None,
        valid_from_approximate: false,
    }
}

/// The classifier abbreviates "city" of the three largest cities.
fn spelled(name: &str, kazakh: bool) -> String {
    if kazakh {
        return name.replace(" қ.", " қаласы");
    }
    name.strip_prefix("г.")
        .map_or_else(|| name.to_owned(), |rest| format!("город {rest}"))
}

fn kind(word: &str) -> AreaKind {
    match word {
        "region" => AreaKind::Region,
        "city_of_republican_significance" => AreaKind::CityOfRepublicanSignificance,
        "district" => AreaKind::District,
        "city_of_regional_significance" => AreaKind::CityOfRegionalSignificance,
        "urban_district" => AreaKind::UrbanDistrict,
        "city" | "city_of_district_significance" => AreaKind::City,
        "city_administration" => AreaKind::CityAdministration,
        "settlement_administration" => AreaKind::SettlementAdministration,
        "settlement" => AreaKind::Settlement,
        "rural_district" => AreaKind::RuralDistrict,
        "village_administration" => AreaKind::VillageAdministration,
        "village" => AreaKind::Village,
        "railway_station" | "railway_siding" => AreaKind::Railway,
        "winter_camp" | "summer_pasture" | "farm" => AreaKind::Camp,
        _ => AreaKind::Other,
    }
}

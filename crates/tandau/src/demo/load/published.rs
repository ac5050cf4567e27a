//! Figures that others published: shown in their own box with their source, never mixed into ours.

use super::{ELECTION, Loader, REGISTERS_ON, instant};
use crate::platform::{Error, Lang, Names, T};
use crate::results::actions::{NewPublishedFigure, add_published_in};
use jiff::civil::time;
use serde::Deserialize;
use serde_json::Number;

#[derive(Deserialize)]
struct File {
    national: National,
    contests: Vec<Group>,
    groups: Vec<Group>,
}

#[derive(Deserialize)]
struct National {
    figures: Vec<Figure>,
    sources: Vec<String>,
}

#[derive(Deserialize)]
struct Group {
    #[serde(default)]
    area: String,
    #[serde(default)]
    areas: Vec<String>,
    name: Option<Words>,
    figures: Vec<Figure>,
    source: String,
}

#[derive(Deserialize)]
struct Words {
    kk: String,
    ru: String,
    en: String,
}

#[derive(Deserialize)]
struct Figure {
    measure: String,
    value: Number,
    unit: String,
    /// Whom a figure belongs to, as published.
    candidate: Option<String>,
    /// The hour of an interim figure.
    at: Option<String>,
}

/// Code under which figures of the whole country stand.
const COUNTRY: &str = "KZ";

impl Loader {
    pub(super) async fn load_published(&mut self) -> Result<(), Error> {
        let file: File =
            serde_json::from_str(include_str!("../../../../../demo/published/akim-2023.json"))
                .map_err(Error::internal)?;
        let mut figures = Vec::new();
        let national_source = file.national.sources.join("; ");
        for figure in &file.national.figures {
            figures.push(published(COUNTRY, figure, None, &national_source));
        }
        for group in file.contests.iter().chain(&file.groups) {
            let areas = if group.areas.is_empty() {
                vec![group.area.clone()]
            } else {
                group.areas.clone()
            };
            for area in &areas {
                for figure in &group.figures {
                    figures.push(published(area, figure, group.name.as_ref(), &group.source));
                }
            }
        }
        let acting = self.operator(instant(
            &self.app.home_zone,
            REGISTERS_ON,
            time(12, 0, 0, 0),
        )?);
        let mut transaction = acting.begin().await?;
        add_published_in(&mut transaction, &acting, &figures).await?;
        transaction.commit().await?;
        Ok(())
    }
}

fn published(
    area: &str,
    figure: &Figure,
    group: Option<&Words>,
    source: &str,
) -> NewPublishedFigure {
    let label = |lang: Lang, group: Option<&str>| {
        let t = T::new(lang);
        let mut label = t.word(&format!("published-{}", figure.measure.replace('_', "-")));
        if let Some(candidate) = &figure.candidate {
            label = format!("{label}: {candidate}");
        }
        if let Some(hour) = &figure.at {
            label = format!("{label}, {hour}");
        }
        match group {
            Some(group) => format!("{label} ({group})"),
            None => label,
        }
    };
    NewPublishedFigure {
        election_id: ELECTION.to_owned(),
        area_code: area.to_owned(),
        label: Names::new(
            label(Lang::Kk, group.map(|g| g.kk.as_str())),
            label(Lang::Ru, group.map(|g| g.ru.as_str())),
            label(Lang::En, group.map(|g| g.en.as_str())),
        ),
        figure: if figure.unit == "percent" {
            format!("{} %", figure.value)
        } else {
            figure.value.to_string()
        },
        source: source.to_owned(),
    }
}

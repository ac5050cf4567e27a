//! Figures that others published, shown beside ours with their source and never mixed into them.

use crate::bind;
use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error, Lang, Names, T, audit};
use crate::results::store;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A figure to put beside a contest (by the code of its territory) or the whole election (empty code).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPublishedFigure {
    /// The election.
    pub election_id: String,
    /// Code of the territory; empty for the whole election.
    pub area_code: String,
    /// What was counted.
    pub label: Names,
    /// The figure as published, decimals with a point: `62.79 %`.
    pub figure: String,
    /// Where it was published.
    pub source: String,
}

/// Puts published figures beside those of an election, area by area in the order given; the same figures
/// again change nothing.
///
/// # Errors
/// No power to load registers; what the database reports.
pub async fn add_published_in(
    tx: &mut Transaction,
    acting: &Acting,
    figures: &[NewPublishedFigure],
) -> Result<(), Error> {
    let mut places: BTreeMap<(&str, &str), i64> = BTreeMap::new();
    for figure in figures {
        let place = places
            .entry((&figure.election_id, &figure.area_code))
            .or_insert(0);
        *place += 1;
        if *place == 1 {
            let election = crate::elections::queries::election(tx, &figure.election_id).await?;
            acting
                .require(tx, Action::RegisterImport, &election.area_id, None)
                .await?;
        }
        tx.execute(
            store::ADD_PUBLISHED,
            bind![
                &figure.election_id,
                &figure.area_code,
                *place,
                &figure.label.kk,
                &figure.label.ru,
                &figure.label.en,
                &figure.figure,
                &figure.source
            ],
        )
        .await?;
    }
    for (election_id, area_code) in places.into_keys() {
        acting
            .record(
                tx,
                audit::Event {
                    event: "published_figures.added",
                    kind: "published_figures",
                    object: &[election_id, area_code],
                    contest_id: "",
                },
            )
            .await?;
    }
    Ok(())
}

#[derive(Deserialize)]
struct File {
    national: National,
    contests: Vec<OfContest>,
    #[serde(default)]
    groups: Vec<Group>,
}

#[derive(Deserialize)]
struct National {
    figures: Vec<Figure>,
    sources: Vec<String>,
}

#[derive(Deserialize)]
struct OfContest {
    area: String,
    figures: Vec<Figure>,
    source: String,
}

#[derive(Deserialize)]
struct Group {
    areas: Vec<String>,
    name: Names,
    figures: Vec<Figure>,
    source: String,
}

#[derive(Deserialize)]
struct Figure {
    measure: String,
    value: serde_json::Number,
    unit: String,
    #[serde(default)]
    candidate: String,
    #[serde(default)]
    at: String,
}

/// Reads a file of published figures such as `demo/published/akim-2023.json`. A figure published for several
/// territories together stands with each of them and says so.
///
/// # Errors
/// What is wrong with the file.
pub fn read_published(election_id: &str, text: &str) -> Result<Vec<NewPublishedFigure>, Error> {
    let file: File =
        serde_json::from_str(text).map_err(|e| Error::field("published", e.to_string()))?;
    let mut out = Vec::new();
    let mut push = |area: &str, figure: &Figure, group: Option<&Names>, source: &str| {
        out.push(NewPublishedFigure {
            election_id: election_id.to_owned(),
            area_code: area.to_owned(),
            label: label(figure, group),
            figure: match figure.unit.as_str() {
                "percent" => format!("{} %", figure.value),
                _ => figure.value.to_string(),
            },
            source: source.to_owned(),
        });
    };
    for figure in &file.national.figures {
        push("", figure, None, &file.national.sources.join("; "));
    }
    for contest in &file.contests {
        for figure in &contest.figures {
            push(&contest.area, figure, None, &contest.source);
        }
    }
    for group in &file.groups {
        for area in &group.areas {
            for figure in &group.figures {
                push(area, figure, Some(&group.name), &group.source);
            }
        }
    }
    Ok(out)
}

/// "Votes for …", "Turnout (at 16:00)", in the three languages.
fn label(figure: &Figure, group: Option<&Names>) -> Names {
    let text = |lang: Lang| {
        let t = T::new(lang);
        let key = format!("results-measure-{}", figure.measure.replace('_', "-"));
        let mut text = t
            .dynamic(&key)
            .unwrap_or_else(|| figure.measure.replace('_', " "));
        if !figure.candidate.is_empty() {
            text = format!("{text}: {}", figure.candidate);
        }
        if !figure.at.is_empty() {
            text = format!("{text} ({})", figure.at);
        }
        match group {
            Some(names) => format!("{text} – {}", names.get(lang)),
            None => text,
        }
    };
    Names::new(text(Lang::Kk), text(Lang::Ru), text(Lang::En))
}

//! What is understood of an alert before anything is opened.

use super::cap::{Alert, Part, Status};
use super::model::NewEvent;
use super::queries;
use crate::platform::database::Connection;
use crate::platform::{App, Error};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// One event of an alert, as the rules and the classifier understand it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Understood {
    /// What the alert says.
    pub part: Part,
    /// Its kind, if its words or its category tell.
    pub kind: Option<String>,
    /// Ids of its areas.
    pub areas: Vec<String>,
    /// Places that our classifier doesn't know; a place without any code or drawing is among them.
    pub unknown: Vec<String>,
    /// Only drawings say where; the areas are the districts of the stations within.
    pub by_shape: bool,
    /// Whether it would open tasks: it is meant, likely enough, and not over.
    pub acts: bool,
}

/// Understands an alert for the stations of an election.
///
/// # Errors
/// What the database reports.
pub async fn understand(
    connection: &mut Connection,
    app: &App,
    alert: &Alert,
    election_id: &str,
    day: Date,
) -> Result<Vec<Understood>, Error> {
    let rules = app.rules.watch();
    let mut all = Vec::with_capacity(alert.parts.len());
    for part in &alert.parts {
        let texts = [&part.event, &part.headline];
        let words = texts
            .iter()
            .flat_map(|n| [n.kk.as_str(), n.ru.as_str(), n.en.as_str()]);
        let kind = rules.kind_of_words(words, &part.categories);
        let (mut areas, mut unknown) = (BTreeSet::new(), Vec::new());
        let mut drawn = Vec::new();
        for place in &part.areas {
            let (known, not) = queries::areas_of(connection, &rules.cap, place, day).await?;
            if known.is_empty() {
                drawn.extend(place.shapes.iter().cloned());
                if place.shapes.is_empty() && not.is_empty() {
                    unknown.push(place.description.ru.clone());
                }
            }
            areas.extend(known.into_iter().map(|a| a.id));
            unknown.extend(not);
        }
        // A place with codes is what its codes say; a drawing decides only where there are none.
        let by_shape = areas.is_empty() && unknown.is_empty() && !drawn.is_empty();
        if !drawn.is_empty() {
            let found = queries::districts_within(connection, &drawn, election_id, day).await?;
            areas.extend(found);
        }
        let likely = rules.cap.certainties.contains(&part.certainty)
            && rules.cap.urgencies.contains(&part.urgency);
        all.push(Understood {
            kind: kind.map(|k| k.id.clone()),
            areas: areas.into_iter().collect(),
            unknown,
            by_shape,
            acts: alert.status == Status::Actual && likely,
            part: part.clone(),
        });
    }
    Ok(all)
}

/// How many stations an understood event would concern, and how many tasks it would open.
///
/// # Errors
/// What the database reports.
pub async fn reach(
    connection: &mut Connection,
    app: &App,
    alert: &Alert,
    one: &Understood,
    election_id: &str,
    day: Date,
) -> Result<(usize, usize), Error> {
    let said = NewEvent {
        election_id: election_id.to_owned(),
        kind: one.kind.clone().unwrap_or_default(),
        grade: one.part.grade,
        planned: None,
        from_at: one.part.begins(alert.name.sent),
        until_at: one.part.expires,
        words: one.part.words(),
        told_by: String::new(),
        areas: one.areas.clone(),
        shapes: one
            .part
            .areas
            .iter()
            .flat_map(|a| a.shapes.clone())
            .collect(),
        by_shape: one.by_shape,
    };
    let places = queries::places(connection, &said, day).await?;
    let now = app.clock.now();
    let over = said.until_at.is_some_and(|end| end <= now);
    let tasks = if one.acts && !over {
        let plan = app
            .rules
            .watch()
            .plan(&said.kind, said.grade, said.from_at, now, &places);
        plan.tasks.len()
    } else {
        0
    };
    Ok((places.len(), tasks))
}

//! Results for programs: JSON with metadata after DDI Codebook 2.5, CSV with one line for each figure.

use super::public::opened;
use crate::commissions::pages::AsOf;
use crate::platform::Error;
use crate::platform::web::{Ctx, as_csv, as_json};
use crate::results::export::Localised;
use crate::surveys::export::{Study, SurveyEntry};
use crate::surveys::queries::{self, Results};
use axum::extract::{Path, Query};
use axum::response::Response;
use serde_json::json;

async fn rows(ctx: &Ctx, asked: &AsOf) -> Result<Vec<SurveyEntry>, Error> {
    let before = asked.before(ctx)?;
    let mut reader = ctx.read().await?;
    let surveys = queries::opened(&mut reader, before, (queries::LIST_MOST, 0)).await?;
    Ok(surveys.iter().map(SurveyEntry::from).collect())
}

pub(super) async fn list_json(ctx: Ctx, Query(asked): Query<AsOf>) -> Result<Response, Error> {
    as_json(&json!({ "surveys": rows(&ctx, &asked).await? }))
}

pub(super) async fn list_csv(ctx: Ctx, Query(asked): Query<AsOf>) -> Result<Response, Error> {
    let head = ["id", "title_kk", "title_ru", "title_en", "state", "held_on"];
    let mut lines = vec![head.map(str::to_owned).to_vec()];
    for row in rows(&ctx, &asked).await? {
        let Localised { kk, ru, en } = row.title;
        lines.push(vec![row.id, kk, ru, en, row.state.to_owned(), row.held_on]);
    }
    as_csv(lines)
}

async fn results(ctx: &Ctx, id: &str, asked: &AsOf) -> Result<Results, Error> {
    opened(ctx, id, asked).await?.1.ok_or(Error::NotFound)
}

pub(super) async fn json(
    ctx: Ctx,
    Path(id): Path<String>,
    Query(asked): Query<AsOf>,
) -> Result<Response, Error> {
    as_json(&Study::of(&results(&ctx, &id, &asked).await?))
}

pub(super) async fn csv(
    ctx: Ctx,
    Path(id): Path<String>,
    Query(asked): Query<AsOf>,
) -> Result<Response, Error> {
    let results = results(&ctx, &id, &asked).await?;
    let head = [
        "survey",
        "held_on",
        "present",
        "answered",
        "question",
        "wording",
        "kind",
        "base",
        "option",
        "option_wording",
        "crossed_question",
        "crossed_option",
        "count",
        "low_95_tenths",
        "high_95_tenths",
        "claim",
        "wording_sha256",
    ];
    let mut lines = vec![head.map(str::to_owned).to_vec()];
    let maybe = |n: Option<u64>| n.map_or_else(String::new, |n| n.to_string());
    let start = vec![
        results.survey.id.clone(),
        results.survey.held_on.to_string(),
        maybe(results.present),
        results.answered.to_string(),
    ];
    for asked in &results.questions {
        let mut about = start.clone();
        about.push(asked.question.key.clone());
        about.push(asked.question.wording.get(ctx.lang()).to_owned());
        about.push(asked.question.kind.as_str().to_owned());
        about.push(maybe(asked.base));
        for option in &asked.options {
            let words = option.wording.get(ctx.lang()).to_owned();
            let mut line = about.clone();
            line.extend([
                option.key.clone(),
                words.clone(),
                String::new(),
                String::new(),
                maybe(option.count),
                maybe(option.wilson.map(|i| i.low_tenths)),
                maybe(option.wilson.map(|i| i.high_tenths)),
                option.claim.map_or("", |c| c.as_str()).to_owned(),
                asked.wording_sha256.clone(),
            ]);
            lines.push(line);
        }
        for cross in results
            .crosses
            .iter()
            .filter(|c| c.rows == asked.question.key)
        {
            let other = results
                .questions
                .iter()
                .find(|q| q.question.key == cross.columns);
            let columns = other.map_or(&[][..], |q| q.options.as_slice());
            for (option, cells) in asked.options.iter().zip(&cross.cells) {
                for (column, cell) in columns.iter().zip(cells) {
                    let mut line = about.clone();
                    line.extend([
                        option.key.clone(),
                        option.wording.get(ctx.lang()).to_owned(),
                        cross.columns.clone(),
                        column.key.clone(),
                        maybe(*cell),
                        String::new(),
                        String::new(),
                        String::new(),
                        asked.wording_sha256.clone(),
                    ]);
                    lines.push(line);
                }
            }
        }
    }
    as_csv(lines)
}

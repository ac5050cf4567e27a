//! `/decisions/{id}`: a decision as it was put on record: votes, dissents, whom it seated, the paper.

use super::{crumbs, id_of, kind_name};
use crate::commissions::model::Dissent;
use crate::commissions::{queries, silence};
use crate::platform::Error;
use crate::platform::i18n::{date_long, instant_long};
use crate::platform::web::{Ctx, Shell, page as render};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;

struct Seat {
    name: String,
    office: String,
    ended: bool,
    reason: String,
}

#[derive(Template)]
#[template(path = "commissions/pages/decision.html")]
struct DecisionPage {
    s: Shell,
    id: String,
    kind: String,
    title: String,
    number: String,
    day: String,
    body: String,
    body_href: String,
    withheld: bool,
    paragraphs: Vec<String>,
    votes: Option<electoral::commission::Votes>,
    needed: u32,
    dissents: Vec<(String, String)>,
    seats: Vec<Seat>,
    file: String,
    recorded: String,
}

pub(super) async fn page(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    let mut reader = ctx.read().await?;
    let decision = queries::decision(&mut reader, id_of(&id)?).await?;
    let lang = ctx.lang();
    let (body, body_href) = match &decision.commission_id {
        Some(id) => {
            let commission = queries::by_id(&mut reader, id).await?;
            (
                commission.name(ctx.t),
                format!("/commissions/{id}?as_of={}", decision.decided_on),
            )
        }
        None => (decision.body.get(lang).to_owned(), String::new()),
    };
    let withheld = silence::is_withheld(&mut reader, &ctx.app, &decision).await?;
    let dissents = queries::dissents(&mut reader, &decision.id).await?;
    let seats = queries::seats_of_decision(&mut reader, &decision.id).await?;
    let title = decision.title.get(lang).to_owned();
    let here = ctx.t.commissions_decision_no(decision.number.as_str());
    let crumbs = crumbs(&mut reader, &ctx, &decision.area_id, here).await?;
    let needed = crate::commissions::actions::rules(&ctx.app).map_or(0, |rules| {
        electoral::commission::majority(decision.votes.members, rules.majority.value)
    });
    render(&DecisionPage {
        id: decision.id.clone(),
        kind: kind_name(ctx.t, &decision.kind),
        day: date_long(lang, decision.decided_on),
        body,
        body_href,
        withheld,
        paragraphs: decision
            .text
            .lines()
            .filter(|l| !withheld && !l.trim().is_empty())
            .map(str::to_owned)
            .collect(),
        votes: (decision.votes.members > 0).then_some(decision.votes),
        needed,
        dissents: dissents
            .into_iter()
            .filter(|_| !withheld)
            .map(|Dissent { names, opinion, .. }| (names.get(lang).to_owned(), opinion))
            .collect(),
        seats: seats
            .iter()
            .map(|m| {
                let ended = m.ended_by.as_deref() == Some(&decision.id);
                Seat {
                    name: m.names.get(lang).to_owned(),
                    office: ctx
                        .t
                        .word(&format!("commissions-office-{}", m.office.as_str())),
                    reason: if ended {
                        let key = m.end_reason.replace('_', "-");
                        ctx.t.word(&format!("commissions-end-{key}"))
                    } else {
                        String::new()
                    },
                    ended,
                }
            })
            .collect(),
        file: decision
            .file_id
            .as_ref()
            .map_or_else(String::new, |id| format!("/files/{id}")),
        recorded: instant_long(lang, decision.recorded_at, &ctx.app.home_zone),
        s: ctx.shell("commissions", title.clone(), crumbs),
        title,
        number: decision.number,
    })
}

//! `/commissions/{id}`: who sits there as of a day, by which decision, what it decided, which stand below.

use super::{AsOf, DecisionLine, Line, crumbs, id_of};
use crate::commissions::model::{Commission, Decision, Level, Member};
use crate::commissions::queries;
use crate::platform::access::Action;
use crate::platform::database::Connection;
use crate::platform::i18n::{date_long, date_short};
use crate::platform::web::{Ctx, Shell, page as render};
use crate::platform::{Error, T};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use jiff::civil::Date;

/// Decisions shown on the page at most.
const DECISIONS: u32 = 50;

/// A member in the table.
pub(super) struct MemberLine {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) office: String,
    pub(super) nominator: String,
    pub(super) from: String,
    pub(super) until: String,
    pub(super) decision_href: String,
    pub(super) decision: String,
}

impl MemberLine {
    pub(super) fn new(member: &Member, by: &Decision, t: T) -> Self {
        let lang = t.lang;
        Self {
            id: member.id.clone(),
            name: member.names.get(lang).to_owned(),
            office: t.word(&format!("commissions-office-{}", member.office.as_str())),
            nominator: match &member.organisation {
                Some(names) => names.get(lang).to_owned(),
                None => nominator_name(t, &member.nominator),
            },
            from: date_short(lang, member.valid_from),
            until: member
                .valid_until
                .map_or_else(String::new, |d| date_short(lang, d)),
            decision_href: format!("/decisions/{}", by.id),
            decision: t.commissions_number_of(date_short(lang, by.decided_on), by.number.as_str()),
        }
    }
}

pub(super) fn nominator_name(t: T, nominator: &str) -> String {
    t.word(&format!(
        "commissions-nominator-{}",
        nominator.replace('_', "-")
    ))
}

/// Members on a day with the decisions that seated them.
pub(super) async fn member_lines(
    connection: &mut Connection,
    t: T,
    members: &[Member],
) -> Result<Vec<MemberLine>, Error> {
    let mut lines = Vec::with_capacity(members.len());
    let mut last: Option<Decision> = None;
    for member in members {
        let known = last.take().filter(|d| d.id == member.seated_by);
        let by = match known {
            Some(decision) => decision,
            None => queries::decision(connection, &member.seated_by).await?,
        };
        lines.push(MemberLine::new(member, &by, t));
        last = Some(by);
    }
    Ok(lines)
}

#[derive(Template)]
#[template(path = "commissions/pages/show.html")]
struct ShowPage {
    s: Shell,
    id: String,
    name: String,
    kicker: String,
    as_of: String,
    day: String,
    size: u64,
    seated: u64,
    quorum: u32,
    majority: u32,
    term: String,
    members: Vec<MemberLine>,
    decisions: Vec<DecisionLine>,
    above: Option<Line>,
    below: Vec<Line>,
    may_seat: bool,
    may_decide: bool,
}

pub(super) async fn page(
    ctx: Ctx,
    Path(id): Path<String>,
    Query(as_of): Query<AsOf>,
) -> Result<Response, Error> {
    let day = as_of.day(&ctx)?;
    let mut reader = ctx.read().await?;
    let commission = queries::by_id(&mut reader, id_of(&id)?).await?;
    let composition = queries::composition(&mut reader, &commission.id, day).await?;
    let (quorum, majority) = needed(&ctx, composition.len())?;
    let query = as_of.query();
    let name = commission.name(ctx.t);
    let crumbs = crumbs(&mut reader, &ctx, &commission.area_id, name.clone()).await?;
    let decisions =
        queries::decisions_of_commission(&mut reader, &commission.id, DECISIONS).await?;
    let page = ShowPage {
        kicker: kicker(&commission, &crumbs),
        as_of: date_long(ctx.lang(), day),
        day: day.to_string(),
        size: commission.size,
        seated: u64::try_from(composition.len()).map_err(Error::internal)?,
        quorum,
        majority,
        term: ctx.t.commissions_term(
            date_short(ctx.lang(), commission.term_from),
            date_short(ctx.lang(), commission.term_until),
        ),
        members: member_lines(&mut reader, ctx.t, &composition).await?,
        decisions: decisions
            .iter()
            .map(|d| DecisionLine::new(d, ctx.t))
            .collect(),
        above: above(&mut reader, &ctx, &commission, &query).await?,
        below: below(&mut reader, &ctx, &commission, day, &query).await?,
        may_seat: may(&mut reader, &ctx, Action::MemberSeat, &commission).await?,
        may_decide: may(&mut reader, &ctx, Action::DecisionRecord, &commission).await?,
        s: ctx.shell("commissions", name.clone(), crumbs),
        name,
        id: commission.id,
    };
    render(&page)
}

/// Members that make a quorum, and votes that make a decision.
fn needed(ctx: &Ctx, members: usize) -> Result<(u32, u32), Error> {
    let members = u32::try_from(members).map_err(Error::internal)?;
    Ok(match crate::commissions::actions::rules(&ctx.app) {
        Some(rules) => (
            electoral::commission::quorum(members, rules.quorum.value),
            electoral::commission::majority(members, rules.majority.value),
        ),
        None => (0, 0),
    })
}

fn kicker(commission: &Commission, crumbs: &[crate::platform::web::Crumb]) -> String {
    let skip = if commission.level == Level::Central {
        1
    } else {
        2
    };
    let above: Vec<&str> = crumbs
        .iter()
        .skip(skip)
        .filter(|c| !c.href.is_empty())
        .map(|c| c.text.as_str())
        .collect();
    above.join(" · ")
}

async fn above(
    connection: &mut Connection,
    ctx: &Ctx,
    commission: &Commission,
    query: &str,
) -> Result<Option<Line>, Error> {
    let Some(id) = &commission.parent_id else {
        return Ok(None);
    };
    let parent = queries::by_id(connection, id).await?;
    Ok(Some(Line::new(&parent, ctx.t, query, 0)))
}

async fn below(
    connection: &mut Connection,
    ctx: &Ctx,
    commission: &Commission,
    day: Date,
    query: &str,
) -> Result<Vec<Line>, Error> {
    let counts = if commission.level == Level::District {
        Default::default()
    } else {
        queries::count_below(connection, day).await?
    };
    let found = queries::below(connection, &commission.id, day).await?;
    Ok(found
        .iter()
        .map(|c| Line::new(c, ctx.t, query, counts.get(&c.id).copied().unwrap_or(0)))
        .collect())
}

/// Whether the reader may act here: decides about a link only, the action decides again.
async fn may(
    connection: &mut Connection,
    ctx: &Ctx,
    action: Action,
    commission: &Commission,
) -> Result<bool, Error> {
    match ctx.acting() {
        Ok(acting) => {
            acting
                .may(connection, action, &commission.area_id, None)
                .await
        }
        Err(_) => Ok(false),
    }
}

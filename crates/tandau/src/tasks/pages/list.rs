//! `/office/tasks`: four lists of what concerns the reader, with filters.

use super::words::{self, Places};
use crate::platform::access::{Action, Grant};
use crate::platform::database::Connection;
use crate::platform::i18n::instant_long;
use crate::platform::web::{Choice, Crumb, Ctx, Shell, page as render};
use crate::platform::{Acting, Error, areas};
use crate::tasks::model::{Addressee, List, Task};
use crate::tasks::queries::{self, BodyNames, Scope, Wanted};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use electoral::checklist::Severity;
use serde::Deserialize;

/// Tasks on one page.
const ON_PAGE: u32 = 50;
/// Characters of a search at most.
const MAX_WORDS: usize = 100;

/// What the page is asked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    list: String,
    kind: String,
    area: String,
    severity: String,
    station: String,
    q: String,
    owner: String,
    office: String,
    page: String,
}

/// One of the reader's offices that has to do with tasks.
#[derive(Clone, Debug)]
pub(super) struct Desk {
    pub(super) scope: Scope,
    pub(super) grant: Grant,
}

impl Desk {
    /// What an office sees: commissions their area, officers of state bodies what is addressed to them.
    pub(super) fn of(acting: &Acting, grant: &Grant) -> Option<Self> {
        let sees = acting
            .app()
            .policy
            .powers(Action::TaskSee)
            .iter()
            .any(|power| power.who.iter().any(|who| who == grant.role.as_str()));
        let scope = match grant.role.body() {
            Some(kind) => Scope::Addressed(Addressee {
                kind: kind.to_owned(),
                area_id: grant.area_id.clone(),
            }),
            None => Scope::Under(grant.area_id.clone()),
        };
        sees.then(|| Self {
            scope,
            grant: grant.clone(),
        })
    }
}

/// What is asked for, read.
pub(super) struct Read {
    pub(super) desk: Desk,
    pub(super) wanted: Wanted,
    pub(super) list: List,
    page: u32,
    /// The area filter names no area.
    area_unknown: bool,
    index: usize,
    desks: Vec<Desk>,
}

impl Asked {
    /// Reads what was asked; what means nothing asks for nothing.
    pub(super) async fn read(
        &self,
        connection: &mut Connection,
        acting: &Acting,
    ) -> Result<Read, Error> {
        let grants = acting.actor().grants.iter();
        let desks: Vec<Desk> = grants.filter_map(|grant| Desk::of(acting, grant)).collect();
        let index = self.office.parse::<usize>().unwrap_or(0);
        let index = if index < desks.len() { index } else { 0 };
        let desk = desks.get(index).cloned();
        let code = self.area.trim();
        let area_id = areas::by_typed_code(connection, code, acting.today()).await?;
        let owner = self.owner.trim();
        let owner_area_id = areas::by_typed_code(connection, owner, acting.today()).await?;
        let known = |kind: &str| {
            kind == Addressee::COMMISSION || crate::platform::access::Role::BODIES.contains(&kind)
        };
        let station: String = self.station.trim().chars().take(9).collect();
        Ok(Read {
            desk: desk.ok_or(Error::Forbidden(Action::TaskSee.name()))?,
            wanted: Wanted {
                kind: Some(self.kind.clone())
                    .filter(|k| known(k))
                    .unwrap_or_default(),
                area_id: area_id.clone().unwrap_or_default(),
                severity: Severity::parse(&self.severity)
                    .map_or("", Severity::as_str)
                    .to_owned(),
                station: if station.bytes().all(|b| b.is_ascii_digit()) {
                    station
                } else {
                    String::new()
                },
                words: self.q.trim().chars().take(MAX_WORDS).collect(),
                owner_area_id: owner_area_id.unwrap_or_default(),
            },
            list: List::parse(&self.list).unwrap_or(List::Overdue),
            page: self.page.parse::<u32>().unwrap_or(1).clamp(1, 10_000),
            area_unknown: !code.is_empty() && area_id.is_none(),
            index,
            desks,
        })
    }

    /// The query of the same filters for a list and page.
    fn query(&self, read: &Read, list: List, page: u32) -> String {
        let (office, page) = (read.index.to_string(), page.to_string());
        let pairs = [
            ("list", list.as_str()),
            ("kind", &read.wanted.kind),
            ("area", self.area.trim()),
            ("owner", self.owner.trim()),
            ("severity", &read.wanted.severity),
            ("station", &read.wanted.station),
            ("q", &read.wanted.words),
            ("office", if read.index == 0 { "" } else { &office }),
            ("page", if page == "1" { "" } else { &page }),
        ];
        let kept: Vec<_> = pairs
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .collect();
        serde_urlencoded::to_string(kept).unwrap_or_default()
    }
}

struct Tab {
    href: String,
    text: String,
    count: u64,
    current: bool,
}

/// A task in a list.
pub(super) struct Line {
    href: String,
    title: String,
    place: String,
    who: String,
    severity: String,
    shape: &'static str,
    state: String,
    due: String,
    left: String,
    late: bool,
    level: u64,
}

#[derive(Template)]
#[template(path = "tasks/pages/list.html")]
struct ListPage {
    s: Shell,
    as_of: String,
    office: String,
    others: Vec<(String, String)>,
    tabs: Vec<Tab>,
    lines: Vec<Line>,
    list: &'static str,
    index: String,
    kinds: Vec<Choice>,
    severities: Vec<Choice>,
    area: String,
    area_error: String,
    station: String,
    q: String,
    addressed: bool,
    may_give: bool,
    page: u32,
    pages: u32,
    previous: String,
    next: String,
    csv: String,
    bodies: bool,
}

pub(super) async fn page(ctx: Ctx, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let t = ctx.t;
    let acting = ctx.acting()?;
    let (now, day, lang) = (acting.now(), acting.today(), ctx.lang());
    let mut reader = ctx.read().await?;
    let read = asked.read(&mut reader, &acting).await?;
    let counts = queries::counts(&mut reader, &read.desk.scope, &read.wanted, now).await?;
    // Without a wish the first list that has something is shown.
    let list = if asked.list.is_empty() {
        let filled = List::ALL.iter().copied().find(|list| counts.of(*list) > 0);
        filled.unwrap_or(List::Open)
    } else {
        read.list
    };
    let offset = (read.page - 1) * ON_PAGE;
    let scope = &read.desk.scope;
    let found = queries::list(
        &mut reader,
        scope,
        &read.wanted,
        (list, now),
        (ON_PAGE, offset),
    )
    .await?;
    let (mut names, mut places) = (BodyNames::default(), Places::default());
    let mut lines = Vec::with_capacity(found.len());
    for task in &found {
        let place = places.of(&mut reader, task, lang, day).await?;
        let who = names.of(&mut reader, &task.addressee, day).await?;
        lines.push(line(&ctx, task, &place, who.get(lang)));
    }
    let office = office_name(&ctx, &mut reader, &read.desk.grant).await?;
    let mut others = Vec::new();
    for (index, desk) in read.desks.iter().enumerate() {
        if index != read.index {
            let name = office_name(&ctx, &mut reader, &desk.grant).await?;
            others.push((format!("/office/tasks?office={index}"), name));
        }
    }
    let area = &read.desk.grant.area_id;
    let may_give = acting
        .may(&mut reader, Action::TaskGive, area, None)
        .await?;
    let total = counts.of(list);
    let pages = u32::try_from(total.div_ceil(u64::from(ON_PAGE)).max(1)).unwrap_or(u32::MAX);
    let to = |page: u32| format!("/office/tasks?{}", asked.query(&read, list, page));
    let title = t.tasks_title();
    let crumbs = vec![
        Crumb::to("/office", t.shell_nav_office()),
        Crumb::here(title.clone()),
    ];
    render(&ListPage {
        s: ctx.shell("office", title, crumbs),
        as_of: instant_long(lang, now, &ctx.app.home_zone),
        office,
        others,
        tabs: List::ALL
            .iter()
            .map(|one| Tab {
                href: format!("/office/tasks?{}", asked.query(&read, *one, 1)),
                text: t.word(&format!("tasks-list-{}", one.as_str())),
                count: counts.of(*one),
                current: *one == list,
            })
            .collect(),
        lines,
        list: list.as_str(),
        index: read.index.to_string(),
        kinds: kinds(&ctx, &read.wanted.kind),
        severities: severities(&ctx, &read.wanted.severity),
        area: asked.area.trim().chars().take(MAX_WORDS).collect(),
        area_error: if read.area_unknown {
            t.areas_unknown()
        } else {
            String::new()
        },
        station: read.wanted.station.clone(),
        q: read.wanted.words.clone(),
        addressed: matches!(scope, Scope::Addressed(_)),
        may_give,
        page: read.page,
        pages,
        previous: if read.page > 1 {
            to(read.page - 1)
        } else {
            String::new()
        },
        next: if read.page < pages {
            to(read.page + 1)
        } else {
            String::new()
        },
        csv: format!("/office/tasks.csv?{}", asked.query(&read, list, 1)),
        bodies: matches!(scope, Scope::Under(_)),
    })
}

fn line(ctx: &Ctx, task: &Task, place: &words::Place, who: &str) -> Line {
    let now = ctx.app.clock.now();
    let (shape, state) = words::state(ctx.t, task.state);
    Line {
        href: format!("/office/tasks/{}", task.id),
        title: task.title.get(ctx.lang()).to_owned(),
        place: place.name.clone(),
        who: who.to_owned(),
        severity: words::severity(ctx.t, task.severity),
        shape,
        state,
        due: words::due(ctx.lang(), task, place),
        left: words::left(ctx.t, task, now),
        late: task.is_overdue(now),
        level: task.level,
    }
}

/// An office with its area.
pub(super) async fn office_name(
    ctx: &Ctx,
    connection: &mut Connection,
    grant: &Grant,
) -> Result<String, Error> {
    let area = areas::by_id(connection, &grant.area_id, ctx.app.today()).await?;
    let office = ctx.t.word(&grant.role.message_key());
    Ok(format!("{office} · {}", area.names.get(ctx.lang())))
}

fn kinds(ctx: &Ctx, current: &str) -> Vec<Choice> {
    let any = Choice::new("", ctx.t.tasks_any(), current);
    std::iter::once(any)
        .chain(super::new::addressee_kinds(ctx.t, current))
        .collect()
}

fn severities(ctx: &Ctx, current: &str) -> Vec<Choice> {
    let any = Choice::new("", ctx.t.tasks_any(), current);
    let all = Severity::ALL
        .into_iter()
        .map(|one| Choice::new(one.as_str(), words::severity(ctx.t, one), current));
    std::iter::once(any).chain(all).collect()
}

//! An election: sums up to the region and the country, and all its contests.

use super::crumbs;
use super::home::{ProgressView, Row, progress_view, rows};
use super::slots::{Slots, coverage};
use super::text;
use super::turnout::{TurnoutView, turnout_view};
use super::words::{as_of, n, name, progress_of, published_figure, share};
use crate::elections::pages::{Tabs, manage};
use crate::platform::database::Connection;
use crate::platform::i18n::date_long;
use crate::platform::maps::{ATTRIBUTION, AreaSpec, Map, MapSpec};
use crate::platform::web::{Crumb, Ctx, Shell, Shows};
use crate::platform::{Error, T};
use crate::results::model::{Moment, Progress};
use crate::results::queries::{self, Contest, Election, PublicVotes, SlotTotal, Sums};
use askama::Template;
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "results/pages/election.html")]
struct ElectionPage {
    s: Shell,
    tabs: Tabs,
    href: String,
    /// Ways into the office, for those who have work there.
    manage: Vec<(String, String)>,
    live: String,
    kicker: String,
    title: String,
    counted: String,
    as_of: String,
    progress: Option<ProgressView>,
    turnout: TurnoutView,
    map: String,
    attribution: String,
    public: bool,
    regions: Vec<RegionRow>,
    total: RegionRow,
    groups: Vec<Group>,
    contests: u64,
    embargo: String,
    published: Vec<(String, String, String)>,
    synthetic: bool,
}

/// Sums of a region, or of all.
struct RegionRow {
    code: String,
    name: String,
    contests: String,
    counted: String,
    voters: String,
    received: String,
    turnout: String,
    reporting: String,
    took_part: String,
    invalid: String,
    against_all: String,
}

/// The contests of a region.
struct Group {
    code: String,
    name: String,
    rows: Vec<Row>,
}

pub(super) async fn election(
    ctx: Ctx,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    ctx.app
        .kept
        .or_render(&ctx, &headers, Shows::All, async {
            let mut reader = ctx.read().await?;
            let election = queries::election(&mut reader, &id).await?;
            let built = build(&ctx, &mut reader, &election).await?;
            drop(reader);
            text(&built)
        })
        .await
}

async fn build(
    ctx: &Ctx,
    reader: &mut Connection,
    election: &Election,
) -> Result<ElectionPage, Error> {
    let t = ctx.t;
    let now = ctx.app.clock.now();
    let contests = queries::contests(reader, &election.id).await?;
    let hours = queries::hours(reader, election).await?;
    let votes = queries::public_votes(reader, &election.id, now).await?;
    let moment = queries::moment(election, &contests, &hours, &votes, now);
    let reports = queries::turnout_of_election(reader, &election.id).await?;
    let public = moment.votes_are_public();
    let sums = queries::sums_of_election(reader, &election.id, &votes).await?;
    let elected = queries::elected_names(reader, &election.id, &votes, t.lang).await?;
    let published = if public {
        queries::published(reader, &election.id, "").await?
    } else {
        Vec::new()
    };
    let slots = Slots::of(&ctx.app, election);
    let compared = slots.compared(&reports, progress_of(&contests).expected);
    let progress = progress_of(&contests);
    let mut country = Sums::default();
    for contest in sums.values() {
        country.add_all(contest)?;
    }
    let sheet = Sheet {
        t,
        slots: &slots,
        compared: compared.as_ref().map(|sum| sum.slot.as_str()),
        reports: &reports,
        sums: &sums,
        public,
    };
    let regions = regions(&contests);
    let title = name(&election.title, t.lang);
    let href = election.href();
    Ok(ElectionPage {
        s: ctx.shell(
            "elections",
            title.clone(),
            crumbs(
                ctx,
                vec![
                    Crumb::to("/elections", t.shell_nav_elections()),
                    Crumb::here(title.clone()),
                ],
            ),
        ),
        tabs: Tabs::new(t, &election.id, ""),
        manage: manage::of_election(ctx, &election.id),
        live: format!("{href}/live"),
        kicker: date_long(t.lang, election.voting_day),
        title,
        counted: t.results_stations_counted(progress.accepted, progress.expected),
        as_of: as_of(t, now, &election.zone),
        progress: (progress.missing() < progress.expected).then(|| progress_view(t, &progress)),
        turnout: turnout_view(
            t,
            "turnout",
            &slots,
            &reports,
            progress.expected,
            (public && progress.is_complete()).then_some(&country),
        ),
        map: draw(t, &regions, &href)?,
        attribution: ctx.t.results_map_attribution(ATTRIBUTION),
        public,
        total: sheet.row("", t.results_total(), &contests.iter().collect::<Vec<_>>())?,
        regions: regions
            .iter()
            .map(|r| sheet.row(&r.code, r.name.get(t.lang).to_owned(), &r.contests))
            .collect::<Result<_, _>>()?,
        groups: groups(t, &regions, moment, &votes, &elected),
        contests: u64::try_from(contests.len()).unwrap_or(u64::MAX),
        embargo: if public {
            String::new()
        } else {
            t.results_embargo_note()
        },
        published: published
            .into_iter()
            .map(|p| {
                (
                    name(&p.label, t.lang),
                    published_figure(t.lang, &p.figure),
                    p.source,
                )
            })
            .collect(),
        synthetic: election.synthetic,
        href,
    })
}

/// Contests by region.
struct Region<'c> {
    code: String,
    name: crate::platform::Names,
    contests: Vec<&'c Contest>,
}

fn regions(contests: &[Contest]) -> Vec<Region<'_>> {
    let mut by_code: BTreeMap<&str, Region<'_>> = BTreeMap::new();
    for contest in contests {
        by_code
            .entry(&contest.region_code)
            .or_insert_with(|| Region {
                code: contest.region_code.clone(),
                name: contest.region.clone(),
                contests: Vec::new(),
            })
            .contests
            .push(contest);
    }
    by_code.into_values().collect()
}

/// What the sums are made of.
struct Sheet<'a> {
    t: T,
    slots: &'a Slots,
    /// The hour by which regions are compared: the same for all.
    compared: Option<&'a str>,
    reports: &'a [SlotTotal],
    sums: &'a BTreeMap<String, Sums>,
    public: bool,
}

impl Sheet<'_> {
    fn row(&self, code: &str, name: String, contests: &[&Contest]) -> Result<RegionRow, Error> {
        let t = self.t;
        let progress = contests
            .iter()
            .fold(Progress::default(), |sum, c| sum.plus(c.progress));
        let voters = contests
            .iter()
            .fold(0_u64, |sum, c| sum.saturating_add(c.voters_on_lists));
        let mut sums = Sums::default();
        for contest in contests {
            if let Some(of_contest) = self.sums.get(&contest.id) {
                sums.add_all(of_contest)?;
            }
        }
        let reports: Vec<SlotTotal> = self
            .reports
            .iter()
            .filter(|r| contests.iter().any(|c| c.id == r.contest_id))
            .cloned()
            .collect();
        let reported = self.compared.and_then(|slot| self.slots.at(slot, &reports));
        let (received, on_list, reporting) = match reported {
            _ if self.public && progress.is_complete() => {
                (sums.received(), sums.on_list(), t.results_from_protocols())
            }
            Some(sum) => (
                sum.received,
                sum.voters,
                coverage(t, &sum, progress.expected),
            ),
            None => (0, 0, String::new()),
        };
        let counted = self.public && progress.accepted > 0;
        let figure = |value: u64| {
            if counted {
                n(t, value)
            } else {
                "–".to_owned()
            }
        };
        Ok(RegionRow {
            code: code.to_owned(),
            name,
            contests: n(t, u64::try_from(contests.len()).unwrap_or(u64::MAX)),
            counted: t.results_x_of_y(progress.accepted, progress.expected),
            voters: n(t, voters),
            received: n(t, received),
            turnout: share(t, received, on_list),
            reporting,
            took_part: figure(sums.took_part()),
            invalid: figure(sums.line("invalid")),
            against_all: figure(sums.line("against_all")),
        })
    }
}

fn groups(
    t: T,
    regions: &[Region<'_>],
    moment: Moment,
    votes: &PublicVotes,
    elected: &BTreeMap<String, String>,
) -> Vec<Group> {
    regions
        .iter()
        .map(|region| {
            let contests: Vec<Contest> = region.contests.iter().map(|c| (*c).clone()).collect();
            Group {
                code: region.code.clone(),
                name: region.name.get(t.lang).to_owned(),
                rows: rows(t, &contests, moment, votes, elected),
            }
        })
        .collect()
}

/// Regions shaded by the share of stations counted.
fn draw(t: T, regions: &[Region<'_>], href: &str) -> Result<String, Error> {
    let map = Map::regions().map_err(Error::internal)?;
    let texts: Vec<(String, String, String, u8)> = regions
        .iter()
        .map(|r| {
            let progress = r
                .contests
                .iter()
                .fold(Progress::default(), |sum, c| sum.plus(c.progress));
            let percent = progress
                .accepted
                .saturating_mul(100)
                .checked_div(progress.expected)
                .unwrap_or(0);
            let shade = if percent == 100 {
                6
            } else {
                u8::try_from(percent / 18).unwrap_or(5).min(5)
            };
            (
                format!("{href}#region-{}", r.code),
                t.results_map_area_counted(
                    r.name.get(t.lang).to_owned(),
                    progress.accepted,
                    progress.expected,
                ),
                percent.to_string(),
                shade,
            )
        })
        .collect();
    let areas: Vec<AreaSpec<'_>> = regions
        .iter()
        .zip(&texts)
        .map(|(r, (href, title, percent, shade))| AreaSpec {
            code: &r.code,
            shade: Some(*shade),
            label: percent,
            href: Some(href),
            title,
        })
        .collect();
    Ok(map.render(&MapSpec {
        id: "map",
        title: &t.results_map_counted(),
        desc: &t.results_map_desc_percent(),
        areas: &areas,
    }))
}

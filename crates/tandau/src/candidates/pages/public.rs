//! Who was nominated, who came onto the ballot, and why others did not.

use crate::candidates::model::{Candidate, CandidateEvent, CandidateState, Funnel};
use crate::candidates::queries;
use crate::elections::calendar::language;
use crate::elections::pages::{Tabs, cite, shell_of};
use crate::elections::{Contest, queries as elections};
use crate::platform::i18n::{date_long, date_short, instant_long};
use crate::platform::web::{Ctx, Shell, page};
use crate::platform::{Error, T};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use electoral::RulePack;
use electoral::rules::Confidence;
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "candidates/pages/public.html")]
struct Page {
    s: Shell,
    tabs: Tabs,
    title: String,
    funnel: Funnel,
    synthetic: bool,
    undecided: u64,
    losses: Vec<LossRow>,
    requirements: Vec<Requirement>,
    contests: Vec<ContestPart>,
    against_all: bool,
}

/// A reason with how many it stopped, before and after registration.
#[derive(Default)]
struct LossRow {
    reason: String,
    article: String,
    before: u64,
    after: u64,
}

/// A row of the eligibility table.
pub(crate) struct Requirement {
    pub(crate) requirement: String,
    pub(crate) value: String,
    pub(crate) evidence: String,
    pub(crate) checker: String,
    pub(crate) article: String,
    pub(crate) gap: bool,
}

struct ContestPart {
    anchor: String,
    href: String,
    name: String,
    region: String,
    remarks: Vec<String>,
    lines: Vec<Line>,
}

/// A candidate as tables show one.
pub(super) struct Line {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) occupation: String,
    pub(super) year: i64,
    pub(super) by: String,
    pub(super) kind: &'static str,
    pub(super) state: String,
    pub(super) day: String,
    pub(super) reason: String,
    pub(super) article: String,
    pub(super) position: String,
    pub(super) signatures: String,
}

impl Line {
    pub(super) fn of(t: T, pack: &RulePack, c: &Candidate, events: &[CandidateEvent]) -> Self {
        let lang = language(t.lang);
        let loss = pack.loss(&c.reason_code);
        let nominator = pack
            .nominator(&c.nominated_by)
            .map(|n| n.name.get(lang).to_owned())
            .unwrap_or_default();
        Self {
            id: c.id.clone(),
            name: c.names.get(t.lang).to_owned(),
            occupation: c.occupation.get(t.lang).to_owned(),
            year: c.birth_year,
            by: c
                .organisation
                .as_ref()
                .map_or(nominator, |o| o.get(t.lang).to_owned()),
            kind: match c.state {
                CandidateState::OnBallot => "done",
                CandidateState::Registered => "partial",
                CandidateState::Nominated => "open",
                _ => "trouble",
            },
            state: t.word(&format!("candidates-state-{}", c.state.as_str())),
            day: events
                .last()
                .map(|e| date_short(t.lang, e.on_day))
                .unwrap_or_default(),
            reason: loss
                .map(|l| l.name.get(lang).to_owned())
                .unwrap_or_default(),
            article: loss.map(|l| cite(t, pack, &l.source)).unwrap_or_default(),
            position: c
                .ballot_position
                .map(|p| t.candidates_position(p))
                .unwrap_or_default(),
            signatures: c
                .signatures_valid
                .zip(c.signatures_needed)
                .map(|(valid, needed)| t.candidates_signatures(needed, valid))
                .unwrap_or_default(),
        }
    }
}

/// On the ballot in its order; then those still in the race; then those who left it.
pub(super) fn in_order(mut of: Vec<Candidate>) -> Vec<Candidate> {
    of.sort_by_cached_key(|c| {
        (
            !c.state.is_active(),
            c.ballot_position.is_none(),
            c.ballot_position,
            electoral::collation::sort_key(&c.names.kk),
        )
    });
    of
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    let mut connection = ctx.read().await?;
    let election = elections::election(&mut connection, &id).await?;
    let pack = ctx.app.rules.get(&election.rules_id)?;
    let contests = elections::contests(&mut connection, &election.id).await?;
    let all = queries::all_of_election(&mut connection, &election.id).await?;
    let events = queries::events_of_election(&mut connection, &election.id).await?;
    let funnel = queries::funnel(&mut connection, &election.id).await?;
    let t = ctx.t;
    let undecided = all
        .iter()
        .filter(|c| c.state.is_active() && c.state != CandidateState::OnBallot)
        .count();
    let title = t.candidates_title();
    page(&Page {
        s: shell_of(&ctx, &election, title.clone()),
        tabs: Tabs::new(t, &election.id, "candidates"),
        title,
        funnel,
        synthetic: election.synthetic,
        undecided: u64::try_from(undecided).unwrap_or(u64::MAX),
        losses: losses(t, &pack, &all, &events),
        requirements: requirements(t, &pack),
        against_all: queries::against_all(&pack),
        contests: parts(t, &pack, &contests, all, &events)?,
    })
}

fn parts(
    t: T,
    pack: &RulePack,
    contests: &[Contest],
    all: Vec<Candidate>,
    events: &BTreeMap<String, Vec<CandidateEvent>>,
) -> Result<Vec<ContestPart>, Error> {
    let mut of: BTreeMap<String, Vec<Candidate>> = BTreeMap::new();
    for candidate in all {
        of.entry(candidate.contest_id.clone())
            .or_default()
            .push(candidate);
    }
    let mut parts = Vec::with_capacity(contests.len());
    for contest in contests {
        let lines = in_order(of.remove(&contest.id).unwrap_or_default())
            .iter()
            .map(|c| Line::of(t, pack, c, events.get(&c.id).map_or(&[], Vec::as_slice)))
            .collect();
        parts.push(ContestPart {
            anchor: contest.area_code.clone(),
            href: contest.href(),
            name: contest.names.get(t.lang).to_owned(),
            region: contest.region_names.get(t.lang).to_owned(),
            remarks: remarks(t, contest, lines_extended(contest, pack)?)?,
            lines,
        });
    }
    Ok(parts)
}

/// Whether nomination here lasts longer than the rules' own end.
fn lines_extended(contest: &Contest, pack: &RulePack) -> Result<bool, Error> {
    let plan = crate::elections::calendar::Plan::of_rules(
        pack,
        contest.voting_day,
        &contest.time_zone()?,
    )?;
    Ok(contest
        .nomination_until
        .zip(plan.until("nomination_end"))
        .is_some_and(|(until, regular)| until > regular))
}

fn remarks(t: T, contest: &Contest, extended: bool) -> Result<Vec<String>, Error> {
    let mut remarks = Vec::new();
    if contest.state == crate::elections::ContestState::Postponed {
        remarks.push(t.candidates_contest_moved(date_long(t.lang, contest.voting_day)));
    }
    if let (Some(until), true) = (contest.nomination_until, extended) {
        let zone = contest.time_zone()?;
        remarks.push(t.candidates_contest_extended(instant_long(t.lang, until, &zone)));
    }
    Ok(remarks)
}

/// Counts losses by reason: every nomination that ended is here exactly once.
fn losses(
    t: T,
    pack: &RulePack,
    all: &[Candidate],
    events: &BTreeMap<String, Vec<CandidateEvent>>,
) -> Vec<LossRow> {
    let mut rows: BTreeMap<&str, LossRow> = BTreeMap::new();
    for candidate in all.iter().filter(|c| !c.state.is_active()) {
        let row = rows.entry(candidate.reason_code.as_str()).or_default();
        let registered = events
            .get(&candidate.id)
            .is_some_and(|e| e.iter().any(|e| e.state == CandidateState::Registered));
        if registered {
            row.after += 1;
        } else {
            row.before += 1;
        }
    }
    let lang = language(t.lang);
    let mut rows: Vec<LossRow> = rows
        .into_iter()
        .map(|(code, row)| {
            let loss = pack.loss(code);
            LossRow {
                reason: loss.map_or_else(|| code.to_owned(), |l| l.name.get(lang).to_owned()),
                article: loss.map(|l| cite(t, pack, &l.source)).unwrap_or_default(),
                ..row
            }
        })
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.before + row.after));
    rows
}

/// What a rule pack asks of candidates.
pub(crate) fn requirements(t: T, pack: &RulePack) -> Vec<Requirement> {
    let lang = language(t.lang);
    pack.eligibility
        .iter()
        .map(|row| Requirement {
            requirement: row.requirement.get(lang).to_owned(),
            value: row.value.map(|v| v.to_string()).unwrap_or_default(),
            evidence: row.evidence.get(lang).to_owned(),
            checker: row.checker.get(lang).to_owned(),
            article: cite(t, pack, &row.source),
            gap: row.source.confidence == Confidence::Gap,
        })
        .collect()
}

//! `/office/training/cascade`: session → trainer → their own session, drawn as a tree with a list and a table beside.

use super::tree::{Line, fold_to, walk};
use super::{crumbs, level, state};
use crate::elections::queries as elections;
use crate::platform::access::Action;
use crate::platform::charts::{Branch as Drawn, Caption, Leaf, TreeChart};
use crate::platform::i18n::{date_short, number};
use crate::platform::web::{Choice, Ctx, Shell, page as render};
use crate::platform::{Error, ids};
use crate::training::model::{ProgrammeState, SessionState};
use crate::training::queries::{self, Edge, Node};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Lines of the drawing at most; longer lists are folded away.
const MOST: usize = 60;

/// What may stand behind the question mark.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    programme: String,
    #[serde(default)]
    election: String,
}

/// A session in the tree. `opens` begins a list below the line before; `closes` ends that many lists.
struct Branch {
    /// Its place among the nodes.
    index: usize,
    held: bool,
    first: bool,
    opens: bool,
    closes: Vec<()>,
    href: String,
    area: String,
    level: String,
    day: String,
    trainers: String,
    people: String,
    shape: &'static str,
    state: String,
}

struct Row {
    href: String,
    area: String,
    level: String,
    day: String,
    trainers: String,
    taught: Vec<(String, String)>,
    people: String,
}

#[derive(Template)]
#[template(path = "training/pages/cascade.html")]
struct CascadePage {
    s: Shell,
    programmes: Vec<Choice>,
    elections: Vec<Choice>,
    counts: Vec<String>,
    chart: String,
    /// The drawing has everything, and list and table are short.
    small: bool,
    sessions: String,
    tree: Vec<Branch>,
    /// Lists still open after the last line.
    ends: Vec<()>,
    rows: Vec<Row>,
}

/// Trainers of a session, each once.
fn trainers(edges: &[&Edge], lang: crate::platform::Lang) -> String {
    let mut names: Vec<&str> = Vec::new();
    for edge in edges {
        let name = edge.trainer.names.get(lang);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join("; ")
}

/// The drawing: what each line says is in the list as well.
fn chart(ctx: &Ctx, lines: &[Line], tree: &[Branch], counts: &[String]) -> String {
    let t = ctx.t;
    let mut texts: Vec<(usize, Leaf, String, String)> = Vec::new();
    // The list has the sessions in the same order.
    let mut listed = tree.iter();
    for line in lines {
        texts.push(match line {
            Line::Session(index, depth) => {
                let Some(branch) = listed.by_ref().find(|b| b.index == *index) else {
                    continue;
                };
                let leaf = if branch.held { Leaf::Done } else { Leaf::Open };
                let mut note = format!("{} · {} · {}", branch.level, branch.state, branch.people);
                if !branch.trainers.is_empty() {
                    note = format!("{note} · {}", branch.trainers);
                }
                (
                    *depth,
                    leaf,
                    format!("{}, {}", branch.area, branch.day),
                    note,
                )
            }
            Line::More {
                depth,
                sessions,
                people,
            } => {
                let (sessions, people) = (number(t.lang, *sessions), number(t.lang, *people));
                let text = t.training_cascade_more(people, sessions);
                (*depth, Leaf::Folded, text, String::new())
            }
        });
    }
    let branches: Vec<Drawn<'_>> = texts
        .iter()
        .map(|(depth, leaf, label, note)| Drawn {
            depth: *depth,
            leaf: *leaf,
            label,
            note,
        })
        .collect();
    TreeChart {
        caption: Caption {
            id: "cascade",
            title: &t.training_cascade(),
            desc: &counts.join(". "),
        },
        branches: &branches,
    }
    .render()
}

pub(super) async fn page(ctx: Ctx, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let t = ctx.t;
    let lang = t.lang;
    let acting = ctx.acting()?;
    let mut reader = ctx.read().await?;
    let all = queries::programmes(&mut reader).await?;
    let open = || all.iter().filter(|p| p.state != ProgrammeState::Draft);
    let programme = open()
        .find(|p| p.says.id == asked.programme)
        .or_else(|| open().max_by_key(|p| p.says.level_until.saturating_sub(p.says.level_from)));
    let elections = elections::elections(&mut reader).await?;
    let election = elections
        .iter()
        .find(|e| ids::is_id(&asked.election) && e.id == asked.election)
        .or_else(|| elections.first());
    let (mut nodes, mut edges): (Vec<Node>, Vec<Edge>) = (Vec::new(), Vec::new());
    if let (Some(programme), Some(election)) = (programme, election) {
        let of = (election.id.as_str(), programme.says.id.as_str());
        for area in acting
            .areas_with(&mut reader, Action::TrainingFollow)
            .await?
        {
            let (more, ties) = queries::cascade(&mut reader, &area, of).await?;
            for node in more {
                if !nodes.iter().any(|n| n.id == node.id) {
                    nodes.push(node);
                }
            }
            edges.extend(ties);
        }
    }
    nodes.sort_by(|a, b| (a.level, a.starts_at, &a.id).cmp(&(b.level, b.starts_at, &b.id)));
    // Every session has a trainer, so whatever lies under one's own area is the child of some edge; what lies above is read
    // as everybody reads it.
    let own: HashSet<String> = edges.iter().map(|e| e.child.clone()).collect();
    drop(reader);
    let zone = ctx.app.home_zone.clone();
    let day = |node: &Node| date_short(lang, node.starts_at.to_zoned_datetime(zone.clone()).date());
    let href = |node: &Node| {
        if own.contains(&node.id) {
            format!("/office/training/sessions/{}", node.id)
        } else if node.state == SessionState::Held {
            format!("/training/sessions/{}", node.id)
        } else {
            String::new()
        }
    };
    let people = |node: &Node| match node.present {
        Some(n) => number(lang, n),
        None => format!("{}: {}", t.training_invited(), number(lang, node.invited)),
    };
    let mut of: HashMap<&str, Vec<&Edge>> = HashMap::new();
    for edge in &edges {
        of.entry(edge.child.as_str()).or_default().push(edge);
    }
    let nothing: Vec<&Edge> = Vec::new();
    let above = |node: &Node| of.get(node.id.as_str()).unwrap_or(&nothing);
    let by_id: HashMap<&str, &Node> = nodes.iter().map(|n| (n.id.as_str(), n)).collect();
    let mut tree: Vec<Branch> = Vec::new();
    let mut depth_before = 0;
    let mut sums: BTreeMap<u64, (u64, u64)> = BTreeMap::new();
    let order = walk(&nodes, &edges);
    for (index, depth) in order.iter().copied() {
        let Some(node) = nodes.get(index) else {
            continue;
        };
        let sum = sums.entry(node.level).or_default();
        sum.0 = sum.0.saturating_add(1);
        sum.1 = sum.1.saturating_add(node.present.unwrap_or(0));
        let (shape, word) = state(t, node.state);
        let first = tree.is_empty();
        tree.push(Branch {
            index,
            held: node.state == SessionState::Held,
            first,
            opens: !first && depth > depth_before,
            closes: vec![(); depth_before.saturating_sub(depth)],
            href: href(node),
            area: node.area.get(lang).to_owned(),
            level: level(&ctx, node.level),
            day: day(node),
            trainers: trainers(above(node), lang),
            people: people(node),
            shape,
            state: word,
        });
        depth_before = depth;
    }
    let rows = nodes.iter().map(|node| {
        let mut taught: Vec<(String, String)> = Vec::new();
        let parents = above(node).iter().filter_map(|e| e.parent.as_deref());
        for up in parents.filter_map(|id| by_id.get(id).copied()) {
            let line = (href(up), format!("{}, {}", up.area.get(lang), day(up)));
            if !taught.contains(&line) {
                taught.push(line);
            }
        }
        Row {
            href: href(node),
            area: node.area.get(lang).to_owned(),
            level: level(&ctx, node.level),
            day: day(node),
            trainers: trainers(above(node), lang),
            taught,
            people: people(node),
        }
    });
    let rows: Vec<Row> = rows.collect();
    let counts: Vec<String> = sums
        .iter()
        .map(|(number_of, (sessions, people))| {
            let sessions = number(lang, *sessions);
            t.training_cascade_count(level(&ctx, *number_of), number(lang, *people), sessions)
        })
        .collect();
    let present = |index: usize| nodes.get(index).and_then(|n| n.present).unwrap_or(0);
    let lines = fold_to(&order, &present, MOST);
    let title = t.training_cascade();
    let current = programme.map_or("", |p| p.says.id.as_str());
    let current_election = election.map_or("", |e| e.id.as_str());
    render(&CascadePage {
        s: ctx.shell("office", title.clone(), crumbs(&ctx, Vec::new(), title)),
        programmes: open()
            .map(|p| Choice::new(p.says.id.clone(), p.says.title.get(lang), current))
            .collect(),
        elections: elections
            .iter()
            .map(|e| Choice::new(e.id.clone(), e.title.get(lang), current_election))
            .collect(),
        chart: chart(&ctx, &lines, &tree, &counts),
        small: tree.len() <= MOST,
        sessions: number(lang, i128::try_from(tree.len()).unwrap_or(i128::MAX)),
        counts,
        ends: vec![(); depth_before],
        tree,
        rows,
    })
}

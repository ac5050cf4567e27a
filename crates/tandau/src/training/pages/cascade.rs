//! `/office/training/cascade`: session → trainer → their own session, drawn as a tree with a table beside.

use super::{crumbs, level, state};
use crate::elections::queries as elections;
use crate::platform::access::Action;
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
    tree: Vec<Branch>,
    /// Lists still open after the last line.
    ends: Vec<()>,
    rows: Vec<Row>,
}

/// Sessions in the order of a tree, each with its depth: under the session at which its first trainer was taught.
fn walk(nodes: &[Node], edges: &[Edge]) -> Vec<(usize, usize)> {
    let place: HashMap<&str, usize> = nodes
        .iter()
        .enumerate()
        .map(|(i, n)| (n.id.as_str(), i))
        .collect();
    let mut parent: HashMap<usize, usize> = HashMap::new();
    for edge in edges {
        if let (Some(child), Some(up)) = (
            place.get(edge.child.as_str()),
            edge.parent.as_deref().and_then(|up| place.get(up)),
        ) {
            // The nearest level wins: nodes stand in the order of levels.
            let nearest = parent.entry(*child).or_insert(*up);
            *nearest = (*nearest).max(*up);
        }
    }
    let mut below: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut roots = Vec::new();
    for index in 0..nodes.len() {
        match parent.get(&index) {
            Some(up) if *up < index => below.entry(*up).or_default().push(index),
            _ => roots.push(index),
        }
    }
    let mut order = Vec::new();
    let mut waiting: Vec<(usize, usize)> = roots.into_iter().rev().map(|root| (root, 0)).collect();
    let mut seen = HashSet::new();
    while let Some((index, depth)) = waiting.pop() {
        if !seen.insert(index) {
            continue;
        }
        order.push((index, depth));
        for child in below.get(&index).into_iter().flatten().rev() {
            waiting.push((*child, depth.saturating_add(1)));
        }
    }
    order
}

fn trainers(edges: &[Edge], id: &str, lang: crate::platform::Lang) -> String {
    let mut names: Vec<&str> = Vec::new();
    for edge in edges.iter().filter(|e| e.child == id) {
        let name = edge.trainer.names.get(lang);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join("; ")
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
    let mut tree = Vec::new();
    let mut depth_before = 0;
    let mut sums: BTreeMap<u64, (u64, u64)> = BTreeMap::new();
    for (index, depth) in walk(&nodes, &edges) {
        let Some(node) = nodes.get(index) else {
            continue;
        };
        let sum = sums.entry(node.level).or_default();
        sum.0 = sum.0.saturating_add(1);
        sum.1 = sum.1.saturating_add(node.present.unwrap_or(0));
        let (shape, word) = state(t, node.state);
        let first = tree.is_empty();
        tree.push(Branch {
            first,
            opens: !first && depth > depth_before,
            closes: vec![(); depth_before.saturating_sub(depth)],
            href: href(node),
            area: node.area.get(lang).to_owned(),
            level: level(&ctx, node.level),
            day: day(node),
            trainers: trainers(&edges, &node.id, lang),
            people: people(node),
            shape,
            state: word,
        });
        depth_before = depth;
    }
    let rows = nodes.iter().map(|node| {
        let above = edges.iter().filter(|e| e.child == node.id);
        let mut taught: Vec<(String, String)> = Vec::new();
        for up in above.filter_map(|e| nodes.iter().find(|n| Some(&n.id) == e.parent.as_ref())) {
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
            trainers: trainers(&edges, &node.id, lang),
            taught,
            people: people(node),
        }
    });
    let rows = rows.collect();
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
        counts: sums
            .iter()
            .map(|(number_of, (sessions, people))| {
                let sessions = number(lang, *sessions);
                t.training_cascade_count(level(&ctx, *number_of), number(lang, *people), sessions)
            })
            .collect(),
        ends: vec![(); depth_before],
        tree,
        rows,
    })
}

#[cfg(test)]
mod tests {
    use super::{Edge, Node, walk};
    use crate::platform::Names;
    use crate::training::model::{SessionState, Somebody};
    use jiff::Timestamp;

    fn node(id: &str, level: u64) -> Node {
        Node {
            id: id.to_owned(),
            level,
            state: SessionState::Held,
            starts_at: Timestamp::UNIX_EPOCH,
            area: Names::default(),
            invited: 0,
            present: None,
        }
    }

    fn edge(child: &str, parent: Option<&str>) -> Edge {
        Edge {
            child: child.to_owned(),
            parent: parent.map(str::to_owned),
            trainer: Somebody {
                id: "p".to_owned(),
                names: Names::default(),
            },
        }
    }

    #[test]
    fn every_session_stands_once_under_the_nearest_above() {
        let nodes = [
            node("c", 0),
            node("r1", 1),
            node("r2", 1),
            node("d1", 2),
            node("d2", 2),
        ];
        let edges = [
            edge("c", None),
            edge("r1", Some("c")),
            edge("r2", Some("c")),
            // Two trainers, one taught by the centre itself: the nearer one counts.
            edge("d1", Some("c")),
            edge("d1", Some("r2")),
        ];
        let walked = walk(&nodes, &edges);
        let names: Vec<(&str, usize)> = walked
            .iter()
            .map(|(i, d)| (nodes[*i].id.as_str(), *d))
            .collect();
        assert_eq!(
            names,
            [("c", 0), ("r1", 1), ("r2", 1), ("d1", 2), ("d2", 0)]
        );
    }
}

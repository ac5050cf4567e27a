//! `/office/training/cascade`: session → trainer → their own session, drawn as a tree with a list and a table beside.

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

/// A line of the drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    /// A session by its place among the nodes, and its depth.
    Session(usize, usize),
    /// Sessions below that are not drawn, and people who were there.
    More {
        depth: usize,
        sessions: u64,
        people: u64,
    },
}

/// Folds a tree to at most so many lines: it is drawn down to the deepest level at which that holds, and what lies below a
/// branch is one line with its counts. Where even the first level is too long, its end is one line, too.
fn fold_to(order: &[(usize, usize)], present: &dyn Fn(usize) -> u64, most: usize) -> Vec<Line> {
    let deepest = order.iter().map(|(_, depth)| *depth).max().unwrap_or(0);
    for cut in (0..=deepest).rev() {
        let lines = cut_at(order, present, cut);
        if lines.len() <= most {
            return lines;
        }
    }
    let mut lines = cut_at(order, present, 0);
    let rest = lines.split_off(most.saturating_sub(1).min(lines.len()));
    let (mut sessions, mut people) = (0_u64, 0_u64);
    for line in rest {
        let (n, there) = match line {
            Line::Session(index, _) => (1, present(index)),
            Line::More {
                sessions, people, ..
            } => (sessions, people),
        };
        sessions = sessions.saturating_add(n);
        people = people.saturating_add(there);
    }
    lines.push(Line::More {
        depth: 0,
        sessions,
        people,
    });
    lines
}

/// A tree down to a depth, with one line for what lies deeper below each branch.
fn cut_at(order: &[(usize, usize)], present: &dyn Fn(usize) -> u64, cut: usize) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for (index, depth) in order {
        if *depth <= cut {
            lines.push(Line::Session(*index, *depth));
            continue;
        }
        let there = present(*index);
        match lines.last_mut() {
            Some(Line::More {
                sessions, people, ..
            }) => {
                *sessions = sessions.saturating_add(1);
                *people = people.saturating_add(there);
            }
            _ => lines.push(Line::More {
                depth: cut.saturating_add(1),
                sessions: 1,
                people: there,
            }),
        }
    }
    lines
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

#[cfg(test)]
mod tests {
    use super::{Edge, Line, Node, fold_to, walk};
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

    /// A centre with so many regions, each with so many districts.
    fn order(regions: usize, districts: usize) -> Vec<(usize, usize)> {
        let mut order = vec![(0, 0)];
        for _ in 0..regions {
            order.push((order.len(), 1));
            for _ in 0..districts {
                order.push((order.len(), 2));
            }
        }
        order
    }

    #[test]
    fn a_large_tree_is_folded_level_by_level() {
        let ten = |_: usize| 10_u64;
        let all = fold_to(&order(3, 2), &ten, 60);
        assert_eq!(all.len(), 10);
        assert!(all.iter().all(|l| matches!(l, Line::Session(..))));
        // 221 sessions: the districts of each region are one line.
        let folded = fold_to(&order(20, 10), &ten, 60);
        assert_eq!(folded.len(), 41);
        let more = Line::More {
            depth: 2,
            sessions: 10,
            people: 100,
        };
        assert_eq!(
            folded[..3],
            [Line::Session(0, 0), Line::Session(1, 1), more]
        );
        // Nothing is lost, however small it gets.
        for most in [1, 2, 10, 41, 60, 300] {
            let lines = fold_to(&order(20, 10), &ten, most);
            assert!(lines.len() <= most, "{most}");
            let sessions: u64 = lines
                .iter()
                .map(|line| match line {
                    Line::Session(..) => 1,
                    Line::More { sessions, .. } => *sessions,
                })
                .sum();
            assert_eq!(sessions, 221, "{most}");
        }
        let roots: Vec<(usize, usize)> = (0..100).map(|index| (index, 0)).collect();
        let lines = fold_to(&roots, &ten, 10);
        assert_eq!(lines.len(), 10);
        let end = Line::More {
            depth: 0,
            sessions: 91,
            people: 910,
        };
        assert_eq!(lines.last(), Some(&end));
        assert!(fold_to(&[], &ten, 10).is_empty());
    }
}

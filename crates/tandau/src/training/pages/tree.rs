//! Sessions as a tree: who stands under whom, and what is folded away where a tree is too large to draw.

use crate::training::queries::{Edge, Node};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Sessions in the order of a tree, each with its depth: under the session at which its first trainer was taught.
pub(super) fn walk(nodes: &[Node], edges: &[Edge]) -> Vec<(usize, usize)> {
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
pub(super) enum Line {
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
pub(super) fn fold_to(
    order: &[(usize, usize)],
    present: &dyn Fn(usize) -> u64,
    most: usize,
) -> Vec<Line> {
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

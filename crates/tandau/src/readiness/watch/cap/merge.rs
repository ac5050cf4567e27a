//! Blocks that say the same in several languages are one event.

use super::{CapArea, Part};
use crate::platform::{Lang, Names};
use electoral::watch::Grade;
use jiff::Timestamp;

/// One `info` block.
pub(super) struct Block {
    pub(super) language: Option<Lang>,
    pub(super) categories: Vec<String>,
    pub(super) event: String,
    pub(super) headline: String,
    pub(super) description: String,
    pub(super) sender_name: String,
    pub(super) urgency: String,
    pub(super) grade: Grade,
    pub(super) certainty: String,
    pub(super) effective: Option<Timestamp>,
    pub(super) onset: Option<Timestamp>,
    pub(super) expires: Option<Timestamp>,
    pub(super) areas: Vec<CapArea>,
}

impl Block {
    /// Whether two blocks tell of the same event: everything but words agrees.
    fn same(&self, other: &Self) -> bool {
        self.categories == other.categories
            && self.urgency == other.urgency
            && self.grade == other.grade
            && self.certainty == other.certainty
            && self.onset == other.onset
            && self.expires == other.expires
            && self.areas.len() == other.areas.len()
            && self
                .areas
                .iter()
                .zip(&other.areas)
                .all(|(a, b)| a.geocodes == b.geocodes && a.shapes == b.shapes)
    }
}

/// Puts blocks together. A language said twice about the same begins another event.
pub(super) fn merge(blocks: Vec<Block>) -> Vec<Part> {
    let mut groups: Vec<Vec<Block>> = Vec::new();
    for block in blocks {
        let fits = |group: &&mut Vec<Block>| {
            group.first().is_some_and(|first| first.same(&block))
                && group.iter().all(|b| b.language != block.language)
        };
        match groups.iter_mut().find(fits) {
            Some(group) => group.push(block),
            None => groups.push(vec![block]),
        }
    }
    groups.iter().filter_map(|group| part(group)).collect()
}

fn part(group: &[Block]) -> Option<Part> {
    let first = group.first()?;
    let areas = first
        .areas
        .iter()
        .enumerate()
        .map(|(at, area)| CapArea {
            description: names(group, |b| b.areas.get(at).map_or("", |a| &a.description.en)),
            geocodes: area.geocodes.clone(),
            shapes: area.shapes.clone(),
        })
        .collect();
    Some(Part {
        categories: first.categories.clone(),
        event: names(group, |b| &b.event),
        headline: names(group, |b| &b.headline),
        description: names(group, |b| &b.description),
        sender_name: names(group, |b| &b.sender_name),
        urgency: first.urgency.clone(),
        grade: first.grade,
        certainty: first.certainty.clone(),
        effective: first.effective,
        onset: first.onset,
        expires: first.expires,
        areas,
    })
}

/// The words in each language; where one is missing, those of the first language that says something.
fn names(group: &[Block], words: impl Fn(&Block) -> &str) -> Names {
    let in_language = |lang: Lang| {
        group
            .iter()
            .find(|b| b.language == Some(lang) && !words(b).is_empty())
    };
    let any = Lang::ALL
        .into_iter()
        .find_map(in_language)
        .or_else(|| group.iter().find(|b| !words(b).is_empty()));
    let [kk, ru, en] =
        Lang::ALL.map(|lang| in_language(lang).or(any).map_or("", &words).to_owned());
    Names::new(kk, ru, en)
}

//! The map of the contests.

use super::slots::with_coverage;
use super::words::{name, share};
use crate::platform::charts::svg;
use crate::platform::maps::{AreaSpec, Map, MapSpec, SHADES};
use crate::platform::{Error, T};
use crate::results::model::Moment;
use crate::results::queries::{Contest, SlotTotal};
use std::collections::BTreeMap;

/// A shade of the map with its meaning.
pub(super) struct KeyItem {
    pub(super) class: String,
    pub(super) text: String,
}

/// What the shades of the map mean.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shading {
    /// Nothing yet: where it is voted.
    Where,
    /// Turnout so far: all the day may show.
    Turnout,
    /// Share of stations whose protocols are accepted.
    Counted,
}

impl Shading {
    pub(super) const fn of(moment: Moment) -> Self {
        match moment {
            Moment::Before => Self::Where,
            _ if moment.votes_are_public() => Self::Counted,
            _ => Self::Turnout,
        }
    }

    pub(super) fn title(self, t: T) -> String {
        match self {
            Self::Where => t.results_map_where(),
            Self::Turnout => t.results_map_turnout(),
            Self::Counted => t.results_map_counted(),
        }
    }

    /// The shade of a share: 0 for nothing, the darkest only for all of it (turnout: from 80 %).
    fn shade(self, part: u64, whole: u64) -> Option<u8> {
        if whole == 0 {
            return None;
        }
        let hundredths = u128::from(part.min(whole)) * 10_000 / u128::from(whole);
        let top = u128::from(SHADES - 1);
        let shade = match self {
            Self::Counted if part >= whole => top,
            Self::Counted => (hundredths * top / 10_000).min(top - 1),
            Self::Turnout => (hundredths * top / 8_000).min(top),
            Self::Where => top / 2,
        };
        u8::try_from(shade).ok()
    }

    pub(super) fn key(self, t: T) -> Vec<KeyItem> {
        let item = |shade: u8, text: String| KeyItem {
            class: format!("map-{shade}"),
            text,
        };
        match self {
            Self::Counted => vec![
                item(0, t.results_key_few()),
                item(3, t.results_key_half()),
                item(SHADES - 1, t.results_key_all()),
            ],
            Self::Where => Vec::new(),
            Self::Turnout => vec![
                item(0, share_word(t, 0)),
                item(3, share_word(t, 40)),
                item(SHADES - 1, t.results_key_from(share_word(t, 80))),
            ],
        }
    }
}

fn share_word(t: T, percent: u64) -> String {
    match t.lang {
        crate::platform::Lang::En => format!("{percent}%"),
        _ => format!("{percent}\u{a0}%"),
    }
}

pub(super) fn draw(
    t: T,
    contests: &[Contest],
    shading: Shading,
    turnout: &BTreeMap<&str, &SlotTotal>,
) -> Result<String, Error> {
    let codes: Vec<&str> = contests.iter().map(|c| c.code.as_str()).collect();
    let map = Map::pilot(&codes).map_err(Error::internal)?;
    let texts: Vec<(String, String)> = contests
        .iter()
        .map(|c| {
            let what = match shading {
                Shading::Counted => t.results_map_area_counted(
                    name(&c.names, t.lang),
                    c.progress.accepted,
                    c.progress.expected,
                ),
                Shading::Where => {
                    t.results_map_area_where(name(&c.names, t.lang), c.progress.expected)
                }
                Shading::Turnout => {
                    let figure = turnout.get(c.id.as_str()).map_or_else(
                        || share(t, 0, 0),
                        |sum| with_coverage(t, sum, c.progress.expected),
                    );
                    t.results_map_area_turnout(name(&c.names, t.lang), figure)
                }
            };
            (c.href(), what)
        })
        .collect();
    let areas: Vec<AreaSpec<'_>> = contests
        .iter()
        .zip(&texts)
        .map(|(c, (href, title))| AreaSpec {
            code: &c.code,
            shade: match shading {
                Shading::Counted => shading.shade(c.progress.accepted, c.progress.expected),
                Shading::Turnout => turnout
                    .get(c.id.as_str())
                    .and_then(|sum| shading.shade(sum.received, sum.voters)),
                Shading::Where => shading.shade(1, 1),
            },
            label: "",
            href: svg::is_safe_href(href).then_some(href.as_str()),
            title,
        })
        .collect();
    Ok(map.render(&MapSpec {
        id: "map",
        title: &shading.title(t),
        desc: &t.results_map_desc(),
        areas: &areas,
    }))
}

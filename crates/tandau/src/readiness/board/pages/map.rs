//! The map of readiness: the share of stations that are ready, and in the country the districts of the election.

use super::super::frame::Frame;
use super::super::model::District;
use super::views::{n, whole_percent};
use crate::platform::charts::svg;
use crate::platform::maps::{AreaSpec, Map, MapError, MapSpec, SHADES};
use crate::platform::{Error, T};

/// A shade with its meaning.
pub(super) struct KeyItem {
    pub(super) class: String,
    pub(super) text: String,
}

/// The darkest shade only for all.
fn shade(ready: u64, stations: u64) -> Option<u8> {
    if stations == 0 {
        return None;
    }
    let top = u128::from(SHADES - 1);
    if ready >= stations {
        return Some(SHADES - 1);
    }
    let shade = (u128::from(ready) * top / u128::from(stations)).min(top - 1);
    u8::try_from(shade).ok()
}

pub(super) fn key(t: T) -> Vec<KeyItem> {
    let item = |shade: u8, text: String| KeyItem {
        class: format!("map-{shade}"),
        text,
    };
    vec![
        item(0, t.board_key_none()),
        item(3, t.board_key_half()),
        item(SHADES - 1, t.board_key_all()),
    ]
}

/// The districts on the land of the country, or alone with their region; nothing where no outline is known.
pub(super) fn draw(
    t: T,
    frame: &Frame,
    districts: &[District],
    region: Option<&str>,
) -> Result<String, Error> {
    let codes: Vec<&str> = districts.iter().map(|d| d.code.as_str()).collect();
    let map = match region {
        None => Map::pilot(&codes).map_err(Error::internal)?,
        Some(code) => match Map::districts_of(code) {
            Ok(map) => map,
            Err(MapError::Unknown(_)) => return Ok(String::new()),
            Err(e) => return Err(Error::internal(e)),
        },
    };
    let texts: Vec<(String, String)> = districts
        .iter()
        .map(|d| {
            let sums = d.sums;
            let text = t.board_map_area(
                d.names.get(t.lang),
                n(t, sums.ready),
                n(t, sums.stations),
                n(t, sums.counts.unmet),
            );
            (frame.district(&d.area_id), text)
        })
        .collect();
    let labels: Vec<String> = districts
        .iter()
        .map(|d| whole_percent(t.lang, d.sums.ready, d.sums.stations))
        .collect();
    let areas: Vec<AreaSpec<'_>> = districts
        .iter()
        .zip(&texts)
        .zip(&labels)
        .map(|((d, (href, title)), label)| AreaSpec {
            code: &d.code,
            shade: shade(d.sums.ready, d.sums.stations),
            label: if region.is_some() { label } else { "" },
            href: svg::is_safe_href(href).then_some(href.as_str()),
            title,
        })
        .collect();
    Ok(map.render(&MapSpec {
        id: "map",
        title: &t.board_map_title(),
        desc: &t.board_map_desc(),
        areas: &areas,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_all_is_the_darkest() {
        assert_eq!(shade(0, 0), None);
        assert_eq!(shade(0, 10), Some(0));
        assert_eq!(shade(9_999, 10_000), Some(SHADES - 2));
        assert_eq!(shade(10, 10), Some(SHADES - 1));
    }
}

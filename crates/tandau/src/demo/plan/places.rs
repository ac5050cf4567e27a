//! Where the stations of a contest stand: settlements, in the centre more than one.

use super::error::PlanError;
use super::model::{StationKind, Text3};
use super::rng::Rng;
use super::sources::PlaceRow;

/// A station's settlement and how large its list tends to be.
#[derive(Debug, Clone)]
pub(super) struct Site {
    /// Position of the place in the contest's list of places.
    pub(super) place: usize,
    /// Relative number of voters.
    pub(super) weight: u64,
    /// Kind of station.
    pub(super) kind: StationKind,
    /// Whether the place is the centre or a town.
    pub(super) town: bool,
}

/// Special stations: remote ones by area code and one hospital in some centres.
const REMOTE: [&str; 4] = ["623800000", "275400000", "234800000", "353600000"];
const HOSPITALS: [&str; 5] = [
    "392400000",
    "315000000",
    "435200000",
    "634800000",
    "194200000",
];

/// Places for a territory that no source names.
pub(super) fn invented(area: &str) -> Vec<PlaceRow> {
    (0..=30_u32)
        .map(|n| PlaceRow {
            kato: String::new(),
            group_kato: n.to_string(),
            district_kato: area.to_owned(),
            kind: if n == 0 { "settlement" } else { "village" }.to_owned(),
            name_kk: if n == 0 {
                "Демо-орталық".to_owned()
            } else {
                format!("Демо-ауыл {n}")
            },
            name_ru: if n == 0 {
                "Демо-центр".to_owned()
            } else {
                format!("Демо-село {n}")
            },
            name_en: if n == 0 {
                "Demo centre".to_owned()
            } else {
                format!("Demo village {n}")
            },
        })
        .collect()
}

/// Chooses `count` sites: the head of every rural district first, then villages, the centre in between.
pub(super) fn choose(
    area: &str,
    places: &[PlaceRow],
    count: usize,
    rng: &mut Rng,
) -> Result<Vec<Site>, PlanError> {
    if places.is_empty() {
        return Err(PlanError::Unknown {
            what: "places of area",
            code: area.to_owned(),
        });
    }
    let (heads, mut villages) = sorted(places);
    let mut chosen: Vec<usize> = heads.iter().copied().take(count).collect();
    let left = count - chosen.len();
    // The centre of a district holds about a third of it, a city everything that isn't a settlement of its own.
    let central = if is_city(places) { left } else { left * 2 / 5 };
    chosen.extend(std::iter::repeat_n(0, central));
    rng.shuffle(&mut villages);
    villages.truncate(left - central);
    chosen.extend(&villages);
    // Few villages: the heads get a second station.
    let more = heads.iter().skip(1).chain(heads.iter()).copied().cycle();
    let missing = count - chosen.len();
    chosen.extend(more.take(missing));
    chosen.sort_unstable();
    let mut sites: Vec<Site> = chosen
        .iter()
        .map(|&place| site(places, &heads, place, rng))
        .collect();
    if REMOTE.contains(&area) {
        mark(&mut sites, StationKind::Remote, false);
    }
    if HOSPITALS.contains(&area) {
        mark(&mut sites, StationKind::Hospital, true);
    }
    Ok(sites)
}

/// The first place of every rural district, and all others.
fn sorted(places: &[PlaceRow]) -> (Vec<usize>, Vec<usize>) {
    let mut heads: Vec<usize> = Vec::new();
    let mut others = Vec::new();
    let mut last: Option<&str> = None;
    for (index, place) in places.iter().enumerate() {
        if last == Some(place.group_kato.as_str()) {
            others.push(index);
        } else {
            heads.push(index);
            last = Some(&place.group_kato);
        }
    }
    (heads, others)
}

fn is_city(places: &[PlaceRow]) -> bool {
    places.len() < 6
}

fn site(places: &[PlaceRow], heads: &[usize], place: usize, rng: &mut Rng) -> Site {
    let city = is_city(places);
    let weight = if place == 0 && city {
        rng.range(2_400, 4_200)
    } else if place == 0 {
        rng.range(2_600, 5_200)
    } else if heads.contains(&place) || places.get(place).is_some_and(|p| p.kind != "village") {
        rng.range(700, 2_300)
    } else {
        // Many small villages, few large ones.
        let size = rng.range(5, 26);
        size * size
    };
    Site {
        place,
        weight: u64::from(weight),
        kind: StationKind::Ordinary,
        town: place == 0,
    }
}

/// Turns the last fitting site into a special one.
fn mark(sites: &mut [Site], kind: StationKind, town: bool) {
    if let Some(site) = sites
        .iter_mut()
        .rev()
        .find(|s| s.town == town && s.kind == StationKind::Ordinary)
    {
        site.kind = kind;
        site.weight = 30;
    }
}

/// The names of a place.
pub(super) fn name(place: &PlaceRow) -> Text3 {
    Text3::new(
        place.name_kk.clone(),
        place.name_ru.clone(),
        place.name_en.clone(),
    )
}

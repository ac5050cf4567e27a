//! Reading the boundary file: TopoJSON with integer arcs, y downwards.

use std::sync::LazyLock;

use serde::Deserialize;

use super::MapError;
use super::geometry::{Point, Shape};

/// The built-in file.
const FILE: &str = include_str!("data/kazakhstan.topojson");

/// Outlines with arcs resolved to points.
#[derive(Debug)]
pub(super) struct Topology {
    pub country: Vec<Shape>,
    pub regions: Vec<Shape>,
    pub districts: Vec<Shape>,
    /// Each border line between two regions, or around the country, once.
    pub region_borders: Vec<Vec<Point>>,
}

/// The built-in outlines, read at the first call.
pub(super) fn get() -> Result<&'static Topology, MapError> {
    static READ: LazyLock<Result<Topology, MapError>> = LazyLock::new(|| parse(FILE));
    READ.as_ref().map_err(Clone::clone)
}

#[derive(Deserialize)]
struct File {
    objects: Objects,
    /// First point absolute, the others as differences.
    arcs: Vec<Vec<Point>>,
}

#[derive(Deserialize)]
struct Objects {
    country: Collection,
    regions: Collection,
    districts: Collection,
}

#[derive(Deserialize)]
struct Collection {
    geometries: Vec<Geometry>,
}

type Ring = Vec<i32>;

#[derive(Deserialize)]
#[serde(tag = "type")]
enum Geometry {
    Polygon {
        arcs: Vec<Ring>,
        #[serde(default)]
        properties: Properties,
    },
    MultiPolygon {
        arcs: Vec<Vec<Ring>>,
        #[serde(default)]
        properties: Properties,
    },
}

#[derive(Deserialize, Default)]
struct Properties {
    #[serde(default)]
    kato: String,
    #[serde(default)]
    region: String,
}

/// Reads a boundary file.
pub(super) fn parse(text: &str) -> Result<Topology, MapError> {
    let file: File =
        serde_json::from_str(text).map_err(|error| MapError::Data(error.to_string()))?;
    let arcs: Vec<Vec<Point>> = file
        .arcs
        .iter()
        .map(|arc| absolute(arc))
        .collect::<Option<_>>()
        .ok_or_else(|| MapError::Data("a coordinate is too large".to_owned()))?;
    let shapes = |collection: &Collection| {
        collection
            .geometries
            .iter()
            .map(|geometry| shape(geometry, &arcs))
            .collect::<Result<Vec<_>, _>>()
    };
    let mut used: Vec<usize> = Vec::new();
    for geometry in &file.objects.regions.geometries {
        used.extend(rings(geometry).into_iter().flatten().map(|&arc| place(arc)));
    }
    used.sort_unstable();
    used.dedup();
    Ok(Topology {
        country: shapes(&file.objects.country)?,
        regions: shapes(&file.objects.regions)?,
        districts: shapes(&file.objects.districts)?,
        region_borders: used.iter().filter_map(|&i| arcs.get(i).cloned()).collect(),
    })
}

fn absolute(arc: &[Point]) -> Option<Vec<Point>> {
    let mut at = [0_i32, 0];
    arc.iter()
        .map(|[dx, dy]| {
            at = [at[0].checked_add(*dx)?, at[1].checked_add(*dy)?];
            // Leaves room for every product that drawing makes.
            at.iter().all(|c| c.abs() <= 100_000).then_some(at)
        })
        .collect()
}

/// Index of an arc; a negative number means the arc read backwards.
fn place(arc: i32) -> usize {
    let index = if arc < 0 { !arc } else { arc };
    usize::try_from(index).unwrap_or(usize::MAX)
}

fn rings(geometry: &Geometry) -> Vec<&Ring> {
    match geometry {
        Geometry::Polygon { arcs, .. } => arcs.iter().collect(),
        Geometry::MultiPolygon { arcs, .. } => arcs.iter().flatten().collect(),
    }
}

fn shape(geometry: &Geometry, arcs: &[Vec<Point>]) -> Result<Shape, MapError> {
    let (Geometry::Polygon { properties, .. } | Geometry::MultiPolygon { properties, .. }) =
        geometry;
    let mut resolved = Vec::new();
    for ring in rings(geometry) {
        let mut points: Vec<Point> = Vec::new();
        for &arc in ring {
            let line = arcs
                .get(place(arc))
                .ok_or_else(|| MapError::Data(format!("there is no arc {arc}")))?;
            // Each arc begins where the one before it ended.
            points.pop();
            if arc < 0 {
                points.extend(line.iter().rev());
            } else {
                points.extend(line);
            }
        }
        resolved.push(points);
    }
    Ok(Shape::new(
        properties.kato.clone(),
        properties.region.clone(),
        resolved,
    ))
}

//! The plan against every number that the demonstration promises.

mod bodies;
mod candidacies;
mod night;
mod protocols;
mod territory;

use std::sync::LazyLock;

use super::*;

static PLAN: LazyLock<Plan> = LazyLock::new(|| build(&Sources::embedded()).expect("built-in data"));

fn contest(area: &str) -> &'static Contest {
    PLAN.contests
        .iter()
        .find(|c| c.area == area)
        .expect("contest")
}

fn stations(area: &str) -> &'static [Station] {
    &PLAN.stations[contest(area).stations.clone()]
}

/// A wall-clock time in a zone.
fn local(zone: &TimeZone, time: jiff::civil::DateTime) -> jiff::ZonedDateTime {
    zone.to_ambiguous_zoned_datetime(time)
        .compatible()
        .expect("time")
}

/// Figures that count: those of each station's last version.
fn finals(contest: &Contest) -> impl Iterator<Item = &'static Figures> {
    PLAN.days[contest.stations.clone()]
        .iter()
        .map(|d| &d.protocols.last().expect("version").figures)
}

#[test]
fn two_builds_are_equal() {
    assert_eq!(build(&Sources::embedded()).as_ref(), Ok(&*PLAN));
}

#[test]
fn building_is_quick() {
    let start = std::time::Instant::now();
    assert!(build(&Sources::embedded()).is_ok());
    assert!(
        start.elapsed().as_millis() < 1_500,
        "took {:?}",
        start.elapsed()
    );
}

#[test]
fn a_broken_table_is_named() {
    let mut sources = Sources::embedded();
    sources.zones = "region_kato,zone\n100000000,Asia/Almaty\n";
    assert!(matches!(build(&sources), Err(PlanError::Unknown { .. })));
    let mut sources = Sources::embedded();
    sources.regions = "kato\n1\n";
    assert!(matches!(
        build(&sources),
        Err(PlanError::Table {
            file: "regions.csv",
            ..
        })
    ));
    let mut sources = Sources::embedded();
    sources.family = "group,kk_male,kk_female,ru_male,ru_female,en_male,en_female\n";
    assert_eq!(build(&sources), Err(PlanError::TooFew("names")));
}

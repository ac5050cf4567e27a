//! Putting down what a station offers, counting voters, releasing figures.

use super::model::{Cause, Counts, MOST_VOTERS, SOURCES, changed, known_of};
use super::release::{self, Draft};
use super::store;
use crate::elections;
use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::i18n::in_all;
use crate::platform::{Acting, Error, FieldProblem, audit, ids};
use crate::stations::{self, Station};
use electoral::accessibility::{Known, Means, Word};
use jiff::civil::Date;

/// What changes at a station that is answered together.
const MOST_STATIONS: usize = 20_000;

pub use crate::platform::i18n::language;

/// Puts down what a station offers, as its own or its territorial commission says. `based_on` is the version that the
/// editor saw; facts that are missing in `means` stay as they are. Returns the version, the same when nothing changed.
///
/// # Errors
/// [`Error::Forbidden`] without the power over the station; [`Error::Invalid`] for a measurement out of range and for
/// answers that can't both be true; [`Error::Conflict`] when somebody else was faster.
pub async fn record_means(
    acting: &Acting,
    station_id: &str,
    based_on: u64,
    means: &Means,
) -> Result<u64, Error> {
    let mut tx = acting.begin().await?;
    let station = stations::queries::as_of(&mut tx, station_id, acting.today()).await?;
    acting
        .require(&mut tx, Action::AccessRecord, &station.area_id, None)
        .await?;
    let known = store::means(&mut tx, station_id).await?;
    if known.version != based_on {
        return Err(Error::Conflict(acting.t().access_conflict()));
    }
    let now = merged(&known.means, means);
    check(acting, &now)?;
    let version = write(&mut tx, acting, &station, &now, Cause::Form).await?;
    tx.commit().await?;
    Ok(version)
}

fn merged(before: &Means, said: &Means) -> Means {
    let mut now = before.clone();
    for (fact, known) in said.iter() {
        now.set(fact, known);
    }
    now
}

fn check(acting: &Acting, means: &Means) -> Result<(), Error> {
    let t = acting.t();
    let rules = acting.app().rules.accessibility();
    let mut problems = Vec::new();
    for (id, known) in means.iter() {
        let measure = match rules.fact(id) {
            None => return Err(Error::field(id, t.form_choice())),
            Some(fact) => fact.measure.as_ref(),
        };
        let Some(number) = known.number else { continue };
        let fits = measure.is_some_and(|m| number >= m.least && number <= m.most);
        if !fits {
            let (least, most) = measure.map_or_else(Default::default, |m| (m.least, m.most));
            problems.push(FieldProblem {
                field: format!("number.{id}"),
                message: t.access_measure_range(least.to_string(), most.to_string()),
            });
        }
    }
    for finding in rules.findings(means) {
        if finding.is_contradiction() {
            problems.push(FieldProblem {
                field: format!("fact.{}", finding.fact()),
                message: finding.rule.sentence.get(language(t.lang)).to_owned(),
            });
        }
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Error::Invalid(problems))
    }
}

/// Takes over what answers to a checklist say about facts, each as (means, value): `yes`, `no`, `na` or a measurement.
/// Whoever records the answers calls it, and has decided who may answer. True when something was news.
///
/// An answer that says nothing about a fact (another word, a number out of range, a fact that the rules don't know)
/// changes nothing. What contradicts another answer is kept and shown as such: on a phone nobody is there to ask.
///
/// # Errors
/// What the database reports.
pub async fn learn_in(
    tx: &mut Transaction,
    acting: &Acting,
    station_id: &str,
    told: &[(&str, &str)],
) -> Result<bool, Error> {
    let rules = acting.app().rules.accessibility();
    let told: Vec<_> = told
        .iter()
        .filter_map(|(means, value)| known_of(rules, means, value))
        // "Not applicable" doesn't unsay an answer.
        .filter(|(_, said)| said.word != Word::Unknown)
        .collect();
    if told.is_empty() {
        return Ok(false);
    }
    let known = store::facts(tx, station_id).await?;
    let mut now = known.clone();
    for (fact, mut said) in told {
        let before = now.get(fact);
        // "Yes" doesn't unsay what was measured.
        if said.number.is_none() && said.word == before.word {
            said.number = before.number;
        }
        now.set(fact, said);
    }
    if changed(&known, &now).is_empty() {
        return Ok(false);
    }
    let station = stations::queries::as_of(tx, station_id, acting.today()).await?;
    write(tx, acting, &station, &now, Cause::Checklist).await?;
    Ok(true)
}

/// Writes what changed as one version, and tells the register of stations when the way in is another than it says.
async fn write(
    tx: &mut Transaction,
    acting: &Acting,
    station: &Station,
    now: &Means,
    cause: Cause,
) -> Result<u64, Error> {
    let known = store::means(tx, &station.id).await?;
    let facts: Vec<(String, Known)> = changed(&known.means, now);
    if facts.is_empty() {
        return Ok(known.version);
    }
    let version = known.version.checked_add(1).ok_or(Error::TooLarge)?;
    store::add_means(tx, acting, &station.id, version, cause.as_str(), &facts).await?;
    let event = audit::Event {
        event: "access.means",
        kind: "station_means",
        object: &[&station.id, &version.to_string()],
        contest_id: "",
    };
    acting.record(tx, event).await?;
    tell_register(tx, acting, &station.id, now).await?;
    Ok(version)
}

/// The register's "step-free" is what pages of rooms to the left show: it follows what is known here.
async fn tell_register(
    tx: &mut Transaction,
    acting: &Acting,
    station_id: &str,
    now: &Means,
) -> Result<(), Error> {
    let said = acting.app().rules.accessibility().step_free(now);
    let Some(step_free) = said.to_option() else {
        return Ok(());
    };
    let newest = stations::queries::as_of(tx, station_id, Date::MAX).await?;
    if newest.step_free == Some(step_free) || newest.valid_until.is_some() {
        return Ok(());
    }
    let from = acting.now().to_zoned_datetime(newest.time_zone()?).date();
    let mut new = newest.to_new(from.max(newest.valid_from));
    new.step_free = Some(step_free);
    let reason = in_all(|t| {
        if step_free {
            t.access_register_free()
        } else {
            t.access_register_steps()
        }
    });
    let based_on = newest.version;
    stations::actions::change_in(tx, acting, station_id, based_on, new, &reason).await?;
    Ok(())
}

/// Counts of one station.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewNeeds {
    /// The station.
    pub station_id: String,
    /// The version that the editor saw; none for a file, which replaces whatever there is.
    pub based_on: Option<u64>,
    /// Voters by need; a need that is missing counts nought.
    pub counts: Counts,
}

/// Puts down counts of voters by need for stations of an area, as one act. Stations whose counts stay the same get no
/// version. Returns how many changed.
///
/// # Errors
/// [`Error::Forbidden`] without the power over a station; [`Error::Invalid`] for an unknown need or source, for more
/// voters than a station can have; [`Error::Conflict`] when somebody else was faster; [`Error::NotFound`] for a station
/// outside the area.
pub async fn record_needs(
    acting: &Acting,
    election_id: &str,
    area_id: &str,
    source: &str,
    stations: &[NewNeeds],
) -> Result<u64, Error> {
    let mut tx = acting.begin().await?;
    let changed = record_needs_in(&mut tx, acting, election_id, area_id, source, stations).await?;
    if changed > 0 {
        tx.commit().await?;
    }
    Ok(changed)
}

/// [`record_needs`] inside another act.
///
/// # Errors
/// As [`record_needs`].
pub async fn record_needs_in(
    tx: &mut Transaction,
    acting: &Acting,
    election_id: &str,
    area_id: &str,
    source: &str,
    stations: &[NewNeeds],
) -> Result<u64, Error> {
    let t = acting.t();
    let election = elections::queries::election(tx, election_id).await?;
    acting
        .require(tx, Action::AccessRecord, area_id, None)
        .await?;
    if !SOURCES.contains(&source) {
        return Err(Error::field("source", t.form_choice()));
    }
    if stations.len() > MOST_STATIONS {
        return Err(Error::TooLarge);
    }
    let known = store::needs_under(tx, &election.id, area_id).await?;
    let there = stations::queries::ids_under(tx, area_id).await?;
    let there: std::collections::HashSet<&str> = there.iter().map(String::as_str).collect();
    let mut changes = Vec::new();
    for new in stations {
        if !there.contains(new.station_id.as_str()) {
            return Err(Error::NotFound);
        }
        let counts = full(acting, new)?;
        let before = known.get(&new.station_id);
        let version = before.map_or(0, |b| b.version);
        if new.based_on.is_some_and(|seen| seen != version) {
            return Err(Error::Conflict(t.access_conflict()));
        }
        if before.is_none_or(|b| b.counts != counts) {
            let next = version.checked_add(1).ok_or(Error::TooLarge)?;
            changes.push((new.station_id.as_str(), next, counts));
        }
    }
    if changes.is_empty() {
        return Ok(0);
    }
    let act = ids::random_id();
    store::add_act(tx, acting, &act, &election.id, area_id, source).await?;
    let mut seen = std::collections::HashSet::new();
    for (station, version, counts) in &changes {
        if !seen.insert(*station) {
            return Err(Error::field("station", t.access_station_twice()));
        }
        store::add_needs(tx, &election.id, station, *version, &act, counts).await?;
    }
    let event = audit::Event {
        event: "access.needs",
        kind: "station_needs",
        object: &[&act],
        contest_id: "",
    };
    acting.record(tx, event).await?;
    u64::try_from(changes.len()).map_err(Error::internal)
}

/// Counts with a nought for each need that is missing.
fn full(acting: &Acting, new: &NewNeeds) -> Result<Counts, Error> {
    let t = acting.t();
    let rules = acting.app().rules.accessibility();
    let mut counts: Counts = rules.needs.iter().map(|n| (n.id.clone(), 0)).collect();
    for (need, voters) in &new.counts {
        let field = || format!("need.{}.{need}", new.station_id);
        if *voters > MOST_VOTERS {
            return Err(Error::field(field(), t.access_too_many(MOST_VOTERS)));
        }
        match counts.get_mut(need) {
            Some(count) => *count = *voters,
            None => return Err(Error::field(field(), t.form_choice())),
        }
    }
    if counts.values().sum::<u64>() > MOST_VOTERS {
        let field = format!("need.{}", new.station_id);
        return Err(Error::field(field, t.access_too_many(MOST_VOTERS)));
    }
    Ok(counts)
}

/// Publishes figures of needs as a release: frozen, small numbers hidden together with whatever would give them away,
/// here and together with earlier releases. Returns its version.
///
/// # Errors
/// [`Error::Forbidden`] without the power over the election; [`Error::Conflict`] when nobody has counted yet, when
/// nothing has changed since the last one, or when there is one of this day.
pub async fn release(acting: &Acting, election_id: &str) -> Result<u64, Error> {
    let t = acting.t();
    let mut tx = acting.begin().await?;
    let election = elections::queries::election(&mut tx, election_id).await?;
    acting
        .require(&mut tx, Action::AccessPublish, &election.area_id, None)
        .await?;
    let draft: Draft = release::draft(&mut tx, acting, &election).await?;
    if draft.release.counted == 0 {
        return Err(Error::Conflict(t.access_release_nothing()));
    }
    if draft.same_day {
        return Err(Error::Conflict(t.access_release_today()));
    }
    if draft.unchanged {
        return Err(Error::Conflict(t.access_release_unchanged()));
    }
    store::add_release(
        &mut tx,
        acting,
        &election.id,
        &draft.release,
        &draft.figures,
        &draft.areas,
    )
    .await?;
    let version = draft.release.version;
    let event = audit::Event {
        event: "access.released",
        kind: "needs_release",
        object: &[&election.id, &version.to_string()],
        contest_id: "",
    };
    acting.record(&mut tx, event).await?;
    tx.commit().await?;
    Ok(version)
}

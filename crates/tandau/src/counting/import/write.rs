//! Protocols of a file, checked and put on record contest by contest.

use super::read::{Figure, File};
use super::{Imported, Problems};
use crate::counting::actions::{self, Content, put_confirmation, put_on_record, typing_sentence};
use crate::counting::model::{Protocol, ProtocolState, Weight, weight};
use crate::counting::sheet::{Known, is_barred, is_box, run};
use crate::counting::store;
use crate::elections::model::{Contest, CountingUnit};
use crate::elections::queries as elections;
use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error};
use crate::votingday::queries as day;
use electoral::protocol::{
    Audience, Finding, Kind, LineKey, ProtocolEntry, ProtocolForm, Stage, parse_figure,
};
use electoral::rules::RulePack;
use electoral::turnout::Report;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// What the protocols of one contest are checked against.
struct Around {
    rules: Arc<RulePack>,
    state: String,
    units: Vec<CountingUnit>,
    candidates: Vec<String>,
    members: BTreeMap<String, Vec<(String, String)>>,
    turnout: BTreeMap<String, Vec<Report>>,
    protocols: HashMap<String, Protocol>,
}

/// Who may stand behind an item of one station.
struct Items<'a> {
    candidates: &'a [String],
    members: Vec<String>,
    barred: Vec<String>,
}

pub(super) async fn all(
    tx: &mut Transaction,
    acting: &Acting,
    election_id: &str,
    file: &File,
    problems: &mut Problems,
) -> Result<Imported, Error> {
    let t = acting.t();
    let election = elections::election(tx, election_id).await?;
    let contests = elections::contests(tx, election_id).await?;
    let mut imported = Imported::default();
    for (name, stations) in &file.contests {
        let found = contests
            .iter()
            .find(|c| c.id == *name || c.area_code == *name);
        let Some(contest) = found else {
            for figure in stations.values().filter_map(|f| f.first()) {
                problems.add(figure.row, "contest", t.counting_import_contest());
            }
            continue;
        };
        let around = around(
            tx,
            acting,
            contest,
            &election.rules_id,
            election.state.as_str(),
        )
        .await?;
        for (station, figures) in stations {
            if problems.is_full() {
                return Ok(imported);
            }
            let row = figures.first().map_or(0, |f| f.row);
            let mut named = around
                .units
                .iter()
                .filter(|u| u.station_id == *station || u.number.to_string() == *station);
            let (Some(unit), None) = (named.next(), named.next()) else {
                problems.add(row, "station", t.counting_import_station());
                continue;
            };
            one(
                tx,
                acting,
                &around,
                contest,
                unit,
                figures,
                &mut imported,
                problems,
            )
            .await?;
        }
    }
    Ok(imported)
}

async fn around(
    tx: &mut Transaction,
    acting: &Acting,
    contest: &Contest,
    rules_id: &str,
    state: &str,
) -> Result<Around, Error> {
    actions::open_counting_in(tx, acting, &contest.id).await?;
    let protocols = store::protocols_of_contest(tx, &contest.id).await?;
    let candidates = store::candidates(tx, &contest.id).await?;
    Ok(Around {
        rules: acting.app().rules.get(rules_id)?,
        state: state.to_owned(),
        units: elections::counting_units(tx, &contest.id).await?,
        candidates: candidates.into_iter().map(|(id, _)| id).collect(),
        members: store::members_of_contest(tx, &contest.id, contest.voting_day).await?,
        turnout: day::series_of_contest(tx, &contest.id).await?,
        protocols: protocols
            .into_iter()
            .map(|p| (p.station_id.clone(), p))
            .collect(),
    })
}

/// One protocol: read, checked, put on record, confirmed.
#[expect(clippy::too_many_arguments, reason = "one step of the loop above")]
async fn one(
    tx: &mut Transaction,
    acting: &Acting,
    around: &Around,
    contest: &Contest,
    unit: &CountingUnit,
    figures: &[Figure],
    imported: &mut Imported,
    problems: &mut Problems,
) -> Result<(), Error> {
    let t = acting.t();
    acting
        .require(
            tx,
            Action::ProtocolEnter,
            &unit.area_id,
            Some(&around.state),
        )
        .await?;
    let form = around.rules.protocol.as_ref().ok_or(Error::NotFound)?;
    let none = Vec::new();
    let of_station = around.members.get(&unit.station_id).unwrap_or(&none);
    let ids = |barred: bool| -> Vec<String> {
        of_station
            .iter()
            .filter(|(_, office)| is_barred(office) == barred)
            .map(|(id, _)| id.clone())
            .collect()
    };
    let items = Items {
        candidates: &around.candidates,
        members: ids(false),
        barred: ids(true),
    };
    let before = problems.list.len();
    let (entry, rows) = entry(form, &items, figures, problems);
    if problems.list.len() > before {
        return Ok(());
    }
    let turnout = around
        .turnout
        .get(&unit.station_id)
        .map_or(&[][..], Vec::as_slice);
    let findings = run(
        &around.rules,
        form,
        &entry,
        &Known {
            stage: Stage::Complete,
            candidates: &around.candidates,
            members: &items.members,
            barred: &items.barred,
            turnout,
            words: &[],
        },
    );
    let row = figures.first().map_or(0, |f| f.row);
    let mend = findings.iter().find(|f| weight(form, f) == Weight::Mend);
    if let Some(finding) = mend {
        let row = finding
            .lines
            .first()
            .and_then(|k| rows.get(k))
            .copied()
            .unwrap_or(row);
        problems.add(row, "value", sentence(acting, form, finding));
        return Ok(());
    }
    let Some(protocol) = around.protocols.get(&unit.station_id) else {
        problems.add(row, "station", t.counting_import_station());
        return Ok(());
    };
    if actions::is_determined(contest.state.as_str()) {
        problems.add(row, "contest", t.counting_refused_determined());
        return Ok(());
    }
    match protocol.state {
        ProtocolState::Expected | ProtocolState::Returned => {}
        ProtocolState::Draft => {
            problems.add(row, "station", t.counting_import_draft());
            return Ok(());
        }
        ProtocolState::Submitted | ProtocolState::SubmittedWithFaults | ProtocolState::Accepted => {
            let kept = store::values(
                tx,
                &protocol.station_id,
                &protocol.contest_id,
                protocol.version,
            )
            .await?;
            if kept == entry {
                imported.unchanged = imported.unchanged.saturating_add(1);
            } else {
                problems.add(row, "station", t.counting_import_other());
            }
            return Ok(());
        }
    }
    let faulty = put(tx, acting, form, protocol, &entry, &findings).await?;
    imported.protocols = imported.protocols.saturating_add(1);
    imported.faulty = imported.faulty.saturating_add(usize::from(faulty));
    Ok(())
}

async fn put(
    tx: &mut Transaction,
    acting: &Acting,
    form: &ProtocolForm,
    known: &Protocol,
    entry: &ProtocolEntry,
    findings: &[Finding],
) -> Result<bool, Error> {
    let version = known.version.saturating_add(1);
    // Begun empty: the file names every figure, nothing is taken over from a version before.
    let empty = Protocol {
        version: 0,
        ..known.clone()
    };
    let (person, now) = (acting.person(), acting.now());
    store::add_version(tx, &empty, version, "", person, now)?;
    let values = entry
        .values
        .iter()
        .map(|(key, n)| (key.clone(), Some(*n)))
        .collect();
    store::put_values(tx, known, version, &values)?;
    let protocol = Protocol {
        version,
        ..known.clone()
    };
    let content = Content {
        entry,
        findings,
        as_paper_says: true,
        explanations: &BTreeMap::new(),
    };
    let sent = put_on_record(tx, acting, &protocol, form, &content).await?;
    let confirmed = Protocol {
        state: sent.state,
        faults: sent.faults,
        sequence: protocol.sequence.saturating_add(1),
        ..protocol
    };
    let no_paper = acting.t().counting_import_no_paper();
    put_confirmation(tx, acting, &confirmed, &no_paper).await?;
    Ok(sent.faults > 0)
}

fn sentence(acting: &Acting, form: &ProtocolForm, finding: &Finding) -> String {
    let language = crate::counting::sheet::language(acting.t().lang);
    finding.text(form, Audience::Typist, language, &|_| None)
}

/// The figures of one protocol, and the row of each.
fn entry(
    form: &ProtocolForm,
    items: &Items<'_>,
    figures: &[Figure],
    problems: &mut Problems,
) -> (ProtocolEntry, HashMap<LineKey, usize>) {
    let t = problems.t;
    let mut entry = ProtocolEntry::new();
    let mut rows = HashMap::new();
    for figure in figures {
        let Some(line) = form.line(&figure.line) else {
            problems.add(figure.row, "line", t.counting_import_line());
            continue;
        };
        let Some(key) = key(items, line.kind, &figure.line, &figure.item) else {
            problems.add(figure.row, "item", t.counting_import_item());
            continue;
        };
        match parse_figure(form, &figure.value) {
            Err(fault) => {
                let message = fault
                    .named()
                    .map_or_else(|| t.form_number(), |named| typing_sentence(t, form, named));
                problems.add(figure.row, "value", message);
            }
            Ok(value) => {
                if rows.insert(key.clone(), figure.row).is_some() {
                    problems.add(figure.row, "line", t.counting_import_twice());
                }
                entry.set(key, value);
            }
        }
    }
    (entry, rows)
}

/// The key of a figure; an item may be named by its id or by its place, from 1.
fn key(items: &Items<'_>, kind: Kind, line: &str, item: &str) -> Option<LineKey> {
    let of = |list: &[String]| -> Option<LineKey> {
        let known = list.iter().find(|id| *id == item);
        let place = || list.get(item.parse::<usize>().ok()?.checked_sub(1)?);
        LineKey::item(line, known.or_else(place)?).ok()
    };
    match kind {
        Kind::Single => item
            .is_empty()
            .then(|| LineKey::single(line).ok())
            .flatten(),
        Kind::PerCandidate => of(items.candidates),
        Kind::PerMember => of(&items.members).or_else(|| {
            let barred = items.barred.iter().find(|id| *id == item)?;
            LineKey::item(line, barred).ok()
        }),
        Kind::PerBox => is_box(item)
            .then(|| LineKey::item(line, item).ok())
            .flatten(),
    }
}

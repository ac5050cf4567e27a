//! A station's report: what it says is read, judged and written, once.

use crate::platform::access::Action;
use crate::platform::audit;
use crate::platform::database::Transaction;
use crate::platform::inbox::{Envelope, Taken};
use crate::platform::web::FieldErrors;
use crate::platform::{Acting, Error, T, ids};
use crate::readiness::held::{Held, Purpose};
use crate::readiness::model::{Cause, ItemStatus, MAX_PHOTOS, MAX_TEXT_CHARS, Place, carried};
use crate::readiness::store::write::{NewAnswer, NewReport};
use crate::readiness::{lists, store};
use electoral::checklist::{Answer, AnswerProblem, Checklist, Evidence, Item, Kind};
use std::sync::Arc;

/// What a form says about one item.
struct Said<'l> {
    item: &'l Item,
    answer: Answer,
    note: String,
    base: u64,
    photos: Vec<String>,
}

/// Takes the report that an envelope carries. The same envelope again changes nothing.
///
/// # Errors
/// No power at the station, or not at this stage of the election; fields to mend, all of them.
pub async fn report_in(
    tx: &mut Transaction,
    acting: &Acting,
    envelope: &Envelope,
) -> Result<Taken, Error> {
    let (election, station) = (envelope.text("election"), envelope.text("station"));
    if !ids::is_id(election) || !ids::is_id(station) {
        return Err(Error::NotFound);
    }
    let t = acting.t();
    // An id of digits alone would be taken for a number by the log.
    if !ids::is_id(&envelope.id) || !envelope.id.contains('-') {
        return Err(Error::field("envelope", t.readiness_problem_envelope()));
    }
    let named: Vec<&str> = envelope
        .fields
        .keys()
        .filter_map(|name| {
            name.strip_prefix("answer.")
                .or_else(|| name.strip_prefix("none."))
        })
        .chain(
            envelope
                .files
                .keys()
                .filter_map(|name| name.strip_prefix("photo.")),
        )
        .collect();
    let purpose = Purpose {
        power: Some(Action::ReadinessAnswer),
        report_id: &envelope.id,
        items: &named,
    };
    let mut held = Held::take_in(tx, acting, (election, station), purpose).await?;
    if held.force.known {
        return known(tx, t, &held.place, &envelope.id).await;
    }
    let (list, version) = list_of(tx, t, &held, envelope).await?;
    let said = read(t, &list, envelope)?;
    let (answers, problems) = weigh(tx, acting, &held, said).await?;
    problems.done()?;
    let parallel = is_parallel(tx, acting, &held, envelope, &answers).await?;
    let report = NewReport {
        id: &envelope.id,
        checklist_id: &list.id,
        checklist_version: version,
        answers: answers.len(),
        parallel,
        answered_at: envelope.made_at.min(acting.now()),
    };
    store::write::add_report(tx, acting, &held.place, &report);
    held.write(tx, acting, (&envelope.id, Cause::Station), &answers)
        .await?;
    acting
        .record(
            tx,
            audit::Event {
                event: "readiness.reported",
                kind: "readiness_report",
                object: &[election, station, &envelope.id],
                contest_id: "",
            },
        )
        .await?;
    let conflicts = answers.iter().filter(|a| a.conflict).count();
    Ok(taken(
        t,
        &held.place,
        &envelope.id,
        answers.len(),
        conflicts,
        parallel,
    ))
}

/// What became of a report.
fn taken(
    t: T,
    place: &Place,
    report: &str,
    answers: usize,
    conflicts: usize,
    parallel: bool,
) -> Taken {
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let (state, message) = if conflicts > 0 {
        ("conflict", t.readiness_taken_conflict(count(conflicts)))
    } else if parallel {
        ("parallel", t.readiness_taken_parallel(count(answers)))
    } else {
        ("taken", t.readiness_taken(count(answers)))
    };
    Taken {
        state: state.to_owned(),
        message,
        href: format!(
            "/office/readiness/stations/{}/reports/{report}?election={}",
            place.station_id, place.election_id
        ),
    }
}

/// The same answer for a report that was taken before.
async fn known(tx: &mut Transaction, t: T, place: &Place, id: &str) -> Result<Taken, Error> {
    let (election, station) = (&place.election_id, &place.station_id);
    let report = store::read::report(tx, election, station, id)
        .await?
        .ok_or(Error::NotFound)?;
    let answers = store::read::answers(tx, election, station, None).await?;
    let own: Vec<_> = answers.iter().filter(|a| a.report_id == id).collect();
    let conflicts = own.iter().filter(|a| a.conflict).count();
    Ok(taken(t, place, id, own.len(), conflicts, report.parallel))
}

/// The version of the checklist that the author saw: one that is or was in force in this election.
async fn list_of(
    tx: &mut Transaction,
    t: T,
    held: &Held,
    envelope: &Envelope,
) -> Result<(Arc<Checklist>, u64), Error> {
    let id = envelope.text("checklist");
    let version: u64 = envelope.text("checklist_version").parse().unwrap_or(0);
    if held.force.id == id && held.force.version == version {
        return Ok((Arc::clone(&held.list), version));
    }
    let known = store::lists::setups(tx, &held.place.election_id).await?;
    if !known
        .iter()
        .any(|s| s.checklist_id == id && s.checklist_version == version)
    {
        let field = "checklist_version";
        return Err(Error::field(field, t.readiness_problem_version()));
    }
    Ok((lists::version_of(tx, id, version).await?, version))
}

/// Reads every answer of the form; all that can't be read is told at once.
fn read<'l>(t: T, list: &'l Checklist, envelope: &Envelope) -> Result<Vec<Said<'l>>, Error> {
    let mut problems = FieldErrors::new();
    for name in envelope.fields.keys() {
        let item = name
            .strip_prefix("answer.")
            .or_else(|| name.strip_prefix("none."));
        if item.is_some_and(|id| list.item(id).is_none() && !envelope.text(name).is_empty()) {
            problems.add(name, t.readiness_problem_unknown());
        }
    }
    let mut said = Vec::new();
    let mut empty = true;
    for item in &list.items {
        let photos = envelope
            .files
            .get(&format!("photo.{}", item.id))
            .cloned()
            .unwrap_or_default();
        let note = envelope.text(&format!("note.{}", item.id)).to_owned();
        let field = format!("answer.{}", item.id);
        let mut raw = envelope.text(&field).to_owned();
        if matches!(item.kind, Kind::Photo { .. }) {
            raw = if photos.is_empty() {
                String::new()
            } else {
                photos.len().to_string()
            };
        }
        let instead = envelope.text(&format!("none.{}", item.id));
        if !instead.is_empty() && item.kind.has_instead() {
            if !raw.is_empty() {
                problems.add(field, t.readiness_problem_both());
                empty = false;
                continue;
            }
            instead.clone_into(&mut raw);
        }
        if raw.is_empty() {
            if !note.is_empty() || !photos.is_empty() {
                problems.add(field, t.readiness_problem_empty());
                empty = false;
            }
            continue;
        }
        empty = false;
        if item.told_by.is_some() {
            problems.add(field, t.readiness_problem_told());
            continue;
        }
        if note.chars().count() > MAX_TEXT_CHARS {
            problems.add(format!("note.{}", item.id), t.form_too_long(1_000));
        }
        if photos.len() > MAX_PHOTOS {
            let most = i64::try_from(MAX_PHOTOS).unwrap_or(i64::MAX);
            problems.add(
                format!("photo.{}", item.id),
                t.readiness_problem_photos(most),
            );
        }
        let base_field = format!("base.{}", item.id);
        let base = match envelope.text(&base_field) {
            "" => Some(0),
            text => text.parse().ok(),
        };
        if base.is_none() {
            problems.add(base_field, t.readiness_problem_base());
        }
        match (item.read(&raw), base) {
            (Err(problem), _) => problems.add(field, sentence(t, &problem)),
            (Ok(answer), Some(base)) => said.push(Said {
                item,
                answer,
                note,
                base,
                photos,
            }),
            (Ok(_), None) => {}
        }
    }
    if empty && problems.is_empty() {
        let first = envelope.fields.keys().find(|n| n.starts_with("answer."));
        let field = first.map_or("answer", String::as_str);
        problems.add(field, t.readiness_problem_nothing());
    }
    problems.done()?;
    Ok(said)
}

/// What must be changed about an answer.
fn sentence(t: T, problem: &AnswerProblem) -> String {
    match problem {
        AnswerProblem::Choice => t.form_choice(),
        AnswerProblem::Number => t.readiness_problem_number(),
        AnswerProblem::Range { least, most } => {
            t.readiness_problem_range(least.to_string(), most.to_string())
        }
        AnswerProblem::Date => t.form_date(),
        AnswerProblem::Empty => t.form_required(),
        AnswerProblem::TooLong(chars) => t.form_too_long(i64::from(*chars)),
    }
}

/// Compares what was said with what its author saw and with what others said meanwhile. Unchanged answers fall away.
async fn weigh(
    tx: &mut Transaction,
    acting: &Acting,
    held: &Held,
    said: Vec<Said<'_>>,
) -> Result<(Vec<NewAnswer>, FieldErrors), Error> {
    let t = acting.t();
    let mut problems = FieldErrors::new();
    let mut answers = Vec::new();
    for one in said {
        let id = &one.item.id;
        let now = held.states.get(id);
        if one.base > held.sequence(id) {
            problems.add(format!("base.{id}"), t.readiness_problem_base());
            continue;
        }
        let value = one.answer.to_text();
        let known = known_to(tx, acting, held, id, one.base).await?;
        let said_before = |k: &&Known| k.value == value;
        let same_words =
            one.note.is_empty() || known.iter().filter(said_before).any(|k| k.note == one.note);
        let mut same = known.iter().filter(said_before).peekable();
        if same.peek().is_some() && same_words && one.photos.is_empty() {
            continue;
        }
        let voting_day = held.force.voting_day;
        // An older form may arrive late: what counts is the question as it is asked now.
        let status = match held.list.item(id) {
            Some(now) => carried(now, one.item, &value, voting_day),
            None => ItemStatus::from(one.item.judge(&one.answer, voting_day)),
        };
        let proven = same.any(|k| k.status == ItemStatus::Met);
        if status == ItemStatus::Met && !proven {
            evidence(t, &one, &mut problems);
        }
        let contradicted = now.is_some_and(|n| {
            n.status != ItemStatus::Again
                && n.sequence > one.base
                && n.made_by != acting.person()
                && n.value != value
        });
        let disputed = contradicted || now.is_some_and(|n| n.status == ItemStatus::Disputed);
        let stands = if disputed {
            ItemStatus::Disputed
        } else {
            status
        };
        let mut answer = held.next(acting, id, value, stands);
        answer.status = status;
        answer.note = one.note;
        answer.base = one.base;
        answer.conflict = contradicted;
        answer.photos = one.photos;
        answers.push(answer);
    }
    Ok((answers, problems))
}

/// An answer that an author knew of.
struct Known {
    value: String,
    status: ItemStatus,
    note: String,
}

/// What an author had before them, and the last thing they said since: a page that stays open sends it once more.
async fn known_to(
    tx: &mut Transaction,
    acting: &Acting,
    held: &Held,
    item: &str,
    base: u64,
) -> Result<Vec<Known>, Error> {
    let Some(now) = held.states.get(item) else {
        return Ok(Vec::new());
    };
    // What is asked again has to be said again, even if it is the same.
    if now.sequence == base && now.status == ItemStatus::Again {
        return Ok(Vec::new());
    }
    if now.sequence == base && now.status != ItemStatus::Disputed {
        return Ok(vec![Known {
            value: now.value.clone(),
            status: now.status,
            note: now.note.clone(),
        }]);
    }
    let place = &held.place;
    let all = store::read::answers(tx, &place.election_id, &place.station_id, Some(item)).await?;
    let own = all
        .iter()
        .filter(|a| a.sequence > base && a.made_by == acting.person() && a.cause == Cause::Station)
        .map(|a| a.sequence)
        .max();
    Ok(all
        .into_iter()
        .filter(|a| a.sequence == base || Some(a.sequence) == own)
        .map(|a| Known {
            value: a.value,
            status: a.status,
            note: a.note,
        })
        .collect())
}

/// What an answer that an item holds must bring along.
fn evidence(t: T, said: &Said<'_>, problems: &mut FieldErrors) {
    let id = &said.item.id;
    for wanted in &said.item.evidence {
        match wanted {
            Evidence::Note if said.note.is_empty() => {
                problems.add(format!("note.{id}"), t.readiness_problem_note());
            }
            Evidence::Photo if said.photos.is_empty() => {
                problems.add(format!("photo.{id}"), t.readiness_problem_photo());
            }
            Evidence::Document if said.photos.is_empty() => {
                problems.add(format!("photo.{id}"), t.readiness_problem_document());
            }
            Evidence::Note | Evidence::Photo | Evidence::Document => {}
        }
    }
}

/// Whether somebody else answered other items since the form was made.
async fn is_parallel(
    tx: &mut Transaction,
    acting: &Acting,
    held: &Held,
    envelope: &Envelope,
    answers: &[NewAnswer],
) -> Result<bool, Error> {
    let place = &held.place;
    let seen = match envelope.text("seen").parse::<u64>() {
        Ok(seen) if seen.saturating_add(1) < place.revision => seen,
        _ => return Ok(false),
    };
    let states = store::read::states(tx, &place.election_id, &place.station_id).await?;
    Ok(states.values().any(|state| {
        state.revision > seen
            && state.made_by != acting.person()
            && !answers.iter().any(|a| a.item == state.item)
    }))
}

//! Figures of a draft.

use super::{Line, Scene, limited, step, too_late, write_line};
use crate::counting::model::{Act, ProtocolState};
use crate::counting::sheet::{Sheet, language};
use crate::counting::store;
use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error, FieldProblem, T};
use electoral::protocol::{Finding, LineKey, NamedCheck, ProtocolEntry, ProtocolForm, Stage};
use std::collections::BTreeMap;

/// Figures of one protocol at most: the lines of a form and their items.
const MAX_VALUES: usize = 400;

/// Which protocol, and which state of it the person has seen.
#[derive(Clone, Debug)]
pub struct Target {
    /// The station.
    pub station_id: String,
    /// The contest.
    pub contest_id: String,
    /// Version seen.
    pub version: u64,
}

impl Target {
    /// A protocol in a version.
    #[must_use]
    pub fn new(station_id: impl Into<String>, contest_id: impl Into<String>, version: u64) -> Self {
        Self {
            station_id: station_id.into(),
            contest_id: contest_id.into(),
            version,
        }
    }
}

/// Figures to be kept.
#[derive(Clone, Debug)]
pub struct SaveDraft {
    /// The station.
    pub station_id: String,
    /// The contest.
    pub contest_id: String,
    /// [`crate::counting::model::Protocol::sequence`] as it was when the person began to type.
    pub sequence: u64,
    /// Figures; `None` clears one; those not named stay.
    pub values: BTreeMap<LineKey, Option<u64>>,
    /// Clears every figure that is not named.
    pub whole: bool,
    /// Why there is a correction; kept with the version, may be empty.
    pub reason: String,
}

impl SaveDraft {
    /// A protocol entered at once.
    #[must_use]
    pub fn whole(
        station_id: impl Into<String>,
        contest_id: impl Into<String>,
        sequence: u64,
        entry: &ProtocolEntry,
    ) -> Self {
        Self {
            station_id: station_id.into(),
            contest_id: contest_id.into(),
            sequence,
            values: entry
                .values
                .iter()
                .map(|(key, figure)| (key.clone(), Some(*figure)))
                .collect(),
            whole: true,
            reason: String::new(),
        }
    }
}

/// What is kept now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// Version of the draft.
    pub version: u64,
    /// To be sent with the next save.
    pub sequence: u64,
    /// What the checks say so far.
    pub findings: Vec<Finding>,
    /// The same figures were kept already: nothing was written.
    pub repeated: bool,
}

/// Keeps figures of a draft; the first save after a return begins the next version.
///
/// # Errors
/// No power there; a state in which figures can't change; a figure for a line that does not exist or with
/// too many digits; [`Error::Conflict`] when somebody else has saved since.
pub async fn save_draft(acting: &Acting, input: &SaveDraft) -> Result<Saved, Error> {
    let mut tx = acting.begin().await?;
    let saved = save_draft_in(&mut tx, acting, input).await?;
    tx.commit().await?;
    Ok(saved)
}

/// [`save_draft`] inside another act.
///
/// # Errors
/// As [`save_draft`].
pub async fn save_draft_in(
    tx: &mut Transaction,
    acting: &Acting,
    input: &SaveDraft,
) -> Result<Saved, Error> {
    let t = acting.t();
    let scene = Scene::set(
        tx,
        acting,
        Action::ProtocolEnter,
        &input.station_id,
        &input.contest_id,
    )
    .await?;
    let to = scene.after(t, Act::Save)?;
    let reason = limited(t, "reason", &input.reason)?;
    let protocol = &scene.protocol;
    let known = store::values(
        tx,
        &protocol.station_id,
        &protocol.contest_id,
        protocol.version,
    )
    .await?;
    let sheet = Sheet::read(tx, acting.app(), scene.unit.clone()).await?;
    let changes = changes(t, &sheet, &known, input)?;
    let entry = merged(&known, &changes);
    let words = store::words(
        tx,
        &protocol.station_id,
        &protocol.contest_id,
        protocol.version,
    )
    .await?;
    let findings = sheet.check(&entry, &words, Stage::Draft)?;
    let is_draft = protocol.state == ProtocolState::Draft;
    if is_draft && changes.is_empty() && reason.is_empty() {
        // A form sent twice, or nothing typed: what is kept is what was sent.
        return Ok(Saved {
            version: protocol.version,
            sequence: protocol.sequence,
            findings,
            repeated: true,
        });
    }
    if input.sequence != protocol.sequence {
        return Err(too_late(t));
    }
    let version = if is_draft {
        protocol.version
    } else {
        protocol.version.saturating_add(1)
    };
    step(
        tx,
        acting,
        &store::Step {
            from: protocol,
            to,
            version,
            faults: 0,
            with_act: false,
            returned: false,
            at: acting.now(),
        },
    )
    .await?;
    let (person, now) = (acting.person(), acting.now());
    if is_draft {
        store::touch_version(tx, protocol, reason, person, now)?;
    } else {
        store::add_version(tx, protocol, version, reason, person, now)?;
    }
    store::put_values(tx, protocol, version, &changes)?;
    let line = Line {
        act: Act::Save,
        version,
        reason,
        detail: &detail(&changes),
        decision_id: None,
    };
    let sequence = write_line(tx, acting, protocol, &line).await?;
    Ok(Saved {
        version,
        sequence,
        findings,
        repeated: false,
    })
}

/// What really changes; refuses figures that no paper can have.
fn changes(
    t: T,
    sheet: &Sheet,
    known: &ProtocolEntry,
    input: &SaveDraft,
) -> Result<BTreeMap<LineKey, Option<u64>>, Error> {
    let form = sheet.form()?;
    if input.values.len() > MAX_VALUES {
        return Err(Error::TooLarge);
    }
    let mut problems = Vec::new();
    for (key, value) in &input.values {
        let wrong = if !sheet.knows(key) {
            Some(NamedCheck::Unknown)
        } else {
            value
                .is_some_and(|v| too_long(form, v))
                .then_some(NamedCheck::TooLong)
        };
        if let Some(named) = wrong {
            problems.push(FieldProblem {
                field: field_name(key),
                message: typing_sentence(t, form, named),
            });
        }
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let mut changes: BTreeMap<LineKey, Option<u64>> = input
        .values
        .iter()
        .filter(|(key, value)| known.values.get(*key).copied() != **value)
        .map(|(key, value)| (key.clone(), *value))
        .collect();
    if input.whole {
        let gone = known
            .values
            .keys()
            .filter(|key| !input.values.contains_key(*key));
        changes.extend(gone.map(|key| (key.clone(), None)));
    }
    Ok(changes)
}

fn merged(known: &ProtocolEntry, changes: &BTreeMap<LineKey, Option<u64>>) -> ProtocolEntry {
    let mut entry = known.clone();
    for (key, value) in changes {
        match value {
            Some(figure) => {
                entry.set(key.clone(), *figure);
            }
            None => {
                entry.values.remove(key);
            }
        }
    }
    entry
}

/// `took_part=427 votes[c1]=-`: what a save changed, for the history.
fn detail(changes: &BTreeMap<LineKey, Option<u64>>) -> String {
    let parts: Vec<String> = changes
        .iter()
        .map(|(key, value)| match value {
            Some(figure) => format!("{key}={figure}"),
            None => format!("{key}=-"),
        })
        .collect();
    parts.join(" ")
}

fn too_long(form: &ProtocolForm, figure: u64) -> bool {
    figure.checked_ilog10().unwrap_or(0) >= form.limits.digits_max.value
}

/// The field of a figure in forms and error summaries: `took_part`, `votes.ITEM`.
#[must_use]
pub(crate) fn field_name(key: &LineKey) -> String {
    match key.item_id() {
        None => key.line().to_owned(),
        Some(item) => format!("{}.{item}", key.line()),
    }
}

/// The catalogue's sentence for what is wrong with a typed figure.
pub(crate) fn typing_sentence(t: T, form: &ProtocolForm, named: NamedCheck) -> String {
    let Some(check) = form.named(named) else {
        return t.form_number();
    };
    let text = check.typist.get(language(t.lang));
    electoral::protocol::render(text, &|name| {
        (name == "limit").then(|| form.limits.digits_max.value.to_string())
    })
}

//! What the precinct commission does: figures, paper, sending, confirming.

use super::{Line, Scene, limited, needed, refused, step, too_late, write_line};
use crate::counting::model::{Act, Protocol, ProtocolState, Refusal, Weight, weight};
use crate::counting::sheet::Sheet;
use crate::counting::store;
use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::files::StoredFile;
use crate::platform::{Acting, Error, FieldProblem, T, audit};
use electoral::protocol::{
    Audience, Finding, LineKey, NamedCheck, ProtocolEntry, ProtocolForm, Stage,
};
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
    /// [`Protocol::sequence`] as it was when the person began to type.
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
    let findings = sheet.check(&entry, Stage::Draft)?;
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
        store::touch_version(tx, protocol, reason, person, now).await?;
    } else {
        store::add_version(tx, protocol, version, reason, person, now).await?;
    }
    store::put_values(tx, protocol, version, &changes).await?;
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
    let text = check.typist.get(crate::counting::sheet::language(t.lang));
    electoral::protocol::render(text, &|name| {
        (name == "limit").then(|| form.limits.digits_max.value.to_string())
    })
}

/// A version on its way to the chair.
#[derive(Clone, Debug)]
pub struct Submit {
    /// Which.
    pub target: Target,
    /// The signed paper says what was typed, although figures do not agree.
    pub as_paper_says: bool,
    /// Explanations by code of the finding; warnings need one.
    pub explanations: BTreeMap<String, String>,
}

/// What was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Its state.
    pub state: ProtocolState,
    /// Faults on record.
    pub faults: u64,
    /// It had been sent before, with the same content: nothing was written.
    pub repeated: bool,
}

/// Sends a version to the chair: its figures and findings are frozen.
///
/// # Errors
/// No power there; no draft; another version; figures that no paper can have; figures that do not agree
/// unless the signed paper says so; a warning without an explanation.
pub async fn submit(acting: &Acting, input: &Submit) -> Result<Sent, Error> {
    let mut tx = acting.begin().await?;
    let sent = submit_in(&mut tx, acting, input).await?;
    tx.commit().await?;
    Ok(sent)
}

/// [`submit`] inside another act.
///
/// # Errors
/// As [`submit`].
pub async fn submit_in(
    tx: &mut Transaction,
    acting: &Acting,
    input: &Submit,
) -> Result<Sent, Error> {
    let t = acting.t();
    let target = &input.target;
    let scene = Scene::set(
        tx,
        acting,
        Action::ProtocolEnter,
        &target.station_id,
        &target.contest_id,
    )
    .await?;
    if let Some(sent) = sent_before(acting, &scene, input) {
        return Ok(sent);
    }
    scene.after(t, Act::Submit)?;
    scene.same_version(t, target.version)?;
    let protocol = &scene.protocol;
    let entry = store::values(
        tx,
        &protocol.station_id,
        &protocol.contest_id,
        protocol.version,
    )
    .await?;
    let sheet = Sheet::read(tx, acting.app(), scene.unit.clone()).await?;
    let findings = sheet.check(&entry, Stage::Complete)?;
    let form = sheet.form()?;
    sendable(
        t,
        form,
        &findings,
        input.as_paper_says,
        &input.explanations,
        &|id| sheet.item_name(id, t.lang),
    )?;
    put_on_record(
        tx,
        acting,
        protocol,
        form,
        &Content {
            entry: &entry,
            findings: &findings,
            as_paper_says: input.as_paper_says,
            explanations: &input.explanations,
        },
    )
    .await
}

/// The same person sends the same version again: one submission.
fn sent_before(acting: &Acting, scene: &Scene, input: &Submit) -> Option<Sent> {
    let version = scene.version.as_ref()?;
    let same = scene.protocol.state.is_submitted()
        && version.version == input.target.version
        && version.submitted_by.as_deref() == Some(acting.person());
    same.then_some(Sent {
        state: scene.protocol.state,
        faults: scene.protocol.faults,
        repeated: true,
    })
}

/// Refuses what may not be sent: each problem names its finding.
pub(crate) fn sendable(
    t: T,
    form: &ProtocolForm,
    findings: &[Finding],
    as_paper_says: bool,
    explanations: &BTreeMap<String, String>,
    item_name: &dyn Fn(&str) -> Option<String>,
) -> Result<(), Error> {
    let mut problems: Vec<FieldProblem> = Vec::new();
    for finding in findings {
        let sentence = || {
            finding.text(
                form,
                Audience::Typist,
                crate::counting::sheet::language(t.lang),
                item_name,
            )
        };
        match weight(form, finding) {
            Weight::Mend => problems.push(FieldProblem {
                field: finding.lines.first().map(field_name).unwrap_or_default(),
                message: sentence(),
            }),
            Weight::Fault if !as_paper_says => problems.push(FieldProblem {
                field: finding.lines.first().map(field_name).unwrap_or_default(),
                message: sentence(),
            }),
            Weight::Fault => {}
            Weight::Explain => {
                let given = explanations.get(&finding.code).map_or("", |e| e.trim());
                let field = format!("explain-{}", finding.code);
                if given.is_empty() {
                    if problems.iter().all(|p| p.field != field) {
                        problems.push(FieldProblem {
                            field,
                            message: sentence(),
                        });
                    }
                } else {
                    limited(t, &field, given)?;
                }
            }
        }
    }
    for (code, text) in explanations {
        limited(t, &format!("explain-{code}"), text)?;
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Error::Invalid(problems))
    }
}

/// What is frozen when a version is sent.
pub(crate) struct Content<'a> {
    pub(crate) entry: &'a ProtocolEntry,
    pub(crate) findings: &'a [Finding],
    pub(crate) as_paper_says: bool,
    pub(crate) explanations: &'a BTreeMap<String, String>,
}

/// Freezes the newest version of a draft.
pub(crate) async fn put_on_record(
    tx: &mut Transaction,
    acting: &Acting,
    protocol: &Protocol,
    form: &ProtocolForm,
    content: &Content<'_>,
) -> Result<Sent, Error> {
    let faulty: std::collections::BTreeSet<&str> = content
        .findings
        .iter()
        .filter(|f| weight(form, f) == Weight::Fault)
        .map(|f| f.code.as_str())
        .collect();
    let faults = u64::try_from(faulty.len()).map_err(Error::internal)?;
    let state = if faults == 0 {
        ProtocolState::Submitted
    } else {
        ProtocolState::SubmittedWithFaults
    };
    let version = protocol.version;
    let (person, now) = (acting.person(), acting.now());
    step(
        tx,
        acting,
        &store::Step {
            from: protocol,
            to: state,
            version,
            faults,
            with_act: false,
            returned: false,
            at: now,
        },
    )
    .await?;
    store::submit_version(
        tx,
        protocol,
        state,
        content.as_paper_says && faults > 0,
        content.entry,
        person,
        now,
    )
    .await?;
    store::add_findings(
        tx,
        protocol,
        version,
        content.findings,
        content.explanations,
        person,
    )
    .await?;
    let line = Line {
        act: Act::Submit,
        version,
        reason: "",
        detail: "",
        decision_id: None,
    };
    write_line(tx, acting, protocol, &line).await?;
    acting
        .record(
            tx,
            audit::Event {
                event: Act::Submit.event(),
                kind: "protocol_version",
                object: &[
                    &protocol.station_id,
                    &protocol.contest_id,
                    &version.to_string(),
                ],
                contest_id: &protocol.contest_id,
            },
        )
        .await?;
    Ok(Sent {
        state,
        faults,
        repeated: false,
    })
}

/// The chair, or the deputy if the chair is absent, confirms what somebody else has entered (art. 43(8)).
///
/// # Errors
/// No power there; not sent, another version, confirmed by somebody else; the person who sent it.
pub async fn confirm(acting: &Acting, target: &Target) -> Result<(), Error> {
    let mut tx = acting.begin().await?;
    confirm_in(&mut tx, acting, target).await?;
    tx.commit().await?;
    Ok(())
}

/// [`confirm`] inside another act.
///
/// # Errors
/// As [`confirm`].
pub async fn confirm_in(
    tx: &mut Transaction,
    acting: &Acting,
    target: &Target,
) -> Result<(), Error> {
    let t = acting.t();
    let scene = Scene::set(
        tx,
        acting,
        Action::ProtocolConfirm,
        &target.station_id,
        &target.contest_id,
    )
    .await?;
    scene.same_version(t, target.version)?;
    if scene
        .version
        .as_ref()
        .is_some_and(|v| v.confirmed_by.as_deref() == Some(acting.person()))
        && scene.protocol.state.is_submitted()
    {
        return Ok(());
    }
    let to = scene.after(t, Act::Confirm)?;
    let version = scene.newest()?;
    let entered = [
        Some(version.entered_by.as_str()),
        version.submitted_by.as_deref(),
    ];
    if !acting.actor().is_operator() && entered.contains(&Some(acting.person())) {
        return Err(Error::Conflict(t.counting_two_persons()));
    }
    if to == ProtocolState::SubmittedWithFaults && !version.as_paper_says {
        return Err(refused(t, Refusal::Faulty));
    }
    let protocol = &scene.protocol;
    step(tx, acting, &stay(protocol, to, acting)).await?;
    store::confirm_version(tx, protocol, acting.person(), acting.now()).await?;
    let line = Line {
        act: Act::Confirm,
        version: protocol.version,
        reason: "",
        detail: "",
        decision_id: None,
    };
    write_line(tx, acting, protocol, &line).await?;
    Ok(())
}

/// A step that only counts the act.
fn stay<'a>(protocol: &'a Protocol, to: ProtocolState, acting: &Acting) -> store::Step<'a> {
    store::Step {
        from: protocol,
        to,
        version: protocol.version,
        faults: protocol.faults,
        with_act: protocol.accepted_with_act,
        returned: false,
        at: acting.now(),
    }
}

/// Why a version is taken back before the chair has confirmed it.
#[derive(Clone, Debug)]
pub struct TakeBack {
    /// Which.
    pub target: Target,
    /// Why.
    pub reason: String,
}

/// The station takes a version back before the chair has confirmed: the next version begins with its figures.
///
/// # Errors
/// No power there; not sent or confirmed already; no reason.
pub async fn take_back(acting: &Acting, input: &TakeBack) -> Result<u64, Error> {
    let mut tx = acting.begin().await?;
    let version = take_back_in(&mut tx, acting, input).await?;
    tx.commit().await?;
    Ok(version)
}

/// [`take_back`] inside another act.
///
/// # Errors
/// As [`take_back`].
pub async fn take_back_in(
    tx: &mut Transaction,
    acting: &Acting,
    input: &TakeBack,
) -> Result<u64, Error> {
    let t = acting.t();
    let target = &input.target;
    let scene = Scene::set(
        tx,
        acting,
        Action::ProtocolEnter,
        &target.station_id,
        &target.contest_id,
    )
    .await?;
    let to = scene.after(t, Act::TakeBack)?;
    scene.same_version(t, target.version)?;
    let reason = needed(t, "reason", &input.reason)?;
    let protocol = &scene.protocol;
    let version = protocol.version.saturating_add(1);
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
    store::set_version_state(tx, protocol, ProtocolState::Returned).await?;
    store::add_version(tx, protocol, version, reason, acting.person(), acting.now()).await?;
    let line = Line {
        act: Act::TakeBack,
        version: protocol.version,
        reason,
        detail: "",
        decision_id: None,
    };
    write_line(tx, acting, protocol, &line).await?;
    Ok(version)
}

/// A photo or PDF of the signed paper.
#[derive(Clone, Debug)]
pub struct Paper {
    /// Which version it shows.
    pub target: Target,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Attaches the signed paper to the newest version. A second paper takes the place of the first, which stays kept.
///
/// # Errors
/// No power there; nothing entered, another version; not a picture or PDF, too large.
pub async fn attach_paper(acting: &Acting, paper: Paper) -> Result<StoredFile, Error> {
    let mut tx = acting.begin().await?;
    let file = attach_paper_in(&mut tx, acting, paper).await?;
    tx.commit().await?;
    Ok(file)
}

/// [`attach_paper`] inside another act.
///
/// # Errors
/// As [`attach_paper`].
pub async fn attach_paper_in(
    tx: &mut Transaction,
    acting: &Acting,
    paper: Paper,
) -> Result<StoredFile, Error> {
    let t = acting.t();
    let target = &paper.target;
    let scene = Scene::set(
        tx,
        acting,
        Action::ProtocolEnter,
        &target.station_id,
        &target.contest_id,
    )
    .await?;
    let to = scene.after(t, Act::AttachPaper)?;
    scene.same_version(t, target.version)?;
    let file = acting
        .app()
        .files
        .keep(tx, acting, paper.bytes, true)
        .await?;
    let protocol = &scene.protocol;
    step(tx, acting, &stay(protocol, to, acting)).await?;
    store::set_version_file(tx, protocol, &file.id).await?;
    let line = Line {
        act: Act::AttachPaper,
        version: protocol.version,
        reason: "",
        detail: &format!("{} {}", file.id, file.sha256),
        decision_id: None,
    };
    write_line(tx, acting, protocol, &line).await?;
    Ok(file)
}

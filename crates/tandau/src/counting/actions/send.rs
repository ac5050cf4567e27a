//! Sending a version to the chair: what may be sent, and how it is frozen.

use super::enter::{Target, field_name};
use super::{Line, Scene, limited, step, write_line};
use crate::counting::model::{Act, Protocol, ProtocolState, Weight, weight};
use crate::counting::sheet::{Sheet, language};
use crate::counting::store;
use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error, FieldProblem, T, audit};
use electoral::protocol::{Audience, Finding, ProtocolEntry, ProtocolForm, Stage};
use std::collections::BTreeMap;

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
    let words = store::words(
        tx,
        &protocol.station_id,
        &protocol.contest_id,
        protocol.version,
    )
    .await?;
    let findings = sheet.check(&entry, &words, Stage::Complete)?;
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
        let sentence = || finding.text(form, Audience::Typist, language(t.lang), item_name);
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
    )?;
    store::add_findings(
        tx,
        protocol,
        version,
        content.findings,
        content.explanations,
        person,
    )?;
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

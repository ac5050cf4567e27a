//! The chair's confirmation, taking back before it, and the signed paper.

use super::enter::Target;
use super::{Line, Scene, limited, needed, refused, step, write_line};
use crate::counting::model::{Act, Protocol, ProtocolState, Refusal};
use crate::counting::store;
use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::files::StoredFile;
use crate::platform::{Acting, Error};

/// A confirmation of the chair.
#[derive(Clone, Debug)]
pub struct Confirm {
    /// Which version.
    pub target: Target,
    /// Why no paper is attached; needed where none is.
    pub no_paper: String,
}

impl Confirm {
    /// Of a version with its paper.
    #[must_use]
    pub const fn new(target: Target) -> Self {
        Self {
            target,
            no_paper: String::new(),
        }
    }

    /// Of a version without a paper.
    #[must_use]
    pub fn without_paper(target: Target, reason: impl Into<String>) -> Self {
        Self {
            target,
            no_paper: reason.into(),
        }
    }
}

/// The chair, or the deputy if the chair is absent, confirms what somebody else has entered (art. 43(8)).
///
/// # Errors
/// No power there; not sent, another version, confirmed by somebody else; the person who sent it; neither a
/// paper nor a reason why there is none.
pub async fn confirm(acting: &Acting, input: &Confirm) -> Result<(), Error> {
    let mut tx = acting.begin().await?;
    confirm_in(&mut tx, acting, input).await?;
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
    input: &Confirm,
) -> Result<(), Error> {
    let t = acting.t();
    let target = &input.target;
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
    let reason = match version.file_id {
        Some(_) => "",
        None => {
            let reason = limited(t, "no_paper", &input.no_paper)?;
            if reason.is_empty() {
                return Err(Error::field("no_paper", t.counting_no_paper_needed()));
            }
            reason
        }
    };
    put_confirmation(tx, acting, &scene.protocol, reason).await
}

/// Writes a confirmation that has been judged to be possible, with the reason why there is no paper.
pub(crate) async fn put_confirmation(
    tx: &mut Transaction,
    acting: &Acting,
    protocol: &Protocol,
    no_paper: &str,
) -> Result<(), Error> {
    step(tx, acting, &stay(protocol, protocol.state, acting)).await?;
    store::confirm_version(tx, protocol, acting.person(), acting.now())?;
    let line = Line {
        act: Act::Confirm,
        version: protocol.version,
        reason: no_paper,
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
    store::set_version_state(tx, protocol, ProtocolState::Returned)?;
    store::add_version(tx, protocol, version, reason, acting.person(), acting.now())?;
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
    /// Why there is a further paper, or one after the confirmation.
    pub reason: String,
}

/// Attaches the signed paper to the newest version. A further paper needs its reason, as does one that comes
/// after the chair has confirmed; those before stay, and everybody sees all of them.
///
/// # Errors
/// No power there; nothing entered, another version; no reason; not a picture or PDF, too large.
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
    let reason = if scene.newest()?.wants_reason_for_paper() {
        needed(t, "reason", &paper.reason)?
    } else {
        limited(t, "reason", &paper.reason)?
    };
    let file = acting
        .app()
        .files
        .keep(tx, acting, paper.bytes, true)
        .await?;
    let protocol = &scene.protocol;
    step(tx, acting, &stay(protocol, to, acting)).await?;
    let (person, now) = (acting.person(), acting.now());
    store::add_paper(tx, protocol, &file.id, reason, person, now).await?;
    let line = Line {
        act: Act::AttachPaper,
        version: protocol.version,
        reason,
        detail: &format!("{} {}", file.id, file.sha256),
        decision_id: None,
    };
    write_line(tx, acting, protocol, &line).await?;
    Ok(file)
}

//! What the higher commission does: it accepts, returns, or accepts with an act. It never alters a figure.

use super::enter::Target;
use super::{Line, Scene, is_determined, needed, step, write_line};
use crate::commissions::NewDecision;
use crate::commissions::actions::record_decision_with_paper_in;
use crate::counting::model::{Act, ProtocolState, Recorded};
use crate::counting::sheet::Sheet;
use crate::counting::store;
use crate::elections::actions::recount_contest_in;
use crate::elections::queries as elections;
use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error};
use electoral::protocol::ProtocolForm;

/// A decision that needs a reason.
#[derive(Clone, Debug)]
pub struct Ruling {
    /// Which version.
    pub target: Target,
    /// Why.
    pub reason: String,
}

/// An acceptance in spite of a fault.
#[derive(Clone, Debug)]
pub struct AcceptWithAct<'a> {
    /// Which version.
    pub target: Target,
    /// The fault that the act names.
    pub fault: String,
    /// Members of the station's commission whom the act names, where the rules want them named.
    pub members: Vec<String>,
    /// The act: commission, kind, election and contest are set here.
    pub decision: NewDecision<'a>,
    /// The signed act, as it was sent.
    pub paper: Option<Vec<u8>>,
}

/// The kind of the decision by which a protocol with a fault is accepted.
const ACT_KIND: &str = "protocol_act";

/// How an act on a decided protocol goes on record.
struct Verdict<'a> {
    act: Act,
    to: ProtocolState,
    reason: &'a str,
    fault: &'a str,
    decision_id: Option<&'a str>,
}

/// Accepts a version whose figures agree: they become part of the contest's sums.
///
/// # Errors
/// No power there; not confirmed by the chair, faulty, or another version than the one seen.
pub async fn accept(acting: &Acting, target: &Target) -> Result<(), Error> {
    let mut tx = acting.begin().await?;
    accept_in(&mut tx, acting, target).await?;
    tx.commit().await?;
    Ok(())
}

/// [`accept`] inside another act.
///
/// # Errors
/// As [`accept`].
pub async fn accept_in(
    tx: &mut Transaction,
    acting: &Acting,
    target: &Target,
) -> Result<(), Error> {
    let scene = scene(tx, acting, target).await?;
    if decided_before(acting, &scene, target, ProtocolState::Accepted) {
        return Ok(());
    }
    let to = scene.after(acting.t(), Act::Accept)?;
    scene.same_version(acting.t(), target.version)?;
    decide(
        tx,
        acting,
        &scene,
        &Verdict {
            act: Act::Accept,
            to,
            reason: "",
            fault: "",
            decision_id: None,
        },
    )
    .await
}

/// Accepts a version with a fault by a decision that names it (a loss or a surplus is laid down in an act).
/// The decision is taken about this protocol and goes on record with the acceptance.
///
/// # Errors
/// As [`accept`]; without a fault; what is wrong with the decision, such as a day before the voting.
pub async fn accept_with_act(acting: &Acting, input: AcceptWithAct<'_>) -> Result<(), Error> {
    let mut tx = acting.begin().await?;
    accept_with_act_in(&mut tx, acting, input).await?;
    tx.commit().await?;
    Ok(())
}

/// [`accept_with_act`] inside another act.
///
/// # Errors
/// As [`accept_with_act`].
pub async fn accept_with_act_in(
    tx: &mut Transaction,
    acting: &Acting,
    input: AcceptWithAct<'_>,
) -> Result<(), Error> {
    let t = acting.t();
    let scene = scene(tx, acting, &input.target).await?;
    if decided_before(acting, &scene, &input.target, ProtocolState::Accepted) {
        return Ok(());
    }
    let to = scene.after(t, Act::AcceptWithAct)?;
    scene.same_version(t, input.target.version)?;
    let fault = needed(t, "fault", &input.fault)?;
    let named = named_members(tx, acting, &scene, &input.members).await?;
    let fault = format!("{fault}{named}");
    if input.decision.decided_on < scene.unit.voting_day {
        return Err(Error::field("decided_on", t.counting_act_too_early()));
    }
    let contest = elections::contest(tx, &scene.unit.contest_id).await?;
    let decision_id = record_decision_with_paper_in(
        tx,
        acting,
        NewDecision {
            commission_id: contest.commission_id,
            kind: ACT_KIND,
            election_id: Some(contest.election_id),
            contest_id: Some(contest.id),
            ..input.decision
        },
        input.paper,
    )
    .await?;
    decide(
        tx,
        acting,
        &scene,
        &Verdict {
            act: Act::AcceptWithAct,
            to,
            reason: "",
            fault: &fault,
            decision_id: Some(&decision_id),
        },
    )
    .await
}

/// The members whom an act must name (art. 43(3-1): those who ran an overfull portable box), in words.
async fn named_members(
    tx: &mut Transaction,
    acting: &Acting,
    scene: &Scene,
    members: &[String],
) -> Result<String, Error> {
    let t = acting.t();
    let sheet = Sheet::read(tx, acting.app(), scene.unit.clone()).await?;
    let protocol = &scene.protocol;
    let findings = store::findings(
        tx,
        &protocol.station_id,
        &protocol.contest_id,
        protocol.version,
    )
    .await?;
    let wanted = members_wanted(sheet.form()?, &findings);
    let known: Vec<String> = sheet
        .members
        .iter()
        .chain(&sheet.barred)
        .filter(|member| members.contains(&member.id))
        .map(|member| member.names.get(t.lang).to_owned())
        .collect();
    if known.len() < wanted {
        let least = u64::try_from(wanted).unwrap_or(u64::MAX);
        return Err(Error::field(
            "members",
            t.counting_act_members_needed(least),
        ));
    }
    Ok(if known.is_empty() {
        String::new()
    } else {
        format!(" {}", t.counting_act_members(known.join(", ")))
    })
}

/// How many members an act about these findings names at least.
pub(crate) fn members_wanted(form: &ProtocolForm, findings: &[Recorded]) -> usize {
    let of = |one: &Recorded| form.check(&one.finding.code).map(|check| check.act_members);
    findings.iter().filter_map(of).max().unwrap_or(0)
}

/// Returns a version for a recount; the station enters a new one.
///
/// # Errors
/// No power there; not confirmed by the chair; another version; no reason.
pub async fn return_for_recount(acting: &Acting, input: &Ruling) -> Result<(), Error> {
    let mut tx = acting.begin().await?;
    return_for_recount_in(&mut tx, acting, input).await?;
    tx.commit().await?;
    Ok(())
}

/// [`return_for_recount`] inside another act.
///
/// # Errors
/// As [`return_for_recount`].
pub async fn return_for_recount_in(
    tx: &mut Transaction,
    acting: &Acting,
    input: &Ruling,
) -> Result<(), Error> {
    let scene = scene(tx, acting, &input.target).await?;
    if decided_before(acting, &scene, &input.target, ProtocolState::Returned) {
        return Ok(());
    }
    let to = scene.after(acting.t(), Act::Return)?;
    scene.same_version(acting.t(), input.target.version)?;
    let reason = needed(acting.t(), "reason", &input.reason)?;
    decide(
        tx,
        acting,
        &scene,
        &Verdict {
            act: Act::Return,
            to,
            reason,
            fault: "",
            decision_id: None,
        },
    )
    .await
}

/// Orders a recount of an accepted protocol before the results are published (art. 43(9)): its figures leave
/// the sums until a new version is accepted. An outcome that was determined already is to be determined anew.
///
/// # Errors
/// No power there; not accepted; the results are published; another version; no reason.
pub async fn reopen(acting: &Acting, input: &Ruling) -> Result<(), Error> {
    let mut tx = acting.begin().await?;
    reopen_in(&mut tx, acting, input).await?;
    tx.commit().await?;
    Ok(())
}

/// [`reopen`] inside another act.
///
/// # Errors
/// As [`reopen`].
pub async fn reopen_in(tx: &mut Transaction, acting: &Acting, input: &Ruling) -> Result<(), Error> {
    let t = acting.t();
    let scene = scene(tx, acting, &input.target).await?;
    let to = scene.after(t, Act::Reopen)?;
    scene.same_version(t, input.target.version)?;
    let reason = needed(t, "reason", &input.reason)?;
    move_on(tx, acting, &scene, to, false).await?;
    store::change_totals(tx, &scene.protocol, false)?;
    store::set_version_state(tx, &scene.protocol, ProtocolState::Returned)?;
    if is_determined(&scene.unit.contest_state) {
        recount_contest_in(tx, acting, &scene.unit.contest_id, reason).await?;
    }
    let line = Line {
        act: Act::Reopen,
        version: scene.protocol.version,
        reason,
        detail: "",
        decision_id: None,
    };
    write_line(tx, acting, &scene.protocol, &line).await?;
    Ok(())
}

async fn scene(tx: &mut Transaction, acting: &Acting, target: &Target) -> Result<Scene, Error> {
    Scene::set(
        tx,
        acting,
        Action::ProtocolDecide,
        &target.station_id,
        &target.contest_id,
    )
    .await
}

/// The same decision of the same person about the same version, sent twice.
fn decided_before(acting: &Acting, scene: &Scene, target: &Target, state: ProtocolState) -> bool {
    scene.protocol.state == state
        && scene.version.as_ref().is_some_and(|v| {
            v.version == target.version && v.decided_by.as_deref() == Some(acting.person())
        })
}

async fn move_on(
    tx: &mut Transaction,
    acting: &Acting,
    scene: &Scene,
    to: ProtocolState,
    with_act: bool,
) -> Result<(), Error> {
    step(
        tx,
        acting,
        &store::Step {
            from: &scene.protocol,
            to,
            version: scene.protocol.version,
            faults: scene.protocol.faults,
            with_act,
            returned: to == ProtocolState::Returned,
            at: acting.now(),
        },
    )
    .await
}

async fn decide(
    tx: &mut Transaction,
    acting: &Acting,
    scene: &Scene,
    verdict: &Verdict<'_>,
) -> Result<(), Error> {
    let protocol = &scene.protocol;
    move_on(tx, acting, scene, verdict.to, verdict.decision_id.is_some()).await?;
    store::decide_version(
        tx,
        protocol,
        &store::Decision {
            state: verdict.to,
            by: acting.person(),
            at: acting.now(),
            reason: verdict.reason,
            decision_id: verdict.decision_id,
            fault: verdict.fault,
        },
    )?;
    if verdict.to == ProtocolState::Accepted {
        store::change_totals(tx, protocol, true)?;
    }
    let line = Line {
        act: verdict.act,
        version: protocol.version,
        reason: verdict.reason,
        detail: verdict.fault,
        decision_id: verdict.decision_id,
    };
    write_line(tx, acting, protocol, &line).await?;
    Ok(())
}

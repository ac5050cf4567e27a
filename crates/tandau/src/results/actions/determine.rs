//! The territorial commission determines a contest.

use super::verify::{sentences, verify};
use crate::bind;
use crate::commissions::NewDecision;
use crate::commissions::actions::record_decision_with_paper_in;
use crate::counting;
use crate::elections::actions::{move_in, settle_contest_in};
use crate::elections::{Contest, ContestState, ElectionState};
use crate::platform::access::Action;
use crate::platform::database::{Connection, Transaction};
use crate::platform::{Acting, Error, T, audit};
use crate::results::model::{Outcome, OutcomeKind};
use crate::results::{queries, store};
use electoral::rules::RulePack;
use electoral::tabulation::{self, Outcome as Tabulated, Tally};

/// Longest reason for declaring a contest invalid, in characters.
const MAX_REASON_CHARS: usize = 2_000;

/// What a commission decides about a contest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Determine<'a> {
    /// The contest.
    pub contest_id: String,
    /// The decision; commission, kind, election and contest are set here.
    pub decision: NewDecision<'a>,
    /// The signed paper, as it was sent.
    pub paper: Option<Vec<u8>>,
    /// Why the commission declares the contest invalid (art. 113-11(2)), if it does.
    pub declared_invalid: Option<String>,
}

/// Determines the outcome of a contest by a decision of its commission. Votes decide, by the rules of the
/// election: the commission puts on record what they came to. A correction is a new version. With the last
/// contest of its voting day the election is determined; a contest of a later day is settled by itself.
///
/// # Errors
/// No power; [`Error::Conflict`] while a protocol is not accepted; what is wrong with the decision.
pub async fn determine(acting: &Acting, input: Determine<'_>) -> Result<Outcome, Error> {
    let mut tx = acting.begin().await?;
    let outcome = determine_in(&mut tx, acting, input).await?;
    tx.commit().await?;
    Ok(outcome)
}

async fn determine_in(
    tx: &mut Transaction,
    acting: &Acting,
    input: Determine<'_>,
) -> Result<Outcome, Error> {
    let contest = crate::elections::queries::contest(tx, &input.contest_id).await?;
    let election = crate::elections::queries::election(tx, &contest.election_id).await?;
    let phase = crate::elections::queries::phase(tx, &election, &contest, acting.now()).await?;
    acting
        .require(
            tx,
            Action::OutcomeDetermine,
            &contest.area_id,
            Some(phase.as_str()),
        )
        .await?;
    let reason = reason(acting, input.declared_invalid.as_deref())?;
    let progress = counting::queries::progress(tx, &contest.id).await?;
    if reason.is_none() && (progress.total() == 0 || progress.accepted < progress.total()) {
        return Err(Error::Conflict(acting.t().results_not_all_accepted(
            progress.accepted,
            progress.total().max(contest.stations_expected),
        )));
    }
    let pack = acting.app().rules.get(&election.rules_id)?;
    let tabulated = tabulate(tx, &pack, &contest.id, &progress, reason, acting.t()).await?;
    let decision_id = record_decision_with_paper_in(
        tx,
        acting,
        NewDecision {
            commission_id: contest.commission_id.clone(),
            kind: "outcome_determined",
            election_id: Some(election.id.clone()),
            contest_id: Some(contest.id.clone()),
            ..input.decision
        },
        input.paper,
    )
    .await?;
    let outcome = put_down(tx, acting, &pack, &contest.id, tabulated, decision_id).await?;
    let settled = match outcome.kind {
        OutcomeKind::Elected => ContestState::Determined,
        OutcomeKind::Tie | OutcomeKind::NoVotes | OutcomeKind::Invalid => ContestState::Repeat,
    };
    settle_contest_in(tx, acting, &contest.id, settled, Some(&outcome.decision_id)).await?;
    if election.state == ElectionState::Counting && none_open(tx, &election.id).await? {
        // Nobody decides this: it follows from the last contest, so the program itself puts it on record.
        let program = Acting::operator(acting.app().clone()).at(acting.now());
        move_in(tx, &program, &election.id, ElectionState::Determined, None).await?;
    }
    Ok(outcome)
}

fn reason(acting: &Acting, declared: Option<&str>) -> Result<Option<String>, Error> {
    let Some(text) = declared.map(str::trim) else {
        return Ok(None);
    };
    let t = acting.t();
    if text.is_empty() {
        return Err(Error::field("reason", t.form_required()));
    }
    if text.chars().count() > MAX_REASON_CHARS {
        return Err(Error::field(
            "reason",
            t.form_too_long(u64::try_from(MAX_REASON_CHARS).unwrap_or(u64::MAX)),
        ));
    }
    Ok(Some(text.to_owned()))
}

/// What the rules make of the accepted protocols as they stand; `None` while one is missing.
///
/// # Errors
/// What the database reports; [`Error::Conflict`] for sums that are not those of the protocols.
pub async fn by_the_rules(
    connection: &mut Connection,
    pack: &RulePack,
    contest_id: &str,
    t: T,
) -> Result<Option<Tabulated<String>>, Error> {
    let progress = counting::queries::progress(connection, contest_id).await?;
    if progress.total() == 0 || progress.accepted < progress.total() {
        return Ok(None);
    }
    tabulate(connection, pack, contest_id, &progress, None, t)
        .await
        .map(Some)
}

/// Counts the accepted protocols anew, compares with the sums (R15, R17), and lets the rules decide.
async fn tabulate(
    connection: &mut Connection,
    pack: &RulePack,
    contest_id: &str,
    progress: &counting::model::Progress,
    declared_invalid: Option<String>,
    t: T,
) -> Result<Tabulated<String>, Error> {
    let sums = counting::queries::totals(connection, contest_id).await?;
    if let Some(form) = &pack.protocol {
        let findings = verify(connection, form, contest_id, &sums, t).await?;
        if !findings.is_empty() {
            return Err(Error::Conflict(sentences(form, &findings, t)));
        }
    }
    let votes_of = |item: &str| {
        sums.get(&("votes".to_owned(), item.to_owned()))
            .copied()
            .unwrap_or(0)
    };
    let candidates = queries::candidates(connection, contest_id).await?;
    let tally = Tally {
        votes: candidates
            .iter()
            .map(|c| (c.id.clone(), votes_of(&c.id)))
            .collect(),
        against_all: sums
            .get(&("against_all".to_owned(), String::new()))
            .copied()
            .unwrap_or(0),
        stations_counted: u32::try_from(progress.accepted).map_err(Error::internal)?,
        stations_expected: u32::try_from(progress.total()).map_err(Error::internal)?,
        voters_remaining: 0,
        declared_invalid,
    };
    tabulation::determine(pack, &tally).map_err(Error::internal)
}

/// Writes the outcome as a new version.
async fn put_down(
    tx: &mut Transaction,
    acting: &Acting,
    pack: &RulePack,
    contest_id: &str,
    tabulated: Tabulated<String>,
    decision_id: String,
) -> Result<Outcome, Error> {
    let article = tabulated
        .source(pack)
        .map(|source| source.article.clone())
        .unwrap_or_default();
    let (kind, candidate_id, votes, margin, tied, reason) = match tabulated {
        Tabulated::Elected {
            candidate,
            votes,
            margin,
        } => (
            OutcomeKind::Elected,
            Some(candidate),
            votes,
            margin,
            Vec::new(),
            String::new(),
        ),
        Tabulated::Tie { candidates, votes } => {
            (OutcomeKind::Tie, None, votes, 0, candidates, String::new())
        }
        Tabulated::NoVotes => (OutcomeKind::NoVotes, None, 0, 0, Vec::new(), String::new()),
        Tabulated::Invalid { reason } => (OutcomeKind::Invalid, None, 0, 0, Vec::new(), reason),
        Tabulated::Incomplete { .. } => {
            return Err(Error::internal("a contest with missing stations"));
        }
    };
    let version = tx
        .one(store::NEXT_OUTCOME, bind![contest_id])
        .await?
        .int("version")?;
    let at = acting.now();
    tx.execute(
        store::ADD_OUTCOME,
        bind![
            contest_id,
            version,
            kind.code(),
            candidate_id.clone(),
            i64::try_from(votes).map_err(Error::internal)?,
            i64::try_from(margin).map_err(Error::internal)?,
            tied.join(" "),
            &reason,
            &article,
            &decision_id,
            acting.person(),
            at
        ],
    )
    .await?;
    acting
        .record(
            tx,
            audit::Event {
                event: "outcome.determined",
                kind: "outcome",
                object: &[contest_id, &version.to_string()],
                contest_id,
            },
        )
        .await?;
    Ok(Outcome {
        contest_id: contest_id.to_owned(),
        version: u64::try_from(version).map_err(Error::internal)?,
        kind,
        candidate_id,
        votes,
        margin,
        tied,
        reason,
        article,
        decision_id,
        made_at: at,
    })
}

async fn none_open(connection: &mut Connection, election_id: &str) -> Result<bool, Error> {
    let contests = crate::elections::queries::contests(connection, election_id).await?;
    Ok(Contest::awaited(&contests) == 0)
}

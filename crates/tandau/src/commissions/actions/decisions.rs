//! Decisions of commissions and acts of other bodies.

use crate::commissions::model::{Decision, NewAct, NewDecision, VOTE_FAILED, vote_problem};
use crate::commissions::store;
use crate::people::model::MAX_NAME_CHARS;
use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::{Acting, App, Error, FieldProblem, Names, T, areas, audit, ids};
use electoral::commission::Votes;
use electoral::rules::CommissionRules;

/// Longest text of a decision, in characters.
const MAX_TEXT_CHARS: usize = 15_000;
/// Longest title, in characters.
const MAX_TITLE_CHARS: usize = 500;
/// Longest number, in characters.
const MAX_NUMBER_CHARS: usize = 30;

/// What the law says of commissions: from the rule pack that names most levels, the newest of these.
/// Commissions stand apart from any one election, and the packs of one country agree about them.
#[must_use]
pub fn rules(app: &App) -> Option<CommissionRules> {
    let packs = app.rules.ids().filter_map(|id| app.rules.get(id).ok());
    packs
        .filter_map(|pack| Some((pack.valid_from, pack.commissions.clone()?)))
        .max_by_key(|(from, rules)| (rules.levels.len(), *from))
        .map(|(_, rules)| rules)
}

/// Puts a decision on record: the composition of its day decides about quorum and majority (article
/// 20(4), 20(5): more than half of all members). Returns the id.
///
/// # Errors
/// [`Error::Invalid`]: a number used before in the year, no quorum, no majority (unless the kind is
/// [`VOTE_FAILED`], which must not have passed), a dissent of somebody who is no member.
pub async fn record_decision_in(
    transaction: &mut Transaction,
    acting: &Acting,
    new: NewDecision<'_>,
) -> Result<String, Error> {
    let t = acting.t();
    let commission = store::by_id(transaction, &new.commission_id).await?;
    let mut problems = text_problems(t, new.kind, &new.number, &new.title, &new.text);
    let year = new.decided_on.year();
    if store::number_taken(transaction, &commission.id, &new.number, year).await? {
        problems.push(problem("number", t.commissions_number_taken()));
    }
    let members = store::composition(transaction, &commission.id, new.decided_on).await?;
    let small = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
    let votes = Votes {
        members: u32::try_from(members.len()).map_err(Error::internal)?,
        present: small(new.present),
        yes: small(new.votes_for),
        no: small(new.votes_against),
    };
    problems.extend(judge(acting, new.kind, votes)?);
    for (person, opinion) in &new.dissents {
        let chars = opinion.trim().chars().count();
        if !members.iter().any(|m| m.person_id == *person) || !(1..=MAX_TEXT_CHARS).contains(&chars)
        {
            problems.push(problem("dissent", t.commissions_dissent()));
        }
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let id = ids::new_id();
    let decision = Decision {
        id: id.clone(),
        commission_id: Some(commission.id),
        body: Names::default(),
        area_id: commission.area_id,
        election_id: new.election_id,
        contest_id: new.contest_id,
        kind: new.kind.to_owned(),
        number: new.number,
        decided_on: new.decided_on,
        title: new.title,
        text: new.text,
        votes,
        file_id: new.file_id,
        recorded_at: acting.now(),
    };
    store::add_decision(transaction, acting, &decision).await?;
    for (person, opinion) in &new.dissents {
        store::add_dissent(transaction, acting, &id, person, opinion.trim()).await?;
    }
    record(transaction, acting, "decision.recorded", &decision).await?;
    Ok(id)
}

/// As [`record_decision_in`], as an act by itself.
///
/// # Errors
/// As [`record_decision_in`]; a day that has not come; [`Error::Forbidden`] without the power.
pub async fn record_decision(acting: &Acting, new: NewDecision<'_>) -> Result<String, Error> {
    record_decision_with_paper(acting, new, None).await
}

/// As [`record_decision`], with the signed paper as it was sent.
///
/// # Errors
/// As [`record_decision`]; [`Error::Unsupported`] or [`Error::TooLarge`] for the paper.
pub async fn record_decision_with_paper(
    acting: &Acting,
    new: NewDecision<'_>,
    paper: Option<Vec<u8>>,
) -> Result<String, Error> {
    let mut transaction = acting.begin().await?;
    let commission = store::by_id(&mut transaction, &new.commission_id).await?;
    acting
        .require(
            &mut transaction,
            Action::DecisionRecord,
            &commission.area_id,
            None,
        )
        .await?;
    concerns(
        &mut transaction,
        acting,
        new.election_id.as_deref(),
        new.contest_id.as_deref(),
    )
    .await?;
    let id = record_decision_with_paper_in(&mut transaction, acting, new, paper).await?;
    transaction.commit().await?;
    Ok(id)
}

/// What a decision says it concerns must be there.
async fn concerns(
    transaction: &mut Transaction,
    acting: &Acting,
    election_id: Option<&str>,
    contest_id: Option<&str>,
) -> Result<(), Error> {
    if (election_id.is_some() || contest_id.is_some())
        && !store::basis::vote_exists(transaction, election_id, contest_id).await?
    {
        return Err(Error::field("concerns", acting.t().form_choice()));
    }
    Ok(())
}

/// As [`record_decision_in`], with the signed paper as it was sent, and not for a day that has not come.
///
/// # Errors
/// As [`record_decision_in`]; [`Error::Unsupported`] or [`Error::TooLarge`] for the paper.
pub async fn record_decision_with_paper_in(
    transaction: &mut Transaction,
    acting: &Acting,
    mut new: NewDecision<'_>,
    paper: Option<Vec<u8>>,
) -> Result<String, Error> {
    if new.decided_on > acting.today() {
        return Err(Error::field("decided_on", acting.t().commissions_future()));
    }
    if let Some(bytes) = paper {
        let files = &acting.app().files;
        let file = files.keep(transaction, acting, bytes, true).await?;
        new.file_id = Some(file.id);
    }
    record_decision_in(transaction, acting, new).await
}

/// Puts the act of another body on record. Returns the id.
///
/// # Errors
/// [`Error::Invalid`] for a missing or too long text.
pub async fn record_act_in(
    transaction: &mut Transaction,
    acting: &Acting,
    new: NewAct<'_>,
) -> Result<String, Error> {
    let t = acting.t();
    let mut problems = text_problems(t, new.kind, &new.number, &new.title, &new.text);
    problems.extend(names_problems(t, "body", &new.body, MAX_NAME_CHARS));
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    areas::by_id(transaction, &new.area_id, new.decided_on).await?;
    let decision = Decision {
        id: ids::new_id(),
        commission_id: None,
        body: new.body,
        area_id: new.area_id,
        election_id: new.election_id,
        contest_id: new.contest_id,
        kind: new.kind.to_owned(),
        number: new.number,
        decided_on: new.decided_on,
        title: new.title,
        text: new.text,
        votes: Votes {
            members: 0,
            present: 0,
            yes: 0,
            no: 0,
        },
        file_id: new.file_id,
        recorded_at: acting.now(),
    };
    store::add_decision(transaction, acting, &decision).await?;
    record(transaction, acting, "act.recorded", &decision).await?;
    Ok(decision.id)
}

/// As [`record_act_in`], as an act by itself, with the signed paper as it was sent.
///
/// # Errors
/// As [`record_act_in`]; [`Error::Forbidden`] without the power; an election or contest that isn't there;
/// [`Error::Unsupported`] or [`Error::TooLarge`] for the paper.
pub async fn record_act(
    acting: &Acting,
    mut new: NewAct<'_>,
    paper: Option<Vec<u8>>,
) -> Result<String, Error> {
    let mut transaction = acting.begin().await?;
    acting
        .require(&mut transaction, Action::ActRecord, &new.area_id, None)
        .await?;
    if new.decided_on > acting.today() {
        return Err(Error::field("decided_on", acting.t().commissions_future()));
    }
    concerns(
        &mut transaction,
        acting,
        new.election_id.as_deref(),
        new.contest_id.as_deref(),
    )
    .await?;
    if let Some(bytes) = paper {
        let files = &acting.app().files;
        let file = files.keep(&mut transaction, acting, bytes, true).await?;
        new.file_id = Some(file.id);
    }
    let id = record_act_in(&mut transaction, acting, new).await?;
    transaction.commit().await?;
    Ok(id)
}

/// What stands against a vote: numbers that can't be, or an outcome that the kind does not go with.
fn judge(acting: &Acting, kind: &str, votes: Votes) -> Result<Option<FieldProblem>, Error> {
    let t = acting.t();
    let rules = rules(acting.app())
        .ok_or_else(|| Error::internal("no rule pack says what a commission's decision needs"))?;
    let verdict = electoral::commission::decide(&rules, votes);
    if kind == VOTE_FAILED && verdict.is_ok() {
        let passed = vote_problem(t, verdict).is_none();
        return Ok(passed.then(|| problem("kind", t.commissions_vote_passed())));
    }
    Ok(vote_problem(t, verdict).map(|(field, message)| problem(field, message)))
}

fn text_problems(t: T, kind: &str, number: &str, title: &Names, text: &str) -> Vec<FieldProblem> {
    let mut problems = names_problems(t, "title", title, MAX_TITLE_CHARS);
    let word = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    if kind.is_empty() || kind.len() > 40 || !kind.bytes().all(word) {
        problems.push(problem("kind", t.form_choice()));
    }
    let chars = number.trim().chars().count();
    if chars == 0 || chars > MAX_NUMBER_CHARS || number.chars().any(char::is_control) {
        problems.push(problem("number", t.commissions_number()));
    }
    if text.chars().count() > MAX_TEXT_CHARS {
        problems.push(problem("text", too_long(t, MAX_TEXT_CHARS)));
    }
    problems
}

fn names_problems(t: T, field: &str, names: &Names, max_chars: usize) -> Vec<FieldProblem> {
    let named = [("kk", &names.kk), ("ru", &names.ru), ("en", &names.en)];
    let mut problems = Vec::new();
    for (lang, text) in named {
        if text.trim().is_empty() {
            problems.push(problem(&format!("{field}_{lang}"), t.form_required()));
        } else if text.chars().count() > max_chars {
            problems.push(problem(&format!("{field}_{lang}"), too_long(t, max_chars)));
        }
    }
    problems
}

fn too_long(t: T, max_chars: usize) -> String {
    t.form_too_long(i64::try_from(max_chars).unwrap_or(i64::MAX))
}

fn problem(field: &str, message: String) -> FieldProblem {
    FieldProblem {
        field: field.to_owned(),
        message,
    }
}

async fn record(
    transaction: &mut Transaction,
    acting: &Acting,
    event: &'static str,
    decision: &Decision,
) -> Result<(), Error> {
    let event = audit::Event {
        event,
        kind: "decision",
        object: &[&decision.id],
        contest_id: decision.contest_id.as_deref().unwrap_or_default(),
    };
    acting.record(transaction, event).await
}

//! Whether a decision carries an act, and the decision that is taken together with one.

use super::decisions::record_decision_with_paper_in;
use crate::commissions::basis::{Asked, Basis, Purpose, Whose};
use crate::commissions::model::{Decision, NewDecision, VOTE_FAILED};
use crate::commissions::store;
use crate::platform::access::store::ancestors;
use crate::platform::database::{Connection, Transaction};
use crate::platform::i18n::date_long;
use crate::platform::{Acting, Error};

/// The decision that an act rests on, put on record if it is taken with the act, and checked as
/// [`check_basis`]. The power to decide for the commission is the caller's matter.
///
/// # Errors
/// As [`check_basis`] and [`super::record_decision_in`].
pub async fn rest_on(
    transaction: &mut Transaction,
    acting: &Acting,
    basis: Basis<'_>,
    asked: &Asked<'_>,
) -> Result<Decision, Error> {
    let id = match basis {
        Basis::Recorded(id) => id,
        Basis::Taken { decision, paper } => {
            let new = NewDecision {
                kind: asked.purpose.kind(),
                election_id: asked.election_id.map(str::to_owned),
                contest_id: asked.contest_id.map(str::to_owned),
                ..*decision
            };
            let day = new.decided_on;
            let id = record_decision_with_paper_in(transaction, acting, new, paper).await?;
            // What is wrong with the day stands at the field of the day that was just typed.
            if let Some(sentence) = day_problem(acting, day, asked) {
                return Err(Error::field("decided_on", sentence));
            }
            id
        }
    };
    check_basis(transaction, acting, &id, asked).await
}

/// Whether a decision on record carries an act: it passed, is of a kind that the act asks for, of the body
/// of the act's area or of one above, was recorded for the same election and contest, and bears a day that
/// can be. Problems are named `decision_id`.
///
/// # Errors
/// [`Error::Invalid`] with the first of them.
pub async fn check_basis(
    connection: &mut Connection,
    acting: &Acting,
    decision_id: &str,
    asked: &Asked<'_>,
) -> Result<Decision, Error> {
    let t = acting.t();
    let refused = |sentence: String| Err(Error::field("decision_id", sentence));
    let decision = match store::decision_by_id(connection, decision_id).await {
        Err(Error::NotFound) => return refused(t.commissions_basis_unknown()),
        other => other?,
    };
    if decision.kind == VOTE_FAILED {
        return refused(t.commissions_basis_failed());
    }
    if !asked.purpose.kinds().contains(&decision.kind.as_str()) {
        return refused(t.commissions_basis_kind(kind_word(acting, &decision.kind)));
    }
    if !of_same_vote(&decision, asked) {
        return refused(t.commissions_basis_other_election());
    }
    let of_commission = decision.commission_id.is_some();
    let right_body = match asked.purpose.whose() {
        Whose::Commission => of_commission,
        Whose::OtherBody => !of_commission,
        Whose::Either => true,
    };
    let above = ancestors(connection, asked.area_id).await?;
    if !right_body || !above.contains(&decision.area_id) {
        return refused(match asked.purpose {
            Purpose::Territory => t.commissions_basis_not_other_body(),
            _ => t.commissions_basis_other_body(),
        });
    }
    match day_problem(acting, decision.decided_on, asked) {
        Some(sentence) => refused(sentence),
        None => Ok(decision),
    }
}

/// A commission's decision names the election it belongs to. The act of another body may be older than the
/// election that rests on it.
fn of_same_vote(decision: &Decision, asked: &Asked<'_>) -> bool {
    let Some(election) = asked.election_id else {
        return true;
    };
    let election_fits = match decision.election_id.as_deref() {
        Some(id) => id == election,
        None => decision.commission_id.is_none(),
    };
    let contest_fits = match (decision.contest_id.as_deref(), asked.contest_id) {
        (None, _) => true,
        (Some(own), Some(contest)) => own == contest,
        (Some(_), None) => false,
    };
    election_fits && contest_fits
}

fn day_problem(acting: &Acting, day: jiff::civil::Date, asked: &Asked<'_>) -> Option<String> {
    let t = acting.t();
    if day > acting.today() {
        return Some(t.commissions_future());
    }
    if let Some(first) = asked.not_before.filter(|first| day < *first) {
        return Some(t.commissions_basis_early(date_long(t.lang, first)));
    }
    asked
        .not_after
        .filter(|last| day > *last)
        .map(|last| t.commissions_basis_late(date_long(t.lang, last)))
}

fn kind_word(acting: &Acting, kind: &str) -> String {
    let t = acting.t();
    t.dynamic(&format!("commissions-kind-{}", kind.replace('_', "-")))
        .unwrap_or_else(|| t.commissions_kind_other())
}

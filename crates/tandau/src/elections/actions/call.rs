//! A contest from the code of its area: commission, region and stations follow from the area.

use super::{add_contest_in, add_counting_units_in};
use crate::commissions::{self, Basis};
use crate::elections::model::NewContest;
use crate::elections::queries;
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error, areas};

/// A contest to call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallContest<'a> {
    /// The election.
    pub election_id: String,
    /// Code of the area.
    pub area_code: String,
    /// The act of another body on which it rests.
    pub basis_decision_id: Option<String>,
    /// The decision that calls it.
    pub called_by: Basis<'a>,
}

/// Adds a contest in the area of a code, run by the area's own commission, with the stations of the area.
/// Returns its id.
///
/// # Errors
/// As [`add_contest_in`] and [`add_counting_units_in`]; an unknown code; an area without a commission.
pub async fn call_contest(acting: &Acting, call: CallContest<'_>) -> Result<String, Error> {
    let mut tx = acting.begin().await?;
    let new = complete(&mut tx, acting, call).await?;
    let id = add_contest_in(&mut tx, acting, new)
        .await
        .map_err(to_form)?;
    add_counting_units_in(&mut tx, acting, &id).await?;
    tx.commit().await?;
    Ok(id)
}

/// Everything that follows from the area.
async fn complete<'a>(
    tx: &mut Transaction,
    acting: &Acting,
    call: CallContest<'a>,
) -> Result<NewContest<'a>, Error> {
    let t = acting.t();
    let election = queries::election(tx, &call.election_id).await?;
    let unknown = || Error::field("area_code", t.elections_area_unknown());
    let area_id = areas::by_typed_code(tx, &call.area_code, election.voting_day)
        .await?
        .ok_or_else(unknown)?;
    let region = areas::path(tx, &area_id)
        .await?
        .into_iter()
        .find(|a| {
            matches!(
                a.kind.as_str(),
                "region" | "city_of_republican_significance"
            )
        })
        .ok_or_else(unknown)?;
    let commission = commissions::queries::by_area(tx, &area_id, election.voting_day)
        .await?
        .ok_or_else(|| Error::field("area_code", t.elections_commission_unknown()))?;
    let pack = acting.app().rules.get(&election.rules_id)?;
    let contests = queries::contests(tx, &election.id).await?;
    let last = contests.last().map_or(0, |c| c.number);
    Ok(NewContest {
        number: last.saturating_add(1),
        area_id,
        region_id: region.id,
        commission_id: commission.id,
        seats: pack
            .contest
            .seats
            .as_ref()
            .map_or(1, |s| u64::from(s.value)),
        sourcing: "sourced".to_owned(),
        basis_decision_id: call.basis_decision_id,
        called_by: call.called_by,
        election_id: election.id,
    })
}

/// What is wrong with the area, under the name of the form's field; the decision's own fields keep theirs.
fn to_form(error: Error) -> Error {
    ["area_id", "commission_id", "seats"]
        .into_iter()
        .fold(error, |error, field| error.renamed(field, "area_code"))
        .renamed("called_by_decision_id", "decision_id")
}

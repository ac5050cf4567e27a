//! Ways from an election or a contest to its pages in the office: only where the reader's powers lead.

use crate::elections::{Contest, Election};
use crate::platform::Error;
use crate::platform::access::Action;
use crate::platform::database::Connection;
use crate::platform::web::Ctx;

/// Powers with which somebody has work on the page of an election.
const ON_ELECTION: [Action; 4] = [
    Action::ElectionMove,
    Action::CalendarChange,
    Action::CandidateChange,
    Action::ResultsPublish,
];

/// Whether somebody who has signed in has work with elections at all.
pub(crate) fn runs_elections(ctx: &Ctx) -> bool {
    ctx.signed_in.as_ref().is_some_and(|who| {
        ON_ELECTION
            .iter()
            .any(|action| ctx.app.policy.could(&who.actor, *action))
    })
}

/// Address and text of the office's page of an election; none for those who have no work there.
pub(crate) fn of_election(ctx: &Ctx, election_id: &str) -> Vec<(String, String)> {
    if !runs_elections(ctx) {
        return Vec::new();
    }
    vec![(
        format!("/office/elections/{election_id}"),
        ctx.t.elections_office_title(),
    )]
}

/// The same for a contest: its election and its candidates.
///
/// # Errors
/// What the database reports.
pub(crate) async fn of_contest(
    ctx: &Ctx,
    connection: &mut Connection,
    election_id: &str,
    contest_id: &str,
    area_id: &str,
) -> Result<Vec<(String, String)>, Error> {
    let mut links = of_election(ctx, election_id);
    if !links.is_empty() && reaches(ctx, connection, area_id).await? {
        links.push((
            format!("/office/contests/{contest_id}/candidates"),
            ctx.t.elections_manage_candidates(),
        ));
    }
    Ok(links)
}

/// Whether the reader's office reaches an area.
pub(crate) async fn reaches(
    ctx: &Ctx,
    connection: &mut Connection,
    area_id: &str,
) -> Result<bool, Error> {
    ctx.acting()?
        .may(connection, Action::OfficeLook, area_id, None)
        .await
}

/// Whether the reader keeps the calendar of the election or of one of its contests.
pub(crate) async fn keeps_calendar(
    ctx: &Ctx,
    connection: &mut Connection,
    election: &Election,
    contests: &[Contest],
) -> Result<bool, Error> {
    let (acting, state) = (ctx.acting()?, Some(election.state.as_str()));
    let own = contests.iter().map(|contest| &contest.area_id);
    for area in std::iter::once(&election.area_id).chain(own) {
        let may = acting.may(connection, Action::CalendarChange, area, state);
        if may.await? {
            return Ok(true);
        }
    }
    Ok(false)
}

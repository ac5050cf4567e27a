//! On what a contest rests: the act that fixed its territory and day, the decision that called it.

use crate::commissions;
use crate::elections;
use crate::platform::Error;
use crate::platform::database::Connection;
use crate::platform::i18n::date_long;
use crate::platform::web::Ctx;

/// A decision or act behind the contest.
pub(super) struct Ground {
    pub(super) what: String,
    pub(super) href: String,
    pub(super) text: String,
}

/// The act first, then the call.
pub(super) async fn of(
    ctx: &Ctx,
    reader: &mut Connection,
    contest_id: &str,
) -> Result<Vec<Ground>, Error> {
    let t = ctx.t;
    let contest = elections::queries::contest(reader, contest_id).await?;
    let mut grounds = Vec::new();
    for (what, id) in [
        (t.results_ground_act(), contest.basis_decision_id),
        (t.results_ground_call(), contest.called_by_decision_id),
    ] {
        let Some(id) = id else { continue };
        let decision = commissions::queries::decision(reader, &id).await?;
        let body = match &decision.commission_id {
            Some(id) => commissions::queries::by_id(reader, id).await?.name(t),
            None => decision.body.get(t.lang).to_owned(),
        };
        let day = date_long(t.lang, decision.decided_on);
        let number = t.elections_decision_number(day, decision.number.as_str());
        grounds.push(Ground {
            what,
            href: format!("/decisions/{id}"),
            text: format!("{body}, {number}"),
        });
    }
    Ok(grounds)
}

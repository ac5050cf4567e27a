//! What a decision concerns: the election or the contest it is recorded for.

use crate::commissions::queries::{self, Vote};
use crate::platform::Error;
use crate::platform::database::Connection;
use crate::platform::web::{Choice, Ctx, FormData};

/// The choice of elections and contests around an area; the first is none.
pub(super) async fn choices(
    ctx: &Ctx,
    connection: &mut Connection,
    area_id: &str,
    form: &FormData,
) -> Result<Vec<Choice>, Error> {
    let (lang, chosen) = (ctx.lang(), form.text("concerns"));
    let mut choices = vec![Choice::new("", ctx.t.commissions_concerns_none(), chosen)];
    for vote in queries::votes_around(connection, area_id).await? {
        let title = vote.title.get(lang);
        let text = match vote.contest_id {
            Some(_) => format!("{title}: {}", vote.area.get(lang)),
            None => title.to_owned(),
        };
        choices.push(Choice::new(value(&vote), text, chosen));
    }
    Ok(choices)
}

fn value(vote: &Vote) -> &str {
    vote.contest_id.as_deref().unwrap_or(&vote.election_id)
}

/// Election and contest of a choice: a contest's id begins with that of its election.
pub(super) fn read(form: &FormData) -> (Option<String>, Option<String>) {
    let chosen = form.text("concerns");
    match chosen.split_once('.') {
        _ if chosen.is_empty() => (None, None),
        Some((election, _)) => (Some(election.to_owned()), Some(chosen.to_owned())),
        None => (Some(chosen.to_owned()), None),
    }
}

//! All elections.

use crate::elections::{ElectionState, queries};
use crate::platform::Error;
use crate::platform::access::Action;
use crate::platform::i18n::date_long;
use crate::platform::web::{Crumb, Ctx, Shell, page};
use askama::Template;
use axum::response::Response;

#[derive(Template)]
#[template(path = "elections/pages/list.html")]
struct Page {
    s: Shell,
    lines: Vec<Line>,
    may_create: bool,
}

struct Line {
    href: String,
    title: String,
    day: String,
    kind: &'static str,
    state: String,
    contests: u64,
    stations: u64,
    voters: u64,
    synthetic: bool,
}

pub(super) async fn show(ctx: Ctx) -> Result<Response, Error> {
    let mut connection = ctx.read().await?;
    let mut lines = Vec::new();
    for election in queries::elections(&mut connection).await? {
        let contests = queries::contests(&mut connection, &election.id).await?;
        let sum = |f: fn(&crate::elections::Contest) -> u64| {
            contests.iter().map(f).fold(0, u64::saturating_add)
        };
        lines.push(Line {
            href: format!("/elections/{}", election.id),
            title: election.title.get(ctx.lang()).to_owned(),
            day: date_long(ctx.lang(), election.voting_day),
            kind: if election.state >= ElectionState::Determined {
                "done"
            } else if election.state >= ElectionState::Voting {
                "partial"
            } else {
                "open"
            },
            state: ctx
                .t
                .word(&format!("elections-state-{}", election.state.as_str())),
            contests: u64::try_from(contests.len()).unwrap_or(u64::MAX),
            stations: sum(|c| c.stations_expected),
            voters: sum(|c| c.voters_on_lists),
            synthetic: election.synthetic,
        });
    }
    page(&Page {
        s: ctx.shell(
            "elections",
            ctx.t.shell_nav_elections(),
            vec![
                Crumb::to("/", ctx.t.shell_nav_home()),
                Crumb::here(ctx.t.shell_nav_elections()),
            ],
        ),
        lines,
        may_create: ctx
            .signed_in
            .as_ref()
            .is_some_and(|who| ctx.app.policy.could(&who.actor, Action::ElectionCreate)),
    })
}

//! What a commission has still to tell voters, for its front desk.

use super::notices::standing;
use crate::elections::ElectionState;
use crate::platform::Error;
use crate::platform::access::Action;
use crate::platform::database::Connection;
use crate::platform::i18n::date_long;
use crate::platform::web::Ctx;
use crate::publications::model::{Standing, language};
use crate::publications::queries::{self, Owed};
use crate::stations::queries as stations;
use crate::tasks::DeskLine;
use jiff::{SignedDuration, Timestamp};

/// Lines of one office at most.
const LINES: usize = 20;
/// How long before its time a notice stands among what is due.
const BEFORE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Notices of one office.
#[derive(Debug, Default)]
pub(crate) struct Waiting {
    /// Not told, and late.
    pub(crate) wrong: Vec<DeskLine>,
    /// To be told within a week.
    pub(crate) due: Vec<DeskLine>,
}

/// Notices that the commission of an area owes, and how many of stations below it are late. Days come from the calendar.
///
/// # Errors
/// What the calendar or the database reports.
pub(crate) async fn notices_waiting(
    ctx: &Ctx,
    reader: &mut Connection,
    area_id: &str,
) -> Result<Waiting, Error> {
    let t = ctx.t;
    let mut waiting = Waiting::default();
    let acting = ctx.acting()?;
    if !acting
        .may(reader, Action::NoticeTell, area_id, None)
        .await?
    {
        return Ok(waiting);
    }
    let Some((election, mut contests)) = queries::scope(reader, &ctx.app, "", area_id).await?
    else {
        return Ok(waiting);
    };
    if election.state >= ElectionState::Published {
        return Ok(waiting);
    }
    let station = stations::id_by_area(reader, area_id).await?;
    // A commission above the contests owes no notice of its own: it reads them all on the page of notices.
    contests.retain(|contest| station.is_some() || contest.area_id == area_id);
    let now = ctx.app.clock.now();
    let only = station.as_ref().map(|_| area_id);
    let owed = queries::owed_in(reader, &ctx.app, &election, &contests, only, now).await?;
    let (own, below): (Vec<&Owed>, Vec<&Owed>) =
        owed.iter().partition(|one| one.area_id == area_id);
    for one in own.into_iter().take(LINES) {
        let list = match one.standing {
            Standing::Overdue => &mut waiting.wrong,
            Standing::Open if is_near(one, now) => &mut waiting.due,
            Standing::Open | Standing::Late | Standing::InTime => continue,
        };
        let Some(notice) = ctx.app.rules.notices().notice(&one.kind) else {
            continue;
        };
        let (shape, state) = standing(t, one.standing);
        list.push(DeskLine {
            shape,
            state,
            text: notice.name.get(language(t.lang)).to_owned(),
            href: format!(
                "/office/notices/{}/{area_id}?election={}",
                one.kind, election.id
            ),
            when: one
                .last_day
                .map_or_else(String::new, |day| t.office_until(date_long(t.lang, day))),
        });
    }
    let late = below
        .iter()
        .filter(|one| one.standing == Standing::Overdue)
        .count();
    if late > 0 {
        let (shape, state) = standing(t, Standing::Overdue);
        waiting.wrong.push(DeskLine {
            shape,
            state,
            text: t.publications_notices_below(late),
            href: format!("/office/notices?election={}", election.id),
            when: String::new(),
        });
    }
    Ok(waiting)
}

fn is_near(owed: &Owed, now: Timestamp) -> bool {
    owed.due
        .is_some_and(|due| due.duration_since(now) <= BEFORE)
}

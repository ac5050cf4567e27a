//! What the front desk and one's own page show of tests: re-tests that somebody was drawn for.

use crate::platform::Error;
use crate::platform::database::Connection;
use crate::platform::i18n::instant_short;
use crate::platform::web::Ctx;
use crate::tasks::DeskLine;
use crate::training::learning::store::attempts;

/// Re-tests that whoever is signed in can answer now.
pub(crate) async fn retests_waiting(
    ctx: &Ctx,
    connection: &mut Connection,
) -> Result<Vec<DeskLine>, Error> {
    let t = ctx.t;
    let acting = ctx.acting()?;
    let open = attempts::open_retests(connection, acting.person(), acting.now()).await?;
    Ok(open
        .into_iter()
        .map(|(title, until)| DeskLine {
            shape: "open",
            state: t.learning_purpose_retest(),
            text: title.get(t.lang).to_owned(),
            href: "/training/tests".to_owned(),
            when: t.office_until(instant_short(t.lang, until, &ctx.app.home_zone)),
        })
        .collect())
}

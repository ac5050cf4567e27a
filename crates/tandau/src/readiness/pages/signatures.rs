//! What a commission signed, with its exceptions and what changed since.

use super::common::{People, election_of, wording};
use super::sign::{Subjects, crumbs};
use crate::commissions::{self, Level};
use crate::elections;
use crate::platform::access::Action;
use crate::platform::i18n::{instant_long, instant_short, number};
use crate::platform::web::{Ctx, Shell, page};
use crate::platform::{Error, ids};
use crate::readiness::model::Drift;
use crate::readiness::queries;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;

#[derive(Template)]
#[template(path = "readiness/pages/signatures.html")]
struct SignaturesPage {
    s: Shell,
    where_: String,
    title: String,
    as_of: String,
    signatures: Vec<SignatureView>,
    drift: Vec<DriftRow>,
}

struct SignatureView {
    line: String,
    sha256: String,
    snapshot: String,
    exceptions: Vec<(String, String)>,
}

struct DriftRow {
    what: String,
    was: String,
    now: String,
}

pub(super) async fn show(ctx: Ctx, Path(commission): Path<String>) -> Result<Response, Error> {
    let t = ctx.t;
    if !ids::is_id(&commission) {
        return Err(Error::NotFound);
    }
    let mut reader = ctx.read().await?;
    let commission = commissions::queries::by_id(&mut reader, &commission).await?;
    ctx.acting()?
        .require(
            &mut reader,
            Action::ReadinessFollow,
            &commission.area_id,
            None,
        )
        .await?;
    let Some(election) = election_of(&ctx, &mut reader).await? else {
        return Err(Error::Conflict(t.readiness_list_no_election()));
    };
    let election = elections::queries::election(&mut reader, &election).await?;
    let today = ctx.app.today();
    let area = crate::platform::areas::by_id(&mut reader, &commission.area_id, today).await?;
    let zone = area.time_zone()?;
    let subjects = Subjects::read(&mut reader, &election.id, &commission).await?;
    let list = queries::checklist(&mut reader, &election.id).await?;
    let name = |subject: &str, item: &str| match &list {
        Some((list, _)) if !item.is_empty() => wording(list, item, t.lang),
        _ => subjects.name(t, subject),
    };
    let mut people = People::default();
    let mut views = Vec::new();
    for one in queries::signatures(&mut reader, &election.id, &commission.id).await? {
        let exceptions = queries::exceptions(&mut reader, &one).await?;
        let who = people.name(&mut reader, t.lang, &one.made_by).await?;
        views.push(SignatureView {
            line: t.readiness_signature_line(
                number(t.lang, one.exceptions),
                one.version.to_string(),
                instant_short(t.lang, one.made_at, &zone),
                who,
            ),
            sha256: one.sha256,
            snapshot: one.snapshot,
            exceptions: exceptions
                .into_iter()
                .map(|e| (name(&e.subject, &e.item), e.reason))
                .collect(),
        });
    }
    let word = |text: &str| match text {
        "" => "–".to_owned(),
        "0" => t.readiness_status_unsigned(),
        version if commission.level != Level::Precinct => {
            t.readiness_drift_version(version.to_owned())
        }
        status => t.word(&format!("readiness-status-{status}")),
    };
    let row = |one: &Drift| {
        let mut now = word(&one.now);
        if one.changed > 0 {
            let changed = i64::try_from(one.changed).unwrap_or(i64::MAX);
            now = format!("{now}. {}", t.readiness_drift_below(changed));
        }
        DriftRow {
            what: name(&one.subject, &one.item),
            was: word(&one.was),
            now,
        }
    };
    let drift = queries::drift(&mut reader, &election.id, &commission, today).await?;
    let title = t.readiness_signatures_title();
    page(&SignaturesPage {
        s: ctx.shell("office", title.clone(), crumbs(t, &election.id, &title)),
        where_: format!("{} · {}", commission.name(t), election.title.get(t.lang)),
        title,
        as_of: instant_long(t.lang, ctx.app.clock.now(), &zone),
        signatures: views,
        drift: drift.iter().map(row).collect(),
    })
}

//! What happened to a station's protocol, the newest first.

use super::lines;
use super::protocol::{item_name, of_version};
use super::station::Scene;
use crate::platform::Error;
use crate::platform::database::Connection;
use crate::platform::i18n::instant_long;
use crate::results::queries::{self, Value, Version};

pub(super) struct EventRow {
    pub(super) when: String,
    pub(super) text: String,
    pub(super) detail: String,
    pub(super) changes: Vec<String>,
    pub(super) href: String,
    pub(super) link: String,
}

pub(super) async fn events(
    scene: &Scene<'_>,
    reader: &mut Connection,
    versions: &[Version],
    values: &[Value],
) -> Result<Vec<EventRow>, Error> {
    let t = scene.ctx.t;
    let pack = scene.ctx.app.rules.get(&scene.election.rules_id)?;
    let time = |at| instant_long(t.lang, at, scene.zone);
    let mut rows = Vec::new();
    let mut before: Option<u64> = None;
    for version in versions {
        let link = (
            format!("{}?version={}", scene.station.href(), version.version),
            t.results_version(version.version),
        );
        if let Some(at) = version.confirmed_at {
            let changes = match (before, pack.protocol.as_ref()) {
                (Some(before), Some(form)) => lines::changes(
                    t,
                    form,
                    &of_version(values, before),
                    &of_version(values, version.version),
                    &|item| item_name(scene, item),
                ),
                _ => Vec::new(),
            };
            rows.push((
                at,
                EventRow {
                    when: time(at),
                    text: if version.as_paper_says {
                        t.results_event_sent_with_faults(version.version)
                    } else {
                        t.results_event_sent(version.version)
                    },
                    detail: version.reason.clone(),
                    changes,
                    href: link.0.clone(),
                    link: link.1.clone(),
                },
            ));
        }
        if let Some(at) = version.decided_at {
            rows.push((at, decided(scene, reader, version, time(at)).await?));
        }
        before = Some(version.version);
    }
    rows.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}

async fn decided(
    scene: &Scene<'_>,
    reader: &mut Connection,
    version: &Version,
    when: String,
) -> Result<EventRow, Error> {
    let t = scene.ctx.t;
    let mut detail = version.decision_reason.clone();
    let text = match (version.state.as_str(), &version.act_decision_id) {
        ("accepted", Some(act)) => {
            let act = queries::decision(reader, act).await?;
            if !version.act_fault.is_empty() {
                detail.clone_from(&version.act_fault);
            }
            t.results_event_accepted_with_act(version.version, act.number)
        }
        ("accepted", None) => t.results_event_accepted(version.version),
        _ => t.results_event_returned(version.version),
    };
    Ok(EventRow {
        when,
        text,
        detail,
        changes: Vec::new(),
        href: String::new(),
        link: String::new(),
    })
}

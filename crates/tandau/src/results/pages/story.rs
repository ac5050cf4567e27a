//! What happened to a station's protocol, the newest first: every act as the protocol's own history holds it,
//! so that an acceptance stays although a recount followed.

use super::lines;
use super::protocol::{item_name, of_version};
use super::station::Scene;
use crate::counting::model::{Act, HistoryLine};
use crate::platform::Error;
use crate::platform::database::Connection;
use crate::platform::i18n::instant_long;
use crate::results::queries::{self, Value, Version};
use electoral::protocol::ProtocolForm;

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
    acts: &[HistoryLine],
) -> Result<Vec<EventRow>, Error> {
    let t = scene.ctx.t;
    let pack = scene.ctx.app.rules.get(&scene.election.rules_id)?;
    let mut rows = Vec::new();
    for line in acts {
        // What the chair has not confirmed is the station's own affair.
        let Some(place) = versions.iter().position(|v| v.version == line.version) else {
            continue;
        };
        let Some(version) = versions.get(place) else {
            continue;
        };
        let confirmed = version.confirmed_at.is_some_and(|at| at <= line.at);
        let (text, detail) = match line.act {
            Act::Confirm => (sent(scene, version), confirmation(scene, version, line)),
            Act::AttachPaper if confirmed => {
                (t.results_event_paper(line.version), line.reason.clone())
            }
            Act::Return => (t.results_event_returned(line.version), line.reason.clone()),
            Act::Accept => (t.results_event_accepted(line.version), String::new()),
            Act::AcceptWithAct => {
                let number = match &line.decision_id {
                    Some(id) => queries::decision(reader, id).await?.number,
                    None => String::new(),
                };
                let text = t.results_event_accepted_with_act(line.version, number);
                (text, line.detail.clone())
            }
            Act::Reopen => (t.results_event_reopened(line.version), line.reason.clone()),
            Act::AttachPaper | Act::Save | Act::Submit | Act::TakeBack => continue,
        };
        let mut row = EventRow {
            when: instant_long(t.lang, line.at, scene.zone),
            text,
            detail,
            changes: Vec::new(),
            href: String::new(),
            link: String::new(),
        };
        if line.act == Act::Confirm {
            row.href = format!("{}?version={}", scene.station.href(), version.version);
            row.link = t.results_version(version.version);
            let before = place.checked_sub(1).and_then(|p| versions.get(p));
            if let (Some(before), Some(form)) = (before, &pack.protocol) {
                row.changes = changes(scene, form, values, before.version, version.version);
            }
        }
        rows.push(row);
    }
    rows.reverse();
    Ok(rows)
}

fn sent(scene: &Scene<'_>, version: &Version) -> String {
    let t = scene.ctx.t;
    if version.as_paper_says {
        t.results_event_sent_with_faults(version.version)
    } else {
        t.results_event_sent(version.version)
    }
}

/// Why there is this version, and why it came without a paper.
fn confirmation(scene: &Scene<'_>, version: &Version, line: &HistoryLine) -> String {
    let mut detail = version.reason.clone();
    if !line.reason.is_empty() {
        if !detail.is_empty() {
            detail.push(' ');
        }
        detail.push_str(&scene.ctx.t.results_event_no_paper(line.reason.clone()));
    }
    detail
}

fn changes(
    scene: &Scene<'_>,
    form: &ProtocolForm,
    values: &[Value],
    before: u64,
    after: u64,
) -> Vec<String> {
    lines::changes(
        scene.ctx.t,
        form,
        &of_version(values, before),
        &of_version(values, after),
        &|item| item_name(scene, item),
    )
}

//! The protocol of a station in a chosen version, and the votes of the newest.

use super::contest::text_language;
use super::lines::{self, LineRow};
use super::station::{Asked, Scene};
use super::words::{Mark, hue, n, name, share, width};
use crate::platform::Error;
use crate::platform::database::Connection;
use crate::platform::i18n::instant_long;
use crate::results::queries::{self, Value, Version};

pub(super) struct VotesView {
    pub(super) lines: Vec<VoteLine>,
    pub(super) note: String,
}

pub(super) struct VoteLine {
    pub(super) name: String,
    pub(super) votes: String,
    pub(super) share: String,
    pub(super) width: String,
    pub(super) hue: u64,
}

pub(super) struct ProtocolView {
    pub(super) version: u64,
    pub(super) current: bool,
    pub(super) paper: Option<PaperView>,
    pub(super) rows: Vec<LineRow>,
    pub(super) findings: Vec<FindingRow>,
    pub(super) accepted: String,
    pub(super) other_versions: Vec<(u64, String)>,
}

pub(super) struct PaperView {
    pub(super) href: String,
    /// The picture itself, or one of the first page.
    pub(super) picture: String,
    pub(super) is_pdf: bool,
    pub(super) caption: String,
}

pub(super) struct FindingRow {
    pub(super) mark: Mark,
    pub(super) explanation: String,
}

/// Figures of one version.
pub(super) fn of_version(values: &[Value], version: u64) -> Vec<&Value> {
    values.iter().filter(|v| v.version == version).collect()
}

pub(super) fn votes_view(scene: &Scene<'_>, values: &[Value]) -> Option<VotesView> {
    let t = scene.ctx.t;
    let figures = of_version(values, scene.station.version);
    let figure = |line: &str, item: &str| {
        figures
            .iter()
            .find(|v| v.line == line && v.item == item)
            .map(|v| v.value)
    };
    let took_part = figure("took_part", "")?;
    let line = |name: String, votes: u64, hue: u64| VoteLine {
        name,
        votes: n(t, votes),
        share: share(t, votes, took_part),
        width: width(votes, took_part),
        hue,
    };
    let mut lines: Vec<VoteLine> = scene
        .candidates
        .iter()
        .map(|c| {
            line(
                name(&c.names, t.lang),
                figure("votes", &c.id).unwrap_or(0),
                hue(c.position),
            )
        })
        .collect();
    lines.push(line(
        t.results_against_all(),
        figure("against_all", "").unwrap_or(0),
        0,
    ));
    Some(VotesView {
        lines,
        note: t.results_share_of(took_part),
    })
}

pub(super) async fn protocol_view(
    scene: &Scene<'_>,
    reader: &mut Connection,
    versions: &[Version],
    values: &[Value],
    asked: &Asked,
) -> Result<Option<ProtocolView>, Error> {
    let t = scene.ctx.t;
    let Some(newest) = versions.last() else {
        return Ok(None);
    };
    let shown = match asked.version.as_deref() {
        None => newest,
        Some(text) => {
            let number: u64 = text.parse().map_err(|_| Error::NotFound)?;
            versions
                .iter()
                .find(|v| v.version == number)
                .ok_or(Error::NotFound)?
        }
    };
    let explanations = queries::findings(reader, &scene.station.id, &scene.contest.id).await?;
    let pack = scene.ctx.app.rules.get(&scene.election.rules_id)?;
    let Some(form) = pack.protocol.as_ref() else {
        return Ok(None);
    };
    let names = |item: &str| item_name(scene, item);
    let figures = of_version(values, shown.version);
    let language = text_language(t);
    let office = match &shown.decided_by {
        Some(person) => queries::office_of(reader, person, scene.contest.voting_day).await?,
        None => String::new(),
    };
    let accepted = match (shown.state.as_str(), shown.decided_at) {
        ("accepted", Some(at)) => t.results_accepted_by(
            t.word(&format!("office-{}", office.replace('.', "-"))),
            instant_long(t.lang, at, scene.zone),
        ),
        _ => String::new(),
    };
    Ok(Some(ProtocolView {
        version: shown.version,
        current: shown.version == newest.version,
        paper: shown.paper.as_ref().map(|(id, media)| PaperView {
            href: format!("/files/{id}"),
            is_pdf: !media.starts_with("image/"),
            picture: if media.starts_with("image/") {
                format!("/files/{id}")
            } else {
                format!("/files/{id}/preview.png")
            },
            caption: t.results_paper_caption(shown.version),
        }),
        rows: lines::rows(t, form, &figures, scene.candidates, &names),
        findings: lines::findings(form, &figures, scene.candidates, &names, language)
            .into_iter()
            .map(|(code, mark)| FindingRow {
                explanation: explanations
                    .iter()
                    .find(|f| f.version == shown.version && f.code == code)
                    .map(|f| f.explanation.clone())
                    .unwrap_or_default(),
                mark,
            })
            .collect(),
        accepted,
        other_versions: versions
            .iter()
            .filter(|v| v.version != shown.version)
            .map(|v| {
                (
                    v.version,
                    format!("{}?version={}", scene.station.href(), v.version),
                )
            })
            .collect(),
    }))
}

/// The name behind an item: a candidate, a member of the commission, a box.
pub(super) fn item_name(scene: &Scene<'_>, item: &str) -> Option<String> {
    let lang = scene.ctx.t.lang;
    if let Some(candidate) = scene.candidates.iter().find(|c| c.id == item) {
        return Some(name(&candidate.names, lang));
    }
    scene
        .commission?
        .members
        .iter()
        .find(|m| m.id == item || m.person_id == item)
        .map(|m| name(&m.names, lang))
}

//! The protocol of a station in a chosen version, and the votes of the newest.

use super::contest::text_language;
use super::lines::{self, FindingRow, LineRow};
use super::station::{Asked, Scene};
use super::words::{hue, n, name, share, width};
use crate::counting;
use crate::counting::model::{Act, HistoryLine};
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
    /// Papers that came before it: address, when, why.
    pub(super) former_papers: Vec<(String, String, String)>,
    /// Why there is none.
    pub(super) no_paper: String,
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
    /// Why it came after another, or after the confirmation.
    pub(super) reason: String,
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
    acts: &[HistoryLine],
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
    let (station, contest) = (&scene.station.id, &scene.contest.id);
    let recorded = counting::queries::findings(reader, station, contest, shown.version).await?;
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
        paper: shown.papers.last().map(|paper| {
            let href = format!("/files/{}", paper.file_id);
            let is_pdf = !paper.media_type.starts_with("image/");
            PaperView {
                picture: if is_pdf {
                    format!("{href}/preview.png")
                } else {
                    href.clone()
                },
                href,
                is_pdf,
                caption: t.results_paper_caption(shown.version),
                reason: paper.reason.clone(),
            }
        }),
        former_papers: former_papers(scene, shown),
        no_paper: acts
            .iter()
            .find(|line| line.version == shown.version && line.act == Act::Confirm)
            .map(|line| line.reason.clone())
            .unwrap_or_default(),
        rows: lines::rows(t, form, &figures, &recorded, scene.candidates, &names),
        findings: lines::findings(form, &recorded, &names, language),
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

/// All papers but the newest, the newest of them first.
fn former_papers(scene: &Scene<'_>, shown: &Version) -> Vec<(String, String, String)> {
    let t = scene.ctx.t;
    shown
        .papers
        .iter()
        .rev()
        .skip(1)
        .map(|paper| {
            let when = instant_long(t.lang, paper.attached_at, scene.zone);
            (
                format!("/files/{}", paper.file_id),
                t.results_paper_former(when),
                paper.reason.clone(),
            )
        })
        .collect()
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

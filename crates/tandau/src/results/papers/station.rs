//! The blank protocol of a station: everything that is known before the count, figures for the pen.

use super::{day, signature, text};
use crate::commissions;
use crate::platform::database::Connection;
use crate::platform::{App, Error, Names};
use crate::results::queries::{self, Contest, Election, Station};
use electoral::protocol::Kind;
use print::{Edition, PaperCandidate, PaperLine, ProtocolPaper};

/// The blank of a station.
///
/// # Errors
/// [`Error::NotFound`] for rules without a protocol; what the database reports.
pub(in crate::results) async fn blank(
    connection: &mut Connection,
    app: &App,
    election: &Election,
    contest: &Contest,
    station: &Station,
    edition: Edition,
) -> Result<ProtocolPaper, Error> {
    let pack = app.rules.get(&election.rules_id)?;
    let form = pack.protocol.as_ref().ok_or(Error::NotFound)?;
    let candidates = queries::candidates(connection, &contest.id).await?;
    let commission =
        commissions::queries::by_area(connection, &station.area_id, contest.voting_day)
            .await?
            .ok_or(Error::NotFound)?;
    let members =
        commissions::queries::composition(connection, &commission.id, contest.voting_day).await?;
    let (title, date) = (text(&form.name), day(contest.voting_day));
    let place = |lang: fn(&Names) -> &String| {
        format!("{}, {}", lang(&contest.region), lang(&contest.names))
    };
    let address = |lang: fn(&Names) -> &String| {
        format!("{}, {}", lang(&station.names), lang(&station.address))
    };
    let lines = form
        .lines
        .iter()
        .enumerate()
        .filter(|(_, line)| line.kind != Kind::PerCandidate && line.id != "against_all")
        .map(|(place, line)| {
            let label = text(&line.label);
            PaperLine {
                number: (place + 1).to_string(),
                label_kk: label.kk,
                label_ru: label.ru,
                label_en: label.en,
                ..PaperLine::default()
            }
        })
        .collect();
    let against_all = Names::each(|t| t.results_against_all());
    let named = |number: String, names: &Names| PaperCandidate {
        number,
        name_kk: names.kk.clone(),
        name_ru: names.ru.clone(),
        name_en: names.en.clone(),
        ..PaperCandidate::default()
    };
    Ok(ProtocolPaper {
        edition,
        title_kk: title.kk,
        title_ru: title.ru,
        title_en: title.en,
        election_kk: election.title.kk.clone(),
        election_ru: election.title.ru.clone(),
        election_en: election.title.en.clone(),
        contest_kk: place(|n| &n.kk),
        contest_ru: place(|n| &n.ru),
        contest_en: place(|n| &n.en),
        station_number: station.number.to_string(),
        address_kk: address(|n| &n.kk),
        address_ru: address(|n| &n.ru),
        address_en: address(|n| &n.en),
        date_kk: date.kk,
        date_ru: date.ru,
        date_en: date.en,
        lines,
        candidates: candidates
            .iter()
            .map(|c| named(c.position.to_string(), &c.names))
            .chain([named(String::new(), &against_all)])
            .collect(),
        signatures: members.iter().map(signature).collect(),
        dissent: None,
        posted_at: String::new(),
        synthetic: election.synthetic,
        handwriting: false,
        version: 1,
    })
}
